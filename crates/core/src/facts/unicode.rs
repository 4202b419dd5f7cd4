//! Finds characters that are invisible or were decoded wrongly.

use crate::document::{Character, character, characters};
pub(crate) use crate::values::unicode::{
    code_point, is_bidi_control, is_control, is_odd, is_plain,
};
use crate::values::unicode::{is_invisible, is_joiner, is_tag, may_be_wrongly_decoded};

/// Whether a string holds a character that some rule of the group `text` looks closer at. With
/// `lines`, line breaks and tabs are at home in it.
#[inline(never)]
pub(crate) fn within(inner: &[u8], lines: bool) -> bool {
    let mut at = 0;
    // Where the last character outside ASCII ended, and that character.
    let mut before = (0, ' ');
    while let Some(&byte) = inner.get(at) {
        // Plain ASCII, which is nearly all of most texts, is skipped without being decoded.
        if let Some(chunk) = inner.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let plain = plain_before(u64::from_le_bytes(*chunk));
            at += plain;
            if plain == 8 {
                continue;
            }
        } else if byte != b'\\' && byte < 0x7f {
            at += 1;
            continue;
        }
        // So are the escapes that need no decoding.
        match inner.get(at..).unwrap_or_default() {
            [b'\\', b'"' | b'\\' | b'/', ..] => {
                at += 2;
                continue;
            }
            [b'\\', b'n' | b'r' | b't', ..] if lines => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let Some(character) = character(inner, at) else {
            return false;
        };
        let value = character.value;
        if is_odd(value, lines) || before.0 == at && may_be_wrongly_decoded(before.1, value) {
            return true;
        }
        at += character.length;
        before = (at, value);
    }
    false
}

/// How many of eight bytes stand before the first that is a backslash, DEL or outside ASCII.
const fn plain_before(word: u64) -> usize {
    let differs = word ^ u64::from_le_bytes([b'\\'; 8]);
    // Of these marks the first is exact: what is carried is carried to later bytes.
    let backslashes = differs.wrapping_sub(ONES) & !differs;
    let marks = (word | word.wrapping_add(ONES) | backslashes) & HIGHS;
    marks.trailing_zeros() as usize / 8
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);

/// The characters of a string that show nothing and do nothing there. Joiners in emoji and in
/// scripts that need them, spaces of no width in scripts without spaces, and the tags in a flag
/// are none.
pub(crate) fn invisible(inner: &str) -> impl Iterator<Item = Character> {
    let mut before = None;
    let mut in_flag = false;
    characters(inner).filter(move |character| {
        let value = character.value;
        in_flag = value == '\u{1f3f4}' || in_flag && is_tag(value);
        let idle = if is_joiner(value) {
            before.is_none_or(|before: char| before.is_ascii() || before.is_whitespace())
        } else if is_tag(value) {
            !in_flag
        } else if value == '\u{200b}' {
            !before.is_some_and(is_written_without_spaces)
        } else {
            is_invisible(value)
        };
        if !idle {
            before = Some(value);
        }
        idle
    })
}

/// Thai, Lao, Burmese and Khmer, where a space of no width marks the end of a word.
fn is_written_without_spaces(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether there is something to see in a string.
pub(crate) fn shows(inner: &str) -> bool {
    characters(inner).any(|character| {
        let value = character.value;
        !value.is_whitespace()
            && !value.is_control()
            && !is_invisible(value)
            && !is_joiner(value)
            && !is_tag(value)
            && !is_bidi_control(value)
    })
}

/// What is left of a text once the characters that show nothing and the white space around it are
/// gone.
pub(crate) fn essence(inner: &str) -> String {
    let mut idle = invisible(inner).map(|character| character.at).peekable();
    let left: String = characters(inner)
        .filter(|character| idle.next_if_eq(&character.at).is_none())
        .map(|character| character.value)
        .collect();
    left.trim().to_owned()
}

/// A string's inner text, escapes as written, without the characters that show nothing.
pub(crate) fn without_invisible(inner: &str) -> String {
    let mut left = String::with_capacity(inner.len());
    let mut from = 0;
    for idle in invisible(inner) {
        left.push_str(inner.get(from..idle.at).unwrap_or_default());
        from = idle.at + idle.length;
    }
    left.push_str(inner.get(from..).unwrap_or_default());
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Schema;
    use crate::document::{Document, KeysOnly, Limits, flag};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    #[test]
    fn the_first_byte_that_is_not_plain_is_found() {
        for lane in 0..8 {
            for byte in 0..=u8::MAX {
                let mut bytes = *b"abc def~";
                bytes[lane] = byte;
                let plain = byte < 0x7f && byte != b'\\';
                let before = if plain { 8 } else { lane };
                let word = u64::from_le_bytes(bytes);
                assert_eq!(plain_before(word), before, "{byte} at {lane}");
                // What comes after it does not matter.
                let word = word | u64::MAX.checked_shl(8 * lane as u32 + 8).unwrap_or(0);
                assert_eq!(plain_before(word), before.min(lane + 1), "{byte} at {lane}");
            }
        }
    }

    proptest! {
        #[test]
        fn odd_characters_are_found_wherever_they_stand(
            parts in vec(
                prop_oneof![
                    "[ -!#-\\[\\]-~]{0,12}",
                    select(&[
                        "\\n", "\\t", "\\\"", "\\\\", "\\/", "\\b", "\\u0041", "\\u200b", "\\u00e4",
                        "\\ud83d\\ude00", "ä", "â", "\u{7f}", "\u{200b}", "日", "Ð", "¿", "\\u00d0",
                        "\\u0161", "“", "Ñ",
                    ]).prop_map(str::to_owned),
                ],
                0..12,
            ),
            lines in any::<bool>(),
        ) {
            let inner = parts.concat();
            let values: Vec<char> = characters(&inner).map(|one| one.value).collect();
            let expected = values.iter().any(|one| is_odd(*one, lines))
                || values.windows(2).any(|two| may_be_wrongly_decoded(two[0], two[1]));
            prop_assert_eq!(within(inner.as_bytes(), lines), expected, "{:?}", inner);
            // The scanner notes whether there may be any.
            let mut document = Document::default();
            let json = format!("\"{inner}\"");
            document.read(json.as_bytes(), &Schema::ANY, &Limits::default(), KeysOnly);
            let breaks = if lines { 0 } else { flag::BREAK };
            let noted = document.nodes[0].has(flag::NON_ASCII | flag::STRANGE | breaks);
            prop_assert!(noted || !expected, "{:?}", inner);
        }
    }
}
