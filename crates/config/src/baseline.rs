//! The baseline: findings that are known and stay quiet.

use std::collections::BTreeMap;
use std::ops::Range;

use pipelint::contract::Meaning;
use pipelint::{Diagnostic, Report};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Findings that are known. A file moves no entry by moving lines: an entry names a value by its
/// pointer and by a fingerprint of its text, and counts how often it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Key, u32>,
}

/// What is known of one kind of finding in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file's name, with forward slashes.
    pub file: String,
    /// The rule's name.
    pub rule: String,
    /// The JSON pointer of the value.
    pub pointer: String,
    /// Sixteen hexadecimal digits that tell one value from another.
    pub fingerprint: String,
    /// How often this was found; in NDJSON, several records may have the same fault.
    pub count: u32,
}

/// A baseline cannot be read.
#[derive(Debug, Error)]
pub enum BaselineError {
    /// The text is no baseline.
    #[error("this is no baseline: {0}")]
    Json(#[from] serde_json::Error),
    /// The baseline was written by a later version.
    #[error("the baseline has the format {0}, and only format 1 is known; write it anew")]
    Version(u32),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    entries: Vec<Entry>,
}

/// What tells one entry from another, in the order in which entries are written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: String,
    rule: String,
    pointer: String,
    fingerprint: String,
}

impl Key {
    fn of(file: &str, diagnostic: &Diagnostic<'_>, report: &Report<'_>) -> Self {
        Self {
            file: unified(file),
            rule: diagnostic.rule().name.to_owned(),
            pointer: diagnostic.pointer(),
            fingerprint: fingerprint(report, diagnostic.span()),
        }
    }

    fn entry(&self, count: u32) -> Entry {
        Entry {
            file: self.file.clone(),
            rule: self.rule.clone(),
            pointer: self.pointer.clone(),
            fingerprint: self.fingerprint.clone(),
            count,
        }
    }
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// If the text is none, or has a format of a later version.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let file: File = serde_json::from_str(text)?;
        if file.version != 1 {
            return Err(BaselineError::Version(file.version));
        }
        let mut baseline = Self::default();
        for entry in file.entries {
            let key = Key {
                file: entry.file,
                rule: entry.rule,
                pointer: entry.pointer,
                fingerprint: entry.fingerprint,
            };
            baseline.know(key, entry.count);
        }
        Ok(baseline)
    }

    /// The baseline as JSON, always in the same order.
    #[must_use]
    pub fn to_text(&self) -> String {
        let file = File {
            version: 1,
            entries: self.entries(),
        };
        // Strings and counts are always written.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Adds all that was found in a payload of a file.
    pub fn add(&mut self, file: &str, report: &Report<'_>) {
        for diagnostic in report.diagnostics() {
            self.know(Key::of(file, &diagnostic, report), 1);
        }
    }

    fn know(&mut self, key: Key, times: u32) {
        let count = self.counts.entry(key).or_default();
        *count = count.saturating_add(times);
    }

    /// The entries, in their order.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let counts = self.counts.iter();
        counts.map(|(key, count)| key.entry(*count)).collect()
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Begins to match findings with entries.
    #[must_use]
    pub fn matcher(&self) -> Matcher {
        Matcher {
            left: self.counts.clone(),
        }
    }
}

/// Matches findings with the entries of a baseline. Each entry covers as many as it counts.
#[derive(Debug, Clone)]
pub struct Matcher {
    left: BTreeMap<Key, u32>,
}

impl Matcher {
    /// Whether a finding is known, and so stays quiet. Using up an entry is part of the answer:
    /// ask once for each finding.
    pub fn knows(&mut self, file: &str, diagnostic: &Diagnostic<'_>, report: &Report<'_>) -> bool {
        if self.left.is_empty() {
            return false;
        }
        match self.left.get_mut(&Key::of(file, diagnostic, report)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// The entries that matched nothing, or fewer findings than they count, with what is left of
    /// their counts: what they were about is mended, or has changed.
    #[must_use]
    pub fn unused(&self) -> Vec<Entry> {
        let left = self.left.iter().filter(|(_, count)| **count > 0);
        left.map(|(key, count)| key.entry(*count)).collect()
    }
}

/// A file's name as every system writes it.
fn unified(file: &str) -> String {
    let file = file.replace('\\', "/");
    file.strip_prefix("./").unwrap_or(&file).to_owned()
}

/// What tells a finding's value from another, in sixteen hexadecimal digits: its text; where there
/// is none, as for what is missing, the record. What nobody may print leaves no trace.
#[must_use]
pub fn fingerprint(report: &Report<'_>, span: Range<usize>) -> String {
    let value = packed(report.bytes().get(span.clone()).unwrap_or_default());
    let trace = if report.is_secret(span) {
        Vec::new()
    } else if !value.is_empty() && value != b"{" {
        value
    } else if let Some(name) = name(report) {
        name
    } else if report.secrets().is_empty() {
        packed(report.bytes())
    } else {
        Vec::new()
    };
    format!("{:016x}", hash(&trace))
}

/// The record's name, if it has one in which nothing is secret.
fn name(report: &Report<'_>) -> Option<Vec<u8>> {
    let object = report.contract().root.object?;
    let mut properties = object.properties.iter();
    let name = properties.find(|one| matches!(one.schema.meaning, Meaning::RecordName))?;
    let record: serde_json::Value = serde_json::from_slice(report.bytes()).ok()?;
    let value = record.get(name.name)?.as_str()?;
    let masked = report.mask().hides(Some(name.name), &name.schema.meaning);
    let secret = report.secrets().iter().any(|span| {
        let secret = report.bytes().get(span.clone());
        secret.is_some_and(|secret| {
            value
                .as_bytes()
                .windows(secret.len().max(1))
                .any(|part| part == secret)
        })
    });
    (!masked && !secret).then(|| value.as_bytes().to_vec())
}

/// JSON without the white space between its parts.
fn packed(json: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for &byte in json {
        if quoted || !byte.is_ascii_whitespace() {
            packed.push(byte);
        }
        if byte == b'"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && byte == b'\\' && !escaped;
    }
    packed
}

/// FNV-1a, 64 bits: the same on every system and in every version.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
