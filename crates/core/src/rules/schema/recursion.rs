//! `schema/recursion`: see `recursion.md`.

use crate::messages::{SCHEMA_RECURSION_HELP, SCHEMA_RECURSION_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A schema refers to itself without an end.
pub(crate) static RULE: Rule = Rule {
    name: "schema/recursion",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("recursion.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_RECURSION_MESSAGE)
        .help(SCHEMA_RECURSION_HELP);
}
