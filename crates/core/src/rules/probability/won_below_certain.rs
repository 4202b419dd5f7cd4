//! `probability/won-below-certain`: see `won_below_certain.md`.

use crate::contract::{Meaning, Meanings, Scale, Schema};
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_WON_BELOW_CERTAIN_FIX, PROBABILITY_WON_BELOW_CERTAIN_HELP,
    PROBABILITY_WON_BELOW_CERTAIN_MESSAGE, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, replacement,
};

/// A record is won, and its probability is below certain.
pub(crate) static RULE: Rule = Rule {
    name: "probability/won-below-certain",
    severity: Severity::Warning,
    role: Role::Object {
        when: Facts::WON.or(Facts::PROBABILITY),
        unless: Facts::CERTAIN.or(Facts::BELOW_ONE),
        check,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("won_below_certain.md"),
    explain,
};

/// The end of the scale at which the chance has to be.
fn certain(schema: &Schema<'_>) -> &'static str {
    match schema.meaning {
        Meaning::Probability(Scale::Fraction) => "1",
        _ => "100",
    }
}

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
    let end = certain(place.schema);
    said.message(PROBABILITY_WON_BELOW_CERTAIN_MESSAGE)
        .help(PROBABILITY_WON_BELOW_CERTAIN_HELP)
        .with(param::END, end)
        .fix(
            PROBABILITY_WON_BELOW_CERTAIN_FIX,
            Applicability::Unsafe,
            replacement::replace(place, end),
        );
}
