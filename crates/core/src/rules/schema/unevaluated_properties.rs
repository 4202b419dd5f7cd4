//! `schema/unevaluated-properties`: see `unevaluated_properties.md`.

use crate::messages::{SCHEMA_UNEVALUATED_PROPERTIES_HELP, SCHEMA_UNEVALUATED_PROPERTIES_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An object has a property that no part of the schema covers.
pub(crate) static RULE: Rule = Rule {
    name: "schema/unevaluated-properties",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("unevaluated_properties.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_UNEVALUATED_PROPERTIES_MESSAGE)
        .help(SCHEMA_UNEVALUATED_PROPERTIES_HELP);
}
