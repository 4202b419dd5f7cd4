//! What of a payload's own text is shown: one line, cut to a width, with secrets masked.

use std::ops::Range;

use pipelint::Report;
use unicode_width::UnicodeWidthChar;

/// A part of one line of a payload.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The columns before what is to be underlined.
    pub(super) indent: usize,
    /// How many columns are to be underlined.
    pub(super) marked: usize,
}

const CUT: char = '…';

/// What a tab is shown as.
const TAB: &str = "    ";

impl Excerpt {
    /// The line on which `span` begins, cut to `width` characters around it. The work does not
    /// grow with the length of the line.
    pub(super) fn new(report: &Report<'_>, span: Range<usize>, width: usize) -> Self {
        let bytes = report.bytes();
        let secrets = report.secrets();
        let decode = |part: Range<usize>| decode(bytes, part, secrets);
        // No character has more than four bytes.
        let reach = 4 * width;

        let from = span.start.saturating_sub(reach);
        let before = part(bytes, from..span.start);
        let (from, cut_before) = match before.iter().rposition(|byte| is_break(*byte)) {
            Some(at) => (from + at + 1, false),
            None => (from, from > 0),
        };
        let to = (span.start + reach).min(bytes.len());
        let end = part(bytes, span.start..to)
            .iter()
            .position(|byte| is_break(*byte));
        let (to, cut_after) = match end {
            Some(at) => (span.start + at, false),
            None => (to, to < bytes.len()),
        };
        let end = span.end.clamp(span.start, to);

        let mut before = decode(from..span.start);
        let mut marked = decode(span.start..end);
        let mut after = decode(end..to);
        let fits = columns(&before) + columns(&marked) + columns(&after) <= width;
        if cut_before || cut_after || !fits {
            let mark_cut = keep_start(&mut marked, width / 2);
            if mark_cut {
                marked.push(CUT);
                after.clear();
            }
            // What is left of the width goes to both sides, and what one side leaves, to the other.
            let room = width.saturating_sub(columns(&marked) + 2);
            let left = (room / 2).max(room.saturating_sub(columns(&after)));
            before.reverse();
            if keep_start(&mut before, left) || cut_before {
                before.push(CUT);
            }
            before.reverse();
            let right = room.saturating_sub(columns(&before));
            if !mark_cut && (keep_start(&mut after, right) || cut_after) {
                after.push(CUT);
            }
        }
        let (indent, mark) = (columns(&before), columns(&marked));
        let text: String = before.into_iter().chain(marked).chain(after).collect();
        Self {
            text: text.replace('\t', TAB),
            indent,
            marked: mark,
        }
    }
}

/// How many columns of a terminal the characters take.
fn columns(characters: &[char]) -> usize {
    characters.iter().map(|character| column(*character)).sum()
}

fn column(character: char) -> usize {
    match character {
        '\t' => TAB.len(),
        other => other.width().unwrap_or(0),
    }
}

/// Keeps what has room from the start; says whether anything had none.
fn keep_start(characters: &mut Vec<char>, mut room: usize) -> bool {
    let fits = characters.iter().position(|character| {
        let rest = room.checked_sub(column(*character));
        room = rest.unwrap_or(room);
        rest.is_none()
    });
    characters.truncate(fits.unwrap_or(characters.len()));
    fits.is_some()
}

/// A text, such as a file's name, without characters that would move the cursor, break the line or
/// turn the direction of writing.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => ' ',
            other => visible(other),
        })
        .collect()
}

fn part(bytes: &[u8], range: Range<usize>) -> &[u8] {
    bytes.get(range).unwrap_or_default()
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The characters of a part of the payload: what is not UTF-8 replaced, what is secret masked.
fn decode(bytes: &[u8], range: Range<usize>, secrets: &[Range<usize>]) -> Vec<char> {
    let mut at = range.start;
    let mut shown = Vec::new();
    for chunk in part(bytes, range).utf8_chunks() {
        for character in chunk.valid().chars() {
            shown.push(if secrets.iter().any(|secret| secret.contains(&at)) {
                mask(character)
            } else {
                visible(character)
            });
            at += character.len_utf8();
        }
        if !chunk.invalid().is_empty() {
            shown.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
        }
    }
    shown
}

/// A secret shows where words begin and end, and what is JSON around them.
fn mask(character: char) -> char {
    if character.is_whitespace() {
        ' '
    } else if "{}[]:,\"".contains(character) {
        character
    } else {
        '*'
    }
}

/// Characters that would steer the terminal or reorder the line are shown by pictures.
pub(crate) fn visible(character: char) -> char {
    match character {
        '\t' => '\t',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or(CUT),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fffe}'
        | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}
