//! The parts of a date that people write: numbers, names of months and of weekdays, and a time.

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
        // A year of two digits is one of this century.
        match self.length {
            4 => Some(self.value),
            2 => Some(2000 + self.value),
            _ => None,
        }
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

/// The first three numbers or month names of a text.
pub(super) struct Parts<'a> {
    pub(super) three: [Part; 3],
    /// The weekday before or between them, from Monday.
    pub(super) weekday: Option<usize>,
    /// The text after them.
    pub(super) rest: &'a str,
}

/// The first three numbers or month names, and the text after them. `None` if a sign other than
/// white space precedes them, or if there are two in a row: `-2026-12-13` is not a date.
pub(super) fn three_parts(text: &str) -> Option<Parts<'_>> {
    let mut cursor = Cursor(text.as_bytes());
    let (mut before, mut weekday) = (0, None);
    let mut part = || cursor.part(&mut before, &mut weekday);
    let parts = [part()?, part()?, part()?];
    let rest = text.get(text.len() - cursor.0.len()..)?;
    Some(Parts {
        three: parts,
        weekday,
        rest,
    })
}

/// The weekday that a text names, from Monday.
pub(super) fn weekday(word: &str) -> Option<usize> {
    name_in(word.as_bytes(), &WEEKDAYS)
}

impl<'a> Cursor<'a> {
    /// Steps over the next number or month name, and all that may precede it; `before` is the
    /// last byte before that, and then the part's own last byte.
    fn part(&mut self, before: &mut u8, weekday: &mut Option<usize>) -> Option<Part> {
        let mut is_separated = *before == 0;
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
                b' ' => {
                    // A separator before the space counts more.
                    if !is_separated {
                        *before = b' ';
                    }
                    self.0 = rest;
                }
                b',' | b'.' | b'/' | b'-' => {
                    // One separates; a second one, or one at the start, is something else.
                    if std::mem::replace(&mut is_separated, true) {
                        return None;
                    }
                    *before = *first;
                    self.0 = rest;
                }
                _ => {
                    let word = self.word()?;
                    let day = name_in(word, &WEEKDAYS);
                    if let Some(day) = day
                        && weekday.replace(day).is_some()
                    {
                        return None;
                    }
                    let is_filler = before.is_ascii_digit()
                        && [b"st", b"nd", b"rd", b"th"]
                            .iter()
                            .any(|known| known.eq_ignore_ascii_case(word))
                        || word.eq_ignore_ascii_case(b"of")
                        || day.is_some();
                    is_separated = false;
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

/// Reads a time with `GMT` or `UTC` for the offset, a space before the offset, or a zone's name in
/// brackets after it, as JavaScript and e-mail write it. The second value says whether the text
/// can mean nothing else: a clock of 12 hours, an abbreviated zone, an hour of one digit, a short
/// offset and the name of a zone are read, but not certain.
pub(super) fn read_spoken_time(text: &str) -> Option<(Time, bool)> {
    let mut is_certain = true;
    let text = text.split_once(" (").map_or(text, |(time, _)| time).trim();
    // RFC 9557 puts the name of the zone after the offset.
    let text = match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((time, _)) => {
            is_certain = false;
            time
        }
        None => text,
    };
    let is_clock = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b',');
    let end = text.bytes().position(|byte| !is_clock(byte));
    let (clock, zone) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let mut zone = zone.trim_ascii();
    let mut clock = String::from(clock);
    if matches!(clock.as_bytes(), [b'0'..=b'9', b':', ..] | [b'0'..=b'9']) {
        clock.insert(0, '0');
        is_certain = false;
    }
    for (half, is_after_noon) in [("am", false), ("a.m.", false), ("pm", true), ("p.m.", true)] {
        let is_half = |start: &str| start.eq_ignore_ascii_case(half);
        if zone.get(..half.len()).is_some_and(is_half) {
            zone = zone.get(half.len()..)?.trim_ascii_start();
            clock = in_24_hours(&clock, is_after_noon)?;
            is_certain = false;
            break;
        }
    }
    let named = zone
        .strip_prefix("GMT")
        .or_else(|| zone.strip_prefix("UTC"));
    let offset = match named {
        Some("") => "Z",
        Some(offset) => offset,
        None => zone,
    };
    let abbreviated = ZONES.iter().find(|(name, _)| *name == offset);
    let offset = abbreviated.map_or(offset, |(_, offset)| offset);
    is_certain &= abbreviated.is_none();
    match offset.as_bytes() {
        [sign @ (b'+' | b'-'), hour @ b'0'..=b'9', rest @ ..]
            if rest.is_empty() || rest.first() == Some(&b':') =>
        {
            is_certain = false;
            clock.extend([char::from(*sign), '0', char::from(*hour)]);
            clock.push_str(offset.get(2..)?);
        }
        _ => clock.push_str(offset),
    }
    let mut cursor = Cursor(clock.as_bytes());
    let (time, _) = read_time(&mut cursor, &mut None).ok()?;
    Some((time, is_certain))
}

/// A clock of 12 hours in 24: `10:00` after noon is `22:00`.
fn in_24_hours(clock: &str, is_after_noon: bool) -> Option<String> {
    let (hour, rest) = clock.split_at_checked(2)?;
    let hour: u32 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let hour = hour % 12 + if is_after_noon { 12 } else { 0 };
    let mut text = String::with_capacity(8);
    for digit in [hour / 10, hour % 10] {
        text.extend(char::from_digit(digit, 10));
    }
    text.push_str(if rest.is_empty() { ":00" } else { rest });
    Some(text)
}

/// Abbreviations of zones that mostly mean one offset: those of RFC 5322, section 4.3, and those
/// of Europe.
static ZONES: [(&str, &str); 14] = [
    ("EST", "-05:00"),
    ("EDT", "-04:00"),
    ("CST", "-06:00"),
    ("CDT", "-05:00"),
    ("MST", "-07:00"),
    ("MDT", "-06:00"),
    ("PST", "-08:00"),
    ("PDT", "-07:00"),
    ("CET", "+01:00"),
    ("CEST", "+02:00"),
    ("EET", "+02:00"),
    ("EEST", "+03:00"),
    ("WET", "+00:00"),
    ("WEST", "+01:00"),
];
