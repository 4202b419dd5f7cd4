//! `policy/unknown-owner`: see `unknown_owner.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{
    POLICY_UNKNOWN_OWNER_FIX, POLICY_UNKNOWN_OWNER_HELP, POLICY_UNKNOWN_OWNER_HELP_NEAREST,
    POLICY_UNKNOWN_OWNER_MESSAGE,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
    policy,
};

/// A user ID is not in the policy's list.
pub(crate) static RULE: Rule = Rule {
    name: "policy/unknown-owner",
    severity: Severity::Error,
    role: Role::Policy {
        meanings: Meanings::REFERENCE,
        check,
    },
    source: Source::Policy,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("unknown_owner.md"),
    explain,
};

static TEXTS: policy::Texts = policy::Texts {
    message: POLICY_UNKNOWN_OWNER_MESSAGE,
    help: POLICY_UNKNOWN_OWNER_HELP,
    nearest: POLICY_UNKNOWN_OWNER_HELP_NEAREST,
    fix: POLICY_UNKNOWN_OWNER_FIX,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let is_user = matches!(place.schema.meaning, Meaning::Reference("user"));
    if is_user && !policy::is_ours(place, &place.policy.owners) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let words = &place.policy.owners;
    // An ID is opaque: another case may be another ID.
    policy::explain(place, words, &TEXTS, Applicability::Unsafe, said);
}
