//! `jsonschema` checked against our contract.
//!
//! [`compare`] lays both verdicts side by side, value by value. Where they differ, one of
//! [`DIFFERENCES`] must say why; else the difference is a fault, ours or theirs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Validator};
use pipelint::contract::{Contract, Part};
use pipelint::{Options, check};
use serde_json::Value;
use serde_json::value::RawValue;

/// Keywords broken, by the pointer of the value.
type Verdict = BTreeMap<String, BTreeSet<String>>;

/// How a comparison ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Both found the same, or nothing.
    Agree,
    /// They differ, as they may for that reason.
    Differ(&'static str),
    /// The oracle cannot be asked, for that reason.
    Unasked(&'static str),
}

/// One value on which the verdicts differ.
struct Case<'a> {
    ours: Option<&'a str>,
    theirs: Option<&'a str>,
    /// The value's source text.
    source: &'a str,
}

/// A difference that is allowed.
struct Difference {
    why: &'static str,
    applies: fn(&Case<'_>) -> bool,
}

/// Every difference that is allowed.
const DIFFERENCES: [Difference; 3] = [
    Difference {
        why: "we judge a number by its exact decimal value, the oracle by the nearest double",
        applies: |case| {
            let numeric = ["minimum", "maximum", "multipleOf", "type", "enum"];
            let about = case.ours.or(case.theirs).unwrap_or_default();
            numeric.contains(&about) && is_number(case.source) && !is_plain(case.source)
        },
    },
    Difference {
        why: "the oracle lets bytes just below '0' pass as digits of a date",
        applies: |case| {
            case.ours == Some("format")
                && case.theirs.is_none()
                && text(case.source).is_some_and(|text| {
                    let digits = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18];
                    let bytes = text.as_bytes();
                    digits
                        .iter()
                        .filter_map(|at| bytes.get(*at))
                        .any(|byte| !byte.is_ascii_digit())
                })
        },
    },
    Difference {
        why: "equal items of a list are compared exactly by us, as doubles by the oracle",
        applies: |case| case.ours.or(case.theirs) == Some("uniqueItems"),
    },
];

/// Why the oracle cannot be asked about a text.
fn unaskable(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "json/syntax" | "json/encoding" => "the text is no JSON",
        "json/byte-order-mark" => "the oracle's reader refuses a byte-order mark",
        "json/duplicate-key" => "the oracle's reader keeps one of two values of the same name",
        "json/lone-surrogate" => "the oracle's reader refuses lone surrogates",
        "json/too-deep" | "json/too-large" | "json/too-many-diagnostics" => "a limit of ours",
        _ => return None,
    })
}

static VALIDATORS: LazyLock<HashMap<&'static str, (Value, Validator)>> = LazyLock::new(|| {
    super::contracts()
        .map(|contract| {
            let schema: Value = serde_json::from_str(&super::schema_text(contract.id)).unwrap();
            let validator = jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .build(&schema)
                .unwrap();
            (contract.id, (schema, validator))
        })
        .collect()
});

/// The schema of a payload, as JSON.
pub fn schema(contract: &Contract) -> &'static Value {
    &VALIDATORS[contract.id].0
}

/// Holds both verdicts on a text against each other.
///
/// # Errors
///
/// The differences that nothing excuses.
pub fn compare(
    contract: &'static Contract<'static>,
    bytes: &[u8],
    options: &Options,
) -> Result<Outcome, String> {
    let report = check(contract, bytes, options);
    let mut ours = Verdict::new();
    for diagnostic in report.diagnostics() {
        let name = diagnostic.rule().name;
        if let Some(why) = unaskable(name) {
            return Ok(Outcome::Unasked(why));
        }
        let Some(keyword) = name.strip_prefix("schema/") else {
            continue;
        };
        let keyword = match keyword {
            // The oracle has no such keyword: it is a warning of ours.
            "unknown-property" => continue,
            "min-length" => "minLength",
            "max-length" => "maxLength",
            "min-items" => "minItems",
            "max-items" => "maxItems",
            "unique-items" => "uniqueItems",
            "multiple-of" => "multipleOf",
            "additional-properties" => "additionalProperties",
            same => same,
        };
        let mut pointer = header(contract, &diagnostic.pointer());
        if keyword == "uniqueItems" {
            // We name each item that is there again, the oracle the list.
            pointer.truncate(pointer.rfind('/').unwrap_or_default());
        }
        ours.entry(pointer).or_default().insert(keyword.to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) if error.to_string().starts_with("number out of range") => {
            return Ok(Outcome::Unasked(
                "the oracle's reader takes no number over the doubles",
            ));
        }
        Err(error) => return Err(format!("{text}: serde_json: {error}")),
    };
    let theirs = theirs(contract, &header_names(contract, value));
    settle(text, contract, &ours, &theirs)
}

fn settle(
    text: &str,
    contract: &Contract,
    ours: &Verdict,
    theirs: &Verdict,
) -> Result<Outcome, String> {
    let nothing = BTreeSet::new();
    let mut outcome = Outcome::Agree;
    let pointers: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    for pointer in pointers {
        let our = ours.get(pointer).unwrap_or(&nothing);
        let their = theirs.get(pointer).unwrap_or(&nothing);
        // We stop at the first keyword that a value breaks: one fault gives one diagnostic.
        let more = our.difference(their).map(|keyword| (Some(keyword), None));
        let fewer = their
            .iter()
            .filter(|_| our.is_empty())
            .map(|keyword| (None, Some(keyword)));
        for (our, their) in more.chain(fewer) {
            let source = source(text, pointer);
            let case = Case {
                ours: our.map(String::as_str),
                theirs: their.map(String::as_str),
                source: &source,
            };
            let Some(known) = DIFFERENCES.iter().find(|known| (known.applies)(&case)) else {
                return Err(format!(
                    "{}: {text}\nat {pointer:?}: ours {our:?}, the oracle's {their:?}\nours: {ours:?}\ntheirs: {theirs:?}",
                    contract.id
                ));
            };
            outcome = Outcome::Differ(known.why);
        }
    }
    Ok(outcome)
}

/// What the oracle finds.
fn theirs(contract: &Contract, value: &Value) -> Verdict {
    let mut verdict = Verdict::new();
    for error in VALIDATORS[contract.id].1.iter_errors(value) {
        let at = error.instance_path().as_str().to_owned();
        let mut add = |pointer: String, keyword: &str| {
            verdict
                .entry(pointer)
                .or_default()
                .insert(keyword.to_owned());
        };
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                add(below(&at, property.as_str().unwrap()), "required");
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    add(below(&at, key), "additionalProperties");
                }
            }
            _ => add(
                at,
                match error.kind().keyword() {
                    "const" => "enum",
                    "exclusiveMinimum" => "minimum",
                    "exclusiveMaximum" => "maximum",
                    same => same,
                },
            ),
        }
    }
    verdict
}

/// The pointer of a property.
fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Header names compare without regard to case; the oracle gets them as the schema spells them.
fn header_names(contract: &Contract, value: Value) -> Value {
    match value {
        Value::Object(map) if contract.part == Part::Headers => map
            .into_iter()
            .map(|(key, value)| (spelled(contract, &key).into_owned(), value))
            .collect(),
        other => other,
    }
}

fn header(contract: &Contract, pointer: &str) -> String {
    match pointer.strip_prefix('/') {
        Some(name) if contract.part == Part::Headers => format!("/{}", spelled(contract, name)),
        _ => pointer.to_owned(),
    }
}

fn spelled<'k>(contract: &Contract, key: &'k str) -> Cow<'k, str> {
    let properties = schema(contract)["properties"].as_object().unwrap();
    properties
        .keys()
        .find(|name| name.eq_ignore_ascii_case(key))
        .map_or(Cow::Borrowed(key), |name| Cow::Borrowed(name.as_str()))
}

/// The source text of the value at a pointer; empty if there is none.
pub fn source(text: &str, pointer: &str) -> String {
    let mut here = text.trim().to_owned();
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let found = if here.starts_with('[') {
            let items: Vec<Box<RawValue>> = serde_json::from_str(&here).unwrap_or_default();
            let index: usize = token.parse().unwrap_or(usize::MAX);
            items.get(index).map(|item| item.get().to_owned())
        } else {
            let values: HashMap<String, Box<RawValue>> =
                serde_json::from_str(&here).unwrap_or_default();
            values
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(&token))
                .map(|(_, value)| value.get().to_owned())
        };
        here = found.unwrap_or_default();
    }
    here
}

fn is_number(source: &str) -> bool {
    source.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// Whether a number is one that a double shows without loss: at most 15 digits, and not far from
/// one.
fn is_plain(source: &str) -> bool {
    let (digits, exponent) = source.split_once(['e', 'E']).unwrap_or((source, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(i32::MAX);
    digits.bytes().filter(u8::is_ascii_digit).count() <= 15 && exponent.abs() <= 15
}

fn text(source: &str) -> Option<String> {
    serde_json::from_str(source).ok()
}
