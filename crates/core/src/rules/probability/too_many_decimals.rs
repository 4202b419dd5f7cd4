//! `probability/too-many-decimals`: see `too_many_decimals.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_TOO_MANY_DECIMALS_FIX, PROBABILITY_TOO_MANY_DECIMALS_HELP,
    PROBABILITY_TOO_MANY_DECIMALS_HELP_WHOLE, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
    probability, replacement, schema,
};

/// Advice on a probability with more decimals than the vendor takes, which `schema/multiple-of` or, if the field takes whole numbers only, `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "probability/too-many-decimals",
    severity: Severity::Error,
    role: Role::Advises(Meanings::PROBABILITY),
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("too_many_decimals.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let reported = place.is_about(&schema::multiple_of::RULE)
        || place.is_about(&schema::type_::RULE) && place.node().kind == Kind::Number;
    let Some(decimals) = replacement::decimals(place.schema).filter(|_| reported) else {
        return;
    };
    let whole = decimals == 0;
    let Meaning::Probability(scale) = place.schema.meaning else {
        return;
    };
    // Rounding never makes a chance impossible or certain.
    let exact = place.number().shifted_text(0);
    let rounded = exact.and_then(|exact| probability::rounded(&exact, decimals, scale));
    let rounded = rounded.filter(|text| {
        replacement::judged(place.schema, text, place.now)
            .is_some_and(|facts| facts.meets(Facts::UNCERTAIN))
    });
    let Some(text) = rounded else {
        return;
    };
    said.count(param::LIMIT, u64::from(decimals))
        .help(if whole {
            PROBABILITY_TOO_MANY_DECIMALS_HELP_WHOLE
        } else {
            PROBABILITY_TOO_MANY_DECIMALS_HELP
        })
        .copy(param::ROUNDED, &text)
        .fix(
            PROBABILITY_TOO_MANY_DECIMALS_FIX,
            Applicability::Unsafe,
            replacement::replace(place, text),
        );
}
