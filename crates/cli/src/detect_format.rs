//! The format of an input, detected from its start if nothing else says it.

use std::io::{Cursor, Read};

use crate::chunk_reader::{self, BLOCK};
use crate::input::Reader;

/// How an input is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// As one payload.
    Whole,
    /// As one payload a line.
    Lines,
}

/// What an input begins with, as far as it was read to tell the layout.
#[derive(Debug)]
pub(crate) struct Start {
    pub(crate) layout: Layout,
    bytes: Vec<u8>,
    /// Whether that is all.
    ended: bool,
}

impl Start {
    /// Reads as far as it takes to tell the layout.
    ///
    /// There is one payload a line if the first one closes its brackets at the end of its line, and
    /// another begins on a line after it. The text in the brackets need not be JSON: one wrong
    /// payload does not turn the others into garbage. No text that is one whole payload goes on
    /// like that, and of one that does not, no more is read than it takes to see that; of neither
    /// more than one byte over the limit.
    ///
    /// Where reading fails, who reads on learns why.
    pub(crate) fn read(reader: &mut impl Read, limit: u32) -> Self {
        let (mut bytes, mut filled, most) = (Vec::new(), 0, limit as usize + 1);
        let (mut telling, mut layout, mut ended) = (Telling::default(), None, false);
        while layout.is_none() && filled < most {
            if filled == bytes.len() {
                bytes.resize((2 * filled).max(BLOCK).min(most), 0);
            }
            let room = bytes.get_mut(filled..).unwrap_or_default();
            let Ok(count) = chunk_reader::read(reader, room) else {
                break;
            };
            if count == 0 {
                ended = true;
                break;
            }
            let new = room.get(..count).unwrap_or_default();
            layout = new.iter().find_map(|byte| telling.take(*byte));
            filled += count;
        }
        bytes.truncate(filled);
        Self {
            layout: layout.unwrap_or(Layout::Whole),
            bytes,
            ended,
        }
    }

    /// All of the input, of which the rest is still to come.
    pub(crate) fn before(self, rest: Reader) -> Reader {
        let start = Cursor::new(self.bytes);
        if self.ended {
            // At a terminal, the end would have to be typed again.
            return Box::new(start);
        }
        Box::new(start.chain(rest))
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether an object or a list begins.
fn is_bracket(byte: u8) -> bool {
    matches!(byte, b'{' | b'[')
}

/// What was read so far.
#[derive(Debug, Default)]
struct Telling {
    at: At,
    /// How many bytes of a byte-order mark were read.
    mark: usize,
    brackets: Brackets,
}

#[derive(Debug, Default)]
enum At {
    /// Before the first payload.
    #[default]
    Before,
    /// In its brackets.
    Inside,
    /// On its line, after it.
    Behind,
    /// After its line.
    Between,
}

impl Telling {
    /// Takes the next byte; returns the layout as soon as it is known.
    fn take(&mut self, byte: u8) -> Option<Layout> {
        match self.at {
            At::Inside if byte == b'\n' => return Some(Layout::Whole),
            At::Inside => {
                if self.brackets.close(byte) {
                    self.at = At::Behind;
                }
            }
            At::Before if is_bracket(byte) => {
                self.brackets.close(byte);
                self.at = At::Inside;
            }
            At::Before if BYTE_ORDER_MARK.get(self.mark) == Some(&byte) => self.mark += 1,
            At::Behind if byte == b'\n' => self.at = At::Between,
            At::Between if is_bracket(byte) => return Some(Layout::Lines),
            _ if byte.is_ascii_whitespace() => {}
            _ => return Some(Layout::Whole),
        }
        None
    }
}

/// Counts the brackets that are open, but for those in strings.
#[derive(Debug, Default)]
struct Brackets {
    open: usize,
    /// Whether a string is open.
    string: bool,
    /// Whether the next character of the string is escaped.
    escaped: bool,
}

impl Brackets {
    /// Takes the next byte; tells whether it closes the last bracket.
    fn close(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'"' => self.string = !self.string,
            b'\\' => self.escaped = self.string,
            _ if self.string => {}
            b'{' | b'[' => self.open += 1,
            b'}' | b']' => {
                self.open = self.open.saturating_sub(1);
                return self.open == 0;
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk_reader::tests::Dribble;

    /// The layout, however the text comes in, and how much of it was read where it comes byte by
    /// byte.
    fn told(text: &str, limit: u32) -> (Layout, usize) {
        let text = text.as_bytes();
        let read = |step| Start::read(&mut Dribble(text, step, false), limit);
        let slow = read(1);
        for start in [1, 2, 5, usize::MAX].map(read) {
            assert!(text.starts_with(&start.bytes));
            assert!(!start.ended || start.bytes == text);
            assert_eq!(slow.layout, start.layout, "{}", start.bytes.len());
        }
        (slow.layout, slow.bytes.len())
    }

    #[test]
    fn another_payload_behind_the_line_of_the_first_makes_lines() {
        for start in [
            "{}\n{",
            "{\"a\": [1, {\"b\": 2}]}\n{",
            "{\"a\": \"}\\\"{\"}\n{",
            "{\"a\": \"\\\\\"}\n{",
            "{} \t\r\n \r\n\n\t{",
            " \n\r\n {}\n{",
            "\u{feff}{}\n{",
            "[1]\n[",
            "{}\n[",
            // No JSON, but for the brackets.
            "{\"a\": NaN,}\n{",
            "{'a': 1]\n{",
        ] {
            let whole = format!("{start}\"b\": 1}}\n{{}}\n");
            assert_eq!(told(&whole, 1000), (Layout::Lines, start.len()), "{start}");
        }
    }

    #[test]
    fn what_is_one_payload_or_garbage_is_read_no_further_than_that_is_seen() {
        for (start, rest) in [
            ("{\n", "}\n{}"),
            ("{ \"a\":\n", " 1 }"),
            ("{\"a\": \"}\n", "{"),
            ("[{},\n", "{}]"),
            ("{}\nt", "railing\n{}"),
            ("{}\n]", ""),
            ("{}\n\"", "a\""),
            ("{},", "\n{}"),
            ("{} {", "}\n{}"),
            ("{}}", "\n{}"),
            ("n", "ot JSON\n{}\n{}"),
            ("1", "\n{}"),
            ("{}\n\u{0}", ""),
        ] {
            let whole = format!("{start}{rest}");
            assert_eq!(told(&whole, 1000), (Layout::Whole, start.len()), "{whole}");
        }
        for all in ["", "\n \n", "{}", "{}\n", "{}\r\n \n", "{\"a\"", "\u{feff}"] {
            assert_eq!(told(all, 1000), (Layout::Whole, all.len()), "{all}");
        }
    }

    #[test]
    fn no_more_than_the_limit_is_looked_at() {
        let text = format!("{{\"a\": \"{}\"}}\n{{}}", "x".repeat(3 * BLOCK));
        assert_eq!(told(&text, text.len() as u32).0, Layout::Lines);
        assert_eq!(told(&text, 2000), (Layout::Whole, 2001));
    }
}
