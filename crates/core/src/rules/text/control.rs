//! `text/control`: see `control.md`.

use super::mojibake;
use crate::contract::{Meaning, Meanings};
use crate::document::{Character, characters};
use crate::messages::{TEXT_CONTROL_FIX, TEXT_CONTROL_HELP, TEXT_CONTROL_MESSAGE, param};
use crate::rules::{
    Applicability, Edit, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink,
    Source, edits, page, unicode,
};

/// A text has a control character in it.
pub(crate) static RULE: Rule = Rule {
    name: "text/control",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::WORDS,
        when: Facts::ODD,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("control.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let inner = place.inner();
    if let Some(first) = controls(place).next()
        && !mojibake::is_within(inner)
    {
        let start = place.node().start + 1 + first.at as u32;
        let end = start + first.length as u32;
        sink.report_with(place, 0, start, end, first.value.into());
    }
}

/// The control characters that have no place in the text; white space around it is not counted.
pub(crate) fn controls<'a>(place: &RuleContext<'a>) -> impl Iterator<Item = Character> + use<'a> {
    let inner = place.inner();
    let (start, end) = edits::white_edges(inner);
    let end = inner.len() - end;
    let lines = matches!(place.schema.meaning, Meaning::FreeText);
    characters(inner).filter(move |character| {
        (start..end).contains(&character.at) && unicode::is_control(character.value, lines)
    })
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let character = char::from_u32(place.detail).unwrap_or_default();
    said.message(TEXT_CONTROL_MESSAGE)
        .help(TEXT_CONTROL_HELP)
        .with(param::CHARACTER, unicode::code_point(character));
    if !edits::is_short(place.inner()) || !unicode::shows(place.inner()) {
        return;
    }
    let from = place.node().start + 1;
    let edits = controls(place).map(|character| Edit {
        start: from + character.at as u32,
        end: from + (character.at + character.length) as u32,
        text: if character.value.is_whitespace() {
            " "
        } else {
            ""
        }
        .into(),
    });
    let edits: Vec<Edit> = edits.collect();
    if edits::leave_enough(place, &edits) {
        said.fix(TEXT_CONTROL_FIX, Applicability::Unsafe, edits);
    }
}
