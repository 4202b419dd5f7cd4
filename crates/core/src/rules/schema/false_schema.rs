//! `schema/false-schema`: see `false_schema.md`.

use crate::messages::{SCHEMA_FALSE_SCHEMA_HELP, SCHEMA_FALSE_SCHEMA_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A value is given where the schema allows none.
pub(crate) static RULE: Rule = Rule {
    name: "schema/false-schema",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("false_schema.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_FALSE_SCHEMA_MESSAGE)
        .help(SCHEMA_FALSE_SCHEMA_HELP);
}
