//! What a safe fix promises, enforced in one place.
//!
//! A safe fix can be applied without looking:
//!
//! 1. it keeps every value that its diagnostic does not name;
//! 2. it never contradicts other evidence in the payload, such as a weekday, a sign or a unit;
//! 3. its result is what its title and its help say;
//! 4. no diagnostic of the payload disappears except the one that it fixes.
//!
//! Each rule sees to the first three where it builds its fix. [`enforce`] sees to the fourth for
//! all rules: a safe fix of a value that has another fault becomes unsafe, unless it leaves that
//! fault in place. Responses and error bodies are evidence of what a system has sent: [`enforce`]
//! removes every fix there. Within one run of fixes, [`crate::fix`] converts no value twice.
//!
//! The test `safe_fixes_keep_their_promise` holds all of it over generated payloads.

use crate::lint::{
    Applicability, Edit, Findings, Fix, MessageBuilder, Role, Rule, RuleContext, Sink,
};
use crate::rules::{header, policy};

use super::dispatch;

/// Brings the fix of a diagnostic in line with the promise.
pub(crate) fn enforce(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if !place.is_sent() {
        said.fix = None;
        return;
    }
    let Some(fix) = said.fix.as_mut() else {
        return;
    };
    let is_read = place.document.stop.is_none();
    if fix.applicability == Applicability::Safe && is_read && hides_another_fault(place, fix) {
        fix.applicability = Applicability::Unsafe;
    }
}

/// Whether the fix may take away a fault beside the one that is explained: one of the same value,
/// or one of another value that the fix replaces or removes.
fn hides_another_fault(place: &RuleContext<'_>, fix: &Fix) -> bool {
    let is_contract = place.rule.is_some_and(|rule| rule.group() == "schema");
    if !is_contract && place.is_refused() {
        return true;
    }
    let replaces = |place: &RuleContext<'_>| {
        let node = place.node();
        let covers = |edit: &Edit| edit.start <= node.start && edit.end >= node.end;
        fix.edits().iter().any(covers)
    };
    let is_replaced = replaces(place);
    // A part of a value leaves the other faults of the value in place, but not its length.
    let is_hidden = other_faults(place)
        .iter()
        .any(|rule| is_replaced || std::ptr::eq(*rule, &raw const header::too_long::RULE));
    let beside = place.holder().into_iter().flat_map(RuleContext::members);
    is_hidden
        || !is_replaced
            && fix.edits().iter().any(|edit| edit.text.is_empty())
            && beside
                .filter(|other| other.node != place.node && replaces(other))
                .any(|other| other.is_refused() || !other_faults(&other).is_empty())
}

/// The rules other than the one that is explained that report the value.
fn other_faults(place: &RuleContext<'_>) -> Vec<&'static Rule> {
    let facts = place.facts();
    let mut findings = Findings::default();
    findings.begin(u32::MAX);
    for rule in dispatch::about_value(facts, place.schema.meaning.number()) {
        if let Role::Value { check, .. } = rule.role {
            let mut sink = Sink {
                findings: &mut findings,
                rule,
                facts,
            };
            check(place, &mut sink);
        }
    }
    policy::ask(place, &mut findings);
    let rules = findings.iter().map(|finding| finding.rule);
    let is_other = |rule: &&Rule| place.rule.is_none_or(|own| !std::ptr::eq(*rule, own));
    rules.filter(is_other).collect()
}
