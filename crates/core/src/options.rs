//! How a payload is to be judged.

use std::sync::Arc;

use crate::document::Limits;
use crate::lint::{Mask, Policy, SeverityOverrides};
use crate::messages::Locale;
use crate::values::datetime::Instant;

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
    /// Checks as of that time, with defaults for all else. With the feature `chrono`, the time can
    /// be a [`chrono::DateTime`](https://docs.rs/chrono/latest/chrono/struct.DateTime.html).
    #[must_use]
    pub fn at(now: impl Into<Instant>) -> Self {
        Self {
            now: now.into(),
            limits: Limits::default(),
            levels: SeverityOverrides::default(),
            policy: None,
            mask: Mask::default(),
            locale: Locale::default(),
        }
    }
}

#[cfg(feature = "chrono")]
impl<Tz: chrono::TimeZone> From<chrono::DateTime<Tz>> for Options {
    fn from(now: chrono::DateTime<Tz>) -> Self {
        Self::at(now)
    }
}
