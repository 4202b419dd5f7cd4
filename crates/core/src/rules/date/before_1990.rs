//! `date/before-1990`: see `before_1990.md`.

use crate::contract::Meanings;
use crate::messages::{DATE_BEFORE_1990_HELP, DATE_BEFORE_1990_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, date, page,
};

/// A date is before 1990: it looks like a default.
pub(crate) static RULE: Rule = Rule {
    name: "date/before-1990",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::DATES,
        when: Facts::OLD,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("before_1990.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // Where the date has to be in the future, that is the fault.
    if place.is_sent() && !date::must_be_future(place.schema) {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(DATE_BEFORE_1990_MESSAGE)
        .help(DATE_BEFORE_1990_HELP);
}
