//! `schema/multiple-of`: see `multiple_of.md`.

use crate::messages::{
    SCHEMA_MULTIPLE_OF_HELP, SCHEMA_MULTIPLE_OF_HELP_DECIMALS, SCHEMA_MULTIPLE_OF_MESSAGE,
    SCHEMA_MULTIPLE_OF_MESSAGE_DECIMALS, param,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A number has too many decimals, or is not a multiple of the required step. The exact decimal value counts: `0.30000000000000004` has 17 decimals.
pub(crate) static RULE: Rule = Rule {
    name: "schema/multiple-of",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("multiple_of.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let step = place
        .schema
        .number
        .and_then(|limits| limits.multiple_of.as_ref());
    let decimals = step.filter(|step| step.coefficient == 1 && step.exponent <= 0);
    if let Some(step) = decimals {
        said.message(SCHEMA_MULTIPLE_OF_MESSAGE_DECIMALS)
            .help(SCHEMA_MULTIPLE_OF_HELP_DECIMALS)
            .count(param::LIMIT, u64::from(step.exponent.unsigned_abs()))
            .count(param::DECIMALS, place.number().decimals());
    } else {
        said.message(SCHEMA_MULTIPLE_OF_MESSAGE)
            .help(SCHEMA_MULTIPLE_OF_HELP)
            .with(param::STEP, step.map_or("", |step| step.text));
    }
}
