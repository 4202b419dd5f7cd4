//! Characters that are invisible or were decoded wrongly.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);

/// Whether a text without escapes holds nothing but printable ASCII and characters of two bytes
/// that are neither odd nor white: the letters of Latin with accents, Greek, Cyrillic and others.
/// For other bytes the result is unspecified.
#[must_use]
pub fn is_plain(text: &[u8]) -> bool {
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
            // A letter that may be the first byte of a wrongly decoded one is plain unless the
            // first byte of a character that may be the second one follows.
            0xc3 => match text.get(at + 2) {
                Some(0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2) => return false,
                _ => 2,
            },
            0xc4..0xe0 => 2,
            _ => return false,
        };
    }
    true
}

/// Whether some rule of the group `text` looks closer at a character.
#[must_use]
pub fn is_odd(character: char, lines: bool) -> bool {
    is_control(character, lines)
        || is_bidi_control(character)
        || is_invisible(character)
        || is_joiner(character)
        || is_tag(character)
        || character == '\u{fffd}'
}

/// Whether two characters in a row may be the first two bytes of one character in UTF-8 that were
/// decoded one by one, as `Ã¼` is of `ü`.
#[must_use]
pub fn may_be_wrongly_decoded(first: char, second: char) -> bool {
    matches!(first, '\u{c2}'..='\u{f4}') && is_continuation(second)
}

/// Whether Windows-1252 or Latin-1 decodes a byte from 0x80 to 0xBF as this character.
#[must_use]
pub const fn is_continuation(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{bf}' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ÿ' | 'Ž' | 'ž' | 'ƒ' | 'ˆ' | '˜' | '–' | '—'
        | '‘'..='‚' | '“'..='„' | '†'..='•' | '…' | '‰' | '‹' | '›' | '€' | '™')
}

/// The byte from 0x80 to 0xBF that Windows-1252 or Latin-1 decodes as this character.
#[must_use]
pub fn continuation_byte(character: char) -> Option<u8> {
    if let '\u{80}'..='\u{bf}' = character {
        return Some(character as u8);
    }
    let at = WINDOWS_1252.iter().position(|one| *one == character)?;
    Some(0x80 + at as u8)
}

/// The characters of the bytes from 0x80 to 0x9F in Windows-1252. Five bytes have none of their
/// own and stay control characters.
pub static WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Whether a character is a control character that has no place in such a text.
#[must_use]
pub fn is_control(character: char, lines: bool) -> bool {
    match character {
        '\n' | '\r' | '\t' => !lines,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' => true,
        _ => false,
    }
}

/// Whether a character forces the direction of what follows it.
#[must_use]
pub fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing, wherever they are.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

/// The zero-width joiner and non-joiner.
#[must_use]
pub fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// The invisible twins of ASCII, which make the flags of regions.
#[must_use]
pub fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0000}'..='\u{e007f}')
}

/// The name of a character, such as `U+200B`.
#[must_use]
pub fn code_point(character: char) -> String {
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

    #[test]
    fn continuation_bytes_are_those_of_windows_1252() {
        for character in '\0'..=char::MAX {
            let byte = continuation_byte(character);
            assert_eq!(is_continuation(character), byte.is_some(), "{character:?}");
            assert!(byte.is_none_or(|byte| byte & 0xc0 == 0x80), "{character:?}");
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
