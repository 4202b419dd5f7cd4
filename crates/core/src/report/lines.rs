//! Lines and columns, counted on demand.

use std::ops::Range;

use crate::values::str_ext;

/// A place in the text, as an editor shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Position {
    /// The line, from 1. Lines end with LF, CR LF or CR.
    pub line: u32,
    /// The column, from 1, in Unicode code points.
    pub column: u32,
}

/// Bytes looked at together.
const BLOCK: usize = 32;

/// Where the lines of a text start.
pub(crate) enum Lines {
    /// Those of all lines but the first.
    All(Vec<u32>),
    /// Of a long text, what is before each part of it, because it may have as many lines as bytes.
    Parts(Vec<Part>),
}

/// Texts up to this size are searched for all of their lines at once.
const SHORT: usize = 256 << 10;
/// The size of a part of a longer one.
const PART: usize = 4096;

/// What is before a part of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part {
    /// How many lines begin, except the first.
    lines: u32,
    /// Where the last of them begins.
    start: u32,
    /// How many code points there are.
    points: u32,
}

impl Lines {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        if bytes.len() > SHORT {
            return Self::parts(bytes);
        }
        let mut starts = Vec::new();
        each_start(bytes, 0..bytes.len(), |start| starts.push(start as u32));
        Self::All(starts)
    }

    #[cold]
    fn parts(bytes: &[u8]) -> Self {
        let mut parts = Vec::with_capacity(bytes.len() / PART + 1);
        let mut before = Part::default();
        for (number, part) in bytes.chunks(PART).enumerate() {
            parts.push(before);
            let from = number * PART;
            before = before.at(bytes, from, from + part.len());
        }
        Self::Parts(parts)
    }

    /// The place of a byte offset; `ascii` if the bytes are known to be ASCII throughout.
    pub(crate) fn position(&self, bytes: &[u8], ascii: bool, offset: u32) -> Position {
        let starts = match self {
            Self::All(starts) => starts,
            Self::Parts(parts) => return in_parts(parts, bytes, offset),
        };
        let before = starts.partition_point(|start| *start <= offset);
        let start = before.checked_sub(1).and_then(|last| starts.get(last));
        let start = start.copied().unwrap_or(0);
        let end = offset.min(bytes.len() as u32).max(start);
        let line = before as u32 + 1;
        if ascii {
            let column = 1 + end - start;
            return Position { line, column };
        }
        beyond_ascii(line, bytes.get(start as usize..end as usize))
    }
}

/// The place of a byte offset in a long text.
#[cold]
fn in_parts(parts: &[Part], bytes: &[u8], offset: u32) -> Position {
    let before = |offset: usize| {
        let number = (offset / PART).min(parts.len().saturating_sub(1));
        let part = parts.get(number).copied().unwrap_or_default();
        part.at(bytes, number * PART, offset)
    };
    let here = before((offset as usize).min(bytes.len()));
    let start = before(here.start as usize);
    Position {
        line: here.lines + 1,
        column: 1 + here.points - start.points,
    }
}

impl Part {
    /// What is before `to`, if this is what is before `from`.
    fn at(mut self, bytes: &[u8], from: usize, to: usize) -> Self {
        // A line that begins at `to` is after the byte that ends the line before.
        each_start(bytes, from..to, |start| {
            self.lines += 1;
            self.start = start as u32;
        });
        self.points += str_ext::code_points(bytes.get(from..to).unwrap_or_default()) as u32;
        self
    }
}

/// Calls `each` with the start of every line that a byte within the span ends.
#[cfg_attr(pipelint_module, optimize(speed))]
fn each_start(bytes: &[u8], span: Range<usize>, mut each: impl FnMut(usize)) {
    let from = span.start;
    let text = bytes.get(span).unwrap_or_default();
    let mut part = |start: usize, part: &[u8]| {
        for (at, byte) in part.iter().enumerate() {
            let behind = start + at + 1;
            if is_end(*byte) && (*byte == b'\n' || bytes.get(behind) != Some(&b'\n')) {
                each(behind);
            }
        }
    };
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    for (number, block) in blocks.iter().enumerate() {
        // Most blocks are within a line.
        if may_end(block) {
            part(from + number * BLOCK, block);
        }
    }
    if text.last_chunk().is_none_or(may_end) {
        part(from + text.len() - rest.len(), rest);
    }
}

/// The place after a part of a line, which starts with it.
#[inline(never)]
fn beyond_ascii(line: u32, part: Option<&[u8]>) -> Position {
    let column = 1 + str_ext::code_points(part.unwrap_or_default()) as u32;
    Position { line, column }
}

/// Whether a line may end in a block: most have no control character at all.
#[cfg_attr(pipelint_module, inline(never))]
fn may_end(block: &[u8; BLOCK]) -> bool {
    block.iter().fold(u8::MAX, |least, byte| least.min(*byte)) <= b'\r'
}

/// Whether a line may end with the byte.
const fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn parts_give_the_same_positions_as_lines(text in "([a-zé]{0,20}(\n|\r\n|\r)?){0,40}", times in 1usize..40) {
            let text = text.repeat(times);
            let bytes = text.as_bytes();
            let (all, parts) = (Lines::new(bytes), Lines::parts(bytes));
            for offset in (0..=bytes.len() as u32 + 1).step_by(7) {
                let expected = all.position(bytes, false, offset);
                proptest::prop_assert_eq!(parts.position(bytes, false, offset), expected);
            }
        }
    }
}
