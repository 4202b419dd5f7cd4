//! `header/idempotency-key`: see `idempotency_key.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{HEADER_IDEMPOTENCY_KEY_HELP, HEADER_IDEMPOTENCY_KEY_MESSAGE, param};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// The request has no idempotency key.
pub(crate) static RULE: Rule = Rule {
    name: "header/idempotency-key",
    severity: Severity::Info,
    role: Role::Value {
        meanings: Meanings::HEADERS,
        when: Facts::PRESENT,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("idempotency_key.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let Some(object) = place.schema.object else {
        return;
    };
    let property = object
        .properties
        .iter()
        .position(|header| matches!(header.schema.meaning, Meaning::IdempotencyKey));
    if let Some(property) = property
        && place.member(property as u8).is_none()
    {
        let start = place.node().start;
        sink.report_with(place, 0, start, start + 1, property as u32);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let properties = place
        .schema
        .object
        .map_or(&[][..], |object| object.properties);
    let header = properties.get(place.detail as usize);
    said.message(HEADER_IDEMPOTENCY_KEY_MESSAGE)
        .help(HEADER_IDEMPOTENCY_KEY_HELP)
        .with(param::HEADER, header.map_or("", |header| header.name));
}
