//! `date/past-follow-up`: see `past_follow_up.md`.

use crate::contract::Meanings;
use crate::messages::{DATE_PAST_FOLLOW_UP_HELP, DATE_PAST_FOLLOW_UP_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// The date of the next follow-up is in the past.
pub(crate) static RULE: Rule = Rule {
    name: "date/past-follow-up",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::FOLLOW_UP_DATE,
        when: Facts::PAST,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("past_follow_up.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // A default that was left in has a rule of its own.
    if place.is_sent() && !sink.facts.meets(Facts::OLD) {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(DATE_PAST_FOLLOW_UP_MESSAGE)
        .help(DATE_PAST_FOLLOW_UP_HELP);
}
