//! `reference/uuid-version`: see `uuid_version.md`.

use crate::contract::Meanings;
use crate::document::Short;
use crate::messages::{REFERENCE_UUID_VERSION_HELP, REFERENCE_UUID_VERSION_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};
use crate::values::uuid;

/// An ID has the form of a UUID, but no valid version.
pub(crate) static RULE: Rule = Rule {
    name: "reference/uuid-version",
    severity: Severity::Info,
    role: Role::Value {
        meanings: Meanings::REFERENCE,
        when: Facts::ODD_ID,
        check,
        advises: false,
    },
    source: Source::Standard("RFC 9562, section 4"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("uuid_version.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let mut room = Short::new();
    let is_unknown = place.short(&mut room).is_some_and(|value| {
        uuid::is_uuid(value)
            && !matches!(uuid::version(value), Some(1..=8))
            && !uuid::is_nil(value)
            && !uuid::is_max(value)
    });
    if is_unknown {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(REFERENCE_UUID_VERSION_MESSAGE)
        .help(REFERENCE_UUID_VERSION_HELP);
}
