//! The JSON shape of a type, to compare types with schemas.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::contract::{Format, Types};

/// The JSON that a type stands for.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The JSON types.
    pub types: Types,
    /// The only words allowed; empty if any is allowed.
    pub words: &'static [&'static str],
    /// The form of the text.
    pub format: Option<Format>,
    /// The properties of an object; empty for anything else and for an object of any properties.
    pub fields: &'static [FieldShape],
    /// What the items of an array are.
    pub items: Option<&'static Self>,
}

/// One property of a record.
#[derive(Debug, Clone, Copy)]
pub struct FieldShape {
    /// The property's name in JSON.
    pub name: &'static str,
    /// Whether it has to be there.
    pub required: bool,
    /// Its value.
    pub shape: Shape,
}

impl Shape {
    /// Any value of that type.
    #[must_use]
    pub const fn of(types: Types) -> Self {
        Self {
            types,
            words: &[],
            format: None,
            fields: &[],
            items: None,
        }
    }

    /// The same, or null.
    #[must_use]
    pub const fn or_null(self) -> Self {
        Self {
            types: self.types.or(Types::NULL),
            ..self
        }
    }
}

/// A type that stands for some JSON.
pub trait Shaped {
    /// That JSON.
    const SHAPE: Shape;
}

/// A property that may be left out.
impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: Shape = T::SHAPE;
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: Shape = Shape {
        items: Some(&T::SHAPE),
        ..Shape::of(Types::ARRAY)
    };
}

impl Shaped for String {
    const SHAPE: Shape = Shape::of(Types::STRING);
}

impl Shaped for bool {
    const SHAPE: Shape = Shape::of(Types::BOOLEAN);
}

impl Shaped for u8 {
    const SHAPE: Shape = Shape::of(Types::INTEGER);
}

impl Shaped for i64 {
    const SHAPE: Shape = Shape::of(Types::INTEGER);
}

impl Shaped for DateTime<Utc> {
    const SHAPE: Shape = Shape {
        format: Some(Format::DateTime),
        ..Shape::of(Types::STRING)
    };
}

impl Shaped for Uuid {
    const SHAPE: Shape = Shape {
        format: Some(Format::Uuid),
        ..Shape::of(Types::STRING)
    };
}

impl Shaped for serde_json::Map<String, serde_json::Value> {
    const SHAPE: Shape = Shape::of(Types::OBJECT);
}
