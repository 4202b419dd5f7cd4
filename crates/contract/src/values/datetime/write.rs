//! Writes dates and date-times in the format that every vendor accepts.

use super::calendar::day_at;
use super::{DAY, Date, Instant, SECOND_IN_NANOS, Time};

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

pub(super) fn write(date: Date, time: Option<Time>) -> String {
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
