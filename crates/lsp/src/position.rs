//! Positions: lines and characters, as the client counts them, and byte offsets.

use std::cell::Cell;
use std::ops::Range;

use ls_types::{Position, PositionEncodingKind, Range as LspRange};

/// The unit in which characters of a line are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of two bytes, which every client supports.
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The best encoding that a client offers. UTF-8 needs no counting.
    pub(crate) fn best(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offered = offered.unwrap_or_default();
        if offered.contains(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offered.contains(&PositionEncodingKind::UTF32)
            && !offered.contains(&PositionEncodingKind::UTF16)
        {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// The name in the protocol.
    pub(crate) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            _ => text.chars().map(|character| self.width(character)).sum(),
        }
    }
}

/// Where the lines of a text start.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// The last position. Diagnostics come in the order of the text, so the next one on a long line
    /// is counted from here.
    last: Cell<Counted>,
}

/// The number of characters from the start of a line to an offset.
#[derive(Debug, Clone, Copy)]
struct Counted {
    start: usize,
    offset: usize,
    encoding: Encoding,
    characters: usize,
}

impl Counted {
    const NOTHING: Self = Self {
        start: 0,
        offset: 0,
        encoding: Encoding::Utf8,
        characters: 0,
    };
}

impl Lines {
    /// The lines of a text, which end at `\n`, `\r\n` or `\r`.
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self {
            starts,
            last: Cell::new(Counted::NOTHING),
        }
    }

    /// The position of a byte offset. An offset within a character counts as the character's
    /// start, one beyond the text as its end.
    pub(crate) fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let line = line.saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let last = self.last.get();
        let goes_on = last.start == start && last.offset <= offset && last.encoding == encoding;
        let (from, before) = if goes_on {
            (last.offset, last.characters)
        } else {
            (start, 0)
        };
        let characters = before + encoding.length(text.get(from..offset).unwrap_or_default());
        self.last.set(Counted {
            start,
            offset,
            encoding,
            characters,
        });
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: u32::try_from(characters).unwrap_or(u32::MAX),
        }
    }

    /// The positions of the ends of a part of the text.
    pub(crate) fn range(&self, text: &str, span: &Range<usize>, encoding: Encoding) -> LspRange {
        LspRange {
            start: self.position(text, span.start, encoding),
            end: self.position(text, span.end.max(span.start), encoding),
        }
    }

    /// The byte offset of a position. One beyond the end of its line counts as the line's end, as
    /// the protocol wants it, and one beyond the last line as the end of the text.
    pub(crate) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else {
            return text.len();
        };
        let end = line.checked_add(1).and_then(|next| self.starts.get(next));
        let line = text.get(start..end.copied().unwrap_or(text.len()));
        let line = line.unwrap_or_default().trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, character) in line.char_indices() {
            let width = encoding.width(character);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    /// The byte offsets of the ends of a range, in order.
    pub(crate) fn span(&self, text: &str, range: &LspRange, encoding: Encoding) -> Range<usize> {
        let start = self.offset(text, range.start, encoding);
        let end = self.offset(text, range.end, encoding);
        start.min(end)..start.max(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aß\r\n🦀x\n\rend";

    fn position(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn offsets_become_positions_and_positions_offsets() {
        let lines = Lines::new(TEXT);
        for (encoding, of_x, of_end) in [
            (Encoding::Utf8, 4, 3),
            (Encoding::Utf16, 2, 3),
            (Encoding::Utf32, 1, 3),
        ] {
            let x = TEXT.find('x').unwrap();
            assert_eq!(lines.position(TEXT, x, encoding), position(1, of_x));
            assert_eq!(lines.offset(TEXT, position(1, of_x), encoding), x);
            assert_eq!(
                lines.position(TEXT, TEXT.len(), encoding),
                position(3, of_end)
            );
        }
    }

    #[test]
    fn what_is_outside_of_the_text_is_moved_into_it() {
        let lines = Lines::new(TEXT);
        let utf16 = Encoding::Utf16;
        // Beyond the end of a line, before its line break.
        assert_eq!(lines.offset(TEXT, position(0, 99), utf16), 3);
        assert_eq!(lines.offset(TEXT, position(99, 0), utf16), TEXT.len());
        // Within a pair of code units.
        assert_eq!(lines.offset(TEXT, position(1, 1), utf16), 5);
        assert_eq!(lines.position(TEXT, 999, utf16), position(3, 3));
        assert_eq!(lines.position(TEXT, 6, utf16), position(1, 0));
        assert_eq!(Lines::new("").offset("", position(0, 7), utf16), 0);
    }

    #[test]
    fn the_encoding_is_one_that_the_client_offers() {
        let best = |offered: &[PositionEncodingKind]| Encoding::best(Some(offered));
        assert_eq!(Encoding::best(None), Encoding::Utf16);
        assert_eq!(best(&[]), Encoding::Utf16);
        assert_eq!(
            best(&[PositionEncodingKind::UTF16, PositionEncodingKind::UTF8]),
            Encoding::Utf8
        );
        assert_eq!(best(&[PositionEncodingKind::UTF32]), Encoding::Utf32);
    }
}
