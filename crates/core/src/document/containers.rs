//! Objects and arrays: the two loops in which a check spends most of its time.
//!
//! A loop first tries what is likely: that the properties come in the order in which they came
//! last, that each value is [ordinary](crate::contract::FastPath), and that the white space between
//! two of them is that between the two before. Each guess is one comparison of words. Where one
//! fails, the functions of `scan` read what is there.

use super::object_state::{DuplicateFilter, ObjectState};
use super::scan::{Frame, Read, Scanner};
use super::separator::Separator;
use super::syntax_error::{Expected, SyntaxErrorKind};
use super::{Kind, NONE, Node, Parent, Token, UNKNOWN_PROPERTY, Visitor, duplicates, flag, string};
use crate::contract::{Additional, Facts, KeyIndex, Object, Schema};
use std::num::NonZeroUsize;

/// An object of which the contract names no property.
static NOTHING_KNOWN: Object<'static> = Object {
    properties: &[],
    required: 0,
    index: KeyIndex::NONE,
    additional: Additional::Allowed,
    ignore_case: false,
};

/// What a value is called.
#[derive(Debug, Clone, Copy)]
struct Name {
    /// Byte offset of the key's opening quote; `NONE` for an item of an array.
    key: u32,
    /// Length in bytes of the key's text between its quotes.
    length: u32,
    property: u8,
}

impl Name {
    /// That of an item.
    const NONE: Self = Self {
        key: NONE,
        length: 0,
        property: UNKNOWN_PROPERTY,
    };
}

/// How far an object has been read.
struct Members<'c> {
    known: &'c Object<'c>,
    /// Whether the order of its properties is remembered.
    learns: bool,
    depth: u32,
    /// The last known property, or none.
    last: u8,
    /// How many keys the contract does not name.
    unknown: u32,
    state: ObjectState,
    inner: Frame<'c>,
}

/// What the contract says of a value whose key it does not name.
static ANY: Schema<'static> = Schema::ANY;

impl<'c, V: Visitor<'c>> Scanner<'_, 'c, V> {
    #[inline(never)]
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(super) fn object(
        &mut self,
        start: usize,
        schema: &'c Schema<'c>,
        depth: u32,
        frame: &mut Frame<'c>,
    ) -> Read {
        let (object, mut at, depth) = self.open(start, Kind::Object, depth, frame)?;
        let bytes = self.bytes;
        let known = schema.object.unwrap_or(&NOTHING_KNOWN);
        let learns = self.document.order.is_of(known);
        let mut members = Members {
            known,
            learns,
            depth,
            last: UNKNOWN_PROPERTY,
            unknown: 0,
            state: ObjectState::default(),
            inner: Frame::new(Parent::new(object, schema)),
        };
        let mut separator = Separator::default();
        if bytes.get(at) != Some(&b'}') {
            let mut expected = Expected::KeyOrEnd;
            'members: loop {
                at = self.key(at, expected)?;
                expected = Expected::Key;
                loop {
                    at = self.member(bytes, at, &mut members)?;
                    if !separator.is_at(bytes, at) {
                        break;
                    }
                    at += separator.length();
                }
                let comma = self.space(at);
                match bytes.get(comma) {
                    Some(b',') => {}
                    Some(b'}') => {
                        at = comma;
                        break 'members;
                    }
                    _ => return self.mistake(comma, Expected::CommaInObject),
                }
                at = self.space(comma + 1);
                separator.learn(bytes, comma, at);
            }
            if members.unknown > 1 {
                self.duplicate_unknown(object, members.unknown);
            }
        }
        self.visitor
            .object(object, &members.state, known, schema, frame.parent);
        let is_ordinary = schema.fast_path.is_object();
        let token = (!is_ordinary).then_some(Token::Object);
        self.close(object, at + 1, token, schema, frame)
    }

    /// The offset of the opening quote of the key at `at`, or after the white space there.
    #[inline(always)]
    fn key(&mut self, mut at: usize, expected: Expected) -> Option<usize> {
        if self.bytes.get(at) != Some(&b'"') {
            at = self.spaces(at);
            if self.bytes.get(at) != Some(&b'"') {
                return self.mistake(at, expected);
            }
        }
        Some(at)
    }

    /// Reads the key whose opening quote is at `at`, and its value; returns the offset after it.
    #[inline(always)]
    fn member(&mut self, bytes: &[u8], at: usize, members: &mut Members<'c>) -> Option<usize> {
        let index = self.document.order.after(members.last, members.learns);
        match members.known.properties.get(usize::from(index)) {
            Some(property) if property.starts(bytes, at + 1) => {
                let length = property.name.len();
                let name = Name {
                    key: at as u32,
                    length: length as u32,
                    property: index,
                };
                let mut value = at + length + 3;
                let mut first = bytes.get(value).copied().unwrap_or(0);
                if first == b' ' {
                    value += 1;
                    first = bytes.get(value).copied().unwrap_or(0);
                }
                members.last = index;
                let ordinary = self.ordinary(bytes, value, first, property.schema, name);
                let (end, facts) = match ordinary {
                    Ok(read) => read,
                    Err(plain) => {
                        members.inner.name(at, length, index);
                        let (schema, inner) = (property.schema, &mut members.inner);
                        let end = match (self.bytes.get(value), plain) {
                            (Some(b'['), _) => self.array(value, schema, members.depth, inner)?,
                            (_, Some(end)) => self.plain(value, end, schema, inner)?,
                            (Some(b'"'), _) => {
                                self.item(value, schema, members.depth, Expected::Value, inner)?
                            }
                            _ => {
                                self.other(value, schema, members.depth, Expected::Value, inner)?
                            }
                        };
                        let end = end.get();
                        (end, members.inner.facts)
                    }
                };
                if members.state.add(index, property, facts) {
                    self.duplicate(at);
                }
                Some(end)
            }
            _ => self.other_member(at, members),
        }
    }

    /// Reads the key at `at`, which is not the one that was expected, and its value.
    #[inline(never)]
    fn other_member(&mut self, at: usize, members: &mut Members<'c>) -> Option<usize> {
        let (end, flags) = self.string_end(at)?;
        self.document.escaped_keys |= flags & flag::ESCAPED != 0;
        let found = self.find(members.known, at + 1, end - 1, flags);
        let index = found.map_or(UNKNOWN_PROPERTY, |(index, _)| index);
        members.inner.name(at, end - at - 2, index);
        let value = self.colon(end)?;
        let Some((index, property)) = found else {
            // A stranger does not move the guess.
            return self.unknown(value, members);
        };
        if members.learns {
            self.document.order.learn(members.last, index);
        }
        members.last = index;
        let (depth, inner) = (members.depth, &mut members.inner);
        let end = self.item(value, property.schema, depth, Expected::Value, inner)?;
        let facts = members.inner.facts;
        if members.state.add(index, property, facts) {
            self.duplicate(at);
        }
        Some(end.get())
    }

    /// Reads the value of a key that the contract does not name.
    #[inline(never)]
    fn unknown(&mut self, at: usize, members: &mut Members<'c>) -> Option<usize> {
        let (node, mark) = (self.nodes.len(), self.visitor.mark());
        let (depth, inner) = (members.depth, &mut members.inner);
        let end = self.value(at, &ANY, depth, Expected::Value, inner)?;
        members.unknown += 1;
        if members.known.additional != Additional::Allowed {
            self.visitor
                .unknown_property(node, mark, members.inner.parent);
        }
        Some(end.get())
    }

    /// Reads a string of plain text that ends with the quote at `end`.
    #[inline(never)]
    fn plain(
        &mut self,
        at: usize,
        end: NonZeroUsize,
        schema: &'c Schema<'c>,
        frame: &mut Frame<'c>,
    ) -> Read {
        let (bytes, end) = (self.bytes, end.get());
        let inner = bytes.get(at + 1..end).unwrap_or_default();
        let token = Token::String(inner, 0);
        self.done((at, end + 1), token, 0, schema, frame)
    }

    #[inline(never)]
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(super) fn array(
        &mut self,
        start: usize,
        schema: &'c Schema<'c>,
        depth: u32,
        frame: &mut Frame<'c>,
    ) -> Read {
        let (array, mut at, depth) = self.open(start, Kind::Array, depth, frame)?;
        let bytes = self.bytes;
        let limits = schema.array;
        let items = limits.and_then(|limits| limits.items).unwrap_or(&ANY);
        let mut inner = Frame::new(Parent::new(array, schema));
        let compared = self.visitor.compares_items(schema);
        let mut alike = DuplicateFilter::default();
        let mut separator = Separator::default();
        let mut count = 0;
        if bytes.get(at) != Some(&b']') {
            let mut expected = Expected::ItemOrEnd;
            'items: loop {
                loop {
                    let start = at;
                    let first = bytes.get(at).copied().unwrap_or(0);
                    if let Ok((end, _)) = self.ordinary(bytes, at, first, items, Name::NONE) {
                        at = end;
                        if compared && let Some([b'"', inner @ .., _]) = bytes.get(start..end) {
                            alike.add(inner, 0);
                        }
                    } else {
                        at = self.other_item(at, items, depth, expected, &mut inner, &mut alike)?;
                    }
                    count += 1;
                    if !separator.is_at(bytes, at) {
                        break;
                    }
                    at += separator.length();
                }
                expected = Expected::Value;
                at = self.space(at);
                match bytes.get(at) {
                    Some(b',') => {
                        let comma = at;
                        at = self.space(at + 1);
                        separator.learn(bytes, comma, at);
                    }
                    Some(b']') => break 'items,
                    _ => return self.mistake(at, Expected::CommaInArray),
                }
            }
        }
        self.visitor.items(array, count, schema, frame.parent);
        let several = count > 1 && alike.found;
        let is_ordinary = schema.fast_path.is_array() && !(several && compared);
        let token = (!is_ordinary).then_some(Token::Array(several));
        self.close(array, at + 1, token, schema, frame)
    }

    /// Reads an item that is not ordinary.
    #[inline(never)]
    fn other_item(
        &mut self,
        at: usize,
        items: &'c Schema<'c>,
        depth: u32,
        expected: Expected,
        frame: &mut Frame<'c>,
        alike: &mut DuplicateFilter,
    ) -> Option<usize> {
        let item = self.nodes.len();
        let end = self.value(at, items, depth, expected, frame)?;
        if let Some(node) = self.nodes.get(item)
            && node.kind == Kind::String
        {
            let text = node.start as usize + 1..node.end as usize - 1;
            alike.add(self.bytes.get(text).unwrap_or_default(), node.flags);
        }
        Some(end.get())
    }

    /// Reads the value at `at`, whose first byte is given, if it is ordinary: where it ends, and
    /// the facts about it. Of a string of plain text that is not ordinary, the error is the offset
    /// of its closing quote.
    #[cfg_attr(not(pipelint_module), inline(always))]
    #[cfg_attr(pipelint_module, inline(never), optimize(speed))]
    fn ordinary(
        &mut self,
        bytes: &[u8],
        at: usize,
        first: u8,
        schema: &'c Schema<'c>,
        name: Name,
    ) -> Result<(usize, Facts), Option<NonZeroUsize>> {
        let fast_path = &schema.fast_path;
        match first {
            b'"' => {
                let end = string::plain_end(bytes, at + 1).ok_or(None)?;
                let facts = self.visitor.plain_text(bytes, (at + 1, end), schema);
                let facts = facts.ok_or(NonZeroUsize::new(end))?;
                self.scalar((at, end + 1), name, Kind::String, 0);
                Ok((end + 1, facts))
            }
            b'1'..=b'9' if fast_path.is_whole() => {
                let (end, facts) = self.visitor.whole(bytes, at, schema).ok_or(None)?;
                self.scalar((at, end), name, Kind::Number, 0);
                Ok((end, facts))
            }
            b'0' if fast_path.is_fraction() => {
                let (end, facts) = self.visitor.fraction(bytes, at, schema).ok_or(None)?;
                self.scalar((at, end), name, Kind::Number, flag::FRACTIONAL);
                Ok((end, facts))
            }
            b't' if fast_path.is_boolean() && bytes.get(at..at + 4) == Some(b"true") => {
                self.scalar((at, at + 4), name, Kind::Boolean, flag::TRUE);
                Ok((at + 4, Facts::NONE))
            }
            b'f' if fast_path.is_boolean() && bytes.get(at..at + 5) == Some(b"false") => {
                self.scalar((at, at + 5), name, Kind::Boolean, 0);
                Ok((at + 5, Facts::NONE))
            }
            _ => Err(None),
        }
    }

    /// Writes the node of a value that holds no others.
    #[inline(always)]
    fn scalar(&mut self, (start, end): (usize, usize), name: Name, kind: Kind, flags: u8) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node {
            start: start as u32,
            end: end as u32,
            key: name.key,
            key_length: name.length,
            next,
            kind,
            flags,
            property: name.property,
        });
    }

    /// Starts a container: its node's number, the offset of what is in it, and the depth left.
    #[inline(always)]
    fn open(
        &mut self,
        at: usize,
        kind: Kind,
        depth: u32,
        frame: &Frame<'c>,
    ) -> Option<(usize, usize, u32)> {
        let node = self.nodes.len();
        let Some(depth) = depth.checked_sub(1) else {
            return self.stopped(SyntaxErrorKind::TooDeep, at, at + 1);
        };
        self.nodes.push(Node {
            start: at as u32,
            end: 0,
            key: frame.key as u32,
            key_length: (frame.key >> 32) as u32,
            next: 0,
            kind,
            flags: 0,
            property: frame.property,
        });
        Some((node, self.space(at + 1), depth))
    }

    /// Ends a container, with a glance at it unless it is ordinary.
    #[inline(always)]
    fn close(
        &mut self,
        container: usize,
        end: usize,
        token: Option<Token<'_>>,
        schema: &'c Schema<'c>,
        frame: &mut Frame<'c>,
    ) -> Read {
        frame.facts = Facts::NONE;
        if let Some(token) = token {
            let start = self
                .nodes
                .get(container)
                .map_or(0, |node| node.start as usize);
            frame.facts = self
                .visitor
                .value(container, (start, end), token, schema, frame.parent);
        }
        let next = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(container) {
            node.end = end as u32;
            node.next = next;
        }
        NonZeroUsize::new(end)
    }

    /// Notes that the key at `key` stood in its object before.
    #[cold]
    #[inline(never)]
    fn duplicate(&mut self, key: usize) {
        let named = |node: &Node| node.key as usize == key;
        let node = self.nodes.iter().rposition(named);
        if let Some(flaw) = node.and_then(|node| duplicates::flaw(&self.nodes, node as u32)) {
            self.document.flaws.push(flaw);
        }
    }

    #[cold]
    #[inline(never)]
    fn duplicate_unknown(&mut self, object: usize, count: u32) {
        std::mem::swap(&mut self.nodes, &mut self.document.nodes);
        duplicates::note(self.document, self.bytes, object as u32, count);
        std::mem::swap(&mut self.nodes, &mut self.document.nodes);
    }
}
