//! `policy/unknown-pipeline`: see `unknown_pipeline.md`.

use crate::contract::Meanings;
use crate::messages::{
    POLICY_UNKNOWN_PIPELINE_FIX, POLICY_UNKNOWN_PIPELINE_HELP,
    POLICY_UNKNOWN_PIPELINE_HELP_NEAREST, POLICY_UNKNOWN_PIPELINE_MESSAGE,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
    policy,
};

/// A pipeline is not in the policy's list.
pub(crate) static RULE: Rule = Rule {
    name: "policy/unknown-pipeline",
    severity: Severity::Error,
    role: Role::Policy {
        meanings: Meanings::PIPELINE,
        check,
    },
    source: Source::Policy,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("unknown_pipeline.md"),
    explain,
};

static TEXTS: policy::Texts = policy::Texts {
    message: POLICY_UNKNOWN_PIPELINE_MESSAGE,
    help: POLICY_UNKNOWN_PIPELINE_HELP,
    nearest: POLICY_UNKNOWN_PIPELINE_HELP_NEAREST,
    fix: POLICY_UNKNOWN_PIPELINE_FIX,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !policy::is_ours(place, &place.policy.pipelines) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let words = &place.policy.pipelines;
    policy::explain(place, words, &TEXTS, Applicability::Safe, said);
}
