//! `policy/unknown-choice`: see `unknown_choice.md`.

use crate::contract::Meanings;
use crate::messages::{
    POLICY_UNKNOWN_CHOICE_FIX, POLICY_UNKNOWN_CHOICE_HELP, POLICY_UNKNOWN_CHOICE_HELP_NEAREST,
    POLICY_UNKNOWN_CHOICE_MESSAGE,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
    policy,
};

/// A choice, such as a priority or a fee model, is not in the policy's list.
pub(crate) static RULE: Rule = Rule {
    name: "policy/unknown-choice",
    severity: Severity::Error,
    role: Role::Policy {
        meanings: Meanings::CHOICE.or(Meanings::LABEL),
        check,
    },
    source: Source::Policy,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("unknown_choice.md"),
    explain,
};

static TEXTS: policy::Texts = policy::Texts {
    message: POLICY_UNKNOWN_CHOICE_MESSAGE,
    help: POLICY_UNKNOWN_CHOICE_HELP,
    nearest: POLICY_UNKNOWN_CHOICE_HELP_NEAREST,
    fix: POLICY_UNKNOWN_CHOICE_FIX,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !policy::is_ours(place, words(place)) {
        sink.report(place);
    }
}

/// What the policy says of the property.
fn words<'a>(place: &RuleContext<'a>) -> &'a [String] {
    let property = place
        .parent
        .and_then(|(_, schema)| schema.object)
        .and_then(|object| object.properties.get(usize::from(place.node().property)));
    property.map_or(&[], |property| place.policy.choice(property.name))
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    policy::explain(place, words(place), &TEXTS, Applicability::Safe, said);
}
