//! `probability/out-of-range`: see `out_of_range.md`.

use super::percent_for_fraction::is_percent;
use crate::contract::{Meaning, Meanings, Scale};
use crate::messages::{
    PROBABILITY_OUT_OF_RANGE_FIX, PROBABILITY_OUT_OF_RANGE_HELP_FRACTION,
    PROBABILITY_OUT_OF_RANGE_HELP_PERCENT, PROBABILITY_OUT_OF_RANGE_MESSAGE, param,
};
use crate::rules::classify::HUNDRED;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, probability, replacement, schema,
};

/// A probability is negative or more than certain.
pub(crate) static RULE: Rule = Rule {
    name: "probability/out-of-range",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::PROBABILITY,
        when: Facts::CERTAIN.or(Facts::NEGATIVE),
        check,
        advises: true,
    },
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("out_of_range.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let number = place.number();
    // A fraction of one that is above one and at most a hundred is a percentage, and has its rule.
    if number.is_negative() || number.compare(&HUNDRED).is_gt() {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let bounded = place.is_about(&schema::minimum::RULE)
        || place.is_about(&schema::maximum::RULE) && !is_percent(place);
    if bounded || place.is_about(&RULE) {
        let Meaning::Probability(scale) = place.schema.meaning else {
            return;
        };
        let end = probability::certain(scale).text;
        said.message(PROBABILITY_OUT_OF_RANGE_MESSAGE)
            .help(match scale {
                Scale::Percent => PROBABILITY_OUT_OF_RANGE_HELP_PERCENT,
                Scale::Fraction => PROBABILITY_OUT_OF_RANGE_HELP_FRACTION,
            })
            .with(param::END, end);
        let is_slip = probability::is_slip(place.number(), scale);
        if is_slip && replacement::judged(place.schema, end, place.now).is_some() {
            said.fix(
                PROBABILITY_OUT_OF_RANGE_FIX,
                Applicability::Unsafe,
                replacement::replace(place, end),
            );
        }
    }
}
