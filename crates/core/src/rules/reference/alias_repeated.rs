//! `reference/alias-repeated`: see `alias_repeated.md`.

use crate::contract::Property;
use crate::document::Kind;
use crate::messages::{
    REFERENCE_ALIAS_REPEATED_FIX, REFERENCE_ALIAS_REPEATED_HELP, REFERENCE_ALIAS_REPEATED_MESSAGE,
    param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    edits, page, unicode,
};
use crate::validate::unique;

/// A field is given under two of its names, with the same value.
pub(crate) static RULE: Rule = Rule {
    name: "reference/alias-repeated",
    severity: Severity::Warning,
    role: Role::Object {
        when: Facts::ALIAS,
        unless: Facts::NONE,
        check,
    },
    source: Source::Vendor,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("alias_repeated.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    for (alias, target) in aliases(place) {
        if are_same(&alias, &target) {
            let key = alias.key_span();
            sink.report_span(&alias, 0, key.0, key.1);
        }
    }
}

/// Whether two values mean the same: the white space around a text, and what shows nothing in it,
/// are faults of their own.
pub(crate) fn are_same(one: &RuleContext<'_>, other: &RuleContext<'_>) -> bool {
    let is_text = |place: &RuleContext<'_>| place.node().kind == Kind::String;
    if is_text(one) && is_text(other) {
        return unicode::essence(one.inner()) == unicode::essence(other.inner());
    }
    unique::equal(one.document, one.text, one.node, other.node)
}

/// The aliases in an object whose targets are given, too.
pub(crate) fn aliases<'a>(
    place: &RuleContext<'a>,
) -> impl Iterator<Item = (RuleContext<'a>, RuleContext<'a>)> + use<'a> {
    let object = *place;
    place.members().filter_map(move |alias| {
        let target = property(&alias)?.alias_of?;
        let target = object.member(target)?;
        let is_null = |place: &RuleContext<'_>| place.node().kind == Kind::Null;
        (!is_null(&alias) && !is_null(&target)).then_some((alias, target))
    })
}

fn property<'a>(place: &RuleContext<'a>) -> Option<&'a Property<'a>> {
    let properties = place.around().object?.properties;
    properties.get(usize::from(place.node().property))
}

/// The name that an alias stands for.
pub(crate) fn target<'a>(place: &RuleContext<'a>) -> &'a str {
    let target = property(place).and_then(|property| property.alias_of);
    let properties = place
        .around()
        .object
        .map_or(&[][..], |object| object.properties);
    target
        .and_then(|target| properties.get(usize::from(target)))
        .map_or("", |target| target.name)
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(REFERENCE_ALIAS_REPEATED_MESSAGE)
        .help(REFERENCE_ALIAS_REPEATED_HELP)
        .with(param::TARGET, target(place));
    // The alias stays: it is the name that the vendor's page lists for what is sent.
    let other = property(place)
        .and_then(|property| property.alias_of)
        .and_then(|target| place.sibling(target));
    // Values that differ in white space need a look.
    let removal = other.and_then(|other| {
        let is_same = unique::equal(place.document, place.text, place.node, other.node);
        let edit = edits::remove_member(&other)?;
        is_same.then_some(edit)
    });
    if let Some(edit) = removal {
        said.fix(REFERENCE_ALIAS_REPEATED_FIX, Applicability::Safe, edit);
    }
}
