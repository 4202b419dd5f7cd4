//! `text/padded`: see `padded.md`.

use super::mojibake;
use crate::contract::{Meaning, Meanings};
use crate::messages::{
    TEXT_PADDED_FIX, TEXT_PADDED_FIX_TWIN, TEXT_PADDED_HELP, TEXT_PADDED_MESSAGE,
    TEXT_PADDED_MESSAGE_END, TEXT_PADDED_MESSAGE_START,
};
use crate::rules::array_items::{self, Tidy};
use crate::rules::credentials::{self, Scheme};
use crate::rules::header::line_break;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    edits, page,
};

/// A text starts or ends with white space.
pub(crate) static RULE: Rule = Rule {
    name: "text/padded",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::WORDS
            .or(Meanings::CREDENTIAL)
            .or(Meanings::IDEMPOTENCY_KEY)
            .or(Meanings::CONTENT_TYPE)
            .or(Meanings::EMAIL),
        when: Facts::PADDED,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("padded.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // What is blank has rules of its own, but for notes, which may be empty.
    if edits::is_blank(place) && !matches!(place.schema.meaning, Meaning::FreeText) {
        return;
    }
    let is_padded = if place.node().flags == 0 {
        matches!(place.inner_bytes(), [b' ', ..] | [.., b' '])
    } else {
        is_padded(place)
    };
    // A scheme with nothing after it has a rule of its own.
    let is_alone = || credentials::read(place).is_some_and(|sent| sent.scheme == Scheme::Alone);
    if is_padded && !is_alone() {
        sink.report(place);
    }
}

/// Whether a text with escapes or outside ASCII is padded, and no other rule says so: a space
/// without breaks may be the second half of a letter that was wrongly decoded, and a line break in
/// a header has a rule of its own.
fn is_padded(place: &RuleContext<'_>) -> bool {
    let inner = place.inner();
    let in_header = matches!(place.around().meaning, Meaning::Headers);
    edits::white_edges(inner) != (0, 0)
        && !mojibake::is_within(inner)
        && !(in_header && line_break::is_within(inner))
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let inner = place.inner();
    let (start, end) = edits::white_edges(inner);
    let message = match (start, end) {
        (_, 0) => TEXT_PADDED_MESSAGE_START,
        (0, _) => TEXT_PADDED_MESSAGE_END,
        _ => TEXT_PADDED_MESSAGE,
    };
    said.message(message).help(TEXT_PADDED_HELP);
    let trimmed = inner.get(start..inner.len() - end).unwrap_or_default();
    match array_items::tidy(place, trimmed) {
        Tidy::Remove(edit) => {
            said.fix(TEXT_PADDED_FIX_TWIN, Applicability::Safe, edit);
        }
        Tidy::Clean if edits::is_long_enough(place, trimmed) => {
            said.fix(TEXT_PADDED_FIX, Applicability::Safe, edits::trim(place));
        }
        _ => {}
    }
}
