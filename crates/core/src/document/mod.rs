//! The document: what one pass over the bytes of a payload finds.
//!
//! A [`Document`] is a flat list of [`Node`]s in the order of the text. A node holds spans into
//! the text and copies nothing: strings keep their escapes, numbers their digits. Where the
//! contract names a property, its node already says which one, because the scanner recognises
//! keys by the contract's tables while it reads them.

mod capped;
mod containers;
mod duplicates;
pub(crate) mod encoding;
mod key_order;
mod number;
mod object_state;
mod scan;
mod separator;
mod string;
mod syntax_error;
mod text;
mod token;
mod unescape;
mod value;
mod visitor;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use capped::{Capped, Item};
pub(crate) use object_state::ObjectState;
pub(crate) use syntax_error::SyntaxErrorKind;
pub(crate) use text::Text;
pub(crate) use token::{Token, code_points, short};
pub use unescape::unescape;
pub(crate) use unescape::{Character, Short, character, characters, same};
pub use value::{Value, Values};
pub(crate) use visitor::{KeysOnly, Parent, Visitor};

use crate::contract::Schema;
use crate::values::number::Number;

/// The value for "none" where a node number or an offset is stored.
pub(crate) const NONE: u32 = u32::MAX;
/// The property number of a value that no property of the contract names.
pub(crate) const UNKNOWN_PROPERTY: u8 = u8::MAX;

/// One JSON value of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    /// Byte offset of the value's first byte.
    pub(crate) start: u32,
    /// Byte offset after the value's last byte; for a container that the text never closes, 0.
    pub(crate) end: u32,
    /// Byte offset of the key's opening quote; `NONE` for the root and the items of arrays.
    pub(crate) key: u32,
    /// Length in bytes of the key's text between its quotes.
    pub(crate) key_length: u32,
    /// The node after this value and all that it holds.
    pub(crate) next: u32,
    pub(crate) kind: Kind,
    pub(crate) flags: u8,
    /// Index of the contract's property; `UNKNOWN_PROPERTY` if there is none.
    pub(crate) property: u8,
}

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The name in JSON Schema.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// What the scanner notes of a value in passing.
pub(crate) mod flag {
    /// A string with at least one escape.
    pub(crate) const ESCAPED: u8 = 1;
    /// A string with at least one byte outside ASCII.
    pub(crate) const NON_ASCII: u8 = 2;
    /// A number with a point or an exponent.
    pub(crate) const FRACTIONAL: u8 = 4;
    /// A number with a minus sign.
    pub(crate) const NEGATIVE: u8 = 8;
    /// The literal `true`.
    pub(crate) const TRUE: u8 = 16;
    /// A string with an escape for a line break or a tab.
    pub(crate) const BREAK: u8 = 32;
    /// A string with an escape for a character that may be odd.
    pub(crate) const STRANGE: u8 = 64;
    /// A string with an escape for an ampersand that may start an HTML entity.
    pub(crate) const AMPERSAND: u8 = 128;
}

/// Something wrong with the text that does not keep it from being read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RecoverableError {
    pub(crate) kind: RecoverableErrorKind,
    /// The value concerned.
    pub(crate) node: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Item for RecoverableError {
    type Kind = RecoverableErrorKind;

    fn kind(&self) -> RecoverableErrorKind {
        self.kind
    }

    fn start(&self) -> u32 {
        self.start
    }

    fn node(&self) -> u32 {
        self.node
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecoverableErrorKind {
    DuplicateKey,
    LoneSurrogate,
    ByteOrderMark,
}

/// Why the text could not be read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) mistake: SyntaxErrorKind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// The limits of one payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How deep arrays and objects may nest. At most 128, whatever is asked for, so that the
    /// stack is bounded. The default is 128.
    pub depth: u32,
    /// How many bytes a payload may have. The default is 8 MiB; 2 GiB is the most.
    ///
    /// A payload of many short values is refused as too large as well, if checking it would take
    /// more memory than twice its size and 8 MiB: 8 MiB may hold about 570,000 values.
    pub size: u32,
    /// How many diagnostics one report holds. The default is 500. Others are counted, and not
    /// kept.
    pub diagnostics: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: Self::MAX_DEPTH,
            size: 8 << 20,
            diagnostics: Self::DIAGNOSTICS,
        }
    }
}

impl Limits {
    pub(crate) const DIAGNOSTICS: u32 = 500;
    pub(crate) const MAX_DEPTH: u32 = 128;
    pub(crate) const MAX_SIZE: u32 = 1 << 31;

    /// The same limits with another depth of nesting.
    #[must_use]
    pub const fn with_depth(self, depth: u32) -> Self {
        Self { depth, ..self }
    }

    /// The same limits with another size, in bytes.
    #[must_use]
    pub const fn with_size(self, size: u32) -> Self {
        Self { size, ..self }
    }

    /// The same limits with another number of diagnostics.
    #[must_use]
    pub const fn with_diagnostics(self, diagnostics: u32) -> Self {
        Self {
            diagnostics,
            ..self
        }
    }
}

/// The values of one payload, in the order of its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    pub(crate) nodes: Vec<Node>,
    pub(crate) flaws: Capped<RecoverableError>,
    pub(crate) stop: Option<SyntaxError>,
    /// Whether there is a byte order mark, or a string or an unknown key has a byte outside ASCII.
    /// If not, and if reading was not stopped, then the bytes are ASCII throughout, because JSON
    /// has no others elsewhere.
    pub(crate) non_ascii: bool,
    /// Whether a key has an escape.
    pub(crate) escaped_keys: bool,
    /// The order of the root's properties.
    order: key_order::KeyOrderPredictor,
}

impl Document {
    /// Reads a payload into this document, whose buffers are reused.
    ///
    /// The schema says which keys are known. The visitor takes each value with its schema while the
    /// scanner has it at hand. Reading stops at the first syntax error; what was read before it
    /// stays.
    ///
    /// The bytes need not be UTF-8: if they are not, the nodes are meaningless, but nothing fails.
    #[cfg_attr(not(pipelint_module), inline(always))]
    pub(crate) fn read<'c, V: Visitor<'c>>(
        &mut self,
        bytes: &[u8],
        root: &'c Schema<'c>,
        limits: &Limits,
        visitor: V,
    ) {
        self.clear();
        self.order.prepare(root.object);
        scan::scan(self, bytes, root, limits, visitor);
    }

    /// Whether the text is JSON without an error.
    #[inline]
    pub(crate) fn is_clean(&self) -> bool {
        self.stop.is_none() && self.flaws.is_empty()
    }

    /// Whether the bytes are known to be ASCII throughout.
    #[inline]
    pub(crate) fn is_ascii(&self) -> bool {
        !self.non_ascii && self.stop.is_none()
    }

    /// Forgets what was read.
    pub(crate) fn clear(&mut self) {
        self.nodes.clear();
        self.flaws.clear();
        self.stop = None;
        self.non_ascii = false;
        self.escaped_keys = false;
        if self.nodes.capacity() > Self::FEW_NODES {
            self.shrink();
        }
    }

    /// Nodes up to here, about 1 MiB, are kept for the next payload.
    const FEW_NODES: usize = 1 << 15;

    /// Gives back what was needed for a large payload.
    #[cold]
    pub(crate) fn shrink(&mut self) {
        if self.nodes.capacity() > Self::FEW_NODES {
            self.nodes = Vec::new();
        }
        self.flaws.shrink();
    }

    pub(crate) fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    /// From the child `at` of a container on, whose place among the children is `index`, the one
    /// that is, or holds, the node `target`: its place, its number, and itself. After `most`
    /// others, the error says where the search goes on; without a place, there is no such child.
    pub(crate) fn child_with(
        &self,
        mut at: u32,
        mut index: u32,
        target: u32,
        most: u32,
    ) -> Result<(u32, u32, &Node), Reached> {
        let end = index.saturating_add(most);
        while at <= target && index < end {
            let child = self.nodes.get(at as usize).ok_or(None)?;
            // A container that the text never closed has no `next` yet, and holds all after it.
            if child.next.wrapping_sub(1) >= target {
                return Ok((index, at, child));
            }
            at = child.next;
            index += 1;
        }
        Err((at <= target).then_some((at, index)))
    }

    /// The nodes of a container's own items or values, in order, with their numbers.
    pub(crate) fn children(&self, parent: u32) -> Children<'_> {
        Children::of(&self.nodes, parent)
    }
}

/// Where a search among the children of a container goes on: at that child, whose place among
/// them follows; `None` if it has seen all.
pub(crate) type Reached = Option<(u32, u32)>;

/// The children of a container.
#[derive(Debug, Clone)]
pub(crate) struct Children<'a> {
    nodes: &'a [Node],
    at: u32,
    end: u32,
}

impl<'a> Children<'a> {
    /// Those of that node.
    fn of(nodes: &'a [Node], parent: u32) -> Self {
        let end = nodes.get(parent as usize).map_or(0, |node| {
            // A container that the text never closed has no `next` yet.
            if node.next == 0 {
                nodes.len() as u32
            } else {
                node.next
            }
        });
        Self {
            nodes,
            at: parent + 1,
            end,
        }
    }
}

impl<'a> Iterator for Children<'a> {
    type Item = (u32, &'a Node);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let at = self.at;
        let node = self.nodes.get(at as usize)?;
        self.at = if node.next > at { node.next } else { self.end };
        Some((at, node))
    }
}

impl Node {
    /// The value's source text.
    pub(crate) fn text<'t>(&self, text: impl Into<Text<'t>>) -> &'t str {
        text.into()
            .get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }

    /// A string's text between its quotes, escapes as written.
    #[inline]
    pub(crate) fn inner<'t>(&self, text: impl Into<Text<'t>>) -> &'t str {
        text.into().get(self.inner_span()).unwrap_or("")
    }

    /// Where a string's text is between its quotes.
    #[inline]
    pub(crate) fn inner_span(&self) -> Range<usize> {
        self.start as usize + 1..(self.end as usize).wrapping_sub(1)
    }

    /// A string's value.
    pub(crate) fn value<'t>(&self, text: impl Into<Text<'t>>) -> Cow<'t, str> {
        let inner = self.inner(text);
        if self.has(flag::ESCAPED) {
            unescape(inner)
        } else {
            Cow::Borrowed(inner)
        }
    }

    /// The key's text between its quotes, escapes as written.
    pub(crate) fn raw_key<'t>(&self, text: impl Into<Text<'t>>) -> Option<&'t str> {
        let start = (self.key as usize)
            .checked_add(1)
            .filter(|_| self.key != NONE)?;
        text.into().get(start..start + self.key_length as usize)
    }

    /// The key's value.
    pub(crate) fn key<'t>(&self, text: impl Into<Text<'t>>) -> Option<Cow<'t, str>> {
        self.raw_key(text).map(unescape)
    }

    #[inline]
    pub(crate) const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Gives the value as a token, read again from the text; `at` is the node's number.
    pub(crate) fn with_token<T>(
        &self,
        at: u32,
        text: Text<'_>,
        judge: impl FnOnce(Token<'_>) -> T,
    ) -> T {
        let number;
        judge(match self.kind {
            Kind::Null => Token::Null,
            Kind::Boolean => Token::Boolean(self.has(flag::TRUE)),
            Kind::Number => {
                let text = self.text(text);
                number = Number::new(text);
                Token::Number(&number, self.flags, text.len())
            }
            Kind::String => Token::String(self.inner(text).as_bytes(), self.flags),
            Kind::Array => Token::Array(self.next > at + 2),
            Kind::Object => Token::Object,
        })
    }

    pub(crate) const fn is_container(&self) -> bool {
        matches!(self.kind, Kind::Array | Kind::Object)
    }
}
