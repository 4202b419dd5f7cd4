//! A JSON or YAML file: its text, its value, and where each value is in the text.

use std::fs;
use std::path::Path;

use pipelint::compile::{CompileOptions, compile};
use pipelint::{Checker, Instant, Options};
use serde_json::Value;

use crate::error::CliError;
use crate::output::snippet::plain;

/// A document of the user.
pub(super) struct Source {
    /// The file's name for messages.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) value: Value,
    /// Whether the text is JSON, whose places are known.
    pub(super) is_json: bool,
}

impl Source {
    /// Reads a JSON or YAML file whose root is an object.
    pub(super) fn read(file: &Path) -> Result<Self, CliError> {
        let name = plain(&file.display().to_string());
        let text = fs::read_to_string(file).map_err(|error| CliError::Read {
            name: file.display().to_string(),
            error,
        })?;
        let value = pipelint_discover::read(&text).map_err(|error| CliError::Document {
            name: name.clone(),
            reason: error.to_string(),
        })?;
        let is_json =
            serde_json::from_str::<serde::de::IgnoredAny>(text.trim_start_matches('\u{feff}'))
                .is_ok();
        Ok(Self {
            name,
            text,
            value,
            is_json,
        })
    }

    /// Calls `visit` with the document that pipelint reads from the text; not for YAML.
    pub(super) fn with_places<R>(&self, visit: impl FnOnce(pipelint::Value<'_>) -> R) -> Option<R> {
        if !self.is_json {
            return None;
        }
        let anything = compile("{}", &CompileOptions::default()).ok()?;
        let tables = anything.tables();
        let now = Instant {
            seconds: 0,
            nanos: 0,
        };
        let mut checker = Checker::new();
        let report = checker.check(tables.contract(), self.text.as_bytes(), &Options::at(now));
        report.value().map(visit)
    }
}

/// The line and the column, both from 1, of a byte offset; the column counts characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}
