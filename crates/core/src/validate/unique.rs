//! Equal items of an array, as JSON Schema's `uniqueItems` means it: numbers by value, strings by
//! value, objects without regard to the order of their properties.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::{Document, Kind, Node, Text, flag, same, unescape};
use crate::values::number::Number;

/// Up to so many items are compared pairwise, which needs no memory.
const FEW: usize = 16;

/// Each item that equals one before it, in the order of the text.
pub(crate) fn repeated(document: &Document, text: Text<'_>, array: u32) -> Vec<u32> {
    let children = || document.children(array).map(|(at, _)| at);
    let mut again = Vec::new();
    if children().take(FEW + 1).count() <= FEW {
        for (i, at) in children().enumerate() {
            if (children().take(i)).any(|before| equal(document, text, before, at)) {
                again.push(at);
            }
        }
        return again;
    }
    // The two halves of the digest, and the item: without padding.
    let mut items: Vec<[u32; 3]> = Vec::with_capacity(children().count());
    items.extend(children().map(|at| {
        let digest = digest(document, text, at);
        [(digest >> 32) as u32, digest as u32, at]
    }));
    items.sort_unstable();
    // The items of one digest that differ: more than one if digests collide.
    let mut first: Vec<u32> = Vec::new();
    let mut before = None;
    items.retain(|&[high, low, at]| {
        if before != Some((high, low)) {
            before = Some((high, low));
            first.clear();
        }
        let repeats = first.iter().any(|one| equal(document, text, *one, at));
        if !repeats {
            first.push(at);
        }
        repeats
    });
    again.extend(items.iter().map(|[.., at]| *at));
    drop(items);
    again.sort_unstable();
    again
}

/// A number that is the same for equal values.
fn digest(document: &Document, text: Text<'_>, at: u32) -> u64 {
    let Some(node) = document.node(at) else {
        return 0;
    };
    let mut hasher = DefaultHasher::new();
    node.kind.hash(&mut hasher);
    match node.kind {
        Kind::Null => {}
        Kind::Boolean => node.has(flag::TRUE).hash(&mut hasher),
        Kind::Number => {
            let number = Number::new(node.text(text));
            if !number.is_zero() {
                (number.is_negative(), number.trimmed().1).hash(&mut hasher);
                digits(node.text(text), &mut hasher);
            }
        }
        Kind::String => node.value(text).hash(&mut hasher),
        Kind::Array => {
            for (item, _) in document.children(at) {
                digest(document, text, item).hash(&mut hasher);
            }
        }
        Kind::Object => {
            let mut sum = 0u64;
            for (item, child) in document.children(at) {
                let mut one = DefaultHasher::new();
                child.key(text).hash(&mut one);
                digest(document, text, item).hash(&mut one);
                sum = sum.wrapping_add(one.finish());
            }
            sum.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Hashes a number's significant digits, which equal numbers share however they are written.
fn digits(number: &str, hasher: &mut DefaultHasher) {
    let significand = number.split(['e', 'E']).next().unwrap_or_default();
    let mut zeros = 0u32;
    let mut started = false;
    for digit in significand.bytes().filter(u8::is_ascii_digit) {
        if digit == b'0' {
            zeros += 1;
        } else {
            if started {
                zeros.hash(hasher);
            }
            digit.hash(hasher);
            started = true;
            zeros = 0;
        }
    }
}

/// Whether two values are equal.
pub(crate) fn equal(document: &Document, text: Text<'_>, one: u32, other: u32) -> bool {
    let (Some(a), Some(b)) = (document.node(one), document.node(other)) else {
        return false;
    };
    if a.kind != b.kind {
        return false;
    }
    match a.kind {
        Kind::Null => true,
        Kind::Boolean => a.has(flag::TRUE) == b.has(flag::TRUE),
        Kind::Number => Number::new(a.text(text)).equals(Number::new(b.text(text))),
        Kind::String => same(a.inner(text), b.inner(text)),
        Kind::Array => {
            let mut left = document.children(one);
            let mut right = document.children(other);
            loop {
                match (left.next(), right.next()) {
                    (None, None) => return true,
                    (Some((x, _)), Some((y, _))) if equal(document, text, x, y) => {}
                    _ => return false,
                }
            }
        }
        Kind::Object => equal_objects(document, text, one, other),
    }
}

/// Whether two objects have equal values under the same keys.
fn equal_objects(document: &Document, text: Text<'_>, one: u32, other: u32) -> bool {
    let count = document.children(one).count();
    if count != document.children(other).count() {
        return false;
    }
    let key = |node: &Node| node.raw_key(text).unwrap_or_default();
    if count <= FEW {
        return document.children(one).all(|(x, child)| {
            document
                .children(other)
                .any(|(y, against)| same(key(against), key(child)) && equal(document, text, x, y))
        });
    }
    // In the order of their keys, so that large objects take no quadratic time.
    let sorted = |object| {
        let mut members: Vec<_> = document
            .children(object)
            .map(|(at, node)| (unescape(key(node)), at))
            .collect();
        members.sort();
        members
    };
    let (left, right) = (sorted(one), sorted(other));
    let mut pairs = left.iter().zip(&right);
    pairs.all(|((a, x), (b, y))| a == b && equal(document, text, *x, *y))
}
