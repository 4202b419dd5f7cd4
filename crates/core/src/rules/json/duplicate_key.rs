//! `json/duplicate-key`: see `duplicate_key.md`.

use crate::messages::{JSON_DUPLICATE_KEY_HELP, JSON_DUPLICATE_KEY_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An object contains the same key twice, in any spelling of its escapes.
pub(crate) static RULE: Rule = Rule {
    name: "json/duplicate-key",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("RFC 8259, section 4"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("duplicate_key.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(JSON_DUPLICATE_KEY_MESSAGE)
        .help(JSON_DUPLICATE_KEY_HELP);
}
