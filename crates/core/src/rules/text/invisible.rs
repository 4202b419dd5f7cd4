//! `text/invisible`: see `invisible.md`.

use super::{control, mojibake};
use crate::contract::Meanings;
use crate::messages::{
    TEXT_INVISIBLE_FIX, TEXT_INVISIBLE_FIX_TWIN, TEXT_INVISIBLE_HELP, TEXT_INVISIBLE_MESSAGE, param,
};
use crate::rules::array_items::{self, Tidy};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    edits, page, unicode,
};

/// A text has a character in it that shows nothing.
pub(crate) static RULE: Rule = Rule {
    name: "text/invisible",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::WORDS,
        when: Facts::ODD,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("invisible.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let inner = place.inner();
    if let Some(first) = unicode::invisible(inner).next()
        && !mojibake::is_within(inner)
    {
        let start = place.node().start + 1 + first.at as u32;
        let end = start + first.length as u32;
        sink.report_with(place, 0, start, end, first.value.into());
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let character = char::from_u32(place.detail).unwrap_or_default();
    said.message(TEXT_INVISIBLE_MESSAGE)
        .help(TEXT_INVISIBLE_HELP)
        .with(param::CHARACTER, unicode::code_point(character));
    let inner = place.inner();
    if !edits::is_short(inner) || !unicode::shows(inner) {
        return;
    }
    let cleaned = unicode::without_invisible(inner);
    // White space that comes to the edge of the text is no longer one of its control characters.
    let hides = edits::white_edges(&cleaned) != edits::white_edges(inner)
        && control::controls(place).next().is_some();
    let applicability = if hides {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    match array_items::tidy(place, &cleaned) {
        Tidy::Remove(edit) => {
            said.fix(TEXT_INVISIBLE_FIX_TWIN, Applicability::Safe, edit);
        }
        Tidy::Clean if edits::may_lose(place, unicode::invisible(inner).count()) => {
            said.fix(
                TEXT_INVISIBLE_FIX,
                applicability,
                edits::removals(
                    place,
                    unicode::invisible(inner).map(|character| (character.at, character.length)),
                ),
            );
        }
        _ => {}
    }
}
