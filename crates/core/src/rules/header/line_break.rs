//! `header/line-break`: see `line_break.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::characters;
use crate::messages::{HEADER_LINE_BREAK_FIX, HEADER_LINE_BREAK_HELP, HEADER_LINE_BREAK_MESSAGE};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    edits, page,
};

/// A header contains a line break or a NUL.
pub(crate) static RULE: Rule = Rule {
    name: "header/line-break",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::NONE
            .or(Meanings::CREDENTIAL)
            .or(Meanings::IDEMPOTENCY_KEY)
            .or(Meanings::CONTENT_TYPE),
        when: Facts::ESCAPED,
        check,
        advises: false,
    },
    source: Source::Standard("RFC 9110, section 5.5"),
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("line_break.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if matches!(place.around().meaning, Meaning::Headers) && is_within(place.inner()) {
        sink.report(place);
    }
}

/// Whether a header's text breaks out of its line.
pub(crate) fn is_within(inner: &str) -> bool {
    characters(inner).any(|one| matches!(one.value, '\r' | '\n' | '\0'))
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(HEADER_LINE_BREAK_MESSAGE)
        .help(HEADER_LINE_BREAK_HELP);
    let trimmed = edits::trimmed(place.inner());
    if !trimmed.is_empty() && !is_within(trimmed) {
        said.fix(
            HEADER_LINE_BREAK_FIX,
            Applicability::Safe,
            edits::trim(place),
        );
    }
}
