//! The settings of a check.

use std::sync::Arc;

use crate::document::Limits;
use crate::lint::{Mask, Policy, SeverityOverrides};
use crate::messages::Locale;
use crate::values::datetime::Instant;

/// The settings of a check.
///
/// ```
/// use pipelint::{Limits, Locale, Options};
///
/// let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?)
///     .with_limits(Limits::default().with_size(64 << 10))
///     .with_locale(Locale::En);
/// assert_eq!(options.limits.size, 65_536);
/// # Ok::<(), pipelint::ParseInstantError>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The current time. The library reads no clock.
    pub now: Instant,
    /// The limits of size, depth and number of diagnostics.
    pub limits: Limits,
    /// Other severities for some rules, or none.
    pub levels: SeverityOverrides,
    /// The rules of your own organisation, in addition to the vendor's.
    pub policy: Option<Arc<Policy>>,
    /// The values that no message and no output shows.
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

    /// The same options, as of another time.
    #[must_use]
    pub fn with_now(self, now: impl Into<Instant>) -> Self {
        Self {
            now: now.into(),
            ..self
        }
    }

    /// The same options with other limits of size, depth and number of diagnostics.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same options with other severities for some rules.
    #[must_use]
    pub fn with_levels(self, levels: SeverityOverrides) -> Self {
        Self { levels, ..self }
    }

    /// The same options with another policy, or with none.
    #[must_use]
    pub fn with_policy(self, policy: impl Into<Option<Arc<Policy>>>) -> Self {
        Self {
            policy: policy.into(),
            ..self
        }
    }

    /// The same options with values that no message shows.
    #[must_use]
    pub fn with_mask(self, mask: Mask) -> Self {
        Self { mask, ..self }
    }

    /// The same options with another language of messages and help.
    #[must_use]
    pub fn with_locale(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }
}

#[cfg(feature = "chrono")]
impl<Tz: chrono::TimeZone> From<chrono::DateTime<Tz>> for Options {
    fn from(now: chrono::DateTime<Tz>) -> Self {
        Self::at(now)
    }
}
