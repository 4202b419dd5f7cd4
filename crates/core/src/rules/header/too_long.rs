//! `header/too-long`: see `too_long.md`.

use crate::contract::Meanings;
use crate::document::code_points;
use crate::messages::{HEADER_TOO_LONG_HELP, HEADER_TOO_LONG_MESSAGE, param};
use crate::rules::classify::LONGEST_KEY;
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// An idempotency key is longer than 255 characters.
pub(crate) static RULE: Rule = Rule {
    name: "header/too-long",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::IDEMPOTENCY_KEY,
        when: Facts::LONG_KEY,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("too_long.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if (code_points(place.inner().as_bytes()) as u64) > LONGEST_KEY as u64 {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(HEADER_TOO_LONG_MESSAGE)
        .help(HEADER_TOO_LONG_HELP)
        .count(param::LENGTH, code_points(place.inner().as_bytes()) as u64);
}
