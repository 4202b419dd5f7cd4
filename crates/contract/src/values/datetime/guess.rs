//! Guesses the date that a text in another format means, for messages and fixes.

use super::calendar::days;
use super::cursor::trimmed;
use super::loose::read_loose;
use super::natural::{Part, Parts, read_spoken_time, three_parts, weekday};
use super::write::{write, write_iso};
use super::{Date, Fault, Instant, Time};

/// The date that a text in another form may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The likeliest reading: `YYYY-MM-DD`, with the time and the offset if the text has them.
    pub iso: String,
    /// The other reading, when day and month may be the other way round.
    pub other: Option<String>,
    /// Whether the text can mean nothing else.
    pub certain: bool,
    /// The weekday that the text names, where the date falls on another one.
    pub weekday: Option<&'static str>,
}

/// Reads the forms that people and programs send instead of ISO 8601: `2026/03/04`,
/// `25.12.2026`, `03/04/2026`, `1 June 2026`, `Jun 1, 2026`, `6/1/26`, each also with a time, what
/// JavaScript and e-mail write (`Mon, 01 Jun 2026 10:00:00 GMT`), a space for the `T`, Unix time in
/// seconds or milliseconds, and `/Date(1780308000000)/`. `None` if the text is not a date, or if
/// it needs no guess.
///
/// Numbers with slashes are read month first, with hyphens or points day first; if both orders
/// give a date, `other` holds the second one, unless the text names a weekday that decides. Unix
/// time, years of two digits, clocks of 12 hours, abbreviated zones and a weekday that the date
/// does not fall on are never certain.
#[must_use]
pub fn guess(text: &str) -> Option<Guess> {
    let supposed = suppose(text)?;
    Some(Guess {
        iso: supposed.likeliest.write(),
        other: supposed.other.map(Reading::write),
        certain: supposed.certain,
        weekday: supposed.weekday,
    })
}

/// Whether [`guess`] reads a text.
#[must_use]
pub fn can_be_guessed(text: &str) -> bool {
    suppose(text).is_some()
}

/// Whether a text is written as a date in another form and names a day that does not exist, such
/// as `02/30/2027`.
#[must_use]
pub fn names_no_day(text: &str) -> bool {
    let Some(Parts { three: parts, .. }) = three_parts(trimmed(text)) else {
        return false;
    };
    let is_year = |part: &Part| part.length == 4;
    let is_short = |part: &Part| part.length <= 2;
    parts.iter().filter(|part| is_year(part)).count() == 1
        && parts.iter().filter(|part| is_short(part)).count() == 2
        && suppose(text).is_none()
        && orders(parts).into_iter().all(|date| date.is_none())
}

/// A guess that is not written down yet.
struct Supposed {
    likeliest: Reading,
    other: Option<Reading>,
    certain: bool,
    weekday: Option<&'static str>,
}

impl Supposed {
    const fn new(likeliest: Reading, certain: bool) -> Self {
        Self {
            likeliest,
            other: None,
            certain,
            weekday: None,
        }
    }
}

/// One way to read a text.
#[derive(Clone, Copy)]
enum Reading {
    Day(Date, Option<Time>),
    Unix(Instant),
}

impl Reading {
    fn write(self) -> String {
        match self {
            Self::Day(date, time) => write(date, time),
            Self::Unix(at) => write_iso(at),
        }
    }
}

#[cold]
#[inline(never)]
fn suppose(text: &str) -> Option<Supposed> {
    if text.len() > 100 {
        return None;
    }
    if let Ok(loose) = read_loose(text) {
        let departs = loose.outside.or(loose.unusual)?;
        // Eight digits may be a number, seven even more so.
        let certain =
            !matches!(departs, Fault::BasicForm | Fault::OtherCalendar) || loose.time.is_some();
        return Some(Supposed::new(Reading::Day(loose.date, loose.time), certain));
    }
    let text = trimmed(text);
    if let Some(at) = unix_time(text).or_else(|| json_date(text)) {
        return Some(Supposed::new(Reading::Unix(at), false));
    }
    let Parts {
        three: parts,
        weekday: named,
        rest,
    } = three_parts(text)?;
    let (time, after, is_time_certain) = tail(rest)?;
    let named = match (named, after) {
        (Some(_), Some(_)) => return None,
        (one, other) => one.or(other),
    };
    let [first, second] = orders(parts);
    let reading = |date| Reading::Day(date, time);
    let (date, other) = match (first, second) {
        (Some(date), Some(other)) if date != other => {
            let falls = |date: Date| named.is_some_and(|named| weekday_of(date) == named);
            // The weekday decides which of the two is meant.
            match (falls(date), falls(other)) {
                (true, false) => (date, None),
                (false, true) => (other, None),
                _ => (date, Some(other)),
            }
        }
        (Some(date), _) | (None, Some(date)) => (date, None),
        (None, None) => return None,
    };
    let contradicts = named.filter(|named| weekday_of(date) != *named && other.is_none());
    let is_short_year = !parts.iter().any(|part| part.length == 4);
    let decided = other.is_none() && first.is_some() && second.is_some() && first != second;
    let certain =
        is_time_certain && !is_short_year && !decided && other.is_none() && contradicts.is_none();
    Some(Supposed {
        other: other.map(reading),
        weekday: contradicts.and_then(|named| WEEKDAYS.get(named).copied()),
        ..Supposed::new(reading(date), certain)
    })
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The weekday of a date, from Monday.
const fn weekday_of(date: Date) -> usize {
    // 1970-01-01 was a Thursday.
    let days = days(date.year as u32, date.month as u32, date.day as u32) + 3;
    days.rem_euclid(7) as usize
}

/// The dates that three parts can be, the likeliest order first.
fn orders([a, b, c]: [Part; 3]) -> [Option<Date>; 2] {
    let day =
        |year: Part, month: Part, day: Part| Date::new(year.year()?, month.month()?, day.day()?);
    if a.length == 4 {
        return [day(a, b, c), None];
    }
    let (month_first, day_first) = (day(c, a, b), day(c, b, a));
    if b.before == b'/' {
        [month_first, day_first]
    } else {
        [day_first, month_first]
    }
}

/// What follows the three parts of a date: a time, or a weekday; and whether the time can mean
/// nothing else.
fn tail(rest: &str) -> Option<(Option<Time>, Option<usize>, bool)> {
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(',').unwrap_or(rest).trim_ascii_start();
    if rest.is_empty() {
        return Some((None, None, true));
    }
    let bare = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    if let Some(named) = weekday(bare.unwrap_or(rest)) {
        return Some((None, Some(named), true));
    }
    let time = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    let time = time.strip_prefix("at ").unwrap_or(time);
    let (time, is_certain) = read_spoken_time(time)?;
    Some((Some(time), None, is_certain))
}

/// Ten digits as seconds, thirteen as milliseconds: from 2001 to 2286.
fn unix_time(text: &str) -> Option<Instant> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (seconds, millis) = text.split_at_checked(10)?;
    let seconds = seconds.parse().ok()?;
    let millis: u32 = millis.parse().unwrap_or(0);
    (seconds >= 1_000_000_000).then_some(Instant {
        seconds,
        nanos: millis * 1_000_000,
    })
}

/// `/Date(1780308000000)/`, as .NET wrote it: milliseconds, and an offset that changes nothing.
fn json_date(text: &str) -> Option<Instant> {
    let number = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let end = number.bytes().position(|byte| !byte.is_ascii_digit());
    let (millis, offset) = number.split_at_checked(end.unwrap_or(number.len()))?;
    let is_offset = |offset: &str| {
        offset.len() == 5
            && offset.starts_with(['+', '-'])
            && offset.bytes().skip(1).all(|byte| byte.is_ascii_digit())
    };
    (millis.len() == 13 && (offset.is_empty() || is_offset(offset)))
        .then(|| unix_time(millis))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::super::iso_8601;
    use super::*;

    #[test]
    #[allow(clippy::too_many_lines, reason = "a table of cases")]
    fn guesses() {
        for (text, iso, other, certain) in [
            ("2026/03/04", "2026-03-04", None, true),
            ("2026.3.4", "2026-03-04", None, true),
            ("2026-3-4", "2026-03-04", None, true),
            ("03/04/2026", "2026-03-04", Some("2026-04-03"), false),
            ("3.4.2026", "2026-04-03", Some("2026-03-04"), false),
            ("03-04-2026", "2026-04-03", Some("2026-03-04"), false),
            ("04/04/2026", "2026-04-04", None, true),
            ("25/12/2026", "2026-12-25", None, true),
            ("12/25/2026", "2026-12-25", None, true),
            ("1 June 2026", "2026-06-01", None, true),
            ("1st of june, 2026", "2026-06-01", None, true),
            ("June 1, 2026", "2026-06-01", None, true),
            ("Sept. 30th 2026", "2026-09-30", None, true),
            ("01-Jun-2026", "2026-06-01", None, true),
            ("2026 Jun 1", "2026-06-01", None, true),
            ("2026-06-01 10:00:00Z", "2026-06-01T10:00:00Z", None, true),
            ("2026-06-01 10:00", "2026-06-01T10:00:00", None, true),
            (
                "2026-06-01T10:00+0130",
                "2026-06-01T10:00:00+01:30",
                None,
                true,
            ),
            (
                "2026-06-01T10:00:00.250-08",
                "2026-06-01T10:00:00.25-08:00",
                None,
                true,
            ),
            (" 2026-06-01 ", "2026-06-01", None, true),
            ("20260601", "2026-06-01", None, false),
            ("2026-W09-7", "2026-03-01", None, false),
            (
                "2026/06/01 10:00:00 +02:00",
                "2026-06-01T10:00:00+02:00",
                None,
                true,
            ),
            (
                "Mon, 01 Jun 2026 10:00:00 GMT",
                "2026-06-01T10:00:00Z",
                None,
                true,
            ),
            (
                "Mon Jun 01 2026 10:00:00 GMT+0200 (Central European Summer Time)",
                "2026-06-01T10:00:00+02:00",
                None,
                true,
            ),
            ("Tue 12/01/2026", "2026-12-01", None, false),
            ("Tuesday, 1 December 2026", "2026-12-01", None, true),
            ("1 December 2026, Tuesday", "2026-12-01", None, true),
            ("2026-12-01 (Tue)", "2026-12-01", None, true),
            ("Fri 03/04/2026", "2026-04-03", None, false),
            ("1/2/26", "2026-01-02", Some("2026-02-01"), false),
            ("25.12.26", "2026-12-25", None, false),
            ("1 Jun 26", "2026-06-01", None, false),
            ("2026-12-01T9:05Z", "2026-12-01T09:05:00Z", None, false),
            ("2026-12-01 10:00 PM", "2026-12-01T22:00:00", None, false),
            ("12/13/2026 12:05 a.m.", "2026-12-13T00:05:00", None, false),
            ("2026-12-01 12 pm", "2026-12-01T12:00:00", None, false),
            (
                "2026-12-01 10:00:00 EST",
                "2026-12-01T10:00:00-05:00",
                None,
                false,
            ),
            (
                "2026-12-01T10:00:00+2",
                "2026-12-01T10:00:00+02:00",
                None,
                false,
            ),
            (
                "2026-12-01T10:00:00+01:00[Europe/Berlin]",
                "2026-12-01T10:00:00+01:00",
                None,
                false,
            ),
            ("/Date(1780308000000)/", "2026-06-01T10:00:00Z", None, false),
            (
                "/Date(1780308000000+0200)/",
                "2026-06-01T10:00:00Z",
                None,
                false,
            ),
            ("1780308000", "2026-06-01T10:00:00Z", None, false),
            ("1780308000123", "2026-06-01T10:00:00.123Z", None, false),
        ] {
            let Guess {
                iso: i,
                other: o,
                certain: c,
                weekday,
            } = guess(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (i.as_str(), o.as_deref(), c),
                (iso, other, certain),
                "{text}"
            );
            assert!(iso_8601(&i).is_ok());
            assert_eq!(weekday, None, "{text}");
        }
        for text in [
            "",
            "tomorrow",
            "2026-06-01",
            "2026-06-01T10:00:00Z",
            "31/02/2026",
            "13/13/2026",
            "2026-02-30",
            "June 2026",
            "Q3 2026",
            "99999",
            "0000000000",
            "1 Jux 2026",
            "2026/03/04 noon",
            "é",
            "1 June 2026 é",
            "-",
            "-2026-12-13",
            "--2027-06-01T09:00:00Z",
            ".2026-12-13",
            "/2026/12/13",
            ", 13 December 2026",
            "2026--12-13",
            "2026-12-./13",
            "13..12.2026",
            "2026/06/01TT10:00",
            "2026/06/01,,10:00",
            "Mon Tue 1 June 2026",
            "Monday, 1 June 2026 (Tuesday)",
            "2026-12-01 13:00 PM",
            "2026-12-01 0:10 AM",
            "2026-12-01 10:00 XYZ",
            "/Date(17803080000)/",
            "/Date(1780308000000+02)/",
        ] {
            assert_eq!(guess(text), None, "{text:?}");
        }
        assert_eq!(guess(&"1".repeat(1_000_000)), None);
    }

    #[test]
    fn a_weekday_that_the_date_does_not_fall_on_is_told() {
        for (text, iso, named) in [
            ("Monday, 1 December 2026", "2026-12-01", "Monday"),
            ("Fri 12/13/2026", "2026-12-13", "Friday"),
            ("2026-12-01 (Wednesday)", "2026-12-01", "Wednesday"),
            (
                "Mon, 01 Dec 2026 10:00:00 GMT",
                "2026-12-01T10:00:00Z",
                "Monday",
            ),
            (
                "Sun Jun 01 2026 10:00:00 GMT+0200",
                "2026-06-01T10:00:00+02:00",
                "Sunday",
            ),
        ] {
            let guess = guess(text).unwrap();
            assert_eq!(
                (&*guess.iso, guess.certain, guess.weekday),
                (iso, false, Some(named))
            );
        }
    }

    #[test]
    fn days_that_do_not_exist_are_told_from_other_texts() {
        for text in ["02/30/2027", "31.04.2026", "2026/13/01", "30 February 2027"] {
            assert!(names_no_day(text), "{text}");
        }
        for text in [
            "02/28/2027",
            "1-2-3",
            "2026",
            "tomorrow",
            "2026/03/04 noon",
            "1 2 2026 3",
        ] {
            assert!(!names_no_day(text), "{text}");
        }
    }

    #[test]
    fn every_weekday_is_that_of_the_calendar() {
        use chrono::{Datelike, Duration, NaiveDate};
        let mut day = NaiveDate::from_ymd_opt(1999, 12, 25).unwrap();
        for _ in 0..800 {
            let (year, month) = (day.year().cast_unsigned(), day.month());
            let ours = Date::new(year, month, day.day()).unwrap();
            assert_eq!(
                weekday_of(ours),
                day.weekday().num_days_from_monday() as usize
            );
            day += Duration::days(1);
        }
    }
}
