//! The combined facts of the values of an object, or of the items of an array.

use super::flag;
use crate::contract::{Facts, Object, Property};
use crate::values::bytes;

/// Whether two strings of a list may be the same but for the case of ASCII letters. Each string
/// takes one of 64 places; the same string takes the same place.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DuplicateFilter {
    places: u64,
    pub(crate) found: bool,
}

impl DuplicateFilter {
    /// Adds a string, by its text between the quotes and its flags.
    #[inline]
    pub(crate) fn add(&mut self, inner: &[u8], flags: u8) {
        const LOWER: u64 = u64::from_le_bytes([0x20; 8]);
        let word = match bytes::word(inner) {
            Some(word) => word | LOWER,
            None => (bytes::lead(inner) | LOWER) ^ (bytes::tail(inner) | LOWER).rotate_left(23),
        };
        let mixed = (word ^ inner.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = 1 << (mixed >> 58);
        self.found |= self.places & place != 0 || flags & flag::ESCAPED != 0;
        self.places |= place;
    }
}

/// A set of properties of one object.
#[derive(Debug, Clone, Copy, Default)]
struct PropertySet {
    /// The properties 0 to 63.
    low: u64,
    /// The properties 64 to 127.
    high: u64,
}

impl PropertySet {
    /// Adds a property; says whether it was there before.
    #[inline(always)]
    fn add(&mut self, index: u8) -> bool {
        if index >= 64 {
            return Self::put(&mut self.high, index);
        }
        let bit = 1u64 << index;
        let again = self.low & bit != 0;
        self.low |= bit;
        again
    }

    /// Few objects have so many properties.
    #[cold]
    #[inline(never)]
    fn put(word: &mut u64, index: u8) -> bool {
        let before = *word;
        *word |= 1u64 << (index & 63);
        before == *word
    }
}

/// What the values of one object tell together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ObjectState {
    /// The properties that are there.
    seen: PropertySet,
    /// The properties for which another name is there.
    aliased: PropertySet,
    facts: Facts,
}

impl ObjectState {
    /// Adds a value; says whether its property was there before.
    #[inline(always)]
    pub(crate) fn add(&mut self, index: u8, property: &Property<'_>, facts: Facts) -> bool {
        self.facts = self.facts | facts;
        if let Some(target) = property.alias_of {
            self.aliased.add(target);
        }
        self.seen.add(index)
    }

    /// The facts about the object's values together.
    #[inline]
    pub(crate) fn facts(&self) -> Facts {
        let both = (self.aliased.low & self.seen.low) | (self.aliased.high & self.seen.high);
        self.facts | Facts::ALIAS.when(both != 0)
    }

    /// The properties that the contract requires and that are not there, as the low and the high
    /// half of a bit set.
    #[inline]
    pub(crate) fn missing(&self, known: &Object<'_>) -> [u64; 2] {
        let required = known.required;
        [
            required as u64 & !self.seen.low,
            (required >> 64) as u64 & !self.seen.high,
        ]
    }
}
