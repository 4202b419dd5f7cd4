//! Finds the property of the contract for a key of the document.
//!
//! Two ways, tried in this order: [`Property::starts`] compares the text at the cursor with the
//! property expected next, in a few word operations and without looking for the key's end; where
//! that guess fails, [`KeyIndex::find`] looks the key up in a perfect hash.

use crate::values::bytes::{lead, same, tail};
use crate::values::nearest;
use crate::{SHOWN, Schema};

/// How many bytes are compared as words.
const PACKED: usize = 24;
/// What follows a key's name.
const BEHIND: [u8; 2] = *b"\":";

/// A word that is in no text.
const NOWHERE: u64 = u64::MAX;

/// A property of an object.
#[derive(Debug)]
pub struct Property<'c> {
    /// The name, unescaped.
    pub name: &'c str,
    /// What its value must be.
    pub schema: &'c Schema<'c>,
    /// The index of the sibling property that this is another name for.
    pub alias_of: Option<u8>,
    /// The name, its closing quote and the colon, as little-endian words; what occurs nowhere if
    /// too long.
    words: [u64; 3],
    /// Which bytes of `words` count.
    masks: [u64; 3],
    /// The letters of the name, to find the nearest name for a mistyped one.
    pub marks: u32,
    /// Whether the name is printable ASCII, of at most [`SHOWN`] bytes, without `~` and `/`: it
    /// appears unchanged in messages and in JSON pointers.
    pub is_plain: bool,
}

impl<'c> Property<'c> {
    /// A property; `alias_of` is an index into the same object's properties.
    #[must_use]
    #[allow(
        clippy::indexing_slicing,
        reason = "runs when a crate is compiled; every index is bounded"
    )]
    pub const fn new(name: &'c str, schema: &'c Schema<'c>, alias_of: Option<u8>) -> Self {
        let mut words = [0; 3];
        let mut masks = [0; 3];
        let bytes = name.as_bytes();
        let length = bytes.len() + BEHIND.len();
        if !is_verbatim(bytes) {
            // Some of its characters need an escape in a key, or are outside ASCII, of which who
            // reads the whole key takes note.
            words = [NOWHERE; 3];
            masks = [u64::MAX, 0, 0];
        } else if length > PACKED {
            // Such a word occurs nowhere under a mask of zeros.
            words = [1; 3];
        } else {
            let mut at = 0;
            while at < length {
                let byte = if at < bytes.len() {
                    bytes[at]
                } else {
                    BEHIND[at - bytes.len()]
                };
                words[at / 8] |= (byte as u64) << (8 * (at % 8));
                masks[at / 8] |= 0xff << (8 * (at % 8));
                at += 1;
            }
        }
        Self {
            name,
            schema,
            alias_of,
            words,
            masks,
            marks: nearest::marks(name),
            is_plain: is_plain(bytes),
        }
    }

    /// Whether at `at`, after a key's opening quote, this name, the closing quote and a colon
    /// stand. If they do not, the key may still name this property in another spelling.
    #[inline(always)]
    #[must_use]
    pub fn starts(&self, bytes: &[u8], at: usize) -> bool {
        if let Some(rest) = bytes.get(at..)
            && let Some(chunk) = rest.first_chunk::<PACKED>()
        {
            let (chunks, _) = chunk.as_chunks::<8>();
            if let [a, b, c] = chunks {
                let [first, second, third] = self.words;
                let [one, two, three] = self.masks;
                let is_at = ((u64::from_le_bytes(*a) & one) ^ first)
                    | ((u64::from_le_bytes(*b) & two) ^ second)
                    | ((u64::from_le_bytes(*c) & three) ^ third)
                    == 0;
                return is_at || self.masks[0] == 0 && self.starts_bytewise(rest);
            }
        }
        self.words[0] != NOWHERE && self.starts_bytewise(bytes.get(at..).unwrap_or_default())
    }

    /// For long names, and near the end of the text.
    #[inline(never)]
    #[cfg_attr(pipelint_module, optimize(speed))]
    fn starts_bytewise(&self, rest: &[u8]) -> bool {
        let (name, behind) = rest.split_at_checked(self.name.len()).unwrap_or_default();
        behind.starts_with(&BEHIND) && same(name, self.name.as_bytes())
    }
}

/// Whether a name needs no escape wherever it is shown.
#[allow(
    clippy::indexing_slicing,
    reason = "within the length; runs when tables are compiled"
)]
const fn is_plain(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if !matches!(name[at], b' '..=b'}') || name[at] == b'/' {
            return false;
        }
        at += 1;
    }
    at <= SHOWN
}

/// Whether a name is printable ASCII that JSON needs no escape for.
#[allow(
    clippy::indexing_slicing,
    reason = "within the length; runs when tables are compiled"
)]
const fn is_verbatim(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if !matches!(name[at], b' '..=b'~') || matches!(name[at], b'"' | b'\\') {
            return false;
        }
        at += 1;
    }
    true
}

/// A perfect hash over an object's property names.
#[derive(Debug)]
pub struct KeyIndex<'c> {
    multiplier: u64,
    slots: &'c [u8],
    /// Whether the hash reads whole names: some of them have the same length, start and end.
    reads_whole: bool,
}

/// The slot that stands for no property.
const EMPTY: u8 = u8::MAX;

impl<'c> KeyIndex<'c> {
    /// The index of an object without properties.
    pub const NONE: Self = Self {
        multiplier: 0,
        slots: &[],
        reads_whole: false,
    };

    /// The index over `names`, whose slots [`KeyIndex::slots`] made.
    #[must_use]
    pub const fn new(names: &[&str], slots: &'c [u8]) -> Self {
        Self {
            multiplier: multiplier(names, slots.len()),
            slots,
            reads_whole: false,
        }
    }

    /// The slots of an index over `names`; `N` is a power of two of at least an eighth of the
    /// number of names squared.
    ///
    /// # Panics
    ///
    /// When the crate is compiled, if `N` is too small or a name appears twice.
    #[must_use]
    #[allow(
        clippy::indexing_slicing,
        reason = "runs when a crate is compiled; every index is bounded"
    )]
    pub const fn slots<const N: usize>(names: &[&str]) -> [u8; N] {
        let multiplier = multiplier(names, N);
        let mut slots = [EMPTY; N];
        let mut i = 0;
        while i < names.len() {
            slots[slot(mixed(names[i].as_bytes(), false), multiplier, N)] = i as u8;
            i += 1;
        }
        slots
    }

    /// Makes an index over `names`, for tables that are made at run time; `keep` stores the slots.
    /// `None` if a name appears twice, or there are more than 128: the names are then compared one
    /// by one.
    #[must_use]
    pub fn build(names: &[&str], keep: impl FnOnce(&[u8]) -> &'c [u8]) -> Option<Self> {
        if names.is_empty() || names.len() > 128 {
            return None;
        }
        let ends = |name: &str| (lead(name.as_bytes()), tail(name.as_bytes()), name.len());
        let mut known: Vec<_> = names.iter().map(|name| ends(name)).collect();
        known.sort_unstable();
        let reads_whole = known.array_windows().any(|[one, next]| one == next);
        let mixed: Vec<u64> = names
            .iter()
            .map(|name| mixed(name.as_bytes(), reads_whole))
            .collect();
        let mut size = (names.len() * names.len() / 4).next_power_of_two();
        let mut slots = Vec::new();
        while size <= 8192 {
            let mut candidate: u64 = FIRST;
            for _ in 0..100 {
                slots.clear();
                slots.resize(size, EMPTY);
                let is_free = mixed.iter().enumerate().all(|(index, mixed)| {
                    let slot = slots.get_mut(slot(*mixed, candidate, size));
                    slot.is_some_and(|slot| std::mem::replace(slot, index as u8) == EMPTY)
                });
                if is_free {
                    return Some(Self {
                        multiplier: candidate,
                        slots: keep(&slots),
                        reads_whole,
                    });
                }
                candidate = next(candidate);
            }
            size *= 2;
        }
        None
    }

    /// Whether the index finds nothing, so that names are compared one by one.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The index of the one property that may be called `key`; the caller compares the names.
    #[inline]
    #[must_use]
    pub fn find(&self, key: &[u8]) -> Option<u8> {
        let mixed = mixed(key, self.reads_whole);
        let slot = slot(mixed, self.multiplier, self.slots.len());
        self.slots
            .get(slot)
            .copied()
            .filter(|&index| index != EMPTY)
    }
}

/// The multiplier that is tried first.
const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;

/// The multiplier that is tried after another.
const fn next(candidate: u64) -> u64 {
    candidate
        .wrapping_mul(0xd134_2543_de82_ef95)
        .wrapping_add(0x2545_f491_4f6c_dd1d)
        | 1
}

/// The first multiplier under which no two names share a slot.
#[allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "runs when a crate is compiled, where a panic is the error"
)]
const fn multiplier(names: &[&str], size: usize) -> u64 {
    assert!(
        size.is_power_of_two() && size <= 4096,
        "the number of slots is a power of two"
    );
    let mut candidate: u64 = FIRST;
    let mut tries = 0;
    while tries < 4000 {
        let mut taken = [0u64; 64];
        let mut i = 0;
        let mut free = true;
        while i < names.len() && free {
            let at = slot(mixed(names[i].as_bytes(), false), candidate, size);
            free = taken[at / 64] & (1 << (at % 64)) == 0;
            taken[at / 64] |= 1 << (at % 64);
            i += 1;
        }
        if free {
            return candidate;
        }
        candidate = next(candidate);
        tries += 1;
    }
    panic!("no perfect hash found: two names are the same, or there are too few slots")
}

/// A number that tells names apart: of their first and last eight bytes and their length, or of
/// all bytes.
#[inline]
const fn mixed(key: &[u8], reads_whole: bool) -> u64 {
    let ends = lead(key) ^ tail(key).rotate_left(29) ^ key.len() as u64;
    if reads_whole { ends ^ whole(key) } else { ends }
}

/// A hash of all bytes.
#[inline(never)]
const fn whole(key: &[u8]) -> u64 {
    let mut hash = key.len() as u64;
    let mut rest = key;
    while let [byte, tail @ ..] = rest {
        hash = (hash.rotate_left(5) ^ *byte as u64).wrapping_mul(0x517c_c1b7_2722_0a95);
        rest = tail;
    }
    hash
}

#[inline]
const fn slot(mixed: u64, multiplier: u64, size: usize) -> usize {
    let hash = mixed.wrapping_mul(multiplier);
    ((hash ^ (hash >> 29)) >> 32) as usize & (size.wrapping_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = [
        "name",
        "stage",
        "status",
        "relationship_partner_id",
        "a_name_that_is_longer_than_three_words",
    ];
    static SLOTS: [u8; 16] = KeyIndex::slots::<16>(&NAMES);
    static INDEX: KeyIndex = KeyIndex::new(&NAMES, &SLOTS);

    #[test]
    fn every_name_is_found_at_its_own_index() {
        for (at, name) in NAMES.iter().enumerate() {
            assert_eq!(INDEX.find(name.as_bytes()).map(usize::from), Some(at));
        }
    }

    #[test]
    fn a_property_starts_only_the_text_that_holds_its_whole_name() {
        for name in NAMES {
            let property = Property::new(name, &Schema::ANY, None);
            for padding in ["", "1}", " \"some longer text that fills three words\"}"] {
                assert!(property.starts(format!("{name}\":{padding}").as_bytes(), 0));
                assert!(!property.starts(format!("{name}\" :{padding}").as_bytes(), 0));
                assert!(!property.starts(format!("{name}x\":{padding}").as_bytes(), 0));
                assert!(!property.starts(format!("x{name}\":{padding}").as_bytes(), 0));
                assert!(!property.starts(format!("{name}:{padding}").as_bytes(), 0));
            }
            assert!(!property.starts(&name.as_bytes()[..name.len() - 1], 0));
        }
    }
}
