//! `schema/unique-items`: see `unique_items.md`.

use crate::messages::{SCHEMA_UNIQUE_ITEMS_HELP, SCHEMA_UNIQUE_ITEMS_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An array that must have unique items contains the same item twice. Values count, not spellings: `1` and `1.0` are the same.
pub(crate) static RULE: Rule = Rule {
    name: "schema/unique-items",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("unique_items.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_UNIQUE_ITEMS_MESSAGE)
        .help(SCHEMA_UNIQUE_ITEMS_HELP);
}
