//! `reference/padded`: see `padded.md`.

use crate::contract::Meanings;
use crate::messages::{
    REFERENCE_PADDED_FIX, REFERENCE_PADDED_FIX_TWIN, REFERENCE_PADDED_HELP,
    REFERENCE_PADDED_MESSAGE,
};
use crate::rules::array_items::{self, Tidy};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    edits, page, schema,
};
use crate::values::uuid;

/// An ID has white space around it.
pub(crate) static RULE: Rule = Rule {
    name: "reference/padded",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::REFERENCE,
        when: Facts::PADDED,
        check,
        advises: true,
    },
    source: Source::Meaning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("padded.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if is_padded(place.inner()) {
        sink.report(place);
    }
}

fn is_padded(inner: &str) -> bool {
    let trimmed = edits::trimmed(inner);
    !trimmed.is_empty() && trimmed.len() < inner.len()
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let inner = place.inner();
    if place.is_about(&RULE) {
        said.message(REFERENCE_PADDED_MESSAGE);
    } else if !(place.is_about(&schema::format::RULE)
        && is_padded(inner)
        && uuid::is_uuid(edits::trimmed(inner)))
    {
        return;
    }
    said.help(REFERENCE_PADDED_HELP);
    let trimmed = edits::trimmed(inner);
    match array_items::tidy(place, trimmed) {
        Tidy::Remove(edit) => {
            said.fix(REFERENCE_PADDED_FIX_TWIN, Applicability::Safe, edit);
        }
        Tidy::Clean if edits::is_long_enough(place, trimmed) => {
            said.fix(
                REFERENCE_PADDED_FIX,
                Applicability::Safe,
                edits::trim(place),
            );
        }
        _ => {}
    }
}
