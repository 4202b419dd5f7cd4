//! Errors of the validator, as diagnostics.

use std::fmt::Write;
use std::ops::Range;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use pipelint::{Position, Report, Severity, Value};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// What a policy schema refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayDiagnostic {
    /// `policy/` and the schema's keyword in kebab case: `policy/max-length`.
    pub rule: String,
    /// How bad it is: an error, unless somebody sets it otherwise.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop. It repeats no value of the payload.
    pub message: String,
    /// The JSON pointer (RFC 6901) of the value or key concerned. A missing property is reported
    /// at the place where it would stand.
    pub pointer: String,
    /// The byte offsets of the text concerned; for a missing property, of the opening brace of
    /// the object that lacks it.
    pub span: Range<usize>,
    /// Where that text starts.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// The place in the policy schema, as a JSON pointer behind `policy#`.
    pub source: String,
}

impl OverlayDiagnostic {
    /// The diagnostic as data, with the fields of [`pipelint::Record`].
    #[must_use]
    pub fn record<'r>(
        &'r self,
        file: Option<&'r str>,
        record: Option<u64>,
        payload: &'r str,
    ) -> OverlayRecord<'r> {
        OverlayRecord {
            file,
            record,
            payload,
            diagnostic: self,
        }
    }
}

/// A policy diagnostic with the names of where it was found; see [`pipelint::Record`], with whose
/// fields it serialises.
#[derive(Debug, Clone, Copy)]
pub struct OverlayRecord<'r> {
    /// The file's name, as it was given.
    pub file: Option<&'r str>,
    /// The line of an NDJSON input, from 1.
    pub record: Option<u64>,
    /// The payload's name.
    pub payload: &'r str,
    /// The diagnostic.
    pub diagnostic: &'r OverlayDiagnostic,
}

impl Serialize for OverlayRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let diagnostic = self.diagnostic;
        let mut out = serializer.serialize_struct("Diagnostic", 17)?;
        out.serialize_field("file", &self.file)?;
        out.serialize_field("record", &self.record)?;
        out.serialize_field("payload", self.payload)?;
        out.serialize_field("rule", &diagnostic.rule)?;
        out.serialize_field("severity", diagnostic.severity.name())?;
        out.serialize_field("message", &diagnostic.message)?;
        out.serialize_field("pointer", &diagnostic.pointer)?;
        out.serialize_field("line", &diagnostic.start.line)?;
        out.serialize_field("column", &diagnostic.start.column)?;
        out.serialize_field("endLine", &diagnostic.end.line)?;
        out.serialize_field("endColumn", &diagnostic.end.column)?;
        out.serialize_field("offset", &diagnostic.span.start)?;
        out.serialize_field("length", &diagnostic.span.len())?;
        out.serialize_field("help", &None::<&str>)?;
        out.serialize_field("params", &serde_json::Map::new())?;
        out.serialize_field("source", &diagnostic.source)?;
        out.serialize_field("fix", &None::<()>)?;
        out.end()
    }
}

/// Adds the diagnostics that an error of the validator stands for: one a key, where it names
/// several.
pub(crate) fn explain(
    error: &ValidationError<'_>,
    root: Value<'_>,
    report: &Report<'_>,
    found: &mut Vec<OverlayDiagnostic>,
) {
    let pointer = error.instance_path().as_str();
    let value = root.find(pointer).unwrap_or(root);
    let mut tell = |pointer: String, span: Range<usize>, message: String| {
        found.push(OverlayDiagnostic {
            rule: rule(error.kind().keyword()),
            severity: Severity::Error,
            message,
            pointer,
            start: report.position(span.start),
            end: report.position(span.end),
            span,
            source: ["policy#", error.schema_path().as_str()].concat(),
        });
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let span = value.span();
            tell(
                join(pointer, name),
                span.start..span.start + 1,
                format!("`{name}` is missing"),
            );
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            for name in unexpected {
                tell(
                    join(pointer, name),
                    key(value, name),
                    format!("`{}` is not allowed here", shown(name)),
                );
            }
        }
        ValidationErrorKind::PropertyNames { error: inner } => {
            let name = error.instance().as_str().or(inner.instance().as_str());
            let name = name.unwrap_or_default();
            tell(
                join(pointer, name),
                key(value, name),
                format!(
                    "the name {}",
                    sentence(&inner.masked_with(format!("`{}`", shown(name))).to_string())
                ),
            );
        }
        ValidationErrorKind::FalseSchema => {
            let message = format!("{} is not allowed here", called(value));
            tell(pointer.to_owned(), value.span(), message);
        }
        ValidationErrorKind::UnevaluatedItems { .. } => {
            let message = format!("{} has items that the schema does not allow", called(value));
            tell(pointer.to_owned(), value.span(), message);
        }
        _ => {
            let message = error.masked_with(called(value)).to_string();
            tell(pointer.to_owned(), value.span(), sentence(&message));
        }
    }
}

/// `policy/` and the keyword in kebab case.
fn rule(keyword: &str) -> String {
    let mut rule = String::from("policy/");
    for character in keyword.trim_start_matches('$').chars() {
        if character.is_ascii_uppercase() {
            rule.push('-');
        }
        rule.push(character.to_ascii_lowercase());
    }
    rule
}

/// What a message calls the value: its key, or its place.
fn called(value: Value<'_>) -> String {
    match value.key() {
        Some(key) => format!("`{}`", shown(&key)),
        None if value.number_in_document() == 0 => "the payload".to_owned(),
        None => "the item".to_owned(),
    }
}

/// The first characters of a key, with control characters made visible.
fn shown(key: &str) -> String {
    const MOST: usize = 40;
    let mut shown: String = key
        .chars()
        .take(MOST)
        .map(|character| {
            if character.is_control() {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect();
    if key.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// The validator's sentence in pipelint's manner: it starts small, and has no full stop.
fn sentence(message: &str) -> String {
    let mut characters = message.trim_end_matches('.').chars();
    let mut sentence = String::with_capacity(message.len());
    if let Some(first) = characters.next() {
        let _ = write!(sentence, "{}", first.to_lowercase());
    }
    sentence.push_str(characters.as_str());
    sentence
}

/// The pointer one step further.
fn join(pointer: &str, name: &str) -> String {
    [pointer, "/", &name.replace('~', "~0").replace('/', "~1")].concat()
}

/// The place of a key; of one that stands twice, the last.
fn key(object: Value<'_>, name: &str) -> Range<usize> {
    let member = object.get(name);
    member
        .and_then(Value::key_span)
        .unwrap_or_else(|| object.span())
}
