//! Doubts: what a glance has left to be looked at more closely.

use super::NONE;
use crate::contract::Schema;
use crate::rules::{Facts, Rule};

/// Something that may have to be said of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// The value.
    pub(crate) node: u32,
    /// What the contract says of it.
    pub(crate) schema: &'static Schema,
    /// Where it stands.
    pub(crate) around: Parent,
    pub(crate) what: What,
}

impl Candidate {
    /// The most candidates that are kept. If there are more, the rules look for them once the
    /// payload was read; see `run_rules`.
    pub(crate) const MOST: usize = 1 << 14;
}

/// What is doubtful.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    /// The value by itself: the rule of the contract that it breaks and that lets others be asked,
    /// and the facts about it.
    Value(Option<&'static Rule>, Facts),
    /// The value's key, which the contract does not name.
    UnknownProperty,
    /// The values of an object together: the facts about them, and the properties that are
    /// required and missing, as the low and the high half of a bit set.
    Together(Facts, [u64; 2]),
    /// The items of an array, of which there are so many.
    Items(u32),
}

/// The object or array around a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parent {
    /// `NONE` around the root.
    node: u32,
    schema: &'static Schema,
}

impl Parent {
    /// What is around the root.
    pub(crate) const NOTHING: Self = Self {
        node: NONE,
        schema: &NOTHING,
    };

    pub(crate) const fn new(node: usize, schema: &'static Schema) -> Self {
        Self {
            node: node as u32,
            schema,
        }
    }

    /// The number and the schema of the object or array, if there is one.
    pub(crate) fn parent(self) -> Option<(u32, &'static Schema)> {
        (self.node != NONE).then_some((self.node, self.schema))
    }
}

static NOTHING: Schema = Schema::ANY;
