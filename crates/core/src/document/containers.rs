//! Objects and arrays: the two loops that most of the time is spent in.
//!
//! A loop first tries what is likely: that the properties come in the order in which they came
//! last, that each value is [ordinary](crate::contract::Ordinary), and that the white space between
//! two of them is that between the two before. Each guess is one comparison of words. Where one
//! fails, the functions of `scan` read what is there.

use super::mistakes::{Expected, Mistake};
use super::scan::{Frame, Read, Scanner};
use super::separator::Separator;
use super::{Kind, NONE, Node, STRANGER, Token, duplicates, flag, string};
use crate::contract::{Additional, KeyIndex, Object, Property, Schema, check};
use crate::glance::{self, Alike, Together};
use crate::rules::{Facts, look};
use std::num::NonZeroUsize;

/// An object of which the contract names no property.
static NOTHING_KNOWN: Object = Object {
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
        property: STRANGER,
    };
}

impl Scanner<'_> {
    #[inline(never)]
    pub(super) fn object(
        &mut self,
        start: usize,
        schema: &'static Schema,
        depth: u32,
        frame: &mut Frame,
    ) -> Read {
        let (object, mut at, depth) = self.open(start, Kind::Object, depth, frame)?;
        let bytes = self.bytes;
        let known = schema.object.unwrap_or(&NOTHING_KNOWN);
        let learns = self.document.order.is_of(known);
        let mut next = self.document.order.first(learns);
        let mut last = STRANGER;
        let mut inner = Frame::UNNAMED;
        let mut together = Together::default();
        let mut separator = Separator::default();
        let mut strangers = 0u32;
        if bytes.get(at) != Some(&b'}') {
            let mut expected = Expected::KeyOrEnd;
            loop {
                if bytes.get(at) != Some(&b'"') {
                    at = self.spaces(at);
                    if bytes.get(at) != Some(&b'"') {
                        return self.mistake(at, expected);
                    }
                }
                let guess = known.properties.get(usize::from(next));
                if let Some(property) = guess
                    && property.starts(bytes, at + 1)
                {
                    let length = property.name.len();
                    let name = Name {
                        key: at as u32,
                        length: length as u32,
                        property: next,
                    };
                    let mut value = at + length + 3;
                    if bytes.get(value) == Some(&b' ') {
                        value += 1;
                    }
                    last = next;
                    next = self.document.order.after(next, learns);
                    let facts = match self.ordinary(bytes, value, property.schema, name) {
                        Some((end, facts)) => {
                            at = end;
                            facts
                        }
                        None => {
                            inner.name(at, length, last);
                            at = self.known(value, property, depth, &mut inner)?.get();
                            inner.facts
                        }
                    };
                    if together.add(last, property, facts) {
                        self.duplicate(self.nodes.len() - 1);
                    }
                } else {
                    let (end, flags) = self.string_end(at)?;
                    let found = self.find(known, at + 1, end - 1, flags);
                    let index = found.map_or(STRANGER, |(index, _)| index);
                    inner.name(at, end - at - 2, index);
                    at = self.colon(end)?;
                    let node = self.nodes.len();
                    if let Some((index, property)) = found {
                        if learns {
                            self.document.order.learn(last, index);
                        }
                        last = index;
                        next = self.document.order.after(index, learns);
                        at = self.known(at, property, depth, &mut inner)?.get();
                        if together.add(index, property, inner.facts) {
                            self.duplicate(node);
                        }
                    } else {
                        // A stranger does not move the guess.
                        at = self
                            .item(at, &Schema::ANY, depth, Expected::Value, &mut inner)?
                            .get();
                        strangers += 1;
                        if known.additional != Additional::Allowed {
                            inner.flags |= self.doubt(node);
                        }
                    }
                }
                expected = Expected::Key;
                if separator.is_at(bytes, at) {
                    at += separator.length();
                    continue;
                }
                if bytes.get(at) != Some(&b',') {
                    at = self.spaces(at);
                    match bytes.get(at) {
                        Some(b',') => {}
                        Some(b'}') => break,
                        _ => return self.mistake(at, Expected::CommaInObject),
                    }
                }
                let comma = at;
                at = self.space(at + 1);
                separator.learn(bytes, comma, at);
            }
            if strangers > 1 {
                self.duplicate_strangers(object, strangers);
            }
        }
        if together.is_doubtful(known) {
            inner.flags = flag::DOUBT | flag::TOGETHER;
            self.document
                .together
                .push((object as u32, together.facts()));
        }
        self.close(object, at + 1, Token::Object, inner.flags, schema, frame)
    }

    #[inline(never)]
    pub(super) fn array(
        &mut self,
        start: usize,
        schema: &'static Schema,
        depth: u32,
        frame: &mut Frame,
    ) -> Read {
        let (array, mut at, depth) = self.open(start, Kind::Array, depth, frame)?;
        let bytes = self.bytes;
        let limits = schema.array;
        let items = limits
            .and_then(|limits| limits.items)
            .unwrap_or(&Schema::ANY);
        let mut inner = Frame::UNNAMED;
        let compared = look::calls_a_rule(Facts::SEVERAL, schema);
        let mut alike = Alike::default();
        let mut separator = Separator::default();
        let mut count = 0;
        if bytes.get(at) != Some(&b']') {
            let mut expected = Expected::ItemOrEnd;
            loop {
                let start = at;
                match self.ordinary(bytes, at, items, Name::NONE) {
                    Some((end, _)) => {
                        at = end;
                        if compared && let Some([b'"', inner @ .., _]) = bytes.get(start..end) {
                            alike.add(inner, 0);
                        }
                    }
                    None => {
                        let item = self.nodes.len();
                        at = self.item(at, items, depth, expected, &mut inner)?.get();
                        if compared
                            && let Some(node) = self.nodes.get(item)
                            && node.kind == Kind::String
                        {
                            let text = node.start as usize + 1..node.end as usize - 1;
                            alike.add(bytes.get(text).unwrap_or_default(), node.flags);
                        }
                    }
                }
                count += 1;
                expected = Expected::Value;
                if separator.is_at(bytes, at) {
                    at += separator.length();
                    continue;
                }
                at = self.space(at);
                match bytes.get(at) {
                    Some(b',') => {
                        let comma = at;
                        at = self.space(at + 1);
                        separator.learn(bytes, comma, at);
                    }
                    Some(b']') => break,
                    _ => return self.mistake(at, Expected::CommaInArray),
                }
            }
        }
        if limits.is_some_and(|limits| check::is_doubtful_array(limits, count)) {
            inner.flags = flag::DOUBT | flag::TOGETHER;
        }
        self.close(
            array,
            at + 1,
            Token::Array(count > 1 && alike.found),
            inner.flags,
            schema,
            frame,
        )
    }

    /// Reads the value of a property.
    #[inline(never)]
    fn known(
        &mut self,
        at: usize,
        property: &'static Property,
        depth: u32,
        frame: &mut Frame,
    ) -> Read {
        self.value(at, property.schema, depth, Expected::Value, frame)
    }

    /// Reads the value at `at` if it is ordinary: where it ends, and the facts about it.
    #[inline(always)]
    fn ordinary(
        &mut self,
        bytes: &[u8],
        at: usize,
        schema: &'static Schema,
        name: Name,
    ) -> Option<(usize, Facts)> {
        let ordinary = &schema.ordinary;
        let (kind, end, flags, facts) = match bytes.get(at) {
            Some(b'"') if ordinary.is_text() => {
                let end = string::plain_end(bytes, at + 1)?;
                let facts = ordinary.text(bytes, (at + 1, end), schema, &self.now)?;
                (Kind::String, end + 1, 0, facts)
            }
            Some(b'0'..=b'9') => {
                let (end, facts) = ordinary.number(bytes, at)?;
                (Kind::Number, end, ordinary.number_flags(), facts)
            }
            Some(b't') if ordinary.is_flag() && bytes.get(at..at + 4) == Some(b"true") => {
                (Kind::Boolean, at + 4, flag::TRUE, Facts::NONE)
            }
            Some(b'f') if ordinary.is_flag() && bytes.get(at..at + 5) == Some(b"false") => {
                (Kind::Boolean, at + 5, 0, Facts::NONE)
            }
            _ => return None,
        };
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node {
            start: at as u32,
            end: end as u32,
            key: name.key,
            key_length: name.length,
            next,
            kind,
            flags,
            property: name.property,
        });
        Some((end, facts))
    }

    /// Starts a container: its node's number, the offset of what is in it, and the depth left.
    #[inline(always)]
    fn open(
        &mut self,
        at: usize,
        kind: Kind,
        depth: u32,
        frame: &Frame,
    ) -> Option<(usize, usize, u32)> {
        let node = self.nodes.len();
        let Some(depth) = depth.checked_sub(1) else {
            return self.stopped(Mistake::TooDeep, at, at + 1);
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

    /// Ends a container, with a glance at it; `flags` are about what it holds.
    #[inline(always)]
    fn close(
        &mut self,
        container: usize,
        end: usize,
        token: Token<'_>,
        flags: u8,
        schema: &'static Schema,
        frame: &mut Frame,
    ) -> Read {
        let glance = glance::glance(token, schema, &self.now);
        let flags = flags | (u8::from(glance.doubt) * flag::DOUBT);
        frame.facts = glance.facts;
        frame.flags |= flags & flag::DOUBT;
        let next = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(container) {
            node.end = end as u32;
            node.next = next;
            node.flags = flags;
        }
        NonZeroUsize::new(end)
    }

    /// Notes that the key of a value stood in its object before.
    #[cold]
    #[inline(never)]
    fn duplicate(&mut self, node: usize) {
        let flaw = duplicates::flaw(&self.nodes, node as u32);
        self.document.flaws.extend(flaw);
    }

    #[cold]
    #[inline(never)]
    fn duplicate_strangers(&mut self, object: usize, count: u32) {
        std::mem::swap(&mut self.nodes, &mut self.document.nodes);
        duplicates::note(self.document, self.bytes, object as u32, count);
        std::mem::swap(&mut self.nodes, &mut self.document.nodes);
    }
}
