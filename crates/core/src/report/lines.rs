//! Lines and columns, counted only when they are asked for.

/// A place in the text, as an editor shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Position {
    /// The line, from 1. Lines end with LF, CR LF or CR.
    pub line: u32,
    /// The column, from 1, in Unicode code points.
    pub column: u32,
}

/// Where the lines of a text start.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts }
    }

    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(crate) fn position(&self, bytes: &[u8], offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|line| self.starts.get(line))
            .copied()
            .unwrap_or(0);
        let before = bytes
            .get(start as usize..offset as usize)
            .unwrap_or_default();
        // Every code point has one byte that is no continuation byte.
        let column = before.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        Position {
            line: line as u32,
            column: column as u32 + 1,
        }
    }
}
