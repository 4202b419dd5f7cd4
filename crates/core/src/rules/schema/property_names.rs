//! `schema/property-names`: see `property_names.md`.

use crate::messages::{SCHEMA_PROPERTY_NAMES_HELP, SCHEMA_PROPERTY_NAMES_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A property has a name that the schema does not allow.
pub(crate) static RULE: Rule = Rule {
    name: "schema/property-names",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("property_names.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_PROPERTY_NAMES_MESSAGE)
        .help(SCHEMA_PROPERTY_NAMES_HELP);
}
