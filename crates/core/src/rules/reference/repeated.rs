//! `reference/repeated`: see `repeated.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::messages::{
    REFERENCE_REPEATED_FIX, REFERENCE_REPEATED_HELP, REFERENCE_REPEATED_MESSAGE,
};
use crate::rules::array_items;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, schema,
};

/// A list contains the same ID twice.
pub(crate) static RULE: Rule = Rule {
    name: "reference/repeated",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::REFERENCE_LIST.or(Meanings::REFERENCE),
        when: Facts::SEVERAL,
        check,
        advises: true,
    },
    source: Source::Meaning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("repeated.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // The contract itself reports repeated items of a list that allows none.
    if place.schema.array.is_none_or(|limits| limits.unique) {
        return;
    }
    for word in array_items::repeated(place) {
        sink.report(&word.place(place));
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let is_refused =
        place.is_about(&schema::unique_items::RULE) && place.node().kind == Kind::String;
    if !is_refused && !place.is_about(&RULE) {
        return;
    }
    said.message(REFERENCE_REPEATED_MESSAGE)
        .help(REFERENCE_REPEATED_HELP);
    if let Some(edit) = array_items::removal(place) {
        said.fix(REFERENCE_REPEATED_FIX, Applicability::Safe, edit);
    }
}
