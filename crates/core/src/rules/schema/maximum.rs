//! `schema/maximum`: see `maximum.md`.

use crate::messages::{
    SCHEMA_MAXIMUM_HELP, SCHEMA_MAXIMUM_HELP_EXCLUSIVE, SCHEMA_MAXIMUM_MESSAGE,
    SCHEMA_MAXIMUM_MESSAGE_EXCLUSIVE, param,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A number is greater than the vendor allows. It is judged by its exact decimal value, not by the nearest float.
pub(crate) static RULE: Rule = Rule {
    name: "schema/maximum",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("maximum.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let limit = place
        .schema
        .number
        .and_then(|limits| limits.maximum.as_ref());
    let exclusive = limit.is_some_and(|limit| limit.exclusive);
    let (message, help) = if exclusive {
        (
            SCHEMA_MAXIMUM_MESSAGE_EXCLUSIVE,
            SCHEMA_MAXIMUM_HELP_EXCLUSIVE,
        )
    } else {
        (SCHEMA_MAXIMUM_MESSAGE, SCHEMA_MAXIMUM_HELP)
    };
    said.message(message)
        .help(help)
        .with(param::LIMIT, limit.map_or("", |limit| limit.text));
}
