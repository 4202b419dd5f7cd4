//! `schema/unevaluated-items`: see `unevaluated_items.md`.

use crate::messages::{SCHEMA_UNEVALUATED_ITEMS_HELP, SCHEMA_UNEVALUATED_ITEMS_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An array has an item that no part of the schema covers.
pub(crate) static RULE: Rule = Rule {
    name: "schema/unevaluated-items",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("unevaluated_items.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_UNEVALUATED_ITEMS_MESSAGE)
        .help(SCHEMA_UNEVALUATED_ITEMS_HELP);
}
