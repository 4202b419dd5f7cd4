//! A read-only view of one value of a document, for callers outside the engine.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::contract::json_pointer;

use super::{Children, Document, Kind, NONE, Node, flag, unescape};

/// One value of a payload that was read: what it is, where it is, and what it holds.
///
/// It is a view that costs nothing to copy. It holds no value of its own: strings are unescaped
/// and numbers are read when they are asked for.
///
/// ```
/// use pipelint::{Kind, Options, check, payloads};
///
/// let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
/// let report = check(
///     &payloads::leadlex::create_deal::REQUEST,
///     br#"{ "name": "Acme", "probability": 75.0 }"#,
///     &options,
/// );
/// let probability = report.value().and_then(|deal| deal.get("probability"));
/// assert_eq!(probability.and_then(|value| value.number()), Some("75.0"));
/// assert_eq!(probability.map(|value| value.span()), Some(33..37));
/// # Ok::<(), pipelint::ParseInstantError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    text: &'d str,
    node: &'d Node,
    at: u32,
}

/// Writes the type and the span. The value itself may be a credential.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({} at {:?})", self.kind().name(), self.span())
    }
}

impl fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'d> Value<'d> {
    /// The root of a document that was read to its end.
    pub(crate) fn root(document: &'d Document, text: &'d str) -> Option<Self> {
        let node = document.node(0).filter(|_| document.stop.is_none())?;
        Some(Self {
            document,
            text,
            node,
            at: 0,
        })
    }

    /// The JSON type.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.node.kind
    }

    /// The byte offsets of the value in the payload.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.node.start as usize..self.node.end as usize
    }

    /// The value's own text in the payload.
    #[must_use]
    pub fn source(self) -> &'d str {
        self.node.text(self.text)
    }

    /// A number that no other value of the same document has; the root's is 0, and a value's is
    /// smaller than those of the values in it and after it.
    #[must_use]
    pub fn number_in_document(self) -> u32 {
        self.at
    }

    /// The key that the value is under; `None` for the root and the items of an array.
    #[must_use]
    pub fn key(self) -> Option<Cow<'d, str>> {
        self.node.key(self.text)
    }

    /// The byte offsets of that key, its quotes included.
    #[must_use]
    pub fn key_span(self) -> Option<Range<usize>> {
        let start = self.node.key as usize;
        (self.node.key != NONE).then(|| start..start + self.node.key_length as usize + 2)
    }

    /// A string's value.
    #[must_use]
    pub fn string(self) -> Option<Cow<'d, str>> {
        (self.node.kind == Kind::String).then(|| self.node.value(self.text))
    }

    /// A number's text, as the payload has it.
    #[must_use]
    pub fn number(self) -> Option<&'d str> {
        (self.node.kind == Kind::Number).then(|| self.source())
    }

    /// The value of `true` or `false`.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        (self.node.kind == Kind::Boolean).then(|| self.node.has(flag::TRUE))
    }

    /// The items of an array, or the values of an object, in the order of the text; none for
    /// anything else. A key that appears twice gives two values.
    #[must_use]
    pub fn children(self) -> Values<'d> {
        Values {
            document: self.document,
            text: self.text,
            children: self.document.children(self.at),
        }
    }

    /// The value under that key of an object. Of a key that appears twice the last counts, as in
    /// most JSON parsers.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        if self.node.kind != Kind::Object {
            return None;
        }
        self.children()
            .filter(|child| {
                child
                    .node
                    .raw_key(self.text)
                    .is_some_and(|raw| raw == key || raw.contains('\\') && unescape(raw) == key)
            })
            .last()
    }

    /// The value at a JSON pointer (RFC 6901) from here; the empty pointer is this value.
    #[must_use]
    pub fn find(self, pointer: &str) -> Option<Self> {
        let mut here = self;
        let tokens = pointer.split('/');
        for token in tokens.skip(1) {
            let token = json_pointer::unescape(token);
            here = match here.node.kind {
                Kind::Object => here.get(&token)?,
                Kind::Array => here.children().nth(token.parse().ok()?)?,
                _ => return None,
            };
        }
        Some(here)
    }
}

/// The values in an array or an object; see [`Value::children`].
#[derive(Clone)]
pub struct Values<'d> {
    document: &'d Document,
    text: &'d str,
    children: Children<'d>,
}

impl<'d> Iterator for Values<'d> {
    type Item = Value<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        let (at, node) = self.children.next()?;
        Some(Value {
            document: self.document,
            text: self.text,
            node,
            at,
        })
    }
}
