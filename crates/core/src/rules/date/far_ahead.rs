//! `date/far-ahead`: see `far_ahead.md`.

use crate::contract::Meanings;
use crate::messages::{DATE_FAR_AHEAD_HELP, DATE_FAR_AHEAD_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// A date is more than ten years ahead.
pub(crate) static RULE: Rule = Rule {
    name: "date/far-ahead",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::DATES,
        when: Facts::FAR,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("far_ahead.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if place.is_sent() {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(DATE_FAR_AHEAD_MESSAGE)
        .help(DATE_FAR_AHEAD_HELP);
}
