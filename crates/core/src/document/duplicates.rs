//! Duplicates among the keys that the contract does not name.
//!
//! Known properties are checked against a bit set while they are read. Unknown keys are compared
//! here, once their object is closed: pairwise while they are few, else sorted, so that an object
//! of a million keys costs no more than sorting their numbers.

use std::cmp::Ordering;

use super::unescape::{characters, same};
use super::{Children, Document, Node, RecoverableError, RecoverableErrorKind, UNKNOWN_PROPERTY};

/// Up to so many unknown keys are compared pairwise, which needs no memory.
const FEW: usize = 8;

/// Notes those of the `count` unknown keys of `object` that occurred before, in any spelling.
#[cold]
pub(super) fn note(document: &mut Document, bytes: &[u8], object: u32, count: u32) {
    let Document { nodes, flaws, .. } = document;
    let strangers =
        || Children::of(nodes, object).filter(|(_, child)| child.property == UNKNOWN_PROPERTY);
    let mut room: [(u32, &[u8]); FEW] = [(0, &[]); FEW];
    if let Some(few) = room.get_mut(..count as usize) {
        for (slot, (at, child)) in few.iter_mut().zip(strangers()) {
            *slot = (at, raw_key(child, bytes));
        }
        let is_escaped = few.iter().any(|(_, key)| key.contains(&b'\\'));
        for (index, (at, key)) in few.iter().enumerate() {
            let is_same = |(_, other): &(u32, &[u8])| {
                *key == *other || is_escaped && same(text(key), text(other))
            };
            if few.iter().take(index).any(is_same)
                && let Some(flaw) = flaw(nodes, *at)
            {
                flaws.push(flaw);
            }
        }
        return;
    }
    let key = |at: u32| {
        let node = nodes.get(at as usize);
        node.map_or(&[][..], |node| raw_key(node, bytes))
    };
    let mut keys = Vec::with_capacity(count as usize);
    keys.extend(strangers().map(|(at, _)| at));
    let is_escaped = strangers().any(|(_, child)| raw_key(child, bytes).contains(&b'\\'));
    if is_escaped {
        let key = |at: u32| text(key(at));
        keys.sort_unstable_by(|one, other| order(key(*one), key(*other)).then(one.cmp(other)));
    } else {
        keys.sort_unstable_by(|one, other| key(*one).cmp(key(*other)).then(one.cmp(other)));
    }
    for pair in keys.windows(2) {
        if let [one, other] = pair
            && (key(*one) == key(*other) || is_escaped && same(text(key(*one)), text(key(*other))))
            && let Some(flaw) = flaw(nodes, *other)
        {
            flaws.push(flaw);
        }
    }
}

/// The order of two keys by their characters, however they are escaped.
fn order(one: &str, other: &str) -> Ordering {
    let values = |key| characters(key).map(|character| character.value);
    values(one).cmp(values(other))
}

/// A key as it is written.
fn raw_key<'t>(node: &Node, bytes: &'t [u8]) -> &'t [u8] {
    let start = node.key as usize + 1;
    bytes
        .get(start..start + node.key_length as usize)
        .unwrap_or_default()
}

/// A key is compared before the payload is known to be UTF-8. One that is not compares as empty;
/// the report then says only that the payload is not UTF-8.
fn text(key: &[u8]) -> &str {
    std::str::from_utf8(key).unwrap_or_default()
}

/// The flaw that the key of node `at` stood in its object before.
#[cold]
pub(super) fn flaw(nodes: &[Node], at: u32) -> Option<RecoverableError> {
    let node = nodes.get(at as usize)?;
    Some(RecoverableError {
        kind: RecoverableErrorKind::DuplicateKey,
        node: at,
        start: node.key,
        end: node.key + node.key_length + 2,
    })
}
