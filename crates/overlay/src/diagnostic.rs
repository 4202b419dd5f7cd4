//! Errors of the validator, as diagnostics.

use std::fmt::Write;
use std::ops::Range;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use pipelint::contract::json_pointer;
use pipelint::{Level, Position, Report, Severity, Value};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// What a schema of your own refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayDiagnostic {
    /// `policy/` and the schema's keyword in kebab case: `policy/max-length`.
    pub rule: String,
    /// How bad it is: an error, unless somebody sets it otherwise.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop. It repeats no value of the payload.
    pub message: String,
    /// The JSON pointer (RFC 6901) of the value or key concerned. A missing property is reported
    /// at the place where it would be.
    pub pointer: String,
    /// The byte offsets of the text concerned; for a missing property, of the opening brace of
    /// the object that lacks it.
    pub span: Range<usize>,
    /// Where that text starts.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// Title and description of the schema that refuses the value, or of its keyword's schema: what
    /// the author of the schema wants.
    pub help: Option<String>,
    /// The place in the schema, as a JSON pointer after `policy#`.
    pub source: String,
}

impl OverlayDiagnostic {
    /// Applies a level; says whether the diagnostic stays.
    pub(crate) fn apply(&mut self, level: Option<Level>) -> bool {
        match level {
            Some(Level::Off) => return false,
            Some(Level::At(severity)) => self.severity = severity,
            None => {}
        }
        true
    }

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
        let (file, number) = (self.file.is_some(), self.record.is_some());
        let length = 15 + usize::from(file) + usize::from(file || number);
        let mut out = serializer.serialize_struct("Diagnostic", length)?;
        if file {
            out.serialize_field("file", &self.file)?;
        }
        if file || number {
            out.serialize_field("record", &self.record)?;
        }
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
        out.serialize_field("help", &diagnostic.help)?;
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
    schema: &serde_json::Value,
    root: Value<'_>,
    report: &Report<'_>,
    found: &mut Vec<OverlayDiagnostic>,
) {
    let pointer = error.instance_path().as_str();
    let value = root.find(pointer).unwrap_or(root);
    let keyword = error.schema_path().as_str();
    let missing = match error.kind() {
        ValidationErrorKind::Required { property } => property.as_str(),
        _ => None,
    };
    let help = help(schema, keyword, missing);
    let mut tell = |pointer: String, span: Range<usize>, message: String| {
        found.push(OverlayDiagnostic {
            help: help.clone(),
            rule: rule(error.kind().keyword()),
            severity: Severity::Error,
            message,
            // A key may be a credential.
            pointer: pipelint::redacted(&pointer).into_owned(),
            start: report.position(span.start),
            end: report.position(span.end),
            span,
            source: ["policy#", keyword].concat(),
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

/// Title and description of the schema that has the keyword at a pointer; of a missing property, of
/// its own schema, if that has any.
fn help(schema: &serde_json::Value, keyword: &str, missing: Option<&str>) -> Option<String> {
    let (parent, _) = keyword.rsplit_once('/').unwrap_or_default();
    let parent = at(schema, parent)?;
    let of_missing = missing
        .and_then(|name| parent.get("properties")?.get(name))
        .and_then(words);
    of_missing.or_else(|| words(parent))
}

/// The schema at a pointer, which may lead through references within the document.
fn at<'s>(schema: &'s serde_json::Value, pointer: &str) -> Option<&'s serde_json::Value> {
    let mut here = schema;
    for token in pointer.split('/').skip(1) {
        let token = json_pointer::unescape(token);
        let next = match here {
            serde_json::Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            other => other.get(&*token),
        }?;
        here = match next.as_str() {
            Some(reference) if token.ends_with("ref") || token.ends_with("Ref") => {
                schema.pointer(reference.strip_prefix('#')?)?
            }
            _ => next,
        };
    }
    Some(here)
}

fn words(schema: &serde_json::Value) -> Option<String> {
    let text = |name| {
        let text = schema.get(name)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    };
    match (text("title"), text("description")) {
        (Some(title), Some(description)) => Some([title, ": ", description].concat()),
        (title, description) => title.or(description).map(str::to_owned),
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
    let key = pipelint::redacted(key);
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
    [pointer, "/", &json_pointer::escape(name)].concat()
}

/// The place of a key; of one that appears twice, the last.
fn key(object: Value<'_>, name: &str) -> Range<usize> {
    let member = object.get(name);
    member
        .and_then(Value::key_span)
        .unwrap_or_else(|| object.span())
}
