//! What the inspection leaves to be judged after the scan.

use crate::contract::{Facts, Schema};
use crate::document::{Capped, Item, Parent};
use crate::validate::Keyword;

/// A value that breaks its contract, so that no rule can judge it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Violation {
    pub(crate) keyword: Keyword,
    pub(crate) node: u32,
    /// Byte offsets of the value.
    pub(crate) span: (u32, u32),
}

impl Item for Violation {
    type Kind = Keyword;

    fn kind(&self) -> Keyword {
        self.keyword
    }

    fn start(&self) -> u32 {
        self.span.0
    }

    fn node(&self) -> u32 {
        self.node
    }
}

/// A value that a rule may have to look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'c> {
    pub(crate) node: u32,
    pub(crate) schema: &'c Schema<'c>,
    pub(crate) parent: Parent<'c>,
    pub(crate) subject: Subject,
}

/// What of a value is to be judged.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    /// The value by itself: the keyword that it breaks although rules can judge it, and the facts
    /// about it.
    Value(Option<Keyword>, Facts),
    /// The value's key, which the contract does not name.
    UnknownProperty,
    /// The values of an object together: the facts about them, and the required properties that
    /// are missing, as the low and the high half of a bit set.
    Object(Facts, [u64; 2]),
    /// The number of an array's items.
    Items(u32),
}

/// All that one scan leaves, each list in the order of the values' ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidates<'c> {
    pub(crate) violations: Capped<Violation>,
    pub(crate) candidates: Vec<Candidate<'c>>,
    /// Whether there were more candidates than are kept.
    pub(crate) is_full: bool,
}

impl Candidates<'_> {
    /// The most candidates that are kept. If there are more, `run_rules` finds them again once the
    /// payload was read.
    pub(crate) const MOST: usize = 1 << 14;

    /// Whether nothing is left to be judged.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.violations.is_empty() && self.candidates.is_empty()
    }

    /// The same buffers, empty, for the tables of another contract.
    #[inline]
    pub(crate) fn recycle<'n>(mut self) -> Candidates<'n> {
        self.violations.clear();
        self.candidates.clear();
        self.violations.shrink();
        Candidates {
            violations: self.violations,
            is_full: false,
            // No item is mapped; the memory stays.
            candidates: self
                .candidates
                .into_iter()
                .map_while(|_| None::<Candidate<'n>>)
                .collect(),
        }
    }
}
