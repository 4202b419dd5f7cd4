//! A line on standard error for those who wait at a terminal.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::{Duration, Instant};

/// Work that takes less says nothing.
const PATIENCE: Duration = Duration::from_millis(700);
const BETWEEN: Duration = Duration::from_millis(100);

/// Shows how many payloads were checked, on one line that is written anew.
#[derive(Debug)]
pub(crate) struct Progress {
    /// When to show the line next; none if nobody looks.
    next: Option<Instant>,
    shown: bool,
    /// Whether what is found appears on the same terminal.
    pub(crate) shared: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let watched = stderr().is_terminal();
        Self {
            next: watched.then(|| Instant::now() + PATIENCE),
            shown: false,
            shared: watched && stdout().is_terminal(),
        }
    }

    /// Says how far the work is, if it is time to.
    pub(crate) fn tick(&mut self, payloads: u64, name: &str) {
        let Some(next) = self.next else { return };
        // The clock is not asked for each of many small payloads.
        if payloads > 64 && !payloads.is_multiple_of(64) {
            return;
        }
        let now = Instant::now();
        if now < next {
            return;
        }
        self.next = Some(now + BETWEEN);
        self.shown = true;
        let mut err = stderr().lock();
        let _ = write!(err, "\r{payloads} payloads checked; now {name}\x1b[K");
        let _ = err.flush();
    }

    /// Takes the line away, so that something else can be written.
    pub(crate) fn clear(&mut self) {
        if self.shown {
            self.shown = false;
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
