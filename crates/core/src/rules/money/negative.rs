//! `money/negative`: see `negative.md`.

use crate::contract::Meanings;
use crate::messages::{MONEY_NEGATIVE_HELP, MONEY_NEGATIVE_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// An amount of money is negative.
pub(crate) static RULE: Rule = Rule {
    name: "money/negative",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::MONEY,
        when: Facts::NEGATIVE,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("negative.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if place.number().is_negative() && place.is_sent() {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(MONEY_NEGATIVE_MESSAGE)
        .help(MONEY_NEGATIVE_HELP);
}
