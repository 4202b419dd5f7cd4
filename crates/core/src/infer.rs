//! Which payload a text is, told from its keys.

use crate::contract::{Contract, Part, Schema};
use crate::document::{Document, Limits, STRANGER, encoding};
use crate::payloads;
use crate::values::moment::Instant;

/// What the keys of a text tell.
#[derive(Debug, Clone)]
pub enum Inference {
    /// One payload fits best.
    One(&'static Contract),
    /// Several fit equally well.
    Several(Vec<&'static Contract>),
    /// None of the keys belongs to any payload, or the text is no JSON object.
    None,
}

/// Tells which request a text is: the one that knows most of its keys, and among those the one
/// that misses the fewest required ones.
#[must_use]
pub fn infer(payload: &[u8]) -> Inference {
    if encoding::text(payload).is_err() {
        return Inference::None;
    }
    // No date is judged here.
    let now = Instant {
        seconds: 0,
        nanos: 0,
    };
    let mut document = Document::default();
    let mut best: Option<(Fit, Vec<&'static Contract>)> = None;
    for contract in payloads::ALL
        .iter()
        .copied()
        .filter(|contract| contract.part == Part::Request)
    {
        document.read(payload, contract.root, &Limits::default(), now);
        let Some(fit) = Fit::of(&document, contract.root) else {
            continue;
        };
        match &mut best {
            Some((known, contracts)) if *known == fit => contracts.push(contract),
            Some((known, _)) if *known > fit => {}
            _ => best = Some((fit, vec![contract])),
        }
    }
    match best {
        None => Inference::None,
        Some((_, contracts)) => match contracts.as_slice() {
            [one] => Inference::One(one),
            _ => Inference::Several(contracts),
        },
    }
}

/// How well a payload's keys fit a schema; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    known: u32,
    required: u32,
}

impl Fit {
    fn of(document: &Document, root: &'static Schema) -> Option<Self> {
        let object = root.object?;
        let mut seen = 0u128;
        for (_, child) in document.children(0) {
            if child.property != STRANGER {
                seen |= 1 << (child.property & 127);
            }
        }
        // A required property that is missing counts against a payload, one that is there for it.
        let required =
            (object.required & seen).count_ones() + 128 - (object.required & !seen).count_ones();
        (seen != 0).then_some(Self {
            known: seen.count_ones(),
            required,
        })
    }
}
