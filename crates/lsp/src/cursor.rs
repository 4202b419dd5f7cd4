//! Finds the place of a cursor in a JSON text that may be incomplete.
//!
//! The text at the cursor is rarely valid while it is written. The reader therefore accepts any
//! text, and an unclosed string ends with its line.

use std::borrow::Cow;
use std::ops::Range;

use pipelint::unescape;

/// One step from the root of a payload to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an item of an array.
    Item,
}

/// The kind of place that the cursor is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A key, or the place for one.
    Key {
        /// The other keys of the object.
        others: Vec<String>,
        /// Whether a colon follows.
        has_colon: bool,
    },
    /// A value, or the place for one.
    Value,
    /// Neither, such as a comma.
    Other,
}

/// The place of a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The path to the value. For a key, the path includes it unless it is not written yet.
    pub(crate) path: Vec<Step>,
    /// What is there.
    pub(crate) place: Place,
    /// The token at the cursor, with its quotes; empty if there is none.
    pub(crate) token: Range<usize>,
}

/// A container that is open.
struct Frame {
    is_object: bool,
    expects: Expects,
    /// The key of the value that is being read.
    key: Option<String>,
    keys: Vec<(String, Range<usize>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    Key,
    Colon,
    Value,
    Comma,
}

/// The deepest nesting that is followed. A cursor further down has no place.
const DEEPEST: usize = 256;

impl Cursor {
    /// Finds the place of a byte offset in a payload.
    pub(crate) fn find(text: &str, offset: usize) -> Self {
        let mut reader = Reader {
            text,
            offset: offset.min(text.len()),
            frames: Vec::new(),
            found: None,
            depth: 0,
        };
        reader.read();
        let Some((mut cursor, _)) = reader.found else {
            return Self {
                path: Vec::new(),
                place: Place::Other,
                token: offset..offset,
            };
        };
        if let Place::Key { others, .. } = &mut cursor.place {
            let frame = reader.frames.last();
            let keys = frame.map_or(&[][..], |frame| &frame.keys);
            let keys = keys.iter().filter(|(_, span)| *span != cursor.token);
            *others = keys.map(|(key, _)| key.clone()).collect();
        }
        cursor
    }
}

struct Reader<'t> {
    text: &'t str,
    offset: usize,
    frames: Vec<Frame>,
    /// The cursor, and how many containers were open there.
    found: Option<(Cursor, usize)>,
    depth: usize,
}

impl Reader<'_> {
    /// Reads until the place and the keys of its object are known.
    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        // The text between two tokens.
        let mut gap = 0;
        while let Some(byte) = bytes.get(at) {
            let start = at;
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    at += 1;
                    continue;
                }
                b'"' => at = string_end(bytes, at),
                _ if is_punctuation(*byte) => at += 1,
                _ => at = scalar_end(bytes, at),
            }
            self.meet_gap(gap..start, !is_punctuation(*byte));
            gap = at;
            match byte {
                b'{' | b'[' => self.open(*byte == b'{'),
                b'}' | b']' => {
                    if self.close() {
                        return;
                    }
                }
                b':' => self.colon(),
                b',' => self.comma(),
                _ => self.token(start..at, *byte == b'"'),
            }
        }
        self.meet_gap(gap..bytes.len(), false);
    }

    /// Notes the cursor if it is in the gap between two tokens, which may be empty. The start of a
    /// scalar belongs to the scalar.
    fn meet_gap(&mut self, gap: Range<usize>, is_before_scalar: bool) {
        if gap.contains(&self.offset) || gap.end == self.offset && !is_before_scalar {
            self.note(self.offset..self.offset);
        }
    }

    /// Notes the cursor, if it is in a token or at one of its ends.
    fn meet_token(&mut self, token: Range<usize>) {
        if token.contains(&self.offset) || token.end == self.offset {
            self.note(token);
        }
    }

    fn note(&mut self, token: Range<usize>) {
        if self.found.is_some() || self.frames.len() > DEEPEST {
            return;
        }
        let mut path = self.path();
        let place = match self.frames.last() {
            None => Place::Value,
            Some(frame) => match frame.expects {
                Expects::Key => {
                    // The key itself is not a step yet.
                    path.pop();
                    Place::Key {
                        others: Vec::new(),
                        has_colon: false,
                    }
                }
                Expects::Value => Place::Value,
                Expects::Colon | Expects::Comma => Place::Other,
            },
        };
        let cursor = Cursor { path, place, token };
        self.found = Some((cursor, self.frames.len()));
    }

    /// The path to the value that is being read.
    fn path(&self) -> Vec<Step> {
        let steps = self.frames.iter().map(|frame| match &frame.key {
            Some(key) => Step::Key(key.clone()),
            None if frame.is_object => Step::Key(String::new()),
            None => Step::Item,
        });
        steps.collect()
    }

    fn open(&mut self, is_object: bool) {
        self.depth += 1;
        if self.frames.len() > DEEPEST {
            return;
        }
        self.frames.push(Frame {
            is_object,
            expects: if is_object {
                Expects::Key
            } else {
                Expects::Value
            },
            key: None,
            keys: Vec::new(),
        });
    }

    /// Closes a container. Returns whether it is the container of the cursor, so that reading can
    /// stop.
    fn close(&mut self) -> bool {
        self.depth = self.depth.saturating_sub(1);
        // The container was too deep to be followed, or none is open.
        if self.frames.len() <= self.depth || self.frames.is_empty() {
            return false;
        }
        if let Some((_, depth)) = &self.found
            && self.frames.len() <= *depth
        {
            return true;
        }
        self.frames.pop();
        self.value_ends();
        false
    }

    fn colon(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if frame.is_object && matches!(frame.expects, Expects::Colon) {
            frame.expects = Expects::Value;
        }
        let depth = self.frames.len();
        let keys = self.frames.last().map(|frame| &frame.keys);
        if let Some((cursor, found)) = &mut self.found
            && *found == depth
            && let Place::Key { has_colon, .. } = &mut cursor.place
            && let Some((_, span)) = keys.and_then(|keys| keys.last())
        {
            *has_colon |= *span == cursor.token;
        }
    }

    fn comma(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.key = None;
            frame.expects = if frame.is_object {
                Expects::Key
            } else {
                Expects::Value
            };
        }
    }

    fn value_ends(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.expects = Expects::Comma;
        }
    }

    /// A string or another scalar.
    fn token(&mut self, span: Range<usize>, is_string: bool) {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let Some(frame) = self.frames.last_mut() else {
            self.meet_token(span);
            return;
        };
        // A string in the place of a colon or comma is the next key: what comes before it is missing.
        if frame.is_object && is_string && matches!(frame.expects, Expects::Colon | Expects::Comma)
        {
            frame.key = None;
            frame.expects = Expects::Key;
        }
        match frame.expects {
            Expects::Key => {
                let inner = text.trim_start_matches('"');
                let key = unescape(inner.strip_suffix('"').unwrap_or(inner));
                let key = Cow::into_owned(key);
                frame.key = Some(key.clone());
                frame.keys.push((key.clone(), span.clone()));
                let before = self.found.is_none();
                self.meet_token(span);
                if before && let Some((cursor, _)) = &mut self.found {
                    cursor.path.push(Step::Key(key));
                }
                if let Some(frame) = self.frames.last_mut() {
                    frame.expects = Expects::Colon;
                }
            }
            Expects::Value => {
                self.meet_token(span);
                self.value_ends();
            }
            Expects::Colon | Expects::Comma => self.meet_token(span),
        }
    }
}

/// The end of the string whose opening quote is at `at`; an unclosed one ends with its line.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'"' => return end + 1,
            b'\n' | b'\r' => return end,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    bytes.len()
}

fn is_punctuation(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',')
}

/// The end of a number, a word or other text.
fn scalar_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| {
        matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'"') || is_punctuation(*byte)
    });
    at + length.unwrap_or(rest.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path, the place and the token at the `|` in a text.
    fn at(marked: &str) -> String {
        let offset = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let cursor = Cursor::find(&text, offset);
        let path: String = cursor
            .path
            .iter()
            .map(|step| match step {
                Step::Key(key) => format!("/{key}"),
                Step::Item => "/*".to_owned(),
            })
            .collect();
        let place = match &cursor.place {
            Place::Key { others, has_colon } => {
                let colon = if *has_colon { ":" } else { "" };
                format!("key{colon} beside {}", others.join(","))
            }
            Place::Value => "value".to_owned(),
            Place::Other => "other".to_owned(),
        };
        format!("{path} {place} {}", &text[cursor.token])
    }

    #[test]
    fn keys_and_values_are_told_apart() {
        assert_eq!(
            at(r#"{ "na|me": 1, "b": [2] }"#),
            r#"/name key: beside b "name""#
        );
        assert_eq!(at(r#"{ "name": "A|c" }"#), r#"/name value "Ac""#);
        assert_eq!(
            at(r#"{ "a": { "b": [ {"c": tr|ue} ] } }"#),
            "/a/b/*/c value true"
        );
        assert_eq!(at(r#"{ "a": 1| }"#), "/a value 1");
        assert_eq!(at(r#"{ "a": 1, | "b": 2 }"#), " key beside a,b ");
        assert_eq!(at(r#"{ "a": { | }, "b": 2 }"#), "/a key beside  ");
        assert_eq!(at(r#"{ "a": | }"#), "/a value ");
        assert_eq!(at(r#"{ "a": 1 | }"#), "/a other ");
        assert_eq!(at(r#"[ "x", "|" ]"#), r#"/* value """#);
    }

    #[test]
    fn half_written_text_is_read() {
        assert_eq!(at(r#"{ "a": 1, "sta|"#), r#"/sta key beside a "sta"#);
        assert_eq!(at("{ \"sta|\n  \"b\": 2 }"), "/sta key beside b \"sta");
        assert_eq!(at("{ \"status\": \"|\n}"), "/status value \"");
        assert_eq!(at("{ \"status\": |"), "/status value ");
        assert_eq!(at("{ |"), " key beside  ");
        assert_eq!(at("{|}"), " key beside  ");
        assert_eq!(at("|"), " value ");
        // Without the comma before it.
        assert_eq!(at(r#"{ "a": 1 "|" }"#), r#"/ key beside a """#);
    }

    #[test]
    fn a_key_keeps_its_escapes_apart() {
        assert_eq!(at(r#"{ "a\"b": "|" }"#), r#"/a"b value """#);
    }

    #[test]
    fn no_text_and_no_offset_makes_it_panic() {
        for text in [
            "\\",
            "\"\\",
            "}}}]]",
            "[[[",
            "{:,:}",
            "ß\"ß",
            "\"",
            &"[".repeat(2000),
        ] {
            for offset in 0..text.len() + 3 {
                Cursor::find(text, offset);
            }
        }
    }
}
