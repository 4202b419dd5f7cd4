//! Dates and date-times: read by hand, compared as instants, and explained when they are wrong.
//!
//! [`date_time`] and [`date`] are strict and fast. What they refuse goes through one lenient
//! reader, which says why. Nothing here reads a clock: `now` is an argument.

use thiserror::Error;

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

/// Why a text is not the date or date-time that it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[repr(u8)]
pub enum Fault {
    /// Nothing that looks like an ISO 8601 date.
    #[error("not a date")]
    NotADate,
    /// Begins with a date and goes on with something that is no time.
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
    /// A space or an underscore stands between date and time.
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

// ---------------------------------------------------------------------------------------------
// The calendar

const fn is_leap(year: u32) -> bool {
    // Of the years divisible by 25, those divisible by 16 are divisible by 400.
    year & (if year.is_multiple_of(25) { 15 } else { 3 }) == 0
}

/// The last day of a month from 1 to 12.
const fn last_day(year: u32, month: u32) -> u32 {
    if month == 2 {
        28 + is_leap(year) as u32
    } else {
        0b1_1110 | (month ^ (month >> 3))
    }
}

const fn day_exists(year: u32, month: u32, day: u32) -> bool {
    month.wrapping_sub(1) < 12
        && day.wrapping_sub(1) < 31
        && (day <= 28 || day <= last_day(year, month))
}

/// Days since 1970-01-01, for years up to 9999. The year starts in March here, so that the leap
/// day is its last, and 400 years early, so that nothing is below zero.
const fn days(year: u32, month: u32, day: u32) -> i64 {
    let early = (month < 3) as u32;
    let year = year + 400 - early;
    let month = month + 12 * early;
    let century = year / 100;
    let count = 1461 * year / 4 - century + century / 4 + (979 * month - 2919) / 32 + day;
    count as i64 - 865_566
}

/// The day that is so many days after 1970-01-01; `None` outside the years 0000 to 9999.
fn day_at(days: i64) -> Option<Date> {
    // Count from 0000-03-01 less 400 years, in years that start in March, as above.
    let days = u32::try_from(days + 865_565).ok()?;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let of_years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_years + of_years / 4 - of_years / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = (era * 400 + of_years + u32::from(month < 3)).checked_sub(400)?;
    Date::new(year, month, day)
}

impl Date {
    /// The day, if it exists and its year has at most four digits.
    #[must_use]
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        (year <= 9999 && day_exists(year, month, day)).then_some(Self {
            year: year as u16,
            month: month as u8,
            day: day as u8,
        })
    }

    /// The year, from 0 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01; below zero before.
    #[must_use]
    pub const fn days_since_epoch(self) -> i64 {
        days(self.year as u32, self.month as u32, self.day as u32)
    }

    /// Midnight at the start of this day in UTC.
    #[must_use]
    pub const fn start(self) -> Instant {
        Instant {
            seconds: self.days_since_epoch() * DAY,
            nanos: 0,
        }
    }

    /// Whether this day has ended in UTC-12, the last zone on Earth that has it.
    #[must_use]
    pub const fn is_over_everywhere(self, now: Instant) -> bool {
        now.seconds >= self.start().seconds + DAY + LAST_ZONE
    }
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

// ---------------------------------------------------------------------------------------------
// The strict readers

/// Eight bytes at once, one in each lane; the first is the lowest.
const fn lanes(bytes: [u8; 8]) -> u64 {
    u64::from_le_bytes(bytes)
}

const fn lane(word: u64, at: u32) -> u32 {
    (word >> (8 * at)) as u8 as u32
}

/// `bits` in each lane in which the form holds `byte`.
const fn lanes_with(form: u64, byte: u8, bits: u64) -> u64 {
    let (mut found, mut at) = (0, 0);
    while at < 8 {
        if lane(form, at) == byte as u32 {
            found |= bits << (8 * at);
        }
        at += 1;
    }
    found
}

/// Checks eight bytes against a form in which `0` stands for any digit, `T` for either case of
/// itself and `?` for anything. Gives, in the lane of the first digit of each pair, the value of the pair.
#[inline]
const fn pairs<const FORM: u64>(bytes: [u8; 8]) -> Option<u64> {
    let six = const { lanes_with(FORM, b'0', 6) };
    let low_bits = const { lanes_with(FORM, b'0', 0x0f) };
    let free = const { lanes_with(FORM, b'T', 0x20) | lanes_with(FORM, b'?', 0xff) };
    // Digits become their values, everything else that fits becomes zero.
    let word = (lanes(bytes) ^ FORM) & !free;
    // A digit's lane must stay below 16 when six is added, any other lane be zero. A carry can
    // only leave a lane that is itself refused.
    if (word | word.wrapping_add(six)) & !low_bits != 0 {
        return None;
    }
    Some(word * 10 + (word >> 8))
}

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
/// Says why the text is no such date-time; [`Fault::MissingZone`] comes before smaller faults.
#[inline]
pub fn date_time(text: &str) -> Result<Instant, Fault> {
    match strict_date_time(text.as_bytes()) {
        Some(at) => Ok(at),
        None => Err(why_no_date_time(text)),
    }
}

/// What [`date_time`] reads, without a reason where that is nothing.
#[inline]
pub(crate) fn strict_date_time(bytes: &[u8]) -> Option<Instant> {
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

fn signed_offset(sign: u8, hours: u32, minutes: u32) -> i64 {
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
fn read_fraction(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (mut nanos, mut unit) = (0, SECOND_IN_NANOS / 10);
    let mut rest = bytes;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        nanos += u32::from(*digit - b'0') * unit;
        unit /= 10;
        rest = after;
    }
    (rest.len() < bytes.len()).then_some((nanos, rest))
}

/// Reads an RFC 3339 full-date, `YYYY-MM-DD`.
///
/// # Errors
/// Says why the text is no such date; [`Fault::TimeGiven`] when it is a date-time.
#[inline]
pub fn date(text: &str) -> Result<Date, Fault> {
    match strict_date(text.as_bytes()) {
        Some(date) => Ok(date),
        None => Err(why_no_date(text)),
    }
}

/// What [`date`] reads, without a reason where that is nothing.
#[inline]
pub(crate) fn strict_date(bytes: &[u8]) -> Option<Date> {
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
pub(crate) fn moment(bytes: &[u8]) -> Option<Moment> {
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

// ---------------------------------------------------------------------------------------------
// The lenient reader: every form of ISO 8601 that we know, with a note of how it departs

/// A date, perhaps with a time, and how its spelling departs from RFC 3339.
#[derive(Clone, Copy)]
struct Loose {
    date: Date,
    time: Option<Time>,
    /// The first departure that ISO 8601 allows.
    unusual: Option<Fault>,
    /// The first departure that nothing allows.
    outside: Option<Fault>,
}

#[derive(Clone, Copy)]
struct Time {
    /// Since midnight; in a leap second, the full minute after it.
    seconds: u32,
    leap: bool,
    nanos: u32,
    /// Seconds to the east.
    offset: Option<i64>,
}

impl Loose {
    fn moment(self) -> Moment {
        let Some(time) = self.time else {
            return Moment::Date(self.date);
        };
        let local = self.date.start().seconds + i64::from(time.seconds);
        // `read_time` has seen that a leap second is where one can be.
        let at = |seconds| Instant {
            seconds: seconds - i64::from(time.leap),
            nanos: time.nanos + u32::from(time.leap) * SECOND_IN_NANOS,
        };
        match time.offset {
            Some(offset) => Moment::DateTime(at(local - offset)),
            None => Moment::LocalDateTime(at(local)),
        }
    }
}

#[cold]
#[inline(never)]
fn why_no_date_time(text: &str) -> Fault {
    match read_loose(text) {
        Err(fault) => fault,
        Ok(Loose { time: None, .. }) => Fault::MissingTime,
        Ok(Loose {
            time: Some(Time { offset: None, .. }),
            ..
        }) => Fault::MissingZone,
        Ok(loose) => loose.outside.or(loose.unusual).unwrap_or(Fault::NotADate),
    }
}

#[cold]
#[inline(never)]
fn why_no_date(text: &str) -> Fault {
    match read_loose(text) {
        Err(fault) => fault,
        Ok(Loose { time: Some(_), .. }) => Fault::TimeGiven,
        Ok(loose) => loose.outside.or(loose.unusual).unwrap_or(Fault::NotADate),
    }
}

#[cold]
#[inline(never)]
fn other_iso_8601(text: &str) -> Result<Moment, Fault> {
    let loose = read_loose(text)?;
    match loose.outside {
        Some(fault) => Err(fault),
        None => Ok(loose.moment()),
    }
}

/// What is left to read.
#[derive(Clone, Copy)]
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// Steps over a byte that is one of these, and gives it.
    fn eat(&mut self, any: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        any.contains(&first).then(|| {
            self.0 = rest;
            first
        })
    }

    /// How many digits come next.
    fn run(self) -> usize {
        let end = self.0.iter().position(|byte| !byte.is_ascii_digit());
        end.unwrap_or(self.0.len())
    }

    /// Reads exactly so many digits (nine at most).
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value * 10 + u32::from(digit - b'0');
        }
        self.0 = rest;
        Some(value)
    }
}

/// [`str::trim`], which most texts need not.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

fn read_loose(text: &str) -> Result<Loose, Fault> {
    let trimmed = trimmed(text);
    let mut cursor = Cursor(trimmed.as_bytes());
    let mut unusual = None;
    let mut outside = (trimmed.len() < text.len()).then_some(Fault::WhiteSpace);
    let (date, basic) = read_date(&mut cursor, &mut unusual)?;
    let mut time = None;
    if !cursor.0.is_empty() {
        match cursor.eat(b"Tt _") {
            Some(b'T' | b't') => {}
            Some(_) => outside = outside.or(Some(Fault::SpaceForT)),
            // As in a number that is too long to be a date.
            None if basic => return Err(Fault::NotADate),
            None => return Err(Fault::NotATime),
        }
        let (read, time_basic) = read_time(&mut cursor, &mut unusual)?;
        if time_basic.is_some_and(|time_basic| time_basic != basic) {
            outside = outside.or(Some(Fault::MixedForms));
        }
        time = Some(read);
    }
    Ok(Loose {
        date,
        time,
        unusual,
        outside,
    })
}

/// Reads the date in one of its forms; and whether that was the basic form.
fn read_date(cursor: &mut Cursor<'_>, unusual: &mut Option<Fault>) -> Result<(Date, bool), Fault> {
    let year = cursor.digits(4).ok_or(Fault::NotADate)?;
    let basic = cursor.eat(b"-").is_none();
    let date = if cursor.eat(b"W").is_some() {
        *unusual = Some(Fault::OtherCalendar);
        let week = cursor.digits(2).ok_or(Fault::NotADate)?;
        if !basic {
            cursor.eat(b"-").ok_or(Fault::NotADate)?;
        }
        let day = cursor.digits(1).ok_or(Fault::NotADate)?;
        week_date(year, week, day)
    } else if cursor.run() == 3 {
        *unusual = Some(Fault::OtherCalendar);
        let day = cursor.digits(3).ok_or(Fault::NotADate)?;
        let last = 365 + u32::from(is_leap(year));
        let first = days(year, 1, 1) - 1;
        (1..=last)
            .contains(&day)
            .then(|| day_at(first + i64::from(day)))
            .flatten()
    } else {
        if basic {
            *unusual = Some(Fault::BasicForm);
        }
        let month = cursor.digits(2).ok_or(Fault::NotADate)?;
        if !basic {
            cursor.eat(b"-").ok_or(Fault::NotADate)?;
        }
        let day = cursor.digits(2).ok_or(Fault::NotADate)?;
        if cursor.run() > 0 {
            return Err(Fault::NotADate);
        }
        Date::new(year, month, day)
    };
    Ok((date.ok_or(Fault::ImpossibleDate)?, basic))
}

/// The day of an ISO week, whose first day is Monday; week 1 holds 4 January.
fn week_date(year: u32, week: u32, day: u32) -> Option<Date> {
    let first = |year| {
        let fourth = days(year, 1, 4);
        // 1970-01-01 was a Thursday.
        fourth - (fourth + 3).rem_euclid(7)
    };
    if !(1..=53).contains(&week) || !(1..=7).contains(&day) {
        return None;
    }
    let monday = first(year) + i64::from(week - 1) * 7;
    (monday < first(year + 1))
        .then(|| day_at(monday + i64::from(day - 1)))
        .flatten()
}

/// Reads time and offset up to the end; and whether that was the basic form, if one can tell.
fn read_time(
    cursor: &mut Cursor<'_>,
    unusual: &mut Option<Fault>,
) -> Result<(Time, Option<bool>), Fault> {
    let mut note = |fault| *unusual = unusual.or(Some(fault));
    let hour = cursor.digits(2).ok_or(Fault::NotATime)?;
    let (mut minute, mut second, mut basic) = (None, None, None);
    if cursor.eat(b":").is_some() {
        basic = Some(false);
        minute = Some(cursor.digits(2).ok_or(Fault::NotATime)?);
        if cursor.eat(b":").is_some() {
            second = Some(cursor.digits(2).ok_or(Fault::NotATime)?);
        }
    } else if cursor.run() > 0 {
        note(Fault::BasicForm);
        basic = Some(true);
        minute = Some(cursor.digits(2).ok_or(Fault::NotATime)?);
        if cursor.run() > 0 {
            second = Some(cursor.digits(2).ok_or(Fault::NotATime)?);
        }
    }
    let mut nanos = 0;
    if second.is_none() {
        note(Fault::MissingSeconds);
    } else if let Some(sign) = cursor.eat(b".,") {
        if sign == b',' {
            note(Fault::Comma);
        }
        (nanos, cursor.0) = read_fraction(cursor.0).ok_or(Fault::MissingFraction)?;
    }
    let offset = read_offset(cursor, &mut note)?;
    if !cursor.0.is_empty() {
        return Err(Fault::NotATime);
    }
    let (minute, second) = (minute.unwrap_or(0), second.unwrap_or(0));
    if hour > 23 || minute > 59 || second > 60 {
        return Err(Fault::ImpossibleTime);
    }
    let seconds = hour * 3600 + minute * 60 + second;
    let leap = second == 60;
    if leap && (i64::from(seconds) - offset.unwrap_or(0)).rem_euclid(DAY) != 0 {
        return Err(Fault::ImpossibleLeapSecond);
    }
    let time = Time {
        seconds,
        leap,
        nanos,
        offset,
    };
    Ok((time, basic))
}

fn read_offset(
    cursor: &mut Cursor<'_>,
    note: &mut impl FnMut(Fault),
) -> Result<Option<i64>, Fault> {
    if cursor.eat(b"Zz").is_some() {
        return Ok(Some(0));
    }
    let Some(sign) = cursor.eat(b"+-") else {
        return Ok(None);
    };
    let hours = cursor.digits(2).ok_or(Fault::NotATime)?;
    let colon = cursor.eat(b":").is_some();
    if !colon {
        note(Fault::ShortOffset);
    }
    let minutes = if colon || cursor.run() > 0 {
        cursor.digits(2).ok_or(Fault::NotATime)?
    } else {
        0
    };
    if hours > 23 || minutes > 59 {
        return Err(Fault::ImpossibleOffset);
    }
    Ok(Some(signed_offset(sign, hours, minutes)))
}

// ---------------------------------------------------------------------------------------------
// Guesses and texts, for messages and fixes

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
pub(crate) fn can_be_guessed(text: &str) -> bool {
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

/// Writes an instant as an RFC 3339 date-time in UTC, without needless fraction digits. Outside
/// the years 0000 to 9999, their first or last day stands for the real one.
#[cold]
#[inline(never)]
#[must_use]
pub fn write_iso(at: Instant) -> String {
    let leap = at.nanos >= SECOND_IN_NANOS;
    let date = day_at(at.seconds.div_euclid(DAY)).unwrap_or(if at.seconds < 0 {
        Date {
            year: 0,
            month: 1,
            day: 1,
        }
    } else {
        Date {
            year: 9999,
            month: 12,
            day: 31,
        }
    });
    let time = Time {
        seconds: at.seconds.rem_euclid(DAY) as u32 + u32::from(leap),
        leap,
        nanos: at.nanos % SECOND_IN_NANOS,
        offset: Some(0),
    };
    write(date, Some(time))
}

/// Writes a date as `YYYY-MM-DD`.
#[cold]
#[inline(never)]
#[must_use]
pub fn write_date(date: Date) -> String {
    write(date, None)
}

/// Appends the number with at least so many digits.
fn push_digits(text: &mut String, value: u32, count: u32) {
    for power in (0..count).rev() {
        text.push(char::from(b'0' + (value / 10_u32.pow(power) % 10) as u8));
    }
}

fn write(date: Date, time: Option<Time>) -> String {
    let mut text = String::new();
    push_digits(&mut text, u32::from(date.year), 4);
    text.push('-');
    push_digits(&mut text, u32::from(date.month), 2);
    text.push('-');
    push_digits(&mut text, u32::from(date.day), 2);
    let Some(time) = time else {
        return text;
    };
    let seconds = time.seconds - u32::from(time.leap);
    text.push('T');
    push_digits(&mut text, seconds / 3600, 2);
    text.push(':');
    push_digits(&mut text, seconds / 60 % 60, 2);
    text.push(':');
    push_digits(&mut text, seconds % 60 + u32::from(time.leap), 2);
    if time.nanos > 0 {
        text.push('.');
        push_digits(&mut text, time.nanos, 9);
        text.truncate(text.trim_end_matches('0').len());
    }
    match time.offset {
        None => {}
        Some(0) => text.push('Z'),
        Some(offset) => {
            text.push(if offset < 0 { '-' } else { '+' });
            let minutes = (offset.unsigned_abs() / 60) as u32;
            push_digits(&mut text, minutes / 60, 2);
            text.push(':');
            push_digits(&mut text, minutes % 60, 2);
        }
    }
    text
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

/// A number or a month's name.
#[derive(Clone, Copy)]
struct Part {
    value: u32,
    /// In digits; 0 for a name.
    length: usize,
    /// The last byte before it, 0 at the start.
    before: u8,
}

impl Part {
    fn year(self) -> Option<u32> {
        (self.length == 4).then_some(self.value)
    }

    fn month(self) -> Option<u32> {
        (self.length <= 2).then_some(self.value)
    }

    fn day(self) -> Option<u32> {
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
fn three_parts(text: &str) -> Option<([Part; 3], &str)> {
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
                    let (value, length) = self.short_number()?;
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

    /// Reads all digits that come next, and counts them; none of a date's parts has more digits
    /// than a year.
    fn short_number(&mut self) -> Option<(u32, usize)> {
        let (mut value, mut rest) = (0, self.0);
        while let [digit @ b'0'..=b'9', behind @ ..] = rest {
            value = value * 10 + u32::from(digit - b'0');
            rest = behind;
            if self.0.len() - rest.len() > 4 {
                return None;
            }
        }
        let length = self.0.len() - rest.len();
        self.0 = rest;
        Some((value, length))
    }
}

/// A time with `GMT` or `UTC` for the offset, a space before the offset, or a zone's name in
/// brackets after it, as JavaScript and e-mail write it.
fn read_spoken_time(text: &str) -> Option<Time> {
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

#[cfg(test)]
mod tests;
