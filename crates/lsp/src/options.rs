//! The options of the server.

use pipelint::{Instant, Locale};
use pipelint_config::ConfigSource;

/// The settings of a language server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LspOptions {
    /// The clock. The library does not read one itself.
    pub clock: fn() -> Instant,
    /// The configuration that holds for every document.
    pub config: ConfigSource,
    /// The time that counts as now, instead of the configuration's and the clock's.
    pub now: Option<Instant>,
    /// The language of messages, instead of the configuration's.
    pub locale: Option<Locale>,
}

impl LspOptions {
    /// Uses the closest configuration, and that clock.
    #[must_use]
    pub fn new(clock: fn() -> Instant) -> Self {
        Self {
            clock,
            config: ConfigSource::Closest,
            now: None,
            locale: None,
        }
    }
}
