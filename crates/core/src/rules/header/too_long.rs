//! `header/too-long`: see `too_long.md`.

use crate::contract::Meanings;
use crate::document::code_points;
use crate::messages::{HEADER_TOO_LONG_HELP, HEADER_TOO_LONG_MESSAGE, param};
use crate::rules::look::LONGEST_KEY;
use crate::rules::{Explanation, Facts, Fixes, Place, Role, Rule, Severity, Sink, Source, page};

/// A key of the caller is longer than 255 characters.
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

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    if (code_points(place.inner().as_bytes()) as u64) > LONGEST_KEY as u64 {
        sink.report(place);
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    said.message(HEADER_TOO_LONG_MESSAGE)
        .help(HEADER_TOO_LONG_HELP)
        .count(param::LENGTH, code_points(place.inner().as_bytes()) as u64);
}
