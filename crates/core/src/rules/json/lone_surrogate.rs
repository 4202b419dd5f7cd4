//! `json/lone-surrogate`: see `lone_surrogate.md`.

use crate::messages::{JSON_LONE_SURROGATE_HELP, JSON_LONE_SURROGATE_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An escape is half of a surrogate pair, such as `\ud83d` alone.
pub(crate) static RULE: Rule = Rule {
    name: "json/lone-surrogate",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("RFC 8259, section 8.2"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("lone_surrogate.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(JSON_LONE_SURROGATE_MESSAGE)
        .help(JSON_LONE_SURROGATE_HELP);
}
