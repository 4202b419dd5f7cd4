//! Infers the payload of a text from its keys.

use crate::contract::{Contract, Meaning, Part, Schema};
use crate::document::{Document, KeysOnly, Limits, UNKNOWN_PROPERTY, encoding};
use crate::payloads;

/// What the keys of a text tell.
#[derive(Debug, Clone)]
pub enum Inference {
    /// One payload fits best.
    One(&'static Contract<'static>),
    /// Several fit equally well.
    Several(Vec<&'static Contract<'static>>),
    /// The keys do not tell: none belongs to any payload, or too few do, or the text is not JSON
    /// object.
    None,
}

/// Tells which request a text is: the one that knows most of its keys, and among those the one
/// that misses the fewest required ones.
///
/// One key alone tells nothing unless it is a required one. Beside keys that no payload has, those
/// of names and notes tell nothing, which many a file has, and the others only if more than half
/// of all keys are known.
#[must_use]
pub fn infer(payload: &[u8]) -> Inference {
    infer_among(payload, payloads::ALL.iter().copied())
}

/// [`infer`] among these contracts; those of other parts than requests are skipped.
#[must_use]
pub fn infer_among(
    payload: &[u8],
    contracts: impl IntoIterator<Item = &'static Contract<'static>>,
) -> Inference {
    if encoding::text(payload, false).is_err() {
        return Inference::None;
    }
    // Neither the size nor a date is judged here.
    let limits = Limits {
        size: u32::MAX,
        ..Limits::default()
    };
    let mut document = Document::default();
    let mut best: Option<(Fit, Vec<&'static Contract<'static>>)> = None;
    let requests = contracts
        .into_iter()
        .filter(|contract| contract.part == Part::Request);
    for contract in requests {
        document.read(payload, contract.root, &limits, KeysOnly);
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
    fn of(document: &Document, root: &Schema<'_>) -> Option<Self> {
        let object = root.object?;
        let (mut seen, mut strangers, mut telling) = (0u128, 0, false);
        for (_, child) in document.children(0) {
            if child.property == UNKNOWN_PROPERTY {
                strangers += 1;
                continue;
            }
            seen |= 1 << (child.property & 127);
            let property = object.properties.get(usize::from(child.property));
            telling |= property.is_some_and(|property| {
                let meaning = &property.schema.meaning;
                !matches!(meaning, Meaning::RecordName | Meaning::FreeText)
            });
        }
        let known = seen.count_ones();
        let tells = if strangers == 0 {
            known > 1 || object.required & seen != 0
        } else {
            telling && known > strangers
        };
        // A required property that is missing counts against a payload, one that is there for it.
        let required =
            (object.required & seen).count_ones() + 128 - (object.required & !seen).count_ones();
        tells.then_some(Self { known, required })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(payload: &str) -> String {
        match infer(payload.as_bytes()) {
            Inference::One(contract) => contract.operation.to_owned(),
            Inference::Several(contracts) => {
                let operations: Vec<_> = contracts.iter().map(|one| one.operation).collect();
                operations.join(" or ")
            }
            Inference::None => "none".to_owned(),
        }
    }

    #[test]
    fn keys_tell_the_payload() {
        let (deal, opportunity) = ("leadlex/create-deal", "slant/create-opportunity");
        let either = [deal, " or ", opportunity].concat();
        for (payload, expected) in [
            (r#"{ "name": "A" }"#, &*either),
            (r#"{ "name": "A", "description": "b" }"#, deal),
            (r#"{ "stage": "A", "notes": "b" }"#, deal),
            (r#"{ "name": "A", "value": 5, "vlaue": 5 }"#, opportunity),
            (
                r#"{ "name": "A", "owner_id": "u", "stagee": "x", "foo": 1 }"#,
                "none",
            ),
            (
                r#"{ "statusId": "won", "isActive": true, "x": 1 }"#,
                "ruddr/create-opportunity-stage",
            ),
            (
                r#"{ "name": "A", "estimated_value": 5, "currency": "EUR", "x": 1"#,
                deal,
            ),
        ] {
            assert_eq!(told(payload), expected, "{payload}");
        }
        // Also of what is too large to be checked, and was read in part only.
        let large = format!(
            r#"{{ "name": "A", "stage": "b", "notes": "{}"#,
            "x".repeat(9 << 20)
        );
        assert_eq!(told(&large), deal);
    }

    #[test]
    fn what_other_files_have_too_tells_nothing() {
        for other in [
            // package.json, composer.json and the like
            r#"{ "name": "web", "version": "1.0.0", "description": "A shop", "scripts": {} }"#,
            r#"{ "name": "web", "description": "A shop", "private": true }"#,
            r#"{ "name": "web", "private": true }"#,
            r#"{ "status": "ok" }"#,
            r#"{ "status": "ok", "message": "done" }"#,
            r#"{ "name": "x", "tags": ["a"], "image": "b", "ports": [] }"#,
            r#"{ "compilerOptions": {} }"#,
            "{}",
            "[]",
            "7",
            "",
            "{",
        ] {
            assert_eq!(told(other), "none", "{other}");
        }
    }
}
