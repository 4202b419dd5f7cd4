//! Dates and date-times: read by hand, compared as instants, and explained when they are wrong.
//!
//! [`date_time`] and [`date`] are strict and fast. What they refuse goes through one lenient
//! reader, which says why. Nothing here reads a clock: `now` is an argument.

use thiserror::Error;

mod calendar;
mod cursor;
mod guess;
mod instant;
mod lanes;
mod loose;
mod natural;
mod strict;
mod write;

pub use guess::{Guess, can_be_guessed, guess, names_no_day};
pub use instant::ParseInstantError;
pub use strict::{date, date_time, iso_8601};
pub use strict::{moment, strict_date, strict_date_time};
pub use write::{write_date, write_iso};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Nanoseconds at and above this belong to a leap second.
const SECOND_IN_NANOS: u32 = 1_000_000_000;

/// The last zone's distance from UTC: a day that is over at UTC-12 is over everywhere.
const LAST_ZONE: i64 = 12 * HOUR;

/// A point in time. Instants are ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    pub seconds: i64,
    /// Nanoseconds within the second. A leap second is the 59th second with `10^9` or more here
    /// (as in chrono), so that it comes after that second and before the next.
    pub nanos: u32,
}

/// A day of the Gregorian calendar that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// What a text says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A date-time with its offset from UTC.
    DateTime(Instant),
    /// A date-time without an offset, as the instant that it would be in UTC.
    LocalDateTime(Instant),
    /// A date alone.
    Date(Date),
}

/// A time of day, as a text gives it.
#[derive(Clone, Copy)]
struct Time {
    /// Since midnight; in a leap second, the full minute after it.
    seconds: u32,
    leap: bool,
    nanos: u32,
    /// Seconds to the east.
    offset: Option<i64>,
}

/// Why a text is not the date or date-time that it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[repr(u8)]
pub enum Fault {
    /// Nothing that looks like an ISO 8601 date.
    #[error("not a date")]
    NotADate,
    /// Begins with a date and goes on with something that is not a time.
    #[error("no time can be read after the date")]
    NotATime,
    /// Month 13, 30 February, week 54.
    #[error("no such day in the calendar")]
    ImpossibleDate,
    /// Hour 24, minute 60, second 61.
    #[error("no such time of day")]
    ImpossibleTime,
    /// A second 60 that is not at 23:59:60 UTC.
    #[error("a leap second can only be at 23:59:60 UTC")]
    ImpossibleLeapSecond,
    /// An offset above 23:59.
    #[error("no such offset from UTC")]
    ImpossibleOffset,
    /// A date without the time that is needed.
    #[error("the time is missing")]
    MissingTime,
    /// A date-time without `Z` or an offset.
    #[error("the offset from UTC is missing")]
    MissingZone,
    /// A time that stops at the hour or at the minutes.
    #[error("the seconds are missing")]
    MissingSeconds,
    /// A decimal sign without digits after it.
    #[error("digits are missing after the decimal sign")]
    MissingFraction,
    /// A date-time where only a date may be.
    #[error("a time follows the date")]
    TimeGiven,
    /// A space or an underscore is between date and time.
    #[error("a `T` is needed between date and time")]
    SpaceForT,
    /// `20260301` or `T100000`: ISO 8601's basic form.
    #[error("the hyphens or colons are missing")]
    BasicForm,
    /// One of date and time in the basic form, the other not.
    #[error("date and time are written in two different forms")]
    MixedForms,
    /// `2026-W09-1` or `2026-060`.
    #[error("a week or ordinal date")]
    OtherCalendar,
    /// A comma as the decimal sign.
    #[error("a comma as the decimal sign")]
    Comma,
    /// `+01` or `+0100`.
    #[error("the offset needs the form `+hh:mm`")]
    ShortOffset,
    /// Good, but for white space around it.
    #[error("white space around it")]
    WhiteSpace,
}

impl Moment {
    /// Whether it is past for certain: an instant up to and including now; a local date-time
    /// that has been reached, and a date that is over, in every zone.
    #[must_use]
    pub fn is_over_everywhere(self, now: Instant) -> bool {
        match self {
            Self::DateTime(at) => at <= now,
            Self::LocalDateTime(Instant { seconds, nanos }) => {
                let seconds = seconds + LAST_ZONE;
                Instant { seconds, nanos } <= now
            }
            Self::Date(date) => date.is_over_everywhere(now),
        }
    }
}

#[cfg(test)]
mod tests;
