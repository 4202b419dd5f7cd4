//! The interface through which the scanner passes on each value.

use super::object_state::ObjectState;
use super::{NONE, Token};
use crate::contract::{Facts, Object, Schema};

/// Takes the values of a payload one after another, in the order in which they end.
///
/// The scanner is generic over this trait, so that a visitor's methods become part of its loops.
pub(crate) trait Visitor<'c> {
    /// The facts about a string if it needs no diagnostic. Its text is between the two offsets, in
    /// ASCII without escapes.
    fn plain_text(
        &self,
        bytes: &[u8],
        text: (usize, usize),
        schema: &'c Schema<'c>,
    ) -> Option<Facts>;

    /// The end of the whole number that starts at `at` with a digit above zero, and the facts about
    /// it, if it needs no diagnostic.
    fn whole(&self, bytes: &[u8], at: usize, schema: &'c Schema<'c>) -> Option<(usize, Facts)>;

    /// The same for a number that starts with a zero.
    fn fraction(&self, bytes: &[u8], at: usize, schema: &'c Schema<'c>) -> Option<(usize, Facts)>;

    /// Takes a value; returns the facts about it that count for the object around it.
    fn value(
        &mut self,
        node: usize,
        span: (usize, usize),
        token: Token<'_>,
        schema: &'c Schema<'c>,
        parent: Parent<'c>,
    ) -> Facts;

    /// Takes the properties of an object together.
    fn object(
        &mut self,
        node: usize,
        state: &ObjectState,
        known: &'c Object<'c>,
        schema: &'c Schema<'c>,
        parent: Parent<'c>,
    );

    /// Takes the number of an array's items.
    fn items(&mut self, node: usize, count: u32, schema: &'c Schema<'c>, parent: Parent<'c>);

    /// Whether it matters that two items of an array may be alike.
    fn compares_items(&self, schema: &'c Schema<'c>) -> bool;

    /// Where the visitor is, for [`Visitor::unknown_property`].
    fn mark(&self) -> usize;

    /// Takes a property that the contract does not name, and forgets the values inside it, which
    /// came after the mark.
    fn unknown_property(&mut self, node: usize, mark: usize, parent: Parent<'c>);
}

/// The object or array around a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parent<'c> {
    /// `NONE` around the root.
    node: u32,
    schema: &'c Schema<'c>,
}

static ANY: Schema<'static> = Schema::ANY;

impl<'c> Parent<'c> {
    /// What is around the root.
    pub(crate) const NONE: Self = Self {
        node: NONE,
        schema: &ANY,
    };

    pub(crate) const fn new(node: usize, schema: &'c Schema<'c>) -> Self {
        Self {
            node: node as u32,
            schema,
        }
    }

    /// The number and the schema of the object or array, if there is one.
    pub(crate) fn get(self) -> Option<(u32, &'c Schema<'c>)> {
        (self.node != NONE).then_some((self.node, self.schema))
    }
}

/// A visitor that only looks at keys.
#[derive(Debug)]
pub(crate) struct KeysOnly;

impl<'c> Visitor<'c> for KeysOnly {
    fn plain_text(&self, _: &[u8], _: (usize, usize), _: &'c Schema<'c>) -> Option<Facts> {
        Some(Facts::NONE)
    }

    fn whole(&self, _: &[u8], _: usize, _: &'c Schema<'c>) -> Option<(usize, Facts)> {
        None
    }

    fn fraction(&self, _: &[u8], _: usize, _: &'c Schema<'c>) -> Option<(usize, Facts)> {
        None
    }

    fn value(
        &mut self,
        _: usize,
        _: (usize, usize),
        _: Token<'_>,
        _: &'c Schema<'c>,
        _: Parent<'c>,
    ) -> Facts {
        Facts::NONE
    }

    fn object(
        &mut self,
        _: usize,
        _: &ObjectState,
        _: &'c Object<'c>,
        _: &'c Schema<'c>,
        _: Parent<'c>,
    ) {
    }

    fn items(&mut self, _: usize, _: u32, _: &'c Schema<'c>, _: Parent<'c>) {}

    fn compares_items(&self, _: &'c Schema<'c>) -> bool {
        false
    }

    fn mark(&self) -> usize {
        0
    }

    fn unknown_property(&mut self, _: usize, _: usize, _: Parent<'c>) {}
}
