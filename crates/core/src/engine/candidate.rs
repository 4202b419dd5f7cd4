//! The values that the inspection passes on to the rules.

use crate::contract::program::SchemaId;
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

/// The violations in one payload, of each keyword no more than a report shows.
pub(crate) type Violations = Capped<Violation>;

/// The most candidates that are kept. One more says that there are others; `run_rules` then finds
/// all of them again once the payload was read.
pub(crate) const MOST: usize = 1 << 14;

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
    /// The value with all that it holds, against a schema of the contract's program.
    Program(SchemaId),
}

/// The memory of a list for the tables of another contract. No item is mapped, so that the list is
/// collected in place.
#[cold]
#[inline(never)]
pub(crate) fn reuse<'n>(mut candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'n>> {
    candidates.clear();
    candidates
        .into_iter()
        .map_while(|_| None::<Candidate<'n>>)
        .collect()
}
