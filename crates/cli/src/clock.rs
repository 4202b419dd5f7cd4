//! The clock, which only the command line reads.

use pipelint::Instant;

/// The time that it is.
pub(crate) fn now() -> Instant {
    chrono::Utc::now().into()
}
