//! The value of a string, from its text between the quotes.

use std::borrow::Cow;

use crate::values::bytes::hex_unit;

/// Replaces the escapes of a JSON string's inner text. A lone surrogate becomes U+FFFD; a
/// malformed escape, which the scanner would have refused, stays as it is.
#[must_use]
pub fn unescape(inner: &str) -> Cow<'_, str> {
    if inner.contains('\\') {
        Cow::Owned(characters(inner).map(|character| character.value).collect())
    } else {
        Cow::Borrowed(inner)
    }
}

/// One character of a string's value, with its place in the inner text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Character {
    pub(crate) value: char,
    /// Byte offset in the inner text.
    pub(crate) at: usize,
    /// Bytes of the inner text, the escape included.
    pub(crate) length: usize,
}

/// The characters of a string's value, read from its inner text without a copy.
pub(crate) fn characters(inner: &str) -> Characters<'_> {
    Characters { inner, at: 0 }
}

#[derive(Debug, Clone)]
pub(crate) struct Characters<'a> {
    inner: &'a str,
    at: usize,
}

impl Iterator for Characters<'_> {
    type Item = Character;

    #[inline]
    fn next(&mut self) -> Option<Character> {
        let character = character(self.inner.as_bytes(), self.at)?;
        self.at += character.length;
        Some(character)
    }
}

/// The character of a string's value whose source begins at `at` in the inner text; `None` at the
/// end, and where the bytes are not UTF-8.
pub(crate) fn character(inner: &[u8], at: usize) -> Option<Character> {
    let rest = inner.get(at..)?;
    let (value, length) = match rest.first()? {
        b'\\' => one(rest),
        ascii @ 0..0x80 => (char::from(*ascii), 1),
        _ => {
            let longest = rest.get(..4).unwrap_or(rest);
            let value = longest.utf8_chunks().next()?.valid().chars().next()?;
            (value, value.len_utf8())
        }
    };
    Some(Character { value, at, length })
}

/// Whether two inner texts, however escaped, have the same value.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let values = |inner| characters(inner).map(|character| character.value);
    one == other || (one.contains('\\') || other.contains('\\')) && values(one).eq(values(other))
}

/// Room for the values of short strings, so that a date or a code written with escapes is read
/// without an allocation.
#[derive(Debug)]
pub(crate) struct Short([u8; Self::ROOM]);

impl Short {
    const ROOM: usize = 64;

    pub(crate) const fn new() -> Self {
        Self([0; Self::ROOM])
    }

    /// The value of an inner text; `None` if it is longer than 64 bytes.
    pub(crate) fn value<'s>(&'s mut self, inner: &str) -> Option<&'s str> {
        let mut length = 0;
        for character in characters(inner) {
            let end = length + character.value.len_utf8();
            character.value.encode_utf8(self.0.get_mut(length..end)?);
            length = end;
        }
        std::str::from_utf8(self.0.get(..length)?).ok()
    }
}

/// The character that an escape stands for, and the escape's length.
fn one(escape: &[u8]) -> (char, usize) {
    match escape.get(1) {
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'n') => ('\n', 2),
        Some(b'r') => ('\r', 2),
        Some(b't') => ('\t', 2),
        Some(b'u') => match hex_unit(escape, 2) {
            Some(high @ 0xd800..=0xdbff) => match low(escape) {
                Some(low) => {
                    let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    (
                        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
                        12,
                    )
                }
                None => (char::REPLACEMENT_CHARACTER, 6),
            },
            Some(code) => (
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
                6,
            ),
            None => ('\\', 1),
        },
        Some(&byte @ (b'"' | b'\\' | b'/')) => (char::from(byte), 2),
        _ => ('\\', 1),
    }
}

/// The low surrogate that follows the escape of a high one.
fn low(escape: &[u8]) -> Option<u32> {
    if escape.get(6..8) != Some(b"\\u") {
        return None;
    }
    hex_unit(escape, 8).filter(|low| (0xdc00..=0xdfff).contains(low))
}
