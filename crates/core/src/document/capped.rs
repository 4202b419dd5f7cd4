//! A list that keeps at most as many items of a kind as a report can show.

use std::ops::Deref;

use super::Limits;

/// An item of a [`Capped`] list.
pub(crate) trait Item: Copy {
    /// What is limited by itself: dropping one kind from the report must not hide another.
    type Kind: Copy + PartialEq;

    fn kind(&self) -> Self::Kind;
    /// Where in the text it is. The first ones are kept.
    fn start(&self) -> u32;
    /// The value concerned.
    fn node(&self) -> u32;
}

/// A list of which, for each kind, only the first items in the order of the text are kept; the
/// others are counted. A payload of millions of faults therefore takes no more memory than one of
/// some thousands.
#[derive(Debug, Clone)]
pub(crate) struct Capped<T: Item> {
    kept: Vec<T>,
    left_out: Vec<(T::Kind, u32)>,
    /// How many items of one kind are needed.
    limit: usize,
    /// The length at which items are left out.
    full: usize,
}

/// Fewer items are not worth leaving any out.
const FEW: usize = 4096;

impl<T: Item> Default for Capped<T> {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            left_out: Vec::new(),
            limit: Limits::DIAGNOSTICS as usize,
            full: FEW,
        }
    }
}

impl<T: Item> Deref for Capped<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.kept
    }
}

impl<T: Item> Capped<T> {
    /// Empties the list, of which so many items of each kind will be needed.
    pub(crate) fn begin(&mut self, limit: u32) {
        self.clear();
        self.set_limit(limit);
    }

    /// Sets how many items of each kind are needed.
    #[cold]
    pub(crate) fn set_limit(&mut self, limit: u32) {
        self.limit = limit as usize;
        self.full = (limit as usize).saturating_mul(2).max(FEW);
    }

    /// Empties the list.
    #[inline]
    pub(crate) fn clear(&mut self) {
        if !self.kept.is_empty() {
            self.kept.clear();
            self.left_out.clear();
        }
    }

    /// Adds an item.
    #[inline]
    pub(crate) fn push(&mut self, item: T) {
        if self.kept.len() == self.kept.capacity() {
            self.grow();
        }
        self.kept.push(item);
    }

    /// Takes an item back.
    pub(crate) fn remove(&mut self, at: usize) {
        if at < self.kept.len() {
            self.kept.remove(at);
        }
    }

    /// How many items of each kind were left out.
    pub(crate) fn left_out(&self) -> &[(T::Kind, u32)] {
        &self.left_out
    }

    /// Drops items, and counts of kinds.
    pub(crate) fn retain(
        &mut self,
        keep: impl FnMut(&mut T) -> bool,
        mut keep_kind: impl FnMut(T::Kind) -> bool,
    ) {
        self.kept.retain_mut(keep);
        self.left_out.retain(|(kind, _)| keep_kind(*kind));
    }

    /// Puts the items in the order of the text, which is theirs already in most payloads.
    pub(crate) fn sort(&mut self) {
        if !self.kept.is_sorted_by_key(Item::start) {
            self.kept.sort_by_key(Item::start);
        }
    }

    /// Keeps the first items of all kinds together; returns how many were left out before and now.
    pub(crate) fn truncate(&mut self, limit: usize) -> u32 {
        if self.kept.len() <= limit && self.left_out.is_empty() {
            return 0;
        }
        let before = self.left_out.iter().map(|(_, count)| *count);
        let now = self.kept.len().saturating_sub(limit) as u32;
        let left_out = before.fold(now, u32::saturating_add);
        self.kept.truncate(limit);
        self.left_out.clear();
        left_out
    }

    /// Takes what was left out of another list.
    pub(crate) fn count(&mut self, kind: T::Kind, more: u32) {
        match self.left_out.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count = count.saturating_add(more),
            None => self.left_out.push((kind, more)),
        }
    }

    /// The list as it is kept.
    pub(crate) fn into_kept(self) -> Vec<T> {
        self.kept
    }

    /// Gives memory back beyond what most payloads need.
    pub(crate) fn shrink(&mut self) {
        if self.kept.capacity() > FEW {
            self.kept = Vec::new();
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        if self.kept.len() >= self.full {
            self.leave_out();
            // Many kinds: what is left still fills the list.
            if self.kept.len() > self.full / 2 {
                self.full = self.full.saturating_mul(2);
            }
        }
        if self.kept.len() == self.kept.capacity() {
            self.kept.reserve(1);
        }
    }

    /// Leaves out, of each kind, all but the first items. One of the last value stays, because a
    /// rule may ask whether another one has reported the value.
    fn leave_out(&mut self) {
        let last = self.kept.last().map(Item::node);
        let mut starts: Vec<(T::Kind, Vec<u32>)> = Vec::new();
        for item in &self.kept {
            match starts.iter_mut().find(|(kind, _)| *kind == item.kind()) {
                Some((_, starts)) => starts.push(item.start()),
                None => starts.push((item.kind(), vec![item.start()])),
            }
        }
        let mut left_out = std::mem::take(&mut self.left_out);
        for (kind, mut starts) in starts {
            if starts.len() <= self.limit {
                continue;
            }
            let (_, bound, _) = starts.select_nth_unstable(self.limit.saturating_sub(1));
            let bound = *bound;
            let before = self.kept.len();
            let (mut room, mut has_last) = (self.limit, false);
            self.kept.retain(|item| {
                if item.kind() != kind {
                    return true;
                }
                let kept = item.start() <= bound && room > 0;
                room -= usize::from(kept);
                let is_last = Some(item.node()) == last;
                let kept = kept || is_last && !has_last;
                has_last |= is_last;
                kept
            });
            let gone = (before - self.kept.len()) as u32;
            match left_out.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, count)) => *count = count.saturating_add(gone),
                None => left_out.push((kind, gone)),
            }
        }
        self.left_out = left_out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    struct One(u8, u32);

    impl Item for One {
        type Kind = u8;

        fn kind(&self) -> u8 {
            self.0
        }

        fn start(&self) -> u32 {
            self.1
        }

        fn node(&self) -> u32 {
            self.1
        }
    }

    #[test]
    fn the_first_items_of_each_kind_are_kept_and_the_others_counted() {
        let mut list = Capped::default();
        list.set_limit(10);
        for number in 0..100_000 {
            // The second kind comes from the end to the start, the third is rare.
            list.push(One(1, number));
            list.push(One(2, 200_000 - number));
            if number % 20_000 == 0 {
                list.push(One(3, number));
            }
        }
        assert!(list.kept.capacity() <= 4 * FEW);
        let total = list.len() as u32 + list.left_out().iter().map(|(_, count)| count).sum::<u32>();
        assert_eq!(total, 200_005);
        let mut without = list.clone();
        without.retain(|item| item.0 == 2, |kind| kind == 2);
        without.sort();
        assert_eq!(without.truncate(10), 99_990);
        let expected: Vec<One> = (100_001..100_011).map(|start| One(2, start)).collect();
        assert_eq!(&*without, expected);
        assert_eq!(list.iter().filter(|item| item.0 == 3).count(), 5);
    }
}
