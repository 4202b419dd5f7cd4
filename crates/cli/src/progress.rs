//! A line on standard error for those who wait at a terminal.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::{Duration, Instant};

use crate::args;
use crate::output::snippet;

/// Work that takes less says nothing.
const PATIENCE: Duration = Duration::from_millis(700);
const BETWEEN: Duration = Duration::from_millis(100);

/// How many columns the bar has.
const BAR: usize = 20;

/// Shows how far the work is, on one line that is written anew.
#[derive(Debug)]
pub(crate) struct Progress {
    start: Instant,
    /// When to show the line next; none if nobody looks.
    next: Option<Instant>,
    shown: bool,
    /// How many bytes were checked.
    done: u64,
    /// How many there are, if that is known.
    total: Option<u64>,
    /// Whether what is found appears on the same terminal.
    pub(crate) shared: bool,
}

impl Progress {
    /// Of work on so many bytes, if that is known. What is found appears on standard output, or
    /// `beside` the progress on standard error.
    pub(crate) fn new(total: Option<u64>, beside: bool) -> Self {
        let watched = stderr().is_terminal();
        let start = Instant::now();
        Self {
            start,
            next: watched.then(|| start + PATIENCE),
            shown: false,
            done: 0,
            total,
            shared: watched && (beside || stdout().is_terminal()),
        }
    }

    /// So many bytes more were checked.
    pub(crate) fn advance(&mut self, bytes: u64) {
        self.done += bytes;
    }

    /// Says how far the work is, if it is time to.
    pub(crate) fn tick(&mut self, payloads: u64, name: &str) {
        let Some(next) = self.next else { return };
        let now = Instant::now();
        if now < next {
            return;
        }
        self.next = Some(now + BETWEEN);
        self.shown = true;
        let far = Far {
            done: self.done,
            total: self.total,
            seconds: (now - self.start).as_secs_f64(),
        };
        let line = far.line(payloads, name, args::width());
        let mut err = stderr().lock();
        let _ = write!(err, "\r{line}\x1b[K");
        let _ = err.flush();
    }

    /// Takes the line away before something that was found is written, if it is in the way.
    pub(crate) fn make_way(&mut self) {
        if self.shared {
            self.clear();
        }
    }

    /// Takes the line away, so that something else can be written.
    pub(crate) fn clear(&mut self) {
        if self.shown {
            self.shown = false;
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}

/// How far the work is.
struct Far {
    done: u64,
    total: Option<u64>,
    seconds: f64,
}

impl Far {
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a person reads two or three digits of it"
    )]
    fn line(&self, payloads: u64, name: &str, columns: usize) -> String {
        let mut line = String::new();
        let rate = self.done as f64 / self.seconds.max(0.001);
        // A file that is written to may have become longer.
        if let Some(total) = self.total.filter(|total| (1..).contains(total)) {
            let part = (self.done as f64 / total as f64).min(1.0);
            let full = (part * BAR as f64) as usize;
            let head = if full < BAR { ">" } else { "" };
            let bar = "=".repeat(full) + head;
            let _ = write!(line, "[{bar:BAR$}] {:>3.0} %  ", (part * 100.0).floor());
        }
        let _ = write!(line, "{}/s  ", amount(rate));
        if let Some(total) = self.total
            && rate > 0.0
        {
            let left = (total.saturating_sub(self.done) as f64 / rate).ceil() as u64;
            let _ = write!(line, "{}:{:02} left  ", left / 60, left % 60);
        }
        let _ = write!(line, "{payloads} payloads  {}", snippet::plain(name));
        // A line that wraps cannot be taken away again.
        line.chars().take(columns.saturating_sub(1)).collect()
    }
}

/// A number of bytes for people.
fn amount(bytes: f64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let unit = units.into_iter().find(|(size, _)| bytes >= *size);
    match unit {
        Some((size, name)) if bytes / size < 10.0 => format!("{:.1} {name}", bytes / size),
        Some((size, name)) => format!("{:.0} {name}", bytes / size),
        None => format!("{bytes:.0} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said() {
        let far = |done, total| Far {
            done,
            total,
            seconds: 2.0,
        };
        assert_eq!(
            far(310_000_000, Some(740_000_000)).line(412_000, "deals.ndjson", 100),
            "[========>           ]  41 %  155 MB/s  0:03 left  412000 payloads  deals.ndjson"
        );
        assert_eq!(
            far(3_000_000_000, None).line(4_000_000, "<stdin>", 100),
            "1.5 GB/s  4000000 payloads  <stdin>"
        );
        assert_eq!(
            far(900, Some(1000)).line(2, "a\u{1b}[31m", 60).len(),
            "[==================> ]  90 %  450 B/s  0:01 left  2 payloads".len() - 1
        );
        // More came than there was, and nothing came yet.
        let line = far(5000, Some(1000)).line(9, "a", 100);
        assert!(line.starts_with("[====================] 100 %"), "{line}");
        assert!(line.contains("0:00 left"), "{line}");
        assert_eq!(far(0, Some(0)).line(0, "a", 100), "0 B/s  0 payloads  a");
    }
}
