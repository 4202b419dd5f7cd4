//! The context of a rule: the value that it checks or explains, and what is around it.

use std::borrow::Cow;
use std::fmt;

use crate::contract::{Contract, Facts, Meanings, Schema};
use crate::document::{Document, NONE, Node, Short, Text, Token};
use crate::facts::classify::classify;
use crate::validate::keywords;
use crate::values::datetime::Instant;
use crate::values::number::Number;

use super::{Policy, Rule};

/// A value of the document, with all that a rule may ask about it.
#[derive(Clone, Copy)]
pub struct RuleContext<'a> {
    pub(crate) text: Text<'a>,
    pub(crate) document: &'a Document,
    /// The contract that the payload is checked against.
    pub contract: &'a Contract<'a>,
    /// What the value must be.
    pub schema: &'a Schema<'a>,
    pub(crate) node: u32,
    /// The object or array that holds the value.
    pub(crate) parent: Option<(u32, &'a Schema<'a>)>,
    /// The time at which the payload is judged.
    pub now: Instant,
    /// What the policy says.
    pub(crate) policy: &'a Policy,
    /// The rule whose finding is explained.
    pub(crate) rule: Option<&'static Rule>,
    /// Which of a rule's faults is explained; see [`Sink::report_as`](super::Sink::report_as).
    pub variant: u8,
    /// What [`Sink::report_with`] was given.
    pub(crate) detail: u32,
    /// The schema of the contract's program that the value breaks, or `NONE`.
    pub(crate) program_schema: u32,
    /// The span of the finding that is explained.
    pub(crate) span: (u32, u32),
}

/// Writes the place and the rule: the payload may hold credentials.
impl fmt::Debug for RuleContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = self.node();
        f.debug_struct("RuleContext")
            .field("contract", &self.contract.id)
            .field("span", &(node.start..node.end))
            .field("rule", &self.rule)
            .finish_non_exhaustive()
    }
}

static MISSING: Node = Node {
    start: 0,
    end: 0,
    key: NONE,
    key_length: 0,
    next: 0,
    kind: crate::document::Kind::Null,
    flags: 0,
    property: crate::document::UNKNOWN_PROPERTY,
};

impl<'a> RuleContext<'a> {
    /// The root of a document, while rules look for faults.
    #[inline]
    pub(crate) fn of_root(
        document: &'a Document,
        text: Text<'a>,
        contract: &'a Contract<'a>,
        now: Instant,
        policy: &'a Policy,
    ) -> Self {
        Self {
            text,
            document,
            contract,
            schema: contract.root,
            node: 0,
            parent: None,
            now,
            policy,
            rule: None,
            variant: 0,
            detail: 0,
            program_schema: NONE,
            span: (0, 0),
        }
    }

    #[cfg_attr(pipelint_module, inline(never))]
    pub(crate) fn node(&self) -> &'a Node {
        self.document.node(self.node).unwrap_or(&MISSING)
    }

    /// Whether the finding that is explained is that rule's.
    pub(crate) fn is_about(&self, rule: &'static Rule) -> bool {
        self.rule.is_some_and(|about| std::ptr::eq(about, rule))
    }

    /// Whether a client sends the payload. Rules do not guess what a system's response means.
    pub(crate) fn is_sent(&self) -> bool {
        self.contract.part.is_sent()
    }

    /// Whether the finding that is explained is about a property that is missing.
    pub(crate) fn is_missing(&self) -> bool {
        self.rule.is_some_and(|rule| rule.name == "schema/required")
    }

    /// The schema of the value that a finding is about, which may be missing.
    pub(crate) fn subject(&self) -> &'a Schema<'a> {
        if !self.is_missing() {
            return self.schema;
        }
        let properties = self
            .schema
            .object
            .map_or(&[][..], |object| object.properties);
        properties
            .get(self.detail as usize)
            .map_or(self.schema, |property| property.schema)
    }

    /// The value's source text.
    #[must_use]
    pub fn source(&self) -> &'a str {
        self.node().text(self.text)
    }

    /// A string's text between its quotes, escapes as written.
    #[must_use]
    pub fn inner(&self) -> &'a str {
        self.node().inner(self.text)
    }

    /// The same as bytes, which cost nothing to read.
    pub(crate) fn inner_bytes(&self) -> &'a [u8] {
        let inner = self.text.bytes().get(self.node().inner_span());
        inner.unwrap_or_default()
    }

    /// A string's value.
    #[must_use]
    pub fn value(&self) -> Cow<'a, str> {
        self.node().value(self.text)
    }

    /// A number's exact value.
    #[must_use]
    pub fn number(&self) -> Number<'a> {
        Number::new(self.source())
    }

    /// Where the value's key stands, with its quotes; for one without a key, the value itself.
    pub(crate) fn key_span(&self) -> (u32, u32) {
        let node = self.node();
        if node.key == NONE {
            return (node.start, node.end);
        }
        (node.key, node.key + node.key_length + 2)
    }

    /// What the contract says of the object or array that holds this value.
    pub(crate) fn around(&self) -> &'a Schema<'a> {
        self.parent.map_or(&Schema::ANY, |(_, schema)| schema)
    }

    /// Whether the contract refuses the value by itself.
    pub(crate) fn is_refused(&self) -> bool {
        self.node().with_token(self.node, self.text, |token| {
            keywords::whole(token, self.schema).is_some()
        })
    }

    /// Whether the vendor requires the value.
    pub(crate) fn is_required(&self) -> bool {
        let required = self.around().object.map_or(0, |object| object.required);
        let property = u32::from(self.node().property);
        required
            .checked_shr(property)
            .is_some_and(|bits| bits & 1 != 0)
    }

    /// The value beside this one that belongs to the property of that index.
    pub(crate) fn sibling(&self, property: u8) -> Option<Self> {
        let (parent, schema) = self.parent?;
        self.within(parent, schema, property)
    }

    /// What the look at this value tells.
    pub(crate) fn facts(&self) -> Facts {
        self.node().with_token(self.node, self.text, |token| {
            facts(token, self.schema, &self.now)
        })
    }

    /// The object or array that holds this value.
    pub(crate) fn holder(&self) -> Option<Self> {
        let (node, schema) = self.parent?;
        Some(self.moved(node, schema, None))
    }

    /// Another value of the document, under the same circumstances.
    #[cfg_attr(pipelint_module, inline(never))]
    pub(crate) fn moved(
        &self,
        node: u32,
        schema: &'a Schema<'a>,
        parent: Option<(u32, &'a Schema<'a>)>,
    ) -> Self {
        Self {
            schema,
            node,
            parent,
            ..*self
        }
    }

    /// The value inside this object that belongs to the property of that index.
    pub(crate) fn member(&self, property: u8) -> Option<Self> {
        self.within(self.node, self.schema, property)
    }

    /// Whether this object has a value that belongs to the property of that index.
    pub(crate) fn has(&self, property: u8) -> bool {
        let mut children = self.document.children(self.node);
        children.any(|(_, child)| child.property == property)
    }

    fn within(&self, parent: u32, schema: &'a Schema<'a>, property: u8) -> Option<Self> {
        let (node, _) = self
            .document
            .children(parent)
            .find(|(_, child)| child.property == property)?;
        let schema_of = schema.object?.properties.get(usize::from(property))?.schema;
        Some(self.moved(node, schema_of, Some((parent, schema))))
    }

    /// The values inside this object or array, with their schemas.
    pub(crate) fn members(self) -> impl Iterator<Item = Self> {
        let place = self;
        self.document.children(self.node).map(move |(node, child)| {
            let schema = member_schema(place.schema, child);
            place.moved(node, schema, Some((place.node, place.schema)))
        })
    }

    /// The values inside this object whose properties have one of these meanings.
    pub(crate) fn members_meaning(self, meanings: Meanings) -> impl Iterator<Item = Self> {
        let place = self;
        let object = self.schema.object;
        let properties = object.map_or(&[][..], |object| object.properties);
        self.document
            .children(self.node)
            .filter_map(move |(node, child)| {
                let schema = properties.get(usize::from(child.property))?.schema;
                let is_meant = meanings.contains(&schema.meaning);
                is_meant.then(|| place.moved(node, schema, Some((place.node, place.schema))))
            })
    }

    /// The value of a short string, without an allocation.
    pub(crate) fn short<'s>(&self, room: &'s mut Short) -> Option<&'s str>
    where
        'a: 's,
    {
        if self.node().has(crate::document::flag::ESCAPED) {
            room.value(self.inner())
        } else {
            Some(self.inner())
        }
    }
}

/// What the look at a token tells, where nobody waits for it.
#[inline(never)]
fn facts(token: Token<'_>, schema: &Schema<'_>, now: &Instant) -> Facts {
    classify(token, schema, now)
}

/// What the contract says of a value inside one that `schema` describes.
pub(crate) fn member_schema<'a>(schema: &'a Schema<'a>, child: &Node) -> &'a Schema<'a> {
    if child.key == NONE {
        return schema
            .array
            .and_then(|array| array.items)
            .unwrap_or(&Schema::ANY);
    }
    schema
        .object
        .and_then(|object| object.properties.get(usize::from(child.property)))
        .map_or(&Schema::ANY, |property| property.schema)
}
