//! The Gregorian calendar: which days there are, and counting them.

use super::{DAY, Date, Instant, LAST_ZONE};

pub(super) const fn is_leap(year: u32) -> bool {
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

pub(super) const fn day_exists(year: u32, month: u32, day: u32) -> bool {
    month.wrapping_sub(1) < 12
        && day.wrapping_sub(1) < 31
        && (day <= 28 || day <= last_day(year, month))
}

/// Days since 1970-01-01, for years up to 9999. The year starts in March here, so that the leap
/// day is its last, and 400 years early, so that nothing is below zero.
pub(super) const fn days(year: u32, month: u32, day: u32) -> i64 {
    let early = (month < 3) as u32;
    let year = year + 400 - early;
    let month = month + 12 * early;
    let century = year / 100;
    let count = 1461 * year / 4 - century + century / 4 + (979 * month - 2919) / 32 + day;
    count as i64 - 865_566
}

/// The day that is so many days after 1970-01-01; `None` outside the years 0000 to 9999.
pub(super) fn day_at(days: i64) -> Option<Date> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn every_day_of_the_calendar() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for year in 0..=9999 {
            for month in 0..=13 {
                for day in 0..=32 {
                    let ours = Date::new(year, month, day);
                    let theirs = NaiveDate::from_ymd_opt(year.cast_signed(), month, day);
                    assert_eq!(ours.is_some(), theirs.is_some(), "{year} {month} {day}");
                    if let (Some(ours), Some(theirs)) = (ours, theirs) {
                        let days = (theirs - epoch).num_days();
                        assert_eq!(ours.days_since_epoch(), days, "{theirs}");
                        assert_eq!(day_at(days), Some(ours), "{theirs}");
                    }
                }
            }
        }
        assert_eq!(Date::new(10_000, 1, 1), None);
        assert_eq!(day_at(days(0, 1, 1) - 1), None);
        assert_eq!(day_at(days(9999, 12, 31) + 1), None);
    }
}
