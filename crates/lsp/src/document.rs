//! An open document.

use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, Instant as Clock};

use ls_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};
use pipelint::contract::Contract;
use pipelint_config::Config;

use crate::check::{Check, Layout};
use crate::position::{Encoding, Lines};

/// The pause after a change, so that fast typing is not checked at each key.
const PAUSE: Duration = Duration::from_millis(120);

/// The longest time between checks of a document that changes all the time.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// An open document.
pub(crate) struct Document {
    pub(crate) uri: Uri,
    /// The path, if it is a file.
    pub(crate) path: Option<PathBuf>,
    language: String,
    pub(crate) version: i32,
    pub(crate) text: String,
    pub(crate) lines: Lines,
    /// The time of the next check, and the time of the first change since the last one.
    due: Option<(Clock, Clock)>,
    /// The time of the last slice of a check.
    last_slice: Clock,
    /// The check in progress.
    pub(crate) check: Option<Check>,
    /// Whether the last check found something that has a safe fix.
    pub(crate) has_safe_fix: bool,
    /// The payload that the last check found.
    pub(crate) contract: Option<&'static Contract<'static>>,
}

impl Document {
    pub(crate) fn new(item: TextDocumentItem) -> Self {
        let path = file_path(&item.uri);
        let now = Clock::now();
        Self {
            path,
            uri: item.uri,
            language: item.language_id.as_str().to_ascii_lowercase(),
            version: item.version,
            lines: Lines::new(&item.text),
            text: item.text,
            due: Some((now, now)),
            last_slice: now,
            check: None,
            has_safe_fix: false,
            contract: None,
        }
    }

    /// Applies changes, each to the text that the one before it left.
    pub(crate) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        self.version = version;
        for change in changes {
            match change.range {
                None => self.text = change.text,
                Some(range) => {
                    let span = self.lines.span(&self.text, &range, encoding);
                    self.text.replace_range(span, &change.text);
                }
            }
            self.lines = Lines::new(&self.text);
        }
        let now = Clock::now();
        let first = self.due.map_or(now, |(_, first)| first);
        self.due = Some(((now + PAUSE).min(first + LONGEST_PAUSE), first));
        // The offsets of a check in progress are those of the old text.
        self.check = None;
    }

    /// Requests a check as soon as possible.
    pub(crate) fn check_soon(&mut self) {
        let now = Clock::now();
        self.due = Some((now, now));
        self.check = None;
    }

    /// The time of the next slice of a check.
    pub(crate) fn due(&self) -> Option<Clock> {
        let due = self.due.map(|(due, _)| due);
        due.or_else(|| self.check.as_ref().map(|_| self.last_slice))
    }

    /// Whether a safe fix may apply: the last check found one, or there is a newer text.
    pub(crate) fn may_have_safe_fix(&self) -> bool {
        self.has_safe_fix || self.due.is_some() || self.check.is_some()
    }

    /// A check begins or continues. Other documents have their turn before its next slice.
    pub(crate) fn begin(&mut self) {
        self.due = None;
        self.last_slice = Clock::now();
    }

    pub(crate) fn layout(&self) -> Layout {
        Layout::of(self.path.as_deref(), &self.language, &self.text)
    }

    /// Whether it is a `pipelint.toml`.
    pub(crate) fn is_config(&self) -> bool {
        let name = self.uri.path().as_str().rsplit('/').next();
        name == Some(Config::FILE_NAME)
    }

    pub(crate) fn range(&self, span: &Range<usize>, encoding: Encoding) -> ls_types::Range {
        self.lines.range(&self.text, span, encoding)
    }
}

/// The path of a file's address; other addresses have none.
pub(crate) fn file_path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    let path = is_file.then(|| uri.to_file_path()).flatten()?;
    Some(path.into_owned())
}

#[cfg(test)]
mod tests {
    use ls_types::{Position, Range};

    use super::*;

    fn document(text: &str) -> Document {
        Document::new(TextDocumentItem {
            uri: "file:///tmp/a%20deal.json".parse().unwrap(),
            language_id: "json".into(),
            version: 1,
            text: text.to_owned(),
        })
    }

    fn change(range: Option<(u32, u32, u32, u32)>, text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent {
            range: range.map(|(line, character, to_line, to_character)| Range {
                start: Position::new(line, character),
                end: Position::new(to_line, to_character),
            }),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn changes_apply_one_after_the_other() {
        let mut document = document("{\n\"a\": \"🦀\"\n}");
        document.change(
            2,
            vec![
                change(Some((1, 8, 1, 8)), "x"),
                change(Some((0, 1, 1, 0)), ""),
                change(Some((0, 0, 0, 1)), "["),
            ],
            Encoding::Utf16,
        );
        assert_eq!(document.text, "[\"a\": \"🦀x\"\n}");
        document.change(3, vec![change(None, "{}")], Encoding::Utf16);
        assert_eq!((document.text.as_str(), document.version), ("{}", 3));
    }

    #[test]
    fn a_range_outside_of_the_text_changes_its_end() {
        let mut document = document("{}");
        document.change(2, vec![change(Some((7, 3, 9, 9)), "\n")], Encoding::Utf16);
        document.change(3, vec![change(Some((0, 9, 0, 1)), "x")], Encoding::Utf16);
        assert_eq!(document.text, "{x\n");
    }

    #[test]
    fn a_document_that_changes_all_the_time_is_checked_in_the_end() {
        let mut document = document("{}");
        document.begin();
        let mut due = Vec::new();
        for _ in 0..3 {
            document.change(2, Vec::new(), Encoding::Utf16);
            due.push(document.due().unwrap());
        }
        assert!(due[0] > Clock::now());
        let first = document.due.unwrap().1;
        document.due = Some((first, first.checked_sub(LONGEST_PAUSE).unwrap()));
        document.change(2, Vec::new(), Encoding::Utf16);
        assert!(document.due().unwrap() <= Clock::now());
    }

    #[test]
    fn a_file_has_a_path_and_another_document_has_none() {
        assert_eq!(
            document("").path.unwrap(),
            PathBuf::from("/tmp/a deal.json")
        );
        let untitled: Uri = "untitled:Untitled-1".parse().unwrap();
        assert_eq!(file_path(&untitled), None);
    }
}
