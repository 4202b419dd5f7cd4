//! `schema/min-properties`: see `min_properties.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{
    SCHEMA_MIN_PROPERTIES_HELP, SCHEMA_MIN_PROPERTIES_HELP_ONE, SCHEMA_MIN_PROPERTIES_MESSAGE,
    SCHEMA_MIN_PROPERTIES_MESSAGE_ONE, param,
};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An object has fewer properties than the schema allows.
pub(crate) static RULE: Rule = Rule {
    name: "schema/min-properties",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("min_properties.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Some(ProgramKeyword::MinProperties(limit)) = program::keyword(place) else {
        return;
    };
    let (message, help) = match limit {
        1 => (
            SCHEMA_MIN_PROPERTIES_MESSAGE_ONE,
            SCHEMA_MIN_PROPERTIES_HELP_ONE,
        ),
        _ => (SCHEMA_MIN_PROPERTIES_MESSAGE, SCHEMA_MIN_PROPERTIES_HELP),
    };
    said.message(message)
        .help(help)
        .count(param::LIMIT, *limit)
        .count(param::LENGTH, program::length(place));
}
