//! Duplicate keys among those that the contract does not name.
//!
//! Known properties are held against a bit set while they are read. Unknown keys are compared
//! here, once their object is closed: pairwise while they are few, else sorted, so that an object
//! of a million keys costs no more than sorting them.

use std::borrow::Cow;

use super::unescape::same;
use super::{Document, Flaw, FlawKind, STRANGER};

/// Up to so many unknown keys are compared pairwise, which needs no memory.
const FEW: u32 = 8;

/// Notes those of the `count` unknown keys of `object` that stand there before, in any spelling.
#[cold]
pub(super) fn note(document: &mut Document, text: &str, object: u32, count: u32) {
    let first = document.flaws.len();
    if count <= FEW {
        let mut flaws = std::mem::take(&mut document.flaws);
        let strangers = || {
            document
                .children(object)
                .filter(|(_, child)| child.property == STRANGER)
        };
        for (i, (at, child)) in strangers().enumerate() {
            let key = child.raw_key(text).unwrap_or_default();
            if strangers()
                .take(i)
                .any(|(_, other)| same(other.raw_key(text).unwrap_or_default(), key))
            {
                flaws.extend(flaw(document, at));
            }
        }
        document.flaws = flaws;
    } else {
        let mut keys: Vec<(Cow<'_, str>, u32)> = document
            .children(object)
            .filter(|(_, child)| child.property == STRANGER)
            .filter_map(|(at, child)| Some((child.key(text)?, at)))
            .collect();
        keys.sort_unstable();
        let again: Vec<Flaw> = keys
            .windows(2)
            .filter_map(|pair| match pair {
                [(one, _), (other, at)] if one == other => flaw(document, *at),
                _ => None,
            })
            .collect();
        document.flaws.extend(again);
    }
    if let Some(new) = document.flaws.get_mut(first..) {
        new.sort_unstable_by_key(|flaw| flaw.start);
    }
}

/// The flaw that the key of node `at` stood in its object before.
#[cold]
pub(super) fn flaw(document: &Document, at: u32) -> Option<Flaw> {
    let node = document.node(at)?;
    Some(Flaw {
        kind: FlawKind::DuplicateKey,
        node: at,
        start: node.key,
        end: node.key + node.key_length + 2,
    })
}
