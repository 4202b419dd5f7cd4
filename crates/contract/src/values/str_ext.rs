//! Rarely used text functions in little code; those of `str` are faster and much larger.

/// Parts of a text, one after the other.
#[cfg_attr(pipelint_module, optimize(speed))]
#[must_use]
pub fn concat(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Writes a list of items in back quotes, each of which `write` writes.
pub fn list<T>(items: impl Iterator<Item = T>, out: &mut String, write: impl Fn(T, &mut String)) {
    for (number, item) in items.enumerate() {
        out.push_str(if number == 0 { "`" } else { ", `" });
        write(item, out);
        out.push('`');
    }
}

/// Whether a text is printable ASCII: no control character, nothing beyond.
#[must_use]
pub fn is_printable(text: &[u8]) -> bool {
    /// In each byte, whether it is a control character, DEL or outside ASCII.
    const fn odd(word: u64) -> u64 {
        const ONES: u64 = u64::from_ne_bytes([1; 8]);
        const HIGHS: u64 = ONES << 7;
        // A byte from 0x20 on keeps the high bit that is put into it; one more than DEL has one.
        (!((word | HIGHS) - 0x20 * ONES) | word | ((word & !HIGHS) + ONES)) & HIGHS
    }
    match text.last_chunk::<8>() {
        Some(last) => {
            let words = text.as_chunks::<8>().0.iter().chain([last]);
            words.fold(0, |any, word| any | odd(u64::from_ne_bytes(*word))) == 0
        }
        None => text.iter().all(|byte| matches!(byte, b' '..=b'~')),
    }
}

/// Whether one of two ASCII characters is in a text.
#[must_use]
pub fn has_either(text: &str, one: u8, other: u8) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    /// The high bit of some byte, if one of the bytes is zero.
    const fn zero(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word & (ONES << 7)
    }
    let text = text.as_bytes();
    match text.last_chunk::<8>() {
        Some(last) => {
            let words = text.as_chunks::<8>().0.iter().chain([last]);
            let (one, other) = (ONES * u64::from(one), ONES * u64::from(other));
            words.fold(0, |any, word| {
                let word = u64::from_ne_bytes(*word);
                any | zero(word ^ one) | zero(word ^ other)
            }) != 0
        }
        None => text.iter().any(|byte| *byte == one || *byte == other),
    }
}

/// Where a part last starts in a text; nowhere if it is empty.
#[must_use]
pub fn last(text: &str, part: &str) -> Option<usize> {
    if part.is_empty() {
        return None;
    }
    let mut starts = text.as_bytes().windows(part.len());
    starts.rposition(|window| window == part.as_bytes())
}

/// The number of code points: each has one byte that is not a continuation byte.
#[cfg_attr(pipelint_module, optimize(speed))]
#[must_use]
pub fn code_points(bytes: &[u8]) -> usize {
    const LAST_BITS: u64 = u64::from_ne_bytes([1; 8]);
    let (words, rest) = bytes.as_chunks::<8>();
    let continued: u32 = words
        .iter()
        .map(|word| {
            let word = u64::from_ne_bytes(*word);
            (word >> 7 & !(word >> 6) & LAST_BITS).count_ones()
        })
        .sum();
    let rest = rest.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    words.len() * 8 - continued as usize + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_put_together() {
        assert_eq!(
            concat(&["item ", "2", " of ", "`tags`"]),
            "item 2 of `tags`"
        );
    }

    #[test]
    fn printable_texts_are_told_from_others() {
        for byte in 0..=u8::MAX {
            for length in [1, 3, 7, 8, 9, 15, 16, 17, 40] {
                for at in 0..length {
                    let mut text = vec![b'a'; length];
                    text[at] = byte;
                    let expected = matches!(byte, b' '..=b'~');
                    assert_eq!(is_printable(&text), expected, "{byte} at {at} of {length}");
                }
            }
        }
        assert!(has_either("a/b", b'~', b'/') && has_either(&"~".repeat(17), b'~', b'/'));
        assert!(!has_either("estimated_value", b'~', b'/') && !has_either("", b'~', b'/'));
        for byte in 0..=u8::MAX >> 1 {
            for (length, at) in [(1, 0), (7, 6), (8, 0), (8, 7), (17, 9), (17, 16)] {
                let mut text = vec![b'.'; length];
                text[at] = byte;
                let text = std::str::from_utf8(&text).unwrap();
                let expected = matches!(byte, b'~' | b'/');
                assert_eq!(has_either(text, b'~', b'/'), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn code_points_are_counted_as_characters_are() {
        for text in [
            "",
            "a",
            "äöü",
            "日本😀",
            "eight ascii bytes",
            "1234567é",
            "😀😀😀x",
        ] {
            for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let part = &text[..end];
                assert_eq!(code_points(part.as_bytes()), part.chars().count(), "{part}");
            }
        }
    }

    #[test]
    fn the_last_place_is_found() {
        assert_eq!(last("T00:60:60Z", ":60"), Some(6));
        assert_eq!(last("T00:00:00Z", ":60"), None);
        assert_eq!(last("", "a"), None);
        assert_eq!(last("a", ""), None);
    }
}
