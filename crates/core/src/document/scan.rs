//! The pass over the text.

use super::mistakes::{self, Expected, Mistake, stop};
use super::unescape::{characters, unit};
use super::{
    Document, Flaw, FlawKind, Kind, Limits, NONE, Node, STRANGER, duplicates, flag, number, string,
};
use crate::contract::{Object, Property, Schema};

/// Reads `text` into `document`, up to its end or to the first mistake.
pub(super) fn scan(document: &mut Document, text: &str, root: &'static Schema, limits: &Limits) {
    if text.len() > limits.size.min(Limits::MAX_SIZE) as usize {
        document.stop = Some(stop(Mistake::TooLarge, 0, 0));
        return;
    }
    let depth = limits.depth.min(Limits::MAX_DEPTH);
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        document,
    };
    let mut at = 0;
    if scanner.bytes.starts_with(b"\xef\xbb\xbf") {
        scanner.flaw(FlawKind::ByteOrderMark, 0, 3);
        at = 3;
    }
    // A failure has left its reason in the document.
    let _ = scanner.whole(at, root, depth);
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    document: &'a mut Document,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place {
    key: u32,
    key_length: u32,
    property: u8,
}

impl Place {
    const UNNAMED: Self = Self {
        key: NONE,
        key_length: 0,
        property: STRANGER,
    };
}

/// An offset behind what was read; `None` if reading stopped, with the reason in the document.
type Read = Option<usize>;

impl Scanner<'_> {
    fn whole(&mut self, at: usize, root: &'static Schema, depth: u32) -> Read {
        let at = self.space(at);
        let at = self.value(at, Place::UNNAMED, root, depth, Expected::Value)?;
        let at = self.space(at);
        if at < self.bytes.len() {
            self.mistake(at, Expected::End)
        } else {
            Some(at)
        }
    }

    #[inline]
    fn value(
        &mut self,
        at: usize,
        place: Place,
        schema: &'static Schema,
        depth: u32,
        expected: Expected,
    ) -> Read {
        match self.bytes.get(at) {
            Some(b'"') => self.string(at, place),
            Some(b'-' | b'0'..=b'9') => self.number(at, place),
            Some(b'{') => self.object(at, place, schema, depth),
            Some(b'[') => self.array(at, place, schema, depth),
            Some(b't') => self.literal(at, place, "true", Kind::Boolean, flag::TRUE, expected),
            Some(b'f') => self.literal(at, place, "false", Kind::Boolean, 0, expected),
            Some(b'n') => self.literal(at, place, "null", Kind::Null, 0, expected),
            _ => self.mistake(at, expected),
        }
    }

    #[inline]
    fn push(&mut self, place: Place, start: usize, end: usize, kind: Kind, flags: u8) {
        let next = self.document.nodes.len() as u32 + 1;
        self.document.nodes.push(Node {
            start: start as u32,
            end: end as u32,
            key: place.key,
            key_length: place.key_length,
            next,
            kind,
            flags,
            property: place.property,
        });
    }

    #[inline]
    fn string(&mut self, at: usize, place: Place) -> Read {
        let (end, flags) = self.string_end(at)?;
        self.push(place, at, end, Kind::String, flags);
        Some(end)
    }

    /// The offset behind the string whose opening quote is at `at`, and its flags.
    #[inline]
    fn string_end(&mut self, at: usize) -> Option<(usize, u8)> {
        let run = string::plain(self.bytes, at + 1);
        let flags = if run.highs == 0 { 0 } else { flag::NON_ASCII };
        if self.bytes.get(run.end) == Some(&b'"') {
            return Some((run.end + 1, flags));
        }
        self.string_rest(at, run.end, flags)
    }

    #[cold]
    fn string_rest(&mut self, start: usize, mut at: usize, mut flags: u8) -> Option<(usize, u8)> {
        loop {
            match self.bytes.get(at) {
                Some(b'"') => return Some((at + 1, flags)),
                Some(b'\\') => {
                    flags |= flag::ESCAPED;
                    at = self.escape(at)?;
                }
                Some(_) => return self.stopped(Mistake::Control, at, at + 1),
                None => return self.stopped(Mistake::OpenString, start, self.line_end(start)),
            }
            let run = string::plain(self.bytes, at);
            if run.highs != 0 {
                flags |= flag::NON_ASCII;
            }
            at = run.end;
        }
    }

    /// The offset behind the escape at `at`.
    fn escape(&mut self, at: usize) -> Read {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Some(at + 2),
            Some(b'u') => match unit(self.bytes, at + 2) {
                Some(0xd800..=0xdbff) if self.is_low_surrogate(at + 6) => Some(at + 12),
                Some(0xd800..=0xdfff) => {
                    self.flaw(FlawKind::LoneSurrogate, at, at + 6);
                    Some(at + 6)
                }
                Some(_) => Some(at + 6),
                None => self.stopped(Mistake::Escape, at, at + 2),
            },
            Some(&byte) => self.stopped(Mistake::Escape, at, at + 1 + mistakes::width(byte)),
            None => self.stopped(Mistake::Unfinished, at + 1, at + 1),
        }
    }

    fn is_low_surrogate(&self, at: usize) -> bool {
        self.bytes.get(at..at + 2) == Some(b"\\u")
            && unit(self.bytes, at + 2).is_some_and(|low| (0xdc00..=0xdfff).contains(&low))
    }

    #[inline]
    fn number(&mut self, at: usize, place: Place) -> Read {
        match number::number(self.bytes, at) {
            Ok((end, flags)) => {
                self.push(place, at, end, Kind::Number, flags);
                Some(end)
            }
            Err(bad) => {
                self.document.stop = Some(mistakes::in_number(self.bytes, at, bad));
                None
            }
        }
    }

    #[inline]
    fn literal(
        &mut self,
        at: usize,
        place: Place,
        word: &str,
        kind: Kind,
        flags: u8,
        expected: Expected,
    ) -> Read {
        let end = at + word.len();
        if self.bytes.get(at..end) != Some(word.as_bytes()) {
            return self.mistake(at, expected);
        }
        self.push(place, at, end, kind, flags);
        Some(end)
    }

    fn array(&mut self, at: usize, place: Place, schema: &'static Schema, depth: u32) -> Read {
        let (array, mut at, depth) = self.open(at, place, Kind::Array, depth)?;
        let items = schema
            .array
            .and_then(|array| array.items)
            .unwrap_or(&Schema::ANY);
        if self.bytes.get(at) == Some(&b']') {
            return self.close(array, at + 1);
        }
        let mut expected = Expected::ItemOrEnd;
        loop {
            at = self.value(at, Place::UNNAMED, items, depth, expected)?;
            at = self.space(at);
            match self.bytes.get(at) {
                Some(b',') => at = self.space(at + 1),
                Some(b']') => return self.close(array, at + 1),
                _ => return self.mistake(at, Expected::CommaInArray),
            }
            expected = Expected::Value;
        }
    }

    fn object(&mut self, at: usize, place: Place, schema: &'static Schema, depth: u32) -> Read {
        let (object, mut at, depth) = self.open(at, place, Kind::Object, depth)?;
        let known = schema.object;
        let properties = known.map_or(&[][..], |known| known.properties);
        let mut next = properties.iter();
        let mut seen = 0u128;
        let mut strangers = 0u32;
        if self.bytes.get(at) == Some(&b'}') {
            return self.close(object, at + 1);
        }
        let mut expected = Expected::KeyOrEnd;
        loop {
            if self.bytes.get(at) != Some(&b'"') {
                return self.mistake(at, expected);
            }
            let key = at + 1;
            let mut place = Place {
                key: at as u32,
                key_length: 0,
                property: STRANGER,
            };
            let mut within = &Schema::ANY;
            let guess = next.next();
            match guess {
                Some(property) if property.starts(self.bytes.get(key..).unwrap_or_default()) => {
                    let index = properties.len() - next.len() - 1;
                    place.property = index as u8;
                    place.key_length = property.name.len() as u32;
                    within = property.schema;
                    at = key + property.name.len() + 1;
                }
                _ => {
                    let (end, flags) = self.string_end(at)?;
                    place.key_length = (end - 1 - key) as u32;
                    at = end;
                    let found = known.and_then(|known| self.find(known, key, end - 1, flags));
                    if let Some((index, property)) = found {
                        place.property = index;
                        within = property.schema;
                        next = properties
                            .get(usize::from(index) + 1..)
                            .unwrap_or_default()
                            .iter();
                    } else if guess.is_some() {
                        // A stranger does not move the guess.
                        next = properties
                            .get(properties.len() - next.len() - 1..)
                            .unwrap_or_default()
                            .iter();
                    }
                }
            }
            let node = self.document.nodes.len() as u32;
            at = self.colon(at)?;
            at = self.value(at, place, within, depth, Expected::Value)?;
            if place.property == STRANGER {
                strangers += 1;
            } else {
                let bit = 1u128 << (place.property & 127);
                if seen & bit != 0 {
                    let flaw = duplicates::flaw(self.document, node);
                    self.document.flaws.extend(flaw);
                }
                seen |= bit;
            }
            at = self.comma(at);
            match self.bytes.get(at) {
                Some(b',') => at = self.space(at + 1),
                Some(b'}') => {
                    if strangers > 1 {
                        duplicates::note(self.document, self.text, object, strangers);
                    }
                    return self.close(object, at + 1);
                }
                _ => return self.mistake(at, Expected::CommaInObject),
            }
            expected = Expected::Key;
        }
    }

    /// The property that the key between `start` and `end` names.
    #[inline]
    fn find(
        &self,
        known: &'static Object,
        start: usize,
        end: usize,
        flags: u8,
    ) -> Option<(u8, &'static Property)> {
        let key = self.text.get(start..end)?;
        if flags & flag::ESCAPED != 0 || known.ignore_case {
            return find_slowly(known, key);
        }
        let index = known.index.find(key.as_bytes())?;
        let property = known.properties.get(usize::from(index))?;
        (property.name == key).then_some((index, property))
    }

    /// Starts a container: its node's number, the offset of what is in it, and the depth left.
    fn open(
        &mut self,
        at: usize,
        place: Place,
        kind: Kind,
        depth: u32,
    ) -> Option<(u32, usize, u32)> {
        let node = self.document.nodes.len() as u32;
        let Some(depth) = depth.checked_sub(1) else {
            return self.stopped(Mistake::TooDeep, at, at + 1);
        };
        self.push(place, at, 0, kind, 0);
        if let Some(open) = self.document.nodes.last_mut() {
            open.next = 0;
        }
        Some((node, self.space(at + 1), depth))
    }

    #[inline]
    #[allow(clippy::unnecessary_wraps, reason = "ends a container as a value ends")]
    fn close(&mut self, container: u32, end: usize) -> Read {
        let next = self.document.nodes.len() as u32;
        if let Some(node) = self.document.nodes.get_mut(container as usize) {
            node.end = end as u32;
            node.next = next;
        }
        Some(end)
    }

    /// The offset of the value behind the colon that belongs at or behind `at`.
    #[inline]
    fn colon(&mut self, at: usize) -> Read {
        let at = if self.bytes.get(at) == Some(&b':') {
            at
        } else {
            self.space(at)
        };
        if self.bytes.get(at) != Some(&b':') {
            return self.mistake(at, Expected::Colon);
        }
        Some(self.space(at + 1))
    }

    /// The offset of the comma or bracket at or behind `at`.
    #[inline]
    fn comma(&self, at: usize) -> usize {
        if self.bytes.get(at) == Some(&b',') {
            at
        } else {
            self.space(at)
        }
    }

    /// Skips white space.
    #[inline]
    fn space(&self, at: usize) -> usize {
        match self.bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => self.spaces(at + 1),
            _ => at,
        }
    }

    #[inline(never)]
    fn spaces(&self, mut at: usize) -> usize {
        const SPACES: u64 = 0x2020_2020_2020_2020;
        loop {
            match self.bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
                Some(chunk) if u64::from_le_bytes(*chunk) == SPACES => at += 8,
                _ => match self.bytes.get(at) {
                    Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
                    _ => return at,
                },
            }
        }
    }

    /// The end of the line on which `at` stands.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(rest.len())
    }

    #[cold]
    fn flaw(&mut self, kind: FlawKind, start: usize, end: usize) {
        let node = self.document.nodes.len() as u32;
        self.document.flaws.push(Flaw {
            kind,
            node,
            start: start as u32,
            end: end as u32,
        });
    }

    #[cold]
    fn mistake(&mut self, at: usize, expected: Expected) -> Read {
        let mut stop = mistakes::tell(self.bytes, at, expected);
        while !self.text.is_char_boundary(stop.end as usize) {
            stop.end += 1;
        }
        self.document.stop = Some(stop);
        None
    }

    #[cold]
    fn stopped<T>(&mut self, mistake: Mistake, start: usize, end: usize) -> Option<T> {
        self.document.stop = Some(stop(mistake, start, end.min(self.bytes.len())));
        None
    }
}

/// Finds a property by a key with escapes, or without regard to case.
#[cold]
fn find_slowly(known: &'static Object, key: &str) -> Option<(u8, &'static Property)> {
    known
        .properties
        .iter()
        .enumerate()
        .find_map(|(index, property)| {
            let names = property.name.chars();
            let values = characters(key).map(|character| character.value);
            let same = if known.ignore_case {
                values
                    .map(|value| value.to_ascii_lowercase())
                    .eq(names.map(|name| name.to_ascii_lowercase()))
            } else {
                values.eq(names)
            };
            same.then_some((index as u8, property))
        })
}
