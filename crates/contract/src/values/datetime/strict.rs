//! The strict readers, which the scanner calls: RFC 3339 from its bytes alone. What they refuse
//! goes to the lenient reader.

use super::calendar::{day_exists, days};
use super::lanes::{lane, lanes, pairs};
use super::loose::{other_iso_8601, why_no_date, why_no_date_time};
use super::{DAY, Date, Fault, Instant, Moment, SECOND_IN_NANOS};

const YEAR_MONTH: u64 = lanes(*b"0000-00-");
const DAY_TO_MINUTE: u64 = lanes(*b"00T00:00");
const SECOND: u64 = lanes(*b":00?\0\0\0\0");

#[inline]
const fn year_and_month(bytes: [u8; 8]) -> Option<(u32, u32)> {
    let Some(pairs) = pairs::<YEAR_MONTH>(bytes) else {
        return None;
    };
    Some((lane(pairs, 0) * 100 + lane(pairs, 2), lane(pairs, 5)))
}

/// Two digits; anything else gives a number above 99.
#[inline]
const fn two_digits(tens: u8, ones: u8) -> u32 {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens <= 9 && ones <= 9 {
        tens as u32 * 10 + ones as u32
    } else {
        u32::MAX
    }
}

/// Reads an RFC 3339 date-time, as JSON Schema's format `date-time` asks for: `T` and `Z` in
/// either case, one digit or more in a fraction (those after the ninth do not count), an offset
/// up to ±23:59, and second 60 only at 23:59:60 UTC, on any day.
///
/// # Errors
/// Says why the text is not such a date-time; [`Fault::MissingZone`] comes before smaller faults.
#[inline]
pub fn date_time(text: &str) -> Result<Instant, Fault> {
    match strict_date_time(text.as_bytes()) {
        Some(at) => Ok(at),
        None => Err(why_no_date_time(text)),
    }
}

/// What [`date_time`] reads, without a reason where that is nothing.
#[inline]
#[must_use]
pub fn strict_date_time(bytes: &[u8]) -> Option<Instant> {
    // All that every date-time has: up to the seconds and one byte of the rest.
    let (fixed, after) = bytes.split_first_chunk::<20>()?;
    let (head, fixed) = fixed.split_first_chunk::<8>()?;
    let (middle, fixed) = fixed.split_first_chunk::<8>()?;
    let [colon, tens, ones, next] = *fixed.first_chunk::<4>()?;
    let (year, month) = year_and_month(*head)?;
    let middle = pairs::<DAY_TO_MINUTE>(*middle)?;
    let (day, hour, minute) = (lane(middle, 0), lane(middle, 3), lane(middle, 6));
    let second = lane(pairs::<SECOND>([colon, tens, ones, next, 0, 0, 0, 0])?, 1);
    if !day_exists(year, month, day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let of_day = hour * 3600 + minute * 60 + second;
    let local = days(year, month, day) * DAY + i64::from(of_day);
    if second < 60 && after.is_empty() && matches!(next, b'Z' | b'z') {
        return Some(Instant {
            seconds: local,
            nanos: 0,
        });
    }
    let (_, rest) = bytes.split_at_checked(19)?;
    with_tail(local, second == 60, rest)
}

/// Reads the fraction and the offset.
#[inline(never)]
fn with_tail(local: i64, leap: bool, mut rest: &[u8]) -> Option<Instant> {
    let mut nanos = 0;
    if let [b'.', fraction @ ..] = rest {
        (nanos, rest) = read_fraction(fraction)?;
    }
    let offset = match rest {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h0, b':', m1, m0] => {
            let (hours, minutes) = (two_digits(*h1, *h0), two_digits(*m1, *m0));
            if hours > 23 || minutes > 59 {
                return None;
            }
            signed_offset(*sign, hours, minutes)
        }
        _ => return None,
    };
    instant(local - offset, leap, nanos)
}

pub(super) fn signed_offset(sign: u8, hours: u32, minutes: u32) -> i64 {
    let size = i64::from(hours * 3600 + minutes * 60);
    if sign == b'-' { -size } else { size }
}

/// With a leap second, `seconds` has already counted it, and must then be the start of a day.
const fn instant(seconds: i64, leap: bool, nanos: u32) -> Option<Instant> {
    if !leap {
        return Some(Instant { seconds, nanos });
    }
    if seconds.rem_euclid(DAY) != 0 {
        return None;
    }
    Some(Instant {
        seconds: seconds - 1,
        nanos: nanos + SECOND_IN_NANOS,
    })
}

/// Nanoseconds, and what follows the digits. `None` without any digit.
pub(super) fn read_fraction(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (mut nanos, mut unit) = (0, SECOND_IN_NANOS / 10);
    let mut rest = bytes;
    let mut is_more = false;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        nanos += u32::from(*digit - b'0') * unit;
        is_more |= unit == 0 && *digit != b'0';
        unit /= 10;
        rest = after;
    }
    // What is later than a nanosecond is not equal to it: it counts as the next one, but for the
    // last of a second.
    nanos += u32::from(is_more && nanos < SECOND_IN_NANOS - 1);
    (rest.len() < bytes.len()).then_some((nanos, rest))
}

/// Reads an RFC 3339 full-date, `YYYY-MM-DD`.
///
/// # Errors
/// Says why the text is not such a date; [`Fault::TimeGiven`] when it is a date-time.
#[inline]
pub fn date(text: &str) -> Result<Date, Fault> {
    match strict_date(text.as_bytes()) {
        Some(date) => Ok(date),
        None => Err(why_no_date(text)),
    }
}

/// What [`date`] reads, without a reason where that is nothing.
#[inline]
#[must_use]
pub fn strict_date(bytes: &[u8]) -> Option<Date> {
    let (head, rest) = bytes.split_first_chunk::<8>()?;
    let [tens, ones] = rest else {
        return None;
    };
    let (year, month) = year_and_month(*head)?;
    Date::new(year, month, two_digits(*tens, *ones))
}

/// Reads an ISO 8601 date or date-time: what [`date`] and [`date_time`] read, and the other
/// forms that leave no doubt: without an offset, without seconds, with an offset `+01` or
/// `+0100`, with a comma in the fraction, in the basic form (`20260301T100000Z`), as a week date
/// (`2026-W09-1`) or as an ordinal date (`2026-060`).
///
/// Not read: 24:00, fractions of hours and minutes, months or weeks without a day, years of more
/// than four digits, intervals.
///
/// # Errors
/// Says why the text is none of these.
#[inline]
pub fn iso_8601(text: &str) -> Result<Moment, Fault> {
    match strict_moment(text.as_bytes()) {
        Some(moment) => Ok(moment),
        None => other_iso_8601(text),
    }
}

/// What [`iso_8601`] reads, without a reason where that is nothing.
#[inline]
#[must_use]
pub fn moment(bytes: &[u8]) -> Option<Moment> {
    strict_moment(bytes).or_else(|| {
        let text = std::str::from_utf8(bytes).ok()?;
        other_iso_8601(text).ok()
    })
}

#[inline]
fn strict_moment(bytes: &[u8]) -> Option<Moment> {
    if bytes.len() == 10 {
        strict_date(bytes).map(Moment::Date)
    } else {
        strict_date_time(bytes).map(Moment::DateTime)
    }
}

#[cfg(test)]
mod tests;
