//! The text of a payload, most of which is never decoded.

use std::ops::Range;

/// The text that nodes are parts of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Text<'t> {
    /// As a whole.
    Whole(&'t str),
    /// Bytes that are known to be ASCII, so that checking them part by part, where a part is
    /// read, finds no other text. The browser's module has no room for that.
    #[cfg(not(pipelint_module))]
    Ascii(&'t [u8]),
}

impl<'t> Text<'t> {
    /// A part of the text, by its byte offsets.
    #[inline]
    pub(crate) fn get(self, part: Range<usize>) -> Option<&'t str> {
        match self {
            Self::Whole(text) => text.get(part),
            #[cfg(not(pipelint_module))]
            Self::Ascii(bytes) => std::str::from_utf8(bytes.get(part)?).ok(),
        }
    }

    /// The text as a whole, for those who read most of it.
    pub(crate) fn whole(self) -> Self {
        match self {
            Self::Whole(_) => self,
            #[cfg(not(pipelint_module))]
            Self::Ascii(bytes) => std::str::from_utf8(bytes).map_or(self, Self::Whole),
        }
    }

    /// The bytes of the text.
    #[inline]
    pub(crate) fn bytes(self) -> &'t [u8] {
        match self {
            Self::Whole(text) => text.as_bytes(),
            #[cfg(not(pipelint_module))]
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
