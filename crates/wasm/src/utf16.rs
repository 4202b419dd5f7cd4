//! Byte offsets to UTF-16 offsets.

/// Converts offsets into a text, from bytes to UTF-16 code units.
///
/// Malformed UTF-8 counts as the replacement characters that a `TextDecoder` produces. Ascending
/// offsets cost one pass over the text in total.
#[derive(Debug)]
pub struct Utf16Offsets<'t> {
    bytes: &'t [u8],
    /// Byte and unit offsets are the same.
    ascii: bool,
    /// The last offset that was converted, in bytes and in units.
    last: (usize, u32),
}

impl<'t> Utf16Offsets<'t> {
    /// Offsets into this text.
    #[must_use]
    pub fn new(bytes: &'t [u8]) -> Self {
        Self {
            bytes,
            ascii: bytes.is_ascii(),
            last: (0, 0),
        }
    }

    /// The UTF-16 offset of a byte offset.
    pub fn at(&mut self, offset: usize) -> u32 {
        if self.ascii {
            return offset as u32;
        }
        if offset < self.last.0 {
            self.last = (0, 0);
        }
        let (from, before) = self.last;
        let between = self.bytes.get(from..offset).unwrap_or_default();
        let units = before
            + between
                .utf8_chunks()
                .map(|chunk| length(chunk.valid()) + u32::from(!chunk.invalid().is_empty()))
                .sum::<u32>();
        self.last = (offset, units);
        units
    }
}

/// The number of UTF-16 code units of a text.
#[must_use]
pub fn length(text: &str) -> u32 {
    if text.is_ascii() {
        return text.len() as u32;
    }
    // A character is one unit, or two if it has four bytes; continuation bytes add none.
    text.bytes()
        .map(|byte| u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_units_that_utf_16_has() {
        for text in ["", "plain", "naïve", "日本", "a😀b", "\u{10ffff}\u{ffff}"] {
            assert_eq!(length(text) as usize, text.encode_utf16().count(), "{text}");
        }
    }

    #[test]
    fn offsets_are_converted_in_any_order() {
        let text = "é😀x日";
        let mut units = Utf16Offsets::new(text.as_bytes());
        for offset in [0, 2, 6, 7, 10, 2, 7, 0] {
            let expected = text[..offset].encode_utf16().count() as u32;
            assert_eq!(units.at(offset), expected, "{offset}");
        }
    }

    #[test]
    fn an_offset_past_the_end_does_not_panic() {
        assert_eq!(Utf16Offsets::new("é".as_bytes()).at(9), 0);
    }

    #[test]
    fn malformed_utf_8_counts_as_replacement_characters() {
        let bytes = b"a\xff\xe2\x82(";
        let mut units = Utf16Offsets::new(bytes);
        assert_eq!(units.at(2), 2);
        assert_eq!(units.at(4), 3);
        assert_eq!(units.at(5), 4);
    }
}
