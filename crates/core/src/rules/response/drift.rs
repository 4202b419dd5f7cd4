//! `response/drift`: see `drift.md`.

use crate::contract::Meanings;
use crate::messages::RESPONSE_DRIFT_HELP;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// Advice on a response that differs from the documentation, which a rule of the group `schema` reports.
pub(crate) static RULE: Rule = Rule {
    name: "response/drift",
    severity: Severity::Warning,
    role: Role::Advises(Meanings::ALL),
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("drift.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if !place.is_sent() {
        said.help(RESPONSE_DRIFT_HELP);
    }
}
