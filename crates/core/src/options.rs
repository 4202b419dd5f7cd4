//! How a payload is to be judged.

use std::str::FromStr;
use std::sync::Arc;

use thiserror::Error;

use crate::document::Limits;
use crate::mask::Mask;
use crate::messages::Locale;
use crate::policy::Policy;
use crate::severity_overrides::SeverityOverrides;
use crate::values::datetime::{self, Instant};

/// How a payload is to be judged.
#[derive(Debug, Clone)]
pub struct Options {
    /// The time that counts as now. The library reads no clock.
    pub now: Instant,
    /// The limits of size, depth and number of diagnostics.
    pub limits: Limits,
    /// Other severities for some rules, or none.
    pub levels: SeverityOverrides,
    /// What the policy says beyond what the vendor says, if anything.
    pub policy: Option<Arc<Policy>>,
    /// The values that no message and no renderer may show.
    pub mask: Mask,
    /// The language of messages and help.
    pub locale: Locale,
}

impl Options {
    /// Judges as of that time; all else as usual.
    #[must_use]
    pub fn at(now: Instant) -> Self {
        Self {
            now,
            limits: Limits::default(),
            levels: SeverityOverrides::default(),
            policy: None,
            mask: Mask::default(),
            locale: Locale::default(),
        }
    }
}

/// A text that was to be an instant is no RFC 3339 date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0}; write an RFC 3339 date-time such as 2026-06-01T00:00:00Z")]
pub struct ParseInstantError(datetime::Fault);

impl FromStr for Instant {
    type Err = ParseInstantError;

    /// Reads an RFC 3339 date-time.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        datetime::date_time(text).map_err(ParseInstantError)
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

#[cfg(feature = "chrono")]
impl<Tz: chrono::TimeZone> From<chrono::DateTime<Tz>> for Options {
    fn from(now: chrono::DateTime<Tz>) -> Self {
        Self::at(now.into())
    }
}
