//! `text/bidi-control`: see `bidi_control.md`.

use crate::contract::Meanings;
use crate::document::{Character, characters};
use crate::messages::{
    TEXT_BIDI_CONTROL_FIX, TEXT_BIDI_CONTROL_HELP, TEXT_BIDI_CONTROL_MESSAGE, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    edits, page, unicode,
};

/// A text has a character in it that turns the direction of writing by force.
pub(crate) static RULE: Rule = Rule {
    name: "text/bidi-control",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::WORDS,
        when: Facts::ODD,
        check,
        advises: false,
    },
    source: Source::Standard("Unicode Standard Annex 9, section 2"),
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("bidi_control.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if let Some(first) = turns(place.inner()).next() {
        let start = place.node().start + 1 + first.at as u32;
        let end = start + first.length as u32;
        sink.report_with(place, 0, start, end, first.value.into());
    }
}

fn turns(inner: &str) -> impl Iterator<Item = Character> {
    characters(inner).filter(|character| unicode::is_bidi_control(character.value))
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let character = char::from_u32(place.detail).unwrap_or_default();
    said.message(TEXT_BIDI_CONTROL_MESSAGE)
        .help(TEXT_BIDI_CONTROL_HELP)
        .with(param::CHARACTER, unicode::code_point(character));
    let inner = place.inner();
    if edits::is_short(inner) && unicode::shows(inner) {
        let parts = turns(inner).map(|character| (character.at, character.length));
        let edits = edits::removals(place, parts);
        if edits::leave_enough(place, &edits) {
            said.fix(TEXT_BIDI_CONTROL_FIX, Applicability::Unsafe, edits);
        }
    }
}
