//! `json/too-deep`: see `too_deep.md`.

use crate::messages::{JSON_TOO_DEEP_HELP, JSON_TOO_DEEP_MESSAGE};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// Arrays and objects nest deeper than the limit, 128 by default and at most.
pub(crate) static RULE: Rule = Rule {
    name: "json/too-deep",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("too_deep.md"),
    explain,
};

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(JSON_TOO_DEEP_MESSAGE).help(JSON_TOO_DEEP_HELP);
}
