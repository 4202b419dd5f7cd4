//! The text between two values: a comma and, where the text is laid out, white space.

/// A comma, white space and a quote that stood between two values, which is what most likely
/// is between the next two as well.
#[derive(Debug, Clone, Copy)]
pub(super) struct Separator {
    /// The bytes, as a little-endian word.
    word: u64,
    /// Which bytes of `word` count.
    mask: u64,
    /// The number of bytes, without the quote.
    length: u32,
}

impl Default for Separator {
    /// That of a text without white space.
    fn default() -> Self {
        Self {
            word: u64::from_le_bytes(*b",\"\0\0\0\0\0\0"),
            mask: 0xffff,
            length: 1,
        }
    }
}

impl Separator {
    /// Whether it is at `at`, with a quote after it.
    #[inline(always)]
    pub(super) fn is_at(&self, bytes: &[u8], at: usize) -> bool {
        bytes
            .get(at..)
            .and_then(<[u8]>::first_chunk::<8>)
            .is_some_and(|chunk| u64::from_le_bytes(*chunk) & self.mask == self.word)
    }

    /// The number of bytes before the quote.
    #[inline(always)]
    pub(super) const fn length(&self) -> usize {
        self.length as usize
    }

    /// Learns the text from the comma on, if that is short and a quote follows at `end`.
    #[inline]
    pub(super) fn learn(&mut self, bytes: &[u8], comma: usize, end: usize) {
        if end - comma < 8
            && bytes.get(end) == Some(&b'"')
            && let Some(chunk) = bytes.get(comma..).and_then(<[u8]>::first_chunk::<8>)
        {
            self.length = (end - comma) as u32;
            self.mask = u64::MAX >> (56 - 8 * self.length);
            self.word = u64::from_le_bytes(*chunk) & self.mask;
        }
    }
}
