//! Lines and columns, counted only when they are asked for.

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
pub(crate) struct Lines {
    /// Those of all lines but the first.
    starts: Vec<u32>,
}

impl Lines {
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut starts = Vec::new();
        let mut part = |start: usize, part: &[u8]| {
            for (at, byte) in part.iter().enumerate() {
                let behind = start + at + 1;
                if is_end(*byte) && (*byte == b'\n' || bytes.get(behind) != Some(&b'\n')) {
                    starts.push(behind as u32);
                }
            }
        };
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for (number, block) in blocks.iter().enumerate() {
            // Most blocks are within a line.
            if may_end(block) {
                part(number * BLOCK, block);
            }
        }
        if bytes.last_chunk().is_none_or(may_end) {
            part(bytes.len() - rest.len(), rest);
        }
        Self { starts }
    }

    /// The place of a byte offset; `ascii` if the bytes are known to be ASCII throughout.
    pub(crate) fn position(&self, bytes: &[u8], ascii: bool, offset: u32) -> Position {
        let before = self.starts.partition_point(|start| *start <= offset);
        let start = before.checked_sub(1).and_then(|last| self.starts.get(last));
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

/// The place behind a part of a line, which starts with it.
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
