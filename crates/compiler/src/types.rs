//! The types of JSON Schema as a set.

use crate::bound::Decimal;
use crate::json::Node;

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TypeSet(u8);

impl TypeSet {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(1 << 1);
    pub(crate) const INTEGER: Self = Self(1 << 2);
    pub(crate) const NUMBER: Self = Self(1 << 3);
    pub(crate) const STRING: Self = Self(1 << 4);
    pub(crate) const ARRAY: Self = Self(1 << 5);
    pub(crate) const OBJECT: Self = Self(1 << 6);
    pub(crate) const NUMERIC: Self = Self(Self::INTEGER.0 | Self::NUMBER.0);
    pub(crate) const ANY: Self = Self((1 << 7) - 1);

    /// Whether the two sets share a type.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a value of the schema's own (a default, an enum member) is of one of the types.
    pub(crate) fn admits(self, value: &Node) -> bool {
        self.meets(match value {
            Node::Null => Self::NULL,
            Node::Boolean(_) => Self::BOOLEAN,
            Node::Number(text) => match Decimal::parse(text) {
                Ok(number) if number.is_whole() => Self::NUMERIC,
                _ => Self::NUMBER,
            },
            Node::String(_) => Self::STRING,
            Node::Array(_) => Self::ARRAY,
            Node::Object(_) => Self::OBJECT,
        })
    }
}

/// One type: its name in a schema, its name in the tables, its set.
#[derive(Debug)]
pub(crate) struct Type {
    pub(crate) name: &'static str,
    pub(crate) table: &'static str,
    pub(crate) set: TypeSet,
}

/// All types.
pub(crate) static TYPES: [Type; 7] = [
    Type::row("null", "Types::NULL", TypeSet::NULL),
    Type::row("boolean", "Types::BOOLEAN", TypeSet::BOOLEAN),
    Type::row("integer", "Types::INTEGER", TypeSet::INTEGER),
    Type::row("number", "Types::NUMBER", TypeSet::NUMBER),
    Type::row("string", "Types::STRING", TypeSet::STRING),
    Type::row("array", "Types::ARRAY", TypeSet::ARRAY),
    Type::row("object", "Types::OBJECT", TypeSet::OBJECT),
];

impl Type {
    const fn row(name: &'static str, table: &'static str, set: TypeSet) -> Self {
        Self { name, table, set }
    }
}
