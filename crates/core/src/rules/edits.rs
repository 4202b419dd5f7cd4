//! Edits that several rules share.

use std::borrow::Cow;

use crate::document::code_points;
use crate::document::{NONE, Node, characters};

use super::{Edit, RuleContext};

/// How many bytes of white space a string's inner text starts and ends with, escapes as written.
/// All of a blank text counts as its start.
pub(crate) fn white_edges(inner: &str) -> (usize, usize) {
    let is_white = |byte: &&u8| is_white(**byte);
    let bytes = inner.as_bytes();
    let start = bytes.iter().take_while(is_white).count();
    let rest = bytes.get(start..).unwrap_or_default();
    let end = rest.iter().rev().take_while(is_white).count();
    let text = rest.get(..rest.len() - end).unwrap_or_default();
    // White space may be written as an escape as well, which has six bytes at most.
    let tail = text.get(text.len().saturating_sub(6)..).unwrap_or_default();
    if text.first() != Some(&b'\\') && !tail.contains(&b'\\') {
        let ends = [text.first(), text.last()];
        if ends.into_iter().flatten().all(u8::is_ascii) {
            return (start, end);
        }
    }
    if !inner.contains('\\') {
        // Outside ASCII there is more white space.
        let text = inner.trim_start();
        return (inner.len() - text.len(), text.len() - text.trim_end().len());
    }
    let mut start = None;
    let mut end = 0;
    for character in characters(inner) {
        if !character.value.is_whitespace() {
            start.get_or_insert(character.at);
            end = character.at + character.length;
        }
    }
    start.map_or((inner.len(), 0), |start| (start, inner.len() - end))
}

/// Whether a string's text is white space alone.
pub(crate) fn is_blank(place: &RuleContext<'_>) -> bool {
    let inner = place.inner_bytes();
    match inner.iter().find(|byte| !is_white(**byte)) {
        None => true,
        // More white space is written as an escape or is outside ASCII.
        Some(b'\\' | 0x80..) => white_edges(place.inner()).0 == inner.len(),
        Some(_) => false,
    }
}

const fn is_white(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// A string's inner text without the white space around it.
pub(crate) fn trimmed(inner: &str) -> &str {
    let (start, end) = white_edges(inner);
    inner.get(start..inner.len() - end).unwrap_or_default()
}

/// The fewest characters that the contract of a string asks for.
fn least(place: &RuleContext<'_>) -> usize {
    place.schema.text.map_or(0, |limits| limits.min as usize)
}

/// Whether a string is long enough for its contract once so many characters are gone.
pub(crate) fn may_lose(place: &RuleContext<'_>, characters: usize) -> bool {
    code_points(place.inner().as_bytes()).saturating_sub(characters) >= least(place)
}

/// Whether a text, escapes as written, is long enough for the contract of a string.
pub(crate) fn is_long_enough(place: &RuleContext<'_>, inner: &str) -> bool {
    let least = least(place);
    // What is not empty has one character.
    least <= usize::from(!inner.is_empty()) || code_points(inner.as_bytes()) >= least
}

/// Whether a string is long enough for its contract once those edits within it are made.
pub(crate) fn leave_enough(place: &RuleContext<'_>, edits: &[Edit]) -> bool {
    let lost = edits.iter().map(|edit| {
        let old = place.text.get(edit.start as usize..edit.end as usize);
        let old = code_points(old.unwrap_or_default().as_bytes());
        old.saturating_sub(code_points(edit.text.as_bytes()))
    });
    may_lose(place, lost.sum())
}

/// Whether fixes within a text are offered: a list of edits for each of a million characters would
/// take far more memory than the text.
pub(crate) fn is_short(inner: &str) -> bool {
    const LONGEST: usize = 64 << 10;
    inner.len() <= LONGEST
}

/// Removes the white space around a string's text.
pub(crate) fn trim(place: &RuleContext<'_>) -> Vec<Edit> {
    let node = place.node();
    let (start, end) = white_edges(place.inner());
    let (from, to) = (node.start + 1, node.end - 1);
    let edges = [(from, from + start as u32), (to - end as u32, to)];
    let edges = edges.into_iter().filter(|(start, end)| start < end);
    edges.map(|(start, end)| removal(start, end)).collect()
}

/// Removes a part of the text.
pub(crate) fn removal(start: u32, end: u32) -> Edit {
    Edit {
        start,
        end,
        text: Cow::Borrowed(""),
    }
}

/// Removes parts of a string's inner text, given by offset and length.
pub(crate) fn removals(
    place: &RuleContext<'_>,
    parts: impl Iterator<Item = (usize, usize)>,
) -> Vec<Edit> {
    let from = place.node().start + 1;
    let mut edits: Vec<Edit> = Vec::new();
    for (at, length) in parts {
        let start = from + at as u32;
        let end = start + length as u32;
        match edits.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => edits.push(removal(start, end)),
        }
    }
    edits
}

/// Puts a value in quotes.
pub(crate) fn quote(place: &RuleContext<'_>) -> Vec<Edit> {
    let node = place.node();
    let quote = |at| Edit {
        start: at,
        end: at,
        text: Cow::Borrowed("\""),
    };
    vec![quote(node.start), quote(node.end)]
}

/// Removes a value from the object or array that holds it, with its key and one comma.
pub(crate) fn remove_member(place: &RuleContext<'_>) -> Option<Edit> {
    let (parent, _) = place.parent?;
    let whole = |node: &Node| {
        let start = if node.key == NONE {
            node.start
        } else {
            node.key
        };
        (start, node.end)
    };
    let (start, end) = whole(place.node());
    let mut before = None;
    for (at, node) in place.document.children(parent) {
        if at < place.node {
            before = Some(node.end);
        } else if at > place.node {
            // The comma before it goes, or, for the first of several, the one after it.
            return Some(match before {
                Some(before) => removal(before, end),
                None => removal(start, whole(node).0),
            });
        }
    }
    Some(removal(before.unwrap_or(start), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Contract, Meaning, Part, Schema, TextLimits, Types, ready};
    use crate::{Options, check};
    use proptest::prelude::*;

    static THREE: TextLimits = TextLimits {
        min: 3,
        max: u32::MAX,
        format: None,
    };
    static NOTES: Schema<'static> = ready(Schema {
        types: Types::STRING,
        meaning: Meaning::FreeText,
        text: Some(&THREE),
        ..Schema::ANY
    });
    static CONTRACT: Contract<'static> = Contract {
        id: "test/notes/request",
        operation: "test/notes",
        part: Part::Request,
        system: "Test",
        title: "Notes of three letters",
        root: &NOTES,
        program: None,
    };

    #[test]
    fn what_would_be_too_short_is_not_trimmed() {
        let options = Options::at("2026-01-15T12:00:00Z".parse::<crate::Instant>().unwrap());
        for (payload, mended) in [
            ("\" abc\"", true),
            ("\"äöü \"", true),
            ("\"\\u00e4bc \"", true),
            ("\"  ab\"", false),
            ("\"äö \"", false),
            ("\"\\u00e4b\\n\"", false),
        ] {
            let report = check(&CONTRACT, payload.as_bytes(), &options);
            let padded = report
                .diagnostics()
                .find(|one| one.rule().name == "text/padded");
            let fix = padded.unwrap().explain().fix;
            assert_eq!(fix.is_some(), mended, "{payload}");
        }
    }

    proptest! {
        #[test]
        fn white_edges_are_those_of_the_value(
            start in "([ \t]|\u{a0}|\u{3000}|\\\\n|\\\\u0020){0,3}",
            middle in "([a-zä]([ a-zä]{0,4}[a-zä])?)?",
            end in "([ \t]|\u{a0}|\u{2003}|\\\\r|\\\\u00a0){0,3}",
        ) {
            let inner = [&*start, &middle, &end].concat();
            let expected = if middle.is_empty() {
                (inner.len(), 0)
            } else {
                (start.len(), end.len())
            };
            prop_assert_eq!(white_edges(&inner), expected, "{:?}", inner);
        }
    }
}
