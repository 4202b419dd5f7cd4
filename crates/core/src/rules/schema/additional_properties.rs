//! `schema/additional-properties`: see `additional_properties.md`.

use crate::messages::{SCHEMA_ADDITIONAL_PROPERTIES_HELP, SCHEMA_ADDITIONAL_PROPERTIES_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An object has a property that the vendor refuses.
pub(crate) static RULE: Rule = Rule {
    name: "schema/additional-properties",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("additional_properties.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_ADDITIONAL_PROPERTIES_MESSAGE)
        .help(SCHEMA_ADDITIONAL_PROPERTIES_HELP);
}
