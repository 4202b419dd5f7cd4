//! `probability/percent-for-fraction`: see `percent_for_fraction.md`.

use crate::contract::{Meaning, Meanings, Scale};
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_PERCENT_FOR_FRACTION_FIX, PROBABILITY_PERCENT_FOR_FRACTION_FIX_SLIP,
    PROBABILITY_PERCENT_FOR_FRACTION_HELP, PROBABILITY_PERCENT_FOR_FRACTION_HELP_PLAIN,
    PROBABILITY_PERCENT_FOR_FRACTION_HELP_SLIP, PROBABILITY_PERCENT_FOR_FRACTION_MESSAGE,
    PROBABILITY_PERCENT_FOR_FRACTION_MESSAGE_SLIP, param,
};
use crate::rules::classify::{HUNDRED, ONE};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, probability, replacement, schema,
};

/// A probability on the scale from 0 to 1 is above one: it looks like a percentage.
pub(crate) static RULE: Rule = Rule {
    name: "probability/percent-for-fraction",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::PROBABILITY,
        when: Facts::CERTAIN,
        check,
        advises: true,
    },
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("percent_for_fraction.md"),
    explain,
};

/// Whether the value is above one and at most a hundred where one is certainty.
pub(crate) fn is_percent(place: &RuleContext<'_>) -> bool {
    let number = place.number();
    place.node().kind == Kind::Number
        && matches!(place.schema.meaning, Meaning::Probability(Scale::Fraction))
        && number.compare(&ONE).is_gt()
        && number.compare(&HUNDRED).is_le()
}

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if is_percent(place) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let above = place.is_about(&schema::maximum::RULE) && is_percent(place);
    if !above && !place.is_about(&RULE) {
        return;
    }
    let is_slip = probability::is_slip(place.number(), Scale::Fraction);
    if is_slip && replacement::judged(place.schema, ONE.text, place.now).is_some() {
        said.message(PROBABILITY_PERCENT_FOR_FRACTION_MESSAGE_SLIP)
            .help(PROBABILITY_PERCENT_FOR_FRACTION_HELP_SLIP)
            .with(param::END, ONE.text)
            .fix(
                PROBABILITY_PERCENT_FOR_FRACTION_FIX_SLIP,
                Applicability::Unsafe,
                replacement::replace(place, ONE.text),
            );
        return;
    }
    let fraction = place.number().shifted_text(-2).and_then(|exact| {
        match replacement::decimals(place.schema) {
            Some(decimals) => probability::rounded(&exact, decimals, Scale::Fraction),
            None => Some(probability::tidied(exact, Scale::Fraction)),
        }
    });
    said.message(PROBABILITY_PERCENT_FOR_FRACTION_MESSAGE);
    match fraction {
        Some(text) if replacement::judged(place.schema, &text, place.now).is_some() => said
            .help(PROBABILITY_PERCENT_FOR_FRACTION_HELP)
            .copy(param::FRACTION, &text)
            .fix(
                PROBABILITY_PERCENT_FOR_FRACTION_FIX,
                Applicability::Unsafe,
                replacement::replace(place, text),
            ),
        _ => said.help(PROBABILITY_PERCENT_FOR_FRACTION_HELP_PLAIN),
    };
}
