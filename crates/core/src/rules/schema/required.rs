//! `schema/required`: see `required.md`.

use crate::messages::{SCHEMA_REQUIRED_HELP, SCHEMA_REQUIRED_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A property that the vendor requires is not there.
pub(crate) static RULE: Rule = Rule {
    name: "schema/required",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("required.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_REQUIRED_MESSAGE)
        .help(SCHEMA_REQUIRED_HELP);
}
