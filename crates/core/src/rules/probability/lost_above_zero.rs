//! `probability/lost-above-zero`: see `lost_above_zero.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_LOST_ABOVE_ZERO_FIX, PROBABILITY_LOST_ABOVE_ZERO_HELP,
    PROBABILITY_LOST_ABOVE_ZERO_MESSAGE, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, replacement,
};

/// A record is lost, and its probability is above zero.
pub(crate) static RULE: Rule = Rule {
    name: "probability/lost-above-zero",
    severity: Severity::Warning,
    role: Role::Object {
        when: Facts::LOST.or(Facts::PROBABILITY),
        unless: Facts::ZERO.or(Facts::BELOW_ONE),
        check,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("lost_above_zero.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !place.is_sent() {
        return;
    }
    for chance in place.members_meaning(Meanings::PROBABILITY) {
        if chance.node().kind == Kind::Number {
            sink.report(&chance);
        }
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let end = "0";
    said.message(PROBABILITY_LOST_ABOVE_ZERO_MESSAGE)
        .help(PROBABILITY_LOST_ABOVE_ZERO_HELP)
        .with(param::END, end)
        .fix(
            PROBABILITY_LOST_ABOVE_ZERO_FIX,
            Applicability::Unsafe,
            replacement::replace(place, end),
        );
}
