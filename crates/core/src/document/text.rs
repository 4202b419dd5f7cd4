//! The text of a payload, of which most is never read as text.

use std::slice::SliceIndex;

/// The text that nodes are parts of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Text<'t> {
    /// As a whole.
    Whole(&'t str),
    /// Bytes that are known to be ASCII, so that checking them part by part, where a part is
    /// read, finds no other text.
    Ascii(&'t [u8]),
}

impl<'t> Text<'t> {
    /// A part of the text, by its byte offsets.
    #[inline]
    pub(crate) fn get<Part>(self, part: Part) -> Option<&'t str>
    where
        Part: SliceIndex<str, Output = str> + SliceIndex<[u8], Output = [u8]>,
    {
        match self {
            Self::Whole(text) => text.get(part),
            Self::Ascii(bytes) => std::str::from_utf8(bytes.get(part)?).ok(),
        }
    }

    /// The bytes of the text.
    #[inline]
    pub(crate) fn bytes(self) -> &'t [u8] {
        match self {
            Self::Whole(text) => text.as_bytes(),
            Self::Ascii(bytes) => bytes,
        }
    }
}

impl<'t> From<&'t str> for Text<'t> {
    #[inline]
    fn from(text: &'t str) -> Self {
        Self::Whole(text)
    }
}
