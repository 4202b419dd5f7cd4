//! The whole of a JSON Schema as a graph of keywords, for what the tables of one pass cannot decide.
//!
//! A [`Program`] is owned and index-based: a `$ref` is a number, so that schemas may refer to each
//! other in circles, and a program can be shared, cloned and written to bytes. The compiler makes it;
//! the validator of the crate `pipelint` runs it over a document that was read already.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::{Format, Types};

/// The number of a schema in its program.
pub type SchemaId = u32;

/// A JSON Schema document with all the schemas that it refers to.
#[derive(Debug, Default)]
pub struct Program {
    /// The schemas; the root is at [`Program::root`].
    pub schemas: Vec<ProgramSchema>,
    /// The number of the root.
    pub root: SchemaId,
    /// The regular expressions, as ECMA-262 writes them.
    pub patterns: Vec<Pattern>,
    /// For a schema resource and the name of a `$dynamicAnchor` in it, the schema.
    pub dynamic_anchors: HashMap<(u32, Box<str>), SchemaId>,
}

/// A regular expression, translated and compiled by whoever can.
#[derive(Debug)]
pub struct Pattern {
    /// As the schema writes it.
    pub source: Box<str>,
    /// Finds a match in a text.
    pub matcher: Box<dyn Matcher>,
}

/// Finds out whether a text matches a regular expression.
pub trait Matcher: std::fmt::Debug + Send + Sync {
    /// Whether some part of the text matches.
    fn is_match(&self, text: &str) -> bool;
}

/// One schema.
#[derive(Debug, Default)]
pub struct ProgramSchema {
    /// The JSON pointer of the schema in its document, after the document's URI if that is not the
    /// root's.
    pub location: Box<str>,
    /// What `title` says.
    pub title: Box<str>,
    /// What `description` says.
    pub description: Box<str>,
    /// The schema resource: the document, or the part of it with an `$id` of its own.
    pub resource: u32,
    /// Whether `unevaluatedProperties` or `unevaluatedItems` is among the keywords.
    pub tracks: bool,
    /// The types whose values are all invalid, as far as that is known; an integer counts as a
    /// number.
    pub refuses: Types,
    /// The keywords, those that are decided quickly first.
    pub keywords: Vec<ProgramKeyword>,
}

/// One keyword with its value.
#[derive(Debug)]
pub enum ProgramKeyword {
    /// The schema `false`.
    False,
    /// `type`.
    Type(Types),
    /// `enum`.
    Enum(Vec<Json>),
    /// `const`.
    Const(Json),
    /// `minimum` or `exclusiveMinimum`.
    Minimum(Limit),
    /// `maximum` or `exclusiveMaximum`.
    Maximum(Limit),
    /// `multipleOf`.
    MultipleOf(Limit),
    /// `minLength`, in Unicode code points.
    MinLength(u64),
    /// `maxLength`, in Unicode code points.
    MaxLength(u64),
    /// `pattern`, by its number.
    Pattern(u32),
    /// `format`.
    Format(Format),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `prefixItems`: the schema of each item from the first on.
    PrefixItems(Vec<SchemaId>),
    /// `items`: the schema of the items from that one on.
    Items(u32, SchemaId),
    /// `contains` with `minContains` and `maxContains`.
    Contains {
        /// The schema.
        schema: SchemaId,
        /// The fewest items that it takes.
        min: u64,
        /// The most items that it takes.
        max: u64,
        /// Whether the items that it takes count as evaluated, as they do since 2020-12.
        evaluates: bool,
    },
    /// `unevaluatedItems`.
    UnevaluatedItems(SchemaId),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `required`.
    Required(Vec<Box<str>>),
    /// `properties`, `patternProperties` and `additionalProperties`, which depend on each other.
    Properties(Members),
    /// `propertyNames`.
    PropertyNames(SchemaId),
    /// `dependentRequired`: properties that must be there beside another.
    DependentRequired(Vec<(Box<str>, Vec<Box<str>>)>),
    /// `dependentSchemas`: schemas of the whole object if it has a property.
    DependentSchemas(Vec<(Box<str>, SchemaId)>),
    /// `unevaluatedProperties`.
    UnevaluatedProperties(SchemaId),
    /// `allOf`.
    AllOf(Vec<SchemaId>),
    /// `anyOf`.
    AnyOf(Vec<SchemaId>, Option<Discriminator>),
    /// `oneOf`.
    OneOf(Vec<SchemaId>, Option<Discriminator>),
    /// `not`.
    Not(SchemaId),
    /// `if`, `then` and `else`.
    If(SchemaId, Option<SchemaId>, Option<SchemaId>),
    /// `$ref`.
    Ref(SchemaId),
    /// `$dynamicRef` or `$recursiveRef`: the schema that it names where it is written, and the
    /// anchor that is looked up in the resources through which it was reached.
    DynamicRef(SchemaId, Box<str>),
}

/// The property that tells the branches of a union apart, as OpenAPI has it, or as it follows from a
/// property with another `const` in each branch.
#[derive(Debug)]
pub struct Discriminator {
    /// The name of the property.
    pub property: Box<str>,
    /// Its values, and the branch of each, by its place in the list.
    pub values: Vec<(Box<str>, u32)>,
    /// The branches, one bit each, that do not depend on the property. Every other branch refuses
    /// a string that is not among its values. With OpenAPI's `discriminator`, which only
    /// describes, all bits are set.
    pub others: u128,
}

/// The keywords for the members of an object.
#[derive(Debug, Default)]
pub struct Members {
    /// `properties`.
    pub known: HashMap<Box<str>, SchemaId, FxBuildHasher>,
    /// The same in the order of the schema.
    pub order: Vec<(Box<str>, SchemaId)>,
    /// `patternProperties`.
    pub patterns: Vec<(u32, SchemaId)>,
    /// `additionalProperties`.
    pub additional: Option<SchemaId>,
}

/// A number that a keyword compares with, exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// As the schema writes it.
    pub text: Box<str>,
    /// Whether the value is below zero.
    pub negative: bool,
    /// The digits, as an integer.
    pub coefficient: u64,
    /// The power of ten that the digits are multiplied by.
    pub exponent: i16,
    /// Whether the limit itself is outside.
    pub exclusive: bool,
}

impl Limit {
    /// The limit in the form that numbers are compared with.
    #[inline]
    #[must_use]
    pub fn bound(&self) -> crate::Bound<'_> {
        crate::Bound {
            text: &self.text,
            negative: self.negative,
            coefficient: self.coefficient,
            exponent: self.exponent,
            exclusive: self.exclusive,
        }
    }
}

/// A JSON value of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, by its text.
    Number(Box<str>),
    /// A string.
    String(Box<str>),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Vec<(Box<str>, Json)>),
}

impl std::fmt::Display for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::String(text) => string(text, f),
            Self::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    string(key, f)?;
                    write!(f, ": {value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn string(text: &str, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    f.write_str("\"")?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control if control < ' ' => write!(f, "\\u{:04x}", u32::from(control))?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("\"")
}
