//! The lenient reader: the formats of ISO 8601, with a note of how each departs from RFC 3339.

use super::calendar::{day_at, days, is_leap};
use super::cursor::{Cursor, trimmed};
use super::strict::{read_fraction, signed_offset};
use super::{DAY, Date, Fault, Instant, Moment, SECOND_IN_NANOS, Time};

/// A date, perhaps with a time, and how its spelling departs from RFC 3339.
#[derive(Clone, Copy)]
pub(super) struct Loose {
    pub(super) date: Date,
    pub(super) time: Option<Time>,
    /// The first departure that ISO 8601 allows.
    pub(super) unusual: Option<Fault>,
    /// The first departure that nothing allows.
    pub(super) outside: Option<Fault>,
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
pub(super) fn why_no_date_time(text: &str) -> Fault {
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
pub(super) fn why_no_date(text: &str) -> Fault {
    match read_loose(text) {
        Err(fault) => fault,
        Ok(Loose { time: Some(_), .. }) => Fault::TimeGiven,
        Ok(loose) => loose.outside.or(loose.unusual).unwrap_or(Fault::NotADate),
    }
}

#[cold]
#[inline(never)]
pub(super) fn other_iso_8601(text: &str) -> Result<Moment, Fault> {
    let loose = read_loose(text)?;
    match loose.outside {
        Some(fault) => Err(fault),
        None => Ok(loose.moment()),
    }
}

pub(super) fn read_loose(text: &str) -> Result<Loose, Fault> {
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
pub(super) fn read_time(
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

#[cfg(test)]
mod tests {
    use super::super::{date, date_time, iso_8601};
    use super::*;
    use chrono::{Datelike, Duration, NaiveDate};

    #[test]
    fn every_week_and_ordinal_date() {
        let mut day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        while day.year() < 2100 {
            let ours = date(&day.format("%Y-%m-%d").to_string());
            let moment = Ok(Moment::Date(ours.unwrap()));
            for form in ["%G-W%V-%u", "%GW%V%u", "%Y-%j", "%Y%j", "%Y%m%d"] {
                let text = day.format(form).to_string();
                assert_eq!(iso_8601(&text), moment, "{text}");
            }
            day += Duration::days(1);
        }
        for text in [
            "2025-W53-1",
            "2026-W54-1",
            "2026-W00-1",
            "2026-W10-0",
            "2026-W10-8",
            "2026-000",
            "2026-366",
            "2024-367",
            "9999-W52-7",
            "2026-02-30",
            "20260230",
            "2026-13-01",
        ] {
            assert_eq!(iso_8601(text), Err(Fault::ImpossibleDate), "{text}");
        }
    }

    #[test]
    fn dates() {
        for (text, fault) in [
            ("2026-02-29", Fault::ImpossibleDate),
            ("2026-06-01T00:00:00Z", Fault::TimeGiven),
            ("20260601", Fault::BasicForm),
            ("2026-W09-1", Fault::OtherCalendar),
            ("2026-06-01 ", Fault::WhiteSpace),
            ("2026-06-01x", Fault::NotATime),
            ("2026-6-1", Fault::NotADate),
            ("2026-06-1\u{666}", Fault::NotADate),
            ("01/06/2026", Fault::NotADate),
        ] {
            assert_eq!(date(text), Err(fault), "{text:?}");
        }
        let day = date("2026-06-01").unwrap();
        assert_eq!((day.year(), day.month(), day.day()), (2026, 6, 1));
        assert!(day < date("2026-06-02").unwrap());
    }

    #[test]
    fn iso_8601_forms() {
        let at = Moment::DateTime(date_time("2026-03-01T10:00:00Z").unwrap());
        for text in [
            "2026-03-01T10:00Z",
            "2026-03-01T10Z",
            "20260301T100000Z",
            "20260301T1000Z",
            "20260301T110000+0100",
            "20260301T110000+01",
            "2026-03-01T11:00+01",
            "2026-03-01T10:00:00,000Z",
            "2026-W09-7T10:00:00Z",
            "2026-060T10:00:00Z",
            "2026W097T100000Z",
        ] {
            assert_eq!(iso_8601(text), Ok(at), "{text}");
        }
        let Moment::DateTime(at) = at else {
            unreachable!()
        };
        for text in ["2026-03-01T10:00:00", "20260301T100000", "2026-03-01t10:00"] {
            assert_eq!(iso_8601(text), Ok(Moment::LocalDateTime(at)), "{text}");
        }
        for (text, fault) in [
            ("2026-03-01 10:00:00Z", Fault::SpaceForT),
            ("20260301T10:00:00Z", Fault::MixedForms),
            (" 2026-03-01", Fault::WhiteSpace),
            ("2026-03", Fault::NotADate),
            ("2026", Fault::NotADate),
            ("2026-W09", Fault::NotADate),
            ("1772359200", Fault::NotADate),
            ("2026-03-01T24:00:00Z", Fault::ImpossibleTime),
            ("2026-03-01T10:00:60", Fault::ImpossibleLeapSecond),
        ] {
            assert_eq!(iso_8601(text), Err(fault), "{text}");
        }
    }
}
