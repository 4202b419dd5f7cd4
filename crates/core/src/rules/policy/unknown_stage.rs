//! `policy/unknown-stage`: see `unknown_stage.md`.

use crate::contract::Meanings;
use crate::messages::{
    POLICY_UNKNOWN_STAGE_FIX, POLICY_UNKNOWN_STAGE_HELP, POLICY_UNKNOWN_STAGE_HELP_NEAREST,
    POLICY_UNKNOWN_STAGE_MESSAGE,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
    policy,
};

/// A stage is not in the policy's list.
pub(crate) static RULE: Rule = Rule {
    name: "policy/unknown-stage",
    severity: Severity::Error,
    role: Role::Policy {
        meanings: Meanings::STAGE,
        check,
    },
    source: Source::Policy,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("unknown_stage.md"),
    explain,
};

static TEXTS: policy::Texts = policy::Texts {
    message: POLICY_UNKNOWN_STAGE_MESSAGE,
    help: POLICY_UNKNOWN_STAGE_HELP,
    nearest: POLICY_UNKNOWN_STAGE_HELP_NEAREST,
    fix: POLICY_UNKNOWN_STAGE_FIX,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !policy::is_ours(place, &place.policy.stages) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let words = &place.policy.stages;
    policy::explain(place, words, &TEXTS, Applicability::Safe, said);
}
