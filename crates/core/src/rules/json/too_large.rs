//! `json/too-large`: see `too_large.md`.

use crate::messages::{JSON_TOO_LARGE_HELP, JSON_TOO_LARGE_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// The payload exceeds the size limit, 8 MiB by default.
pub(crate) static RULE: Rule = Rule {
    name: "json/too-large",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("too_large.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(JSON_TOO_LARGE_MESSAGE)
        .help(JSON_TOO_LARGE_HELP);
}
