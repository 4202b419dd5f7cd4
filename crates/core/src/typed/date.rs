//! A date, or a date with a time.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::contract::Types;
use crate::values::datetime::{self, Date, Instant, Moment};

use super::shape::{Shape, Shaped};

/// An ISO 8601 date or date-time, where a vendor takes either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrDateTime {
    /// A day.
    Date(NaiveDate),
    /// A point in time. The offset from UTC that it was written with is not kept.
    DateTime(DateTime<Utc>),
    /// A date and time without an offset from UTC.
    Local(NaiveDateTime),
}

impl From<NaiveDate> for DateOrDateTime {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<DateTime<Utc>> for DateOrDateTime {
    fn from(at: DateTime<Utc>) -> Self {
        Self::DateTime(at)
    }
}

impl DateOrDateTime {
    fn read(text: &str) -> Option<Self> {
        Some(match datetime::iso_8601(text).ok()? {
            Moment::Date(date) => Self::Date(day(date)?),
            Moment::DateTime(at) => Self::DateTime(instant(at)?),
            Moment::LocalDateTime(at) => Self::Local(instant(at)?.naive_utc()),
        })
    }
}

fn day(date: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        i32::from(date.year()),
        u32::from(date.month()),
        u32::from(date.day()),
    )
}

fn instant(at: Instant) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(at.seconds, at.nanos)
}

impl fmt::Display for DateOrDateTime {
    /// Writes it as it is serialised.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::DateTime(at) => {
                write!(f, "{:?}Z", at.naive_utc())
            }
            Self::Local(at) => write!(f, "{at:?}"),
        }
    }
}

impl Serialize for DateOrDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateOrDateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = DateOrDateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an ISO 8601 date or date-time")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DateOrDateTime, E> {
        DateOrDateTime::read(text)
            .ok_or_else(|| E::invalid_value(de::Unexpected::Other("text"), &self))
    }
}

impl Shaped for DateOrDateTime {
    const SHAPE: Shape = Shape::of(Types::STRING);
}
