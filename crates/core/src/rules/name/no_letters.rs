//! `name/no-letters`: see `no_letters.md`.

use crate::contract::Meanings;
use crate::document::{Character, characters};
use crate::messages::{NAME_NO_LETTERS_HELP, NAME_NO_LETTERS_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, edits, page,
};

/// A name consists of digits or punctuation.
pub(crate) static RULE: Rule = Rule {
    name: "name/no-letters",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::RECORD_NAME,
        when: Facts::NO_LETTER_FIRST,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("no_letters.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // Outside ASCII everything counts as a letter: it takes no table, and who names a deal with
    // signs from there has chosen them.
    let is_letter = |one: Character| !one.value.is_ascii() || one.value.is_ascii_alphabetic();
    if !edits::is_blank(place) && !characters(place.inner()).any(is_letter) {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(NAME_NO_LETTERS_MESSAGE)
        .help(NAME_NO_LETTERS_HELP);
}
