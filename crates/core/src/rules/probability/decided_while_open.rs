//! `probability/decided-while-open`: see `decided_while_open.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_DECIDED_WHILE_OPEN_HELP_CERTAIN, PROBABILITY_DECIDED_WHILE_OPEN_HELP_ZERO,
    PROBABILITY_DECIDED_WHILE_OPEN_MESSAGE_CERTAIN, PROBABILITY_DECIDED_WHILE_OPEN_MESSAGE_ZERO,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page, status,
};

/// A record is open, and its probability is exactly impossible or exactly certain.
pub(crate) static RULE: Rule = Rule {
    name: "probability/decided-while-open",
    severity: Severity::Info,
    role: Role::Object {
        when: Facts::OPEN.or(Facts::PROBABILITY),
        unless: Facts::UNCERTAIN,
        check,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("decided_while_open.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // A stage that says how it ended contradicts the status, and that says more.
    if !place.is_sent() || status::told(*place).is_some() {
        return;
    }
    for chance in place.members_meaning(Meanings::PROBABILITY) {
        if chance.node().kind == Kind::Number {
            sink.report(&chance);
        }
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.number().is_zero() {
        said.message(PROBABILITY_DECIDED_WHILE_OPEN_MESSAGE_ZERO)
            .help(PROBABILITY_DECIDED_WHILE_OPEN_HELP_ZERO);
    } else {
        said.message(PROBABILITY_DECIDED_WHILE_OPEN_MESSAGE_CERTAIN)
            .help(PROBABILITY_DECIDED_WHILE_OPEN_HELP_CERTAIN);
    }
}
