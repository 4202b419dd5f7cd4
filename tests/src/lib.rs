//! What the tests share: payloads by name, pages cut into examples, the corpus, edits applied,
//! and slow but obvious ways to do what the library does fast.

pub mod corpus;
pub mod faults;
pub mod generate;
pub mod hostile;
pub mod oracle;
pub mod page;
pub mod promise;
pub mod readme;
pub mod reference;

use std::path::PathBuf;

use pipelint::contract::Contract;
use pipelint::{Edit, Options, Report};
use serde_json::{Value, json};

/// The time that counts as now where a test says nothing else; the pages' default too.
pub const NOW: &str = "2026-01-15T12:00:00Z";

/// The options of a test.
pub fn options(now: &str) -> Options {
    Options::at(
        now.parse::<pipelint::Instant>()
            .unwrap_or_else(|error| panic!("{now}: {error}")),
    )
}

/// The payload of that name, of a real system or of the made-up one.
pub fn contract(id: &str) -> &'static Contract<'static> {
    pipelint::payloads::by_id(id)
        .or_else(|| {
            let whole = format!("{id}/request");
            let acme = acme::ALL.iter().copied();
            acme.into_iter()
                .find(|known| known.id == id || known.id == whole)
        })
        .unwrap_or_else(|| panic!("no payload {id}"))
}

/// Every payload, the made-up system's too.
pub fn contracts() -> impl Iterator<Item = &'static Contract<'static>> {
    pipelint::payloads::ALL.iter().chain(acme::ALL).copied()
}

/// The text of a payload's schema.
pub fn schema_text(id: &str) -> String {
    pipelint_schemas::schema(id).map_or_else(
        || {
            let path = here(&format!("acme/schemas/{id}.schema.json"));
            std::fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        },
        str::to_owned,
    )
}

/// A path of this crate's folder.
pub fn here(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// `text` with the edits made.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.start as usize, edit.end as usize);
        assert!(at <= start && start <= end, "edits overlap: {edits:?}");
        out.push_str(&text[at..start]);
        out.push_str(&edit.text);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// `(rule, pointer)` of every diagnostic.
pub fn findings(report: &Report<'_>) -> Vec<(String, String)> {
    report
        .diagnostics()
        .map(|diagnostic| (diagnostic.rule().name.to_owned(), diagnostic.pointer()))
        .collect()
}

/// The diagnostics as the corpus keeps them.
pub fn described(report: &Report<'_>) -> Value {
    report
        .diagnostics()
        .map(|diagnostic| {
            let mut whole = serde_json::to_value(diagnostic).unwrap();
            let one_line = whole["line"] == whole["endLine"];
            let object = whole.as_object_mut().unwrap();
            for key in ["file", "record", "payload", "params", "endColumn"] {
                object.shift_remove(key);
            }
            if one_line {
                object.shift_remove("endLine");
            }
            if let Some(adviser) = diagnostic.explain().adviser {
                object.insert("adviser".to_owned(), json!(adviser.name));
            }
            whole
        })
        .collect()
}

/// Asserts what must hold of every report whatever the bytes: spans within the text and on
/// character boundaries, positions as a slow count has them, pointers that lead somewhere, and
/// edits that are in order and do not overlap.
pub fn sound(report: &Report<'_>) {
    let bytes = report.bytes();
    let text = std::str::from_utf8(bytes);
    let value: Option<Value> = serde_json::from_slice(bytes).ok();
    let mut before = 0;
    for diagnostic in report.diagnostics() {
        let span = diagnostic.span();
        let explained = diagnostic.explain();
        let about = || {
            format!(
                "{} at {span:?} of {:?}",
                diagnostic.rule().name,
                String::from_utf8_lossy(bytes)
            )
        };
        assert!(
            span.start <= span.end && span.end <= bytes.len(),
            "{}",
            about()
        );
        assert!(before <= span.start, "out of order: {}", about());
        before = span.start;
        if let Ok(text) = text {
            assert!(
                text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
                "{}",
                about()
            );
            let start = reference::position(text, span.start);
            let end = reference::position(text, span.end);
            assert_eq!(
                (diagnostic.start().line, diagnostic.start().column),
                start,
                "{}",
                about()
            );
            assert_eq!(
                (diagnostic.end().line, diagnostic.end().column),
                end,
                "{}",
                about()
            );
            if let Some(fix) = &explained.fix {
                assert!(!fix.edits.is_empty(), "{}", about());
                edited(text, &fix.edits);
            }
        }
        if let Some(value) = &value {
            let pointer = match diagnostic.rule().name {
                // It is not there; what should hold it is.
                "schema/required" => explained
                    .pointer
                    .rsplit_once('/')
                    .map_or("", |(parent, _)| parent),
                _ => &explained.pointer,
            };
            assert!(value.pointer(pointer).is_some(), "{pointer}: {}", about());
        }
        assert!(!explained.message.is_empty(), "{}", about());
        assert!(!explained.source.is_empty(), "{}", about());
    }
}

/// The README's Rust runs.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
