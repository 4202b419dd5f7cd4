//! Guesses at what somebody meant by a date in another form, for messages and fixes.

use super::cursor::trimmed;
use super::loose::read_loose;
use super::natural::{Part, read_spoken_time, three_parts};
use super::write::{write, write_iso};
use super::{Date, Fault, Instant, Time};

/// What somebody may have meant by a date in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The likeliest reading: `YYYY-MM-DD`, with the time and the offset if the text has them.
    pub iso: String,
    /// The other reading, when day and month may be the other way round.
    pub other: Option<String>,
    /// Whether the text can mean nothing else.
    pub certain: bool,
}

/// Reads the forms that people and programs send instead of ISO 8601: `2026/03/04`,
/// `25.12.2026`, `03/04/2026`, `1 June 2026`, `Jun 1, 2026`, each also with a time, what
/// JavaScript and e-mail write (`Mon, 01 Jun 2026 10:00:00 GMT`), a space for the `T`, and Unix
/// time in seconds or milliseconds. `None` when nothing can be made of the text, or when it
/// needs no guess.
///
/// Numbers with slashes are read month first, with hyphens or points day first; when both can
/// be, `other` holds the other. Unix time is never certain.
#[must_use]
pub fn guess(text: &str) -> Option<Guess> {
    let supposed = suppose(text)?;
    Some(Guess {
        iso: supposed.likeliest.write(),
        other: supposed.other.map(Reading::write),
        certain: supposed.certain,
    })
}

/// Whether [`guess`] makes something of a text.
pub fn can_be_guessed(text: &str) -> bool {
    suppose(text).is_some()
}

/// A guess that nobody has written down yet.
struct Supposed {
    likeliest: Reading,
    other: Option<Reading>,
    certain: bool,
}

impl Supposed {
    const fn certain(likeliest: Reading) -> Self {
        Self {
            likeliest,
            other: None,
            certain: true,
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
        return Some(Supposed {
            // Eight digits may be somebody's number, seven even more so.
            certain: !matches!(departs, Fault::BasicForm | Fault::OtherCalendar)
                || loose.time.is_some(),
            ..Supposed::certain(Reading::Day(loose.date, loose.time))
        });
    }
    let text = trimmed(text);
    if let Some(at) = unix_time(text) {
        return Some(Supposed {
            certain: false,
            ..Supposed::certain(Reading::Unix(at))
        });
    }
    let (parts, rest) = three_parts(text)?;
    let time = match rest.trim_start_matches([' ', ',', 'T', 't']) {
        "" => None,
        rest => Some(read_spoken_time(rest)?),
    };
    let day =
        |year: Part, month: Part, day: Part| Date::new(year.year()?, month.month()?, day.day()?);
    let certain = |date| Supposed::certain(Reading::Day(date, time));
    let [a, b, c] = parts;
    if a.length == 4 {
        return day(a, b, c).map(certain);
    }
    let (month_first, day_first) = (day(c, a, b), day(c, b, a));
    let (first, second) = if b.before == b'/' {
        (month_first, day_first)
    } else {
        (day_first, month_first)
    };
    match (first, second) {
        (Some(date), Some(other)) if date != other => Some(Supposed {
            likeliest: Reading::Day(date, time),
            other: Some(Reading::Day(other, time)),
            certain: false,
        }),
        (Some(date), _) | (None, Some(date)) => Some(certain(date)),
        (None, None) => None,
    }
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

#[cfg(test)]
mod tests {
    use super::super::iso_8601;
    use super::*;

    #[test]
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
            ("1780308000", "2026-06-01T10:00:00Z", None, false),
            ("1780308000123", "2026-06-01T10:00:00.123Z", None, false),
        ] {
            let Guess {
                iso: i,
                other: o,
                certain: c,
            } = guess(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (i.as_str(), o.as_deref(), c),
                (iso, other, certain),
                "{text}"
            );
            assert!(iso_8601(&i).is_ok());
        }
        for text in [
            "",
            "tomorrow",
            "2026-06-01",
            "2026-06-01T10:00:00Z",
            "31/02/2026",
            "13/13/2026",
            "1/2/26",
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
        ] {
            assert_eq!(guess(text), None, "{text:?}");
        }
        assert_eq!(guess(&"1".repeat(1_000_000)), None);
    }
}
