//! The options of the server.

use std::path::PathBuf;

use pipelint::{Instant, Locale};
use pipelint_config::ConfigSource;

/// The settings of a server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct McpOptions {
    /// The folder that files are read from. Files outside of it are refused.
    pub folder: PathBuf,
    /// The clock. The library does not read one itself.
    pub clock: fn() -> Instant,
    /// The configuration by which payloads are judged.
    pub config: ConfigSource,
    /// The time that counts as now, instead of the configuration's and the clock's.
    pub now: Option<Instant>,
    /// The language of messages, instead of the configuration's.
    pub locale: Option<Locale>,
}

impl McpOptions {
    /// Reads files in that folder, uses the closest configuration, and that clock.
    #[must_use]
    pub fn new(folder: PathBuf, clock: fn() -> Instant) -> Self {
        Self {
            folder,
            clock,
            config: ConfigSource::Closest,
            now: None,
            locale: None,
        }
    }
}
