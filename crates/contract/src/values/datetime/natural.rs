//! What stands in a date that people write: numbers, names of months and of weekdays, and a time.

use super::Time;
use super::cursor::Cursor;
use super::loose::read_time;

/// A number or a month's name.
#[derive(Clone, Copy)]
pub(super) struct Part {
    value: u32,
    /// In digits; 0 for a name.
    pub(super) length: usize,
    /// The last byte before it, 0 at the start.
    pub(super) before: u8,
}

impl Part {
    pub(super) fn year(self) -> Option<u32> {
        (self.length == 4).then_some(self.value)
    }

    pub(super) fn month(self) -> Option<u32> {
        (self.length <= 2).then_some(self.value)
    }

    pub(super) fn day(self) -> Option<u32> {
        matches!(self.length, 1 | 2).then_some(self.value)
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The place of a name in a list; its first three letters or more will do.
fn name_in(word: &[u8], names: &[&str]) -> Option<usize> {
    names.iter().position(|name| {
        word.len() >= 3
            && name
                .as_bytes()
                .get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
    })
}

/// The first three numbers or month names, and the text after them.
pub(super) fn three_parts(text: &str) -> Option<([Part; 3], &str)> {
    let mut cursor = Cursor(text.as_bytes());
    let mut before = 0;
    let mut part = || cursor.part(&mut before);
    let parts = [part()?, part()?, part()?];
    Some((parts, text.get(text.len() - cursor.0.len()..)?))
}

impl<'a> Cursor<'a> {
    /// Steps over the next number or month name, and all that may stand before it; `before` is
    /// the last byte before that, and then the part's own last byte.
    fn part(&mut self, before: &mut u8) -> Option<Part> {
        while let [first, rest @ ..] = self.0 {
            match first {
                b'0'..=b'9' => {
                    let length = self.run();
                    // No part of a date has more digits than a year.
                    if length > 4 {
                        return None;
                    }
                    let value = self.digits(length)?;
                    let before = std::mem::replace(before, b'0');
                    return Some(Part {
                        value,
                        length,
                        before,
                    });
                }
                b' ' | b',' | b'.' | b'/' | b'-' => {
                    *before = *first;
                    self.0 = rest;
                }
                _ => {
                    let word = self.word()?;
                    let is_filler = before.is_ascii_digit()
                        && [b"st", b"nd", b"rd", b"th"]
                            .iter()
                            .any(|known| known.eq_ignore_ascii_case(word))
                        || word.eq_ignore_ascii_case(b"of")
                        || name_in(word, &WEEKDAYS).is_some();
                    let before = std::mem::replace(before, b' ');
                    if !is_filler {
                        return Some(Part {
                            value: name_in(word, &MONTHS)? as u32 + 1,
                            length: 0,
                            before,
                        });
                    }
                }
            }
        }
        None
    }

    /// Reads the letters that come next, of which there must be some.
    fn word(&mut self) -> Option<&'a [u8]> {
        let end = self.0.iter().position(|byte| !byte.is_ascii_alphabetic());
        let (word, rest) = self.0.split_at_checked(end.unwrap_or(self.0.len()))?;
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }
}

/// A time with `GMT` or `UTC` for the offset, a space before the offset, or a zone's name in
/// brackets after it, as JavaScript and e-mail write it.
pub(super) fn read_spoken_time(text: &str) -> Option<Time> {
    let text = text.split_once('(').map_or(text, |(time, _)| time);
    let end = text.find([' ', 'G', 'U']).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(end)?;
    let zone = zone.trim();
    let named = zone
        .strip_prefix("GMT")
        .or_else(|| zone.strip_prefix("UTC"));
    let mut joined = String::from(clock);
    joined.push_str(match named {
        Some("") => "Z",
        Some(offset) => offset,
        None => zone,
    });
    let mut cursor = Cursor(joined.as_bytes());
    let (time, _) = read_time(&mut cursor, &mut None).ok()?;
    Some(time)
}
