//! `schema/max-items`: see `max_items.md`.

use crate::messages::{
    SCHEMA_MAX_ITEMS_HELP, SCHEMA_MAX_ITEMS_HELP_ONE, SCHEMA_MAX_ITEMS_MESSAGE,
    SCHEMA_MAX_ITEMS_MESSAGE_ONE, param,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An array has too many items.
pub(crate) static RULE: Rule = Rule {
    name: "schema/max-items",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("max_items.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let limit = place.schema.array.map_or(0, |limits| limits.max);
    let length = place.document.children(place.node).count() as u64;
    let (message, help) = match limit {
        1 => (SCHEMA_MAX_ITEMS_MESSAGE_ONE, SCHEMA_MAX_ITEMS_HELP_ONE),
        _ => (SCHEMA_MAX_ITEMS_MESSAGE, SCHEMA_MAX_ITEMS_HELP),
    };
    said.message(message)
        .help(help)
        .count(param::LIMIT, u64::from(limit))
        .count(param::LENGTH, length);
}
