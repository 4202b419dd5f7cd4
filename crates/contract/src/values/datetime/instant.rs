//! Reading an instant from text and from a chrono date-time.

use std::str::FromStr;

use thiserror::Error;

use super::{Fault, Instant, date_time};

/// A text is not an RFC 3339 date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0}; write an RFC 3339 date-time such as 2026-06-01T00:00:00Z")]
pub struct ParseInstantError(Fault);

impl FromStr for Instant {
    type Err = ParseInstantError;

    /// Reads an RFC 3339 date-time.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        date_time(text).map_err(ParseInstantError)
    }
}

#[cfg(feature = "chrono")]
impl<Tz: chrono::TimeZone> From<chrono::DateTime<Tz>> for Instant {
    fn from(at: chrono::DateTime<Tz>) -> Self {
        Self {
            seconds: at.timestamp(),
            nanos: at.timestamp_subsec_nanos(),
        }
    }
}
