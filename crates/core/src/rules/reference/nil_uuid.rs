//! `reference/nil-uuid`: see `nil_uuid.md`.

use crate::contract::Meanings;
use crate::document::Short;
use crate::messages::{REFERENCE_NIL_UUID_HELP, REFERENCE_NIL_UUID_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};
use crate::values::uuid;

/// An ID is the nil UUID.
pub(crate) static RULE: Rule = Rule {
    name: "reference/nil-uuid",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::REFERENCE,
        when: Facts::ODD_ID,
        check,
        advises: false,
    },
    source: Source::Standard("RFC 9562, section 5.9"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("nil_uuid.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let mut room = Short::new();
    if place.short(&mut room).is_some_and(uuid::is_nil) {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(REFERENCE_NIL_UUID_MESSAGE)
        .help(REFERENCE_NIL_UUID_HELP);
}
