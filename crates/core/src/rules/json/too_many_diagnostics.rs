//! `json/too-many-diagnostics`: see `too_many_diagnostics.md`.

use crate::messages::{JSON_TOO_MANY_DIAGNOSTICS_HELP, JSON_TOO_MANY_DIAGNOSTICS_MESSAGE, param};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// The payload has more diagnostics than one report holds, 500 by default.
pub(crate) static RULE: Rule = Rule {
    name: "json/too-many-diagnostics",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("too_many_diagnostics.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(JSON_TOO_MANY_DIAGNOSTICS_MESSAGE)
        .count(param::MORE, u64::from(place.detail))
        .help(JSON_TOO_MANY_DIAGNOSTICS_HELP);
}
