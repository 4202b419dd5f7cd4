//! Numbers the lines of inputs that several workers have cut up between them.
//!
//! Who has counted the lines of a block tells how many they are; who has something to say of a
//! line waits until that is known of all blocks before.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// How many lines stand before each block.
#[derive(Debug, Default)]
pub(crate) struct LineOffsets {
    known: Mutex<Known>,
    more: Condvar,
}

#[derive(Debug, Default)]
struct Known {
    /// The first block of which the lines are not known.
    next: u64,
    /// How many lines of its input stand before that.
    lines: u64,
    /// Blocks that were counted before their turn.
    early: BTreeMap<u64, Count>,
    /// The counts before the blocks that a caller waits for.
    before: BTreeMap<u64, u64>,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    /// Whether an input begins with the block.
    first: bool,
    lines: u64,
    /// Whether a caller will ask for the counts before it.
    waits: bool,
}

impl LineOffsets {
    /// There are so many lines in the block of that number; each is to be told of once. Who
    /// `waits` must ask for [`Self::before`].
    pub(crate) fn tell(&self, number: u64, first: bool, lines: u64, waits: bool) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let count = Count {
            first,
            lines,
            waits,
        };
        known.early.insert(number, count);
        let mut awaited = false;
        let mut next = known.next;
        while let Some(count) = known.early.remove(&next) {
            let before = if count.first { 0 } else { known.lines };
            if count.waits {
                known.before.insert(next, before);
                awaited = true;
            }
            known.lines = before + count.lines;
            next += 1;
        }
        known.next = next;
        drop(known);
        if awaited {
            self.more.notify_all();
        }
    }

    /// There are no lines under that number.
    pub(crate) fn pass(&self, number: u64) {
        self.tell(number, true, 0, false);
    }

    /// The same as [`Self::before`], if it is known by now.
    pub(crate) fn known(&self, number: u64) -> Option<u64> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.before.remove(&number)
    }

    /// How many lines of its input stand before the block of that number, said once. Waits until
    /// it is known.
    pub(crate) fn before(&self, number: u64) -> u64 {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(before) = known.before.remove(&number) {
                return before;
            }
            let woken = self.more.wait(known);
            known = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_whoever_counts_first() {
        let numbers = LineOffsets::default();
        numbers.tell(2, false, 5, true);
        numbers.tell(4, true, 7, true);
        numbers.tell(0, true, 10, false);
        numbers.tell(1, false, 3, true);
        assert_eq!(numbers.before(1), 10);
        assert_eq!(numbers.known(4), None);
        numbers.pass(3);
        numbers.tell(5, false, 1, true);
        assert_eq!(
            [2, 4].map(|number| numbers.known(number)),
            [Some(13), Some(0)]
        );
        assert_eq!(numbers.before(5), 7);
    }

    #[test]
    fn who_asks_waits_for_those_before() {
        let numbers = LineOffsets::default();
        std::thread::scope(|scope| {
            numbers.tell(1, false, 1, true);
            let asks = scope.spawn(|| numbers.before(1));
            numbers.tell(0, true, 42, false);
            assert_eq!(asks.join().unwrap(), 42);
        });
    }
}
