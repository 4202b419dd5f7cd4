//! `schema/min-length`: see `min_length.md`.

use crate::document::code_points;
use crate::messages::{
    SCHEMA_MIN_LENGTH_HELP, SCHEMA_MIN_LENGTH_HELP_ONE, SCHEMA_MIN_LENGTH_MESSAGE,
    SCHEMA_MIN_LENGTH_MESSAGE_ONE, param,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A string has too few characters. Characters are Unicode code points.
pub(crate) static RULE: Rule = Rule {
    name: "schema/min-length",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("min_length.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let limit = place.schema.text.map_or(0, |limits| limits.min);
    let (message, help) = match limit {
        1 => (SCHEMA_MIN_LENGTH_MESSAGE_ONE, SCHEMA_MIN_LENGTH_HELP_ONE),
        _ => (SCHEMA_MIN_LENGTH_MESSAGE, SCHEMA_MIN_LENGTH_HELP),
    };
    said.message(message)
        .help(help)
        .count(param::LIMIT, u64::from(limit))
        .count(param::LENGTH, code_points(place.inner().as_bytes()) as u64);
}
