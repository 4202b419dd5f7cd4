//! The pass over the text.

use std::marker::PhantomData;
use std::num::NonZeroUsize;

use super::syntax_error::{self, Expected, SyntaxErrorKind, stop};
use super::unescape::characters;
use super::{
    Document, Limits, NONE, Node, Parent, RecoverableError, RecoverableErrorKind, Token,
    UNKNOWN_PROPERTY, Visitor, flag, number, string,
};
use crate::contract::{Facts, Object, Property, Schema};
use crate::values::bytes::{self, hex_unit};
use crate::values::number::Number;
use crate::values::unicode;

/// Reads `bytes` into `document`, up to their end or to the first mistake.
#[cfg_attr(not(pipelint_module), inline(always))]
pub(super) fn scan<'c, V: Visitor<'c>>(
    document: &mut Document,
    bytes: &[u8],
    root: &'c Schema<'c>,
    limits: &Limits,
    visitor: V,
) {
    if bytes.len() > limits.size.min(Limits::MAX_SIZE) as usize {
        document.stop = Some(stop(SyntaxErrorKind::TooLarge, 0, 0));
        return;
    }
    if bytes.len() > DENSE {
        let Some(values) = values_within(bytes, values_allowed(bytes.len())) else {
            document.stop = Some(stop(SyntaxErrorKind::TooManyValues, 0, 0));
            return;
        };
        document.nodes.reserve_exact(values);
    }
    let depth = limits.depth.min(Limits::MAX_DEPTH);
    let mut scanner = Scanner {
        bytes,
        nodes: std::mem::take(&mut document.nodes),
        document,
        visitor,
        schemas: PhantomData,
    };
    // A failure has left its reason in the document.
    let _ = scanner.whole(root, depth);
    document.nodes = scanner.nodes;
}

/// Text up to this size cannot hold too many values: each has a byte and a comma. That of more
/// gets its nodes at once, because a list that doubles its room takes up to three times as much.
const DENSE: usize = 64 << 10;

/// How many values a text may have, so that checking it takes at most twice its size and 8 MiB:
/// a node each, and what comparing the items of a list takes.
const fn values_allowed(length: usize) -> usize {
    /// A node of 28 bytes, and 12 of a digest.
    const EACH: usize = 40;
    const OTHERS: usize = 2 << 20;
    (2 * length + (8 << 20) - OTHERS) / EACH
}

/// A number that the text's values do not exceed; `None` if they exceed `most`.
#[cold]
#[inline(never)]
#[cfg_attr(pipelint_module, optimize(speed))]
fn values_within(bytes: &[u8], most: usize) -> Option<usize> {
    let opens = |byte: u8| matches!(byte, b',' | b'[' | b'{');
    // Most texts are far from it, even if all in their strings is counted.
    let rough: usize = bytes
        .chunks(128)
        .map(|part| usize::from(part.iter().map(|byte| u8::from(opens(*byte))).sum::<u8>()))
        .sum();
    if rough < most {
        return Some(rough + 1);
    }
    let (mut values, mut at) = (1, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        values += usize::from(opens(*byte));
        if *byte == b'"' {
            // To the end of the string.
            while let Some(byte) = bytes.get(at) {
                at += if *byte == b'\\' { 2 } else { 1 };
                if *byte == b'"' {
                    break;
                }
            }
        }
    }
    (values <= most).then_some(values)
}

pub(super) struct Scanner<'a, 'c, V> {
    pub(super) bytes: &'a [u8],
    pub(super) nodes: Vec<Node>,
    pub(super) document: &'a mut Document,
    pub(super) visitor: V,
    schemas: PhantomData<&'c Schema<'c>>,
}

/// Where a value is, and the facts of the values around it.
pub(super) struct Frame<'c> {
    /// Byte offset of the key's opening quote, `NONE` without a key; and above it the length of
    /// the key. They travel together, because what is written in two parts is slow to read as one.
    pub(super) key: u64,
    pub(super) property: u8,
    /// The facts about the value that was read last.
    pub(super) facts: Facts,
    /// The object or array.
    pub(super) parent: Parent<'c>,
}

impl<'c> Frame<'c> {
    /// That of values without keys.
    pub(super) const fn new(parent: Parent<'c>) -> Self {
        Self {
            key: NONE as u64,
            property: UNKNOWN_PROPERTY,
            facts: Facts::NONE,
            parent,
        }
    }

    #[inline(always)]
    pub(super) fn name(&mut self, key: usize, length: usize, property: u8) {
        self.key = (length as u64) << 32 | key as u64 & 0xffff_ffff;
        self.property = property;
    }
}

/// An offset after what was read, which is never 0; `None` if reading stopped, with the reason
/// in the document.
pub(super) type Read = Option<NonZeroUsize>;

impl<'c, V: Visitor<'c>> Scanner<'_, 'c, V> {
    #[cfg_attr(not(pipelint_module), inline(always))]
    fn whole(&mut self, root: &'c Schema<'c>, depth: u32) -> Read {
        let mut frame = Frame::new(Parent::NONE);
        let end = if self.bytes.first() == Some(&b'{') {
            self.object(0, root, depth, &mut frame)?
        } else {
            self.other_root(root, depth, &mut frame)?
        };
        let at = self.space(end.get());
        if at < self.bytes.len() {
            self.mistake(at, Expected::End)
        } else {
            Some(end)
        }
    }

    /// Reads a root that is not an object, or that follows white space or a byte order mark.
    #[inline(never)]
    fn other_root(&mut self, root: &'c Schema<'c>, depth: u32, frame: &mut Frame<'c>) -> Read {
        let mut at = 0;
        if self.bytes.starts_with(b"\xef\xbb\xbf") {
            self.document.non_ascii = true;
            self.flaw(RecoverableErrorKind::ByteOrderMark, 0, 3);
            at = 3;
        }
        self.item(at, root, depth, Expected::Value, frame)
    }

    /// Reads the value at `at`, or after the white space there.
    #[inline(always)]
    pub(super) fn value(
        &mut self,
        at: usize,
        schema: &'c Schema<'c>,
        depth: u32,
        expected: Expected,
        frame: &mut Frame<'c>,
    ) -> Read {
        if self.bytes.get(at) == Some(&b'"') {
            let run = string::plain(self.bytes, at + 1);
            self.string(at, run, schema, frame)
        } else {
            self.other(at, schema, depth, expected, frame)
        }
    }

    /// [`Self::value`], out of the way of what reads keys.
    #[inline(never)]
    pub(super) fn item(
        &mut self,
        at: usize,
        schema: &'c Schema<'c>,
        depth: u32,
        expected: Expected,
        frame: &mut Frame<'c>,
    ) -> Read {
        self.value(at, schema, depth, expected, frame)
    }

    #[inline(never)]
    pub(super) fn other(
        &mut self,
        at: usize,
        schema: &'c Schema<'c>,
        depth: u32,
        expected: Expected,
        frame: &mut Frame<'c>,
    ) -> Read {
        let at = self.space(at);
        match self.bytes.get(at) {
            Some(b'-' | b'0'..=b'9') => self.number(at, schema, frame),
            Some(b't' | b'f' | b'n') => self.literal(at, schema, expected, frame),
            Some(b'[') => self.array(at, schema, depth, frame),
            Some(b'{') => self.object(at, schema, depth, frame),
            Some(b'"') => self.item(at, schema, depth, expected, frame),
            _ => self.mistake(at, expected),
        }
    }

    /// Hands a value to the visitor and writes its node.
    #[cfg_attr(not(pipelint_module), inline(always))]
    #[cfg_attr(pipelint_module, inline(never))]
    pub(super) fn done(
        &mut self,
        (start, end): (usize, usize),
        token: Token<'_>,
        flags: u8,
        schema: &'c Schema<'c>,
        frame: &mut Frame<'c>,
    ) -> Read {
        frame.facts =
            self.visitor
                .value(self.nodes.len(), (start, end), token, schema, frame.parent);
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node {
            start: start as u32,
            end: end as u32,
            key: frame.key as u32,
            key_length: (frame.key >> 32) as u32,
            next,
            kind: token.kind(),
            flags,
            property: frame.property,
        });
        NonZeroUsize::new(end)
    }

    /// Reads the string whose opening quote is at `at`, and whose text begins with that run.
    #[inline(always)]
    pub(super) fn string(
        &mut self,
        at: usize,
        run: string::Run,
        schema: &'c Schema<'c>,
        frame: &mut Frame<'c>,
    ) -> Read {
        let bytes = self.bytes;
        if let Some(text) = bytes.get(at + 1..)
            && let Some((inner, [b'"', ..])) = text.split_at_checked(run.length)
        {
            let mut flags = 0;
            if run.non_ascii {
                flags = flag::NON_ASCII;
                self.document.non_ascii = true;
            }
            let token = Token::String(inner, flags);
            let end = at + run.length + 2;
            return self.done((at, end), token, flags, schema, frame);
        }
        self.unusual_string(at, schema, frame)
    }

    #[cold]
    #[inline(never)]
    fn unusual_string(&mut self, at: usize, schema: &'c Schema<'c>, frame: &mut Frame<'c>) -> Read {
        let (end, flags) = self.string_end(at)?;
        let bytes = self.bytes;
        let inner = bytes.get(at + 1..end - 1).unwrap_or_default();
        let token = Token::String(inner, flags);
        self.done((at, end), token, flags, schema, frame)
    }

    /// The offset after the string whose opening quote is at `start`, and its flags.
    #[inline(never)]
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(super) fn string_end(&mut self, start: usize) -> Option<(usize, u8)> {
        let mut at = start + 1;
        let mut flags = 0;
        loop {
            let run = string::plain(self.bytes, at);
            at += run.length;
            if run.non_ascii {
                flags |= flag::NON_ASCII;
                self.document.non_ascii = true;
            }
            match self.bytes.get(at) {
                Some(b'"') => return Some((at + 1, flags)),
                Some(b'\\') => {
                    let (end, own) = self.escape(at)?;
                    flags |= flag::ESCAPED | own;
                    at = end;
                }
                Some(_) => return self.stopped(SyntaxErrorKind::Control, at, at + 1),
                None => {
                    return self.stopped(SyntaxErrorKind::OpenString, start, self.line_end(start));
                }
            }
        }
    }

    /// The offset after the escape at `at`, and what is to be noted of its string.
    fn escape(&mut self, at: usize) -> Option<(usize, u8)> {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/') => Some((at + 2, 0)),
            Some(b'n' | b'r' | b't') => Some((at + 2, flag::BREAK)),
            Some(b'b' | b'f') => Some((at + 2, flag::STRANGE)),
            Some(b'u') => match hex_unit(self.bytes, at + 2) {
                Some(0xd800..=0xdbff) if self.is_low_surrogate(at + 6) => {
                    Some((at + 12, flag::STRANGE))
                }
                Some(code) => match char::from_u32(code) {
                    Some(value)
                        if unicode::is_odd(value, false)
                            || self.is_behind_latin(at) && unicode::is_continuation(value) =>
                    {
                        Some((at + 6, flag::STRANGE))
                    }
                    Some('&') if self.may_be_entity(at + 6) => Some((at + 6, flag::AMPERSAND)),
                    Some(_) => Some((at + 6, 0)),
                    None => {
                        self.flaw(RecoverableErrorKind::LoneSurrogate, at, at + 6);
                        Some((at + 6, flag::STRANGE))
                    }
                },
                None => self.stopped(SyntaxErrorKind::Escape, at, at + 2),
            },
            Some(&byte) => self.stopped(
                SyntaxErrorKind::Escape,
                at,
                at + 1 + syntax_error::width(byte),
            ),
            None => self.stopped(SyntaxErrorKind::Unfinished, at + 1, at + 1),
        }
    }

    /// Whether what follows an ampersand may be the name or the number of an HTML entity.
    fn may_be_entity(&self, at: usize) -> bool {
        let first = self.bytes.get(at);
        first.is_some_and(|first| *first == b'#' || first.is_ascii_alphabetic())
    }

    /// Whether the escape of a Latin letter is before `at`, which may be the first byte of a
    /// wrongly decoded character. A letter that is not escaped is noted anyway.
    fn is_behind_latin(&self, at: usize) -> bool {
        let before = at.checked_sub(6).and_then(|from| self.bytes.get(from..at));
        before.is_some_and(|escape| escape.starts_with(b"\\u00"))
    }

    fn is_low_surrogate(&self, at: usize) -> bool {
        self.bytes.get(at..at + 2) == Some(b"\\u")
            && hex_unit(self.bytes, at + 2).is_some_and(|low| (0xdc00..=0xdfff).contains(&low))
    }

    #[inline(always)]
    fn number(&mut self, at: usize, schema: &'c Schema<'c>, frame: &mut Frame<'c>) -> Read {
        match number::number(self.bytes, at) {
            Ok(lexed) => {
                let number = if lexed.exponent || lexed.end - at > 19 {
                    long_number(self.bytes, at, lexed.end)
                } else {
                    let minus = lexed.flags & flag::NEGATIVE != 0;
                    Number::of_digits(minus, lexed.coefficient, lexed.places)
                };
                let token = Token::Number(&number, lexed.flags, lexed.end - at);
                self.done((at, lexed.end), token, lexed.flags, schema, frame)
            }
            Err(bad) => {
                self.document.stop = Some(syntax_error::in_number(self.bytes, at, bad));
                None
            }
        }
    }

    #[inline(always)]
    fn literal(
        &mut self,
        at: usize,
        schema: &'c Schema<'c>,
        expected: Expected,
        frame: &mut Frame<'c>,
    ) -> Read {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let (token, length, flags) = match rest.first_chunk::<4>() {
            Some(b"true") => (Token::Boolean(true), 4, flag::TRUE),
            Some(b"null") => (Token::Null, 4, 0),
            Some(b"fals") if rest.get(4) == Some(&b'e') => (Token::Boolean(false), 5, 0),
            _ => return self.mistake(at, expected),
        };
        self.done((at, at + length), token, flags, schema, frame)
    }

    /// The property that the key between `start` and `end` names.
    #[inline]
    pub(super) fn find(
        &self,
        known: &'c Object<'c>,
        start: usize,
        end: usize,
        flags: u8,
    ) -> Option<(u8, &'c Property<'c>)> {
        let key = self.bytes.get(start..end)?;
        if flags & flag::ESCAPED != 0 || known.ignore_case {
            return find_slowly(known, std::str::from_utf8(key).ok()?);
        }
        if known.index.is_empty() && !known.properties.is_empty() {
            return find_slowly(known, std::str::from_utf8(key).ok()?);
        }
        let index = known.index.find(key)?;
        let property = known.properties.get(usize::from(index))?;
        bytes::same(property.name.as_bytes(), key).then_some((index, property))
    }

    /// The offset of the value after the colon that belongs at or after `at`.
    #[inline]
    pub(super) fn colon(&mut self, at: usize) -> Option<usize> {
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

    /// Skips white space.
    #[inline]
    pub(super) fn space(&self, at: usize) -> usize {
        match self.bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => match self.bytes.get(at + 1) {
                // One space after a colon or a comma is what most people write.
                Some(next) if *next > b' ' => at + 1,
                _ => self.spaces(at + 1),
            },
            _ => at,
        }
    }

    #[inline(never)]
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(super) fn spaces(&self, mut at: usize) -> usize {
        const SPACES: u64 = 0x2020_2020_2020_2020;
        loop {
            // An indentation is passed at one go.
            if let Some(chunk) = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
                let differs = u64::from_le_bytes(*chunk) ^ SPACES;
                at += (differs.trailing_zeros() / 8) as usize;
                if differs == 0 {
                    continue;
                }
            }
            match self.bytes.get(at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
                _ => return at,
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
    fn flaw(&mut self, kind: RecoverableErrorKind, start: usize, end: usize) {
        let node = self.nodes.len() as u32;
        self.document.flaws.push(RecoverableError {
            kind,
            node,
            start: start as u32,
            end: end as u32,
        });
    }

    #[cold]
    #[inline(never)]
    pub(super) fn mistake<T>(&mut self, at: usize, expected: Expected) -> Option<T> {
        let mut stop = syntax_error::tell(self.bytes, at, expected);
        // The span ends between characters.
        while let Some(0x80..=0xbf) = self.bytes.get(stop.end as usize) {
            stop.end += 1;
        }
        self.document.stop = Some(stop);
        None
    }

    #[cold]
    pub(super) fn stopped<T>(
        &mut self,
        mistake: SyntaxErrorKind,
        start: usize,
        end: usize,
    ) -> Option<T> {
        self.document.stop = Some(stop(mistake, start, end.min(self.bytes.len())));
        None
    }
}

/// Finds a property by a key with escapes, or without regard to case.
#[cold]
fn find_slowly<'c>(known: &'c Object<'c>, key: &str) -> Option<(u8, &'c Property<'c>)> {
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

/// A number with an exponent, or with more than 19 bytes.
#[cold]
#[inline(never)]
fn long_number(bytes: &[u8], start: usize, end: usize) -> Number<'_> {
    let text = bytes.get(start..end).unwrap_or_default();
    Number::new(std::str::from_utf8(text).unwrap_or_default())
}
