//! `probability/too-many-decimals`: see `too_many_decimals.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_TOO_MANY_DECIMALS_FIX, PROBABILITY_TOO_MANY_DECIMALS_HELP,
    PROBABILITY_TOO_MANY_DECIMALS_HELP_PLAIN, PROBABILITY_TOO_MANY_DECIMALS_HELP_WHOLE,
    PROBABILITY_TOO_MANY_DECIMALS_HELP_WHOLE_PLAIN, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
    replacement, schema,
};

/// Advice on a probability with more decimals than the vendor takes, which `schema/multiple-of` or, where only whole numbers are taken, `schema/type` reports.
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
    // Rounding may not make a chance impossible or certain.
    let rounded = place.number().rounded_text(decimals).filter(|text| {
        replacement::judged(place.schema, text, place.now)
            .is_some_and(|facts| facts.meets(Facts::UNCERTAIN))
    });
    said.count(param::LIMIT, u64::from(decimals));
    match rounded {
        Some(text) => said
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
            ),
        None => said.help(if whole {
            PROBABILITY_TOO_MANY_DECIMALS_HELP_WHOLE_PLAIN
        } else {
            PROBABILITY_TOO_MANY_DECIMALS_HELP_PLAIN
        }),
    };
}
