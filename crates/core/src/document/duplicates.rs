//! Duplicate keys among those that the contract does not name.
//!
//! Known properties are held against a bit set while they are read. Unknown keys are compared
//! here, once their object is closed: pairwise while they are few, else sorted, so that an object
//! of a million keys costs no more than sorting them.

use std::borrow::Cow;

use super::unescape::{same, unescape};
use super::{Document, Node, RecoverableError, RecoverableErrorKind, UNKNOWN_PROPERTY};

/// Up to so many unknown keys are compared pairwise, which needs no memory.
const FEW: u32 = 8;

/// Notes those of the `count` unknown keys of `object` that stand there before, in any spelling.
#[cold]
pub(super) fn note(document: &mut Document, bytes: &[u8], object: u32, count: u32) {
    let first = document.flaws.len();
    if count <= FEW {
        let mut flaws = std::mem::take(&mut document.flaws);
        let strangers = || {
            document
                .children(object)
                .filter(|(_, child)| child.property == UNKNOWN_PROPERTY)
        };
        for (i, (at, child)) in strangers().enumerate() {
            let key = raw_key(child, bytes);
            if strangers()
                .take(i)
                .any(|(_, other)| same(raw_key(other, bytes), key))
            {
                flaws.extend(flaw(&document.nodes, at));
            }
        }
        document.flaws = flaws;
    } else {
        let mut keys: Vec<(Cow<'_, str>, u32)> = document
            .children(object)
            .filter(|(_, child)| child.property == UNKNOWN_PROPERTY)
            .map(|(at, child)| (unescape(raw_key(child, bytes)), at))
            .collect();
        keys.sort_unstable();
        let again: Vec<RecoverableError> = keys
            .windows(2)
            .filter_map(|pair| match pair {
                [(one, _), (other, at)] if one == other => flaw(&document.nodes, *at),
                _ => None,
            })
            .collect();
        document.flaws.extend(again);
    }
    if let Some(new) = document.flaws.get_mut(first..) {
        new.sort_unstable_by_key(|flaw| flaw.start);
    }
}

/// A key as it is written. It is read before the payload is known to be text; what is none
/// compares as empty, and its report says only that it is none.
fn raw_key<'t>(node: &Node, bytes: &'t [u8]) -> &'t str {
    let start = node.key as usize + 1;
    let key = bytes.get(start..start + node.key_length as usize);
    std::str::from_utf8(key.unwrap_or_default()).unwrap_or_default()
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
