//! Characters that people do not see, or that no longer are what was typed.

use crate::document::{Character, character, characters};

/// Whether a string holds a character that some rule of the group `text` looks closer at. With
/// `lines`, line breaks and tabs are at home in it.
#[inline(never)]
pub(crate) fn within(inner: &[u8], lines: bool) -> bool {
    let mut at = 0;
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
        if is_odd(character.value, lines) {
            return true;
        }
        at += character.length;
    }
    false
}

/// Whether a text without escapes holds nothing but printable ASCII and characters of two bytes
/// that are neither odd nor white: the letters of Latin with accents, Greek, Cyrillic and others.
/// Of what is no text, the answer means nothing.
pub(crate) fn is_plain(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let word = u64::from_le_bytes(*chunk);
            // One more than DEL has the high bit.
            if (word | word.wrapping_add(ONES)) & HIGHS == 0 {
                at += 8;
                continue;
            }
        }
        at += match byte {
            ..0x7f => 1,
            // All but the letters that UTF-8 read as Latin-1 begins with: Â, Ã, â, ï and ð.
            0xc3 => match text.get(at + 1) {
                Some(0x82 | 0x83 | 0xa2 | 0xaf | 0xb0) | None => return false,
                Some(_) => 2,
            },
            0xc4..0xe0 => 2,
            _ => return false,
        };
    }
    true
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

/// Whether some rule of the group `text` looks closer at a character.
pub(crate) fn is_odd(character: char, lines: bool) -> bool {
    is_control(character, lines)
        || is_bidi_control(character)
        || is_invisible(character)
        || is_joiner(character)
        || is_tag(character)
        || matches!(character, '\u{fffd}' | 'Â' | 'Ã' | 'â' | 'ï' | 'ð')
}

/// Whether a character is a control character that has no place in such a text.
pub(crate) fn is_control(character: char, lines: bool) -> bool {
    match character {
        '\n' | '\r' | '\t' => !lines,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' => true,
        _ => false,
    }
}

/// Whether a character forces the direction of what follows it.
pub(crate) fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing, wherever they stand.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

/// The zero-width joiner and non-joiner.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// The invisible twins of ASCII, which make the flags of regions.
fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0000}'..='\u{e007f}')
}

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

/// The name of a character, such as `U+200B`.
pub(crate) fn code_point(character: char) -> String {
    let code = u32::from(character);
    let mut name = String::from("U+");
    let digits = if code > 0xffff { 5 } else { 4 };
    for digit in (0..digits).rev() {
        let digit = char::from_digit(code >> (4 * digit) & 15, 16).unwrap_or('0');
        name.push(digit.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Schema;
    use crate::document::{Document, Limits, flag};
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
                // What comes behind it does not matter.
                let word = word | u64::MAX.checked_shl(8 * lane as u32 + 8).unwrap_or(0);
                assert_eq!(plain_before(word), before.min(lane + 1), "{byte} at {lane}");
            }
        }
    }

    #[test]
    fn letters_with_accents_are_plain() {
        for plain in [
            "é",
            "Größe",
            "Ελλάδα",
            "Москва и Санкт-Петербург",
            "plain words only",
        ] {
            assert!(is_plain(plain.as_bytes()), "{plain}");
        }
        for other in ["Ã¼", "a\u{7f}", "long enough \u{7f}", "日本", "a\u{a0}b"] {
            assert!(!is_plain(other.as_bytes()), "{other:?}");
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
                        "\\ud83d\\ude00", "ä", "â", "\u{7f}", "\u{200b}", "日",
                    ]).prop_map(str::to_owned),
                ],
                0..12,
            ),
            lines in any::<bool>(),
        ) {
            let inner = parts.concat();
            let expected = characters(&inner).any(|one| is_odd(one.value, lines));
            prop_assert_eq!(within(inner.as_bytes(), lines), expected, "{:?}", inner);
            // The scanner notes whether there may be any.
            let mut document = Document::default();
            let now = "2026-01-15T12:00:00Z".parse().unwrap();
            let json = format!("\"{inner}\"");
            document.read(json.as_bytes(), &Schema::ANY, &Limits::default(), now);
            let breaks = if lines { 0 } else { flag::BREAK };
            let noted = document.nodes[0].has(flag::NON_ASCII | flag::STRANGE | breaks);
            prop_assert!(noted || !expected, "{:?}", inner);
        }
    }

    #[test]
    fn characters_are_named_as_unicode_does() {
        for (character, name) in [
            ('\u{7}', "U+0007"),
            ('\u{200b}', "U+200B"),
            ('\u{ffff}', "U+FFFF"),
            ('\u{10000}', "U+10000"),
            ('\u{e0041}', "U+E0041"),
        ] {
            assert_eq!(code_point(character), name);
        }
    }

    #[test]
    fn what_is_plain_is_neither_odd_nor_white() {
        let mut plain = 0;
        for character in '\0'..=char::MAX {
            let text = format!("Ab{character}cdefghijk");
            if character >= ' ' && character != '\\' && is_plain(text.as_bytes()) {
                plain += 1;
                assert!(!is_odd(character, true), "{character:?}");
                assert!(
                    !character.is_whitespace() || character == ' ',
                    "{character:?}"
                );
            }
        }
        assert!(plain > 1800, "{plain} characters are plain");
        assert!(is_plain("Müller & Söhne, Łódź".as_bytes()));
    }
}
