//! `name/blank`: see `blank.md`.

use crate::contract::Meanings;
use crate::messages::{NAME_BLANK_HELP, NAME_BLANK_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, edits, page,
};

/// The name of a record is empty or consists of white space.
pub(crate) static RULE: Rule = Rule {
    name: "name/blank",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::RECORD_NAME,
        when: Facts::BLANK,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("blank.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if edits::is_blank(place) {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(NAME_BLANK_MESSAGE).help(NAME_BLANK_HELP);
}
