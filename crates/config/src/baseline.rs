//! The baseline: findings that are known and stay quiet.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use pipelint::contract::Meaning;
use pipelint::{Diagnostic, Report};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::path::from;

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

impl Entry {
    /// What a baseline knows of one finding: the file and the rule by their names, and the place
    /// of the text concerned.
    #[must_use]
    pub fn new(
        file: &str,
        rule: &str,
        pointer: String,
        span: Range<usize>,
        report: &Report<'_>,
    ) -> Self {
        Self {
            file: unified(file),
            rule: rule.to_owned(),
            pointer,
            fingerprint: fingerprint(report, span),
            count: 1,
        }
    }

    fn of(file: &str, diagnostic: &Diagnostic<'_>, report: &Report<'_>) -> Self {
        let (rule, pointer) = (diagnostic.rule().name, diagnostic.pointer());
        Self::new(file, rule, pointer, diagnostic.span(), report)
    }

    fn key(self) -> Key {
        Key {
            file: self.file,
            rule: self.rule,
            pointer: self.pointer,
            fingerprint: self.fingerprint,
        }
    }
}

/// A baseline cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
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
            baseline.insert(entry);
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
            self.insert(Entry::of(file, &diagnostic, report));
        }
    }

    /// Adds what is known of a finding; its count adds to that of an entry of the same kind.
    pub fn insert(&mut self, entry: Entry) {
        let times = entry.count;
        let count = self.counts.entry(entry.key()).or_default();
        *count = count.saturating_add(times);
    }

    /// Keeps the entries of those files only.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.counts.retain(|key, _| keep(&key.file));
    }

    /// What a baseline in that folder calls a file, so that it does not matter from where and by
    /// which of its names it is checked.
    #[must_use]
    pub fn name_of(file: &Path, folder: &Path) -> String {
        unified(&from(folder, file).to_string_lossy())
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
        self.takes(Entry::of(file, diagnostic, report))
    }

    /// Whether a finding is known that is described as an entry; as with [`Self::knows`], the
    /// answer uses the entry up.
    pub fn takes(&mut self, entry: Entry) -> bool {
        match self.left.get_mut(&entry.key()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Begins anew with a file that is checked once more.
    pub fn restart(&mut self, baseline: &Baseline, file: &str) {
        let entries = baseline.counts.iter();
        let entries = entries.filter(|(key, _)| key.file == file);
        self.left
            .extend(entries.map(|(key, count)| (key.clone(), *count)));
    }

    /// The entries that matched nothing, or fewer findings than they count, with what is left of
    /// their counts: what they were about is fixed, or has changed.
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

/// Distinguishes a finding's value from others, in sixteen hexadecimal digits: a hash of its text,
/// or of the record if there is no text, as for a missing property.
///
/// Hidden values leave no trace, because a short one could be guessed from its hash. Of a key or
/// token in a text, which is random, 20 bits of a hash are kept: too few to guess it, and enough
/// to notice that another one took its place.
#[must_use]
pub fn fingerprint(report: &Report<'_>, span: Range<usize>) -> String {
    let text = report.bytes().get(span.clone()).unwrap_or_default();
    if let Ok(text) = std::str::from_utf8(text)
        && is_token(text)
    {
        let salted = ["pipelint: key or token\n", text].concat();
        return format!("{:016x}", hash(salted.as_bytes()) >> (64 - TOKEN_BITS));
    }
    let value = packed(report.bytes().get(span.clone()).unwrap_or_default());
    let trace = if report.is_secret(span) {
        Vec::new()
    } else if !value.is_empty() && value != b"{" {
        value
    } else if let Some(name) = name(report) {
        name
    } else if report.secrets().is_empty() {
        // A part suffices, so that many findings of a large payload take no longer than it.
        let start = report.bytes().get(..LONGEST).unwrap_or(report.bytes());
        packed(start)
    } else {
        Vec::new()
    };
    format!("{:016x}", hash(&trace))
}

/// The most bytes of a record, or of a key or token, that are hashed.
const LONGEST: usize = 64 << 10;

/// How many bits of the hash of a key or token are kept.
const TOKEN_BITS: u32 = 20;

/// Whether all of a text is one key or token.
fn is_token(text: &str) -> bool {
    text.len() <= LONGEST && pipelint::redacted(text) == pipelint::REDACTED
}

/// The record's name, if it has one in which nothing is secret.
fn name(report: &Report<'_>) -> Option<Vec<u8>> {
    let object = report.contract().root.object?;
    let mut properties = object.properties.iter();
    let name = properties.find(|one| matches!(one.schema.meaning, Meaning::RecordName))?;
    let value = report.value()?.get(name.name)?;
    let text = value.string()?;
    (!report.is_secret(value.span())).then(|| text.as_bytes().to_vec())
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
