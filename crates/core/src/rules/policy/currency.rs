//! `policy/currency`: see `currency.md`.

use crate::contract::Meanings;
use crate::messages::{POLICY_CURRENCY_HELP, POLICY_CURRENCY_MESSAGE, param};
use crate::rules::{
    Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page, policy,
};

/// A currency is not in the policy's list.
pub(crate) static RULE: Rule = Rule {
    name: "policy/currency",
    severity: Severity::Error,
    role: Role::Policy {
        meanings: Meanings::CURRENCY_CODE,
        check,
    },
    source: Source::Policy,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("currency.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !policy::is_ours(place, &place.policy.currencies) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    // All codes look alike, so a near one is no likelier than another.
    said.message(POLICY_CURRENCY_MESSAGE)
        .help(POLICY_CURRENCY_HELP)
        .written(param::ALLOWED, |out| {
            policy::listed(&place.policy.currencies, out);
        });
}
