//! The order of the properties in a payload.

use crate::contract::Object;

/// The number of places, so that every `u8` has one; an object has at most 128 properties.
const PLACES: usize = 256;

/// Which property came after which, the last time. Programs write the properties of every record
/// in one order of their own, so that is the best guess for the next payload.
#[derive(Clone)]
pub(super) struct KeyOrderPredictor {
    /// The address of the object's tables. They may be gone: the order is a guess.
    of: usize,
    /// The property after each one; and at the end, where [`UNKNOWN_PROPERTY`](super::UNKNOWN_PROPERTY) points to,
    /// the first of all.
    after: [u8; PLACES],
}

impl Default for KeyOrderPredictor {
    fn default() -> Self {
        Self {
            of: 0,
            after: DOCUMENTED,
        }
    }
}

/// The order of the contract.
const DOCUMENTED: [u8; PLACES] = {
    let mut after = [0; PLACES];
    let mut rest: &mut [u8] = &mut after;
    let mut index = 0u8;
    while let [first, tail @ ..] = rest {
        index = index.wrapping_add(1);
        *first = index;
        rest = tail;
    }
    after
};

impl KeyOrderPredictor {
    /// Starts anew if the payload is of another contract than the last one.
    #[inline]
    pub(super) fn prepare(&mut self, object: Option<&Object<'_>>) {
        let of = object.map_or(0, address);
        if self.of != of {
            *self = Self {
                of,
                after: DOCUMENTED,
            };
        }
    }

    /// Whether the order is that of an object's properties.
    #[inline]
    pub(super) fn is_of(&self, object: &Object<'_>) -> bool {
        self.of == address(object)
    }

    /// The property after another; after [`UNKNOWN_PROPERTY`](super::UNKNOWN_PROPERTY), the first one.
    #[inline(always)]
    pub(super) fn after(&self, index: u8, learnt: bool) -> u8 {
        match self.after.get(usize::from(index)) {
            Some(next) if learnt => *next,
            _ => index.wrapping_add(1),
        }
    }

    /// Notes that a property came after another; after none, it came first.
    #[cold]
    pub(super) fn learn(&mut self, before: u8, index: u8) {
        if let Some(after) = self.after.get_mut(usize::from(before)) {
            *after = index;
        }
    }
}

fn address(object: &Object<'_>) -> usize {
    std::ptr::from_ref(object).addr()
}

impl std::fmt::Debug for KeyOrderPredictor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("KeyOrderPredictor")
    }
}
