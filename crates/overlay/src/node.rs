//! Adapts pipelint's document to the crate jsonschema.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use pipelint::values::number::Number;
use pipelint::{Kind, Value, Values};

/// The representation: payloads as pipelint reads them.
#[derive(Debug)]
pub struct PayloadJson;

/// One value of a payload; or the name of a property, where a schema judges names.
#[derive(Debug, Clone, Copy)]
pub enum PayloadNode<'a> {
    /// A value.
    Value(Value<'a>),
    /// A name.
    Name(&'a str),
}

impl<'a> From<Value<'a>> for PayloadNode<'a> {
    fn from(value: Value<'a>) -> Self {
        Self::Value(value)
    }
}

impl Json for PayloadJson {
    type Node<'a> = PayloadNode<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = String;

    // A lookup walks over the object, so one walk for several keys pays soon.
    const KEYS_PER_LOOKUP: usize = 16;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(
        buffer: &mut String,
        string: &str,
        f: impl FnOnce(PayloadNode<'_>) -> T,
    ) -> T {
        buffer.clear();
        buffer.push_str(string);
        f(PayloadNode::Name(buffer))
    }
}

impl<'a> PayloadNode<'a> {
    fn value(&self, kind: Kind) -> Option<Value<'a>> {
        match self {
            Self::Value(value) if value.kind() == kind => Some(*value),
            _ => None,
        }
    }
}

impl<'a> Node<'a, PayloadJson> for PayloadNode<'a> {
    type Object = PayloadObject<'a>;
    type Array = PayloadArray<'a>;
    type Number = PayloadNumber<'a>;

    fn as_object(&self) -> Option<PayloadObject<'a>> {
        self.value(Kind::Object).map(PayloadObject)
    }

    fn as_array(&self) -> Option<PayloadArray<'a>> {
        self.value(Kind::Array).map(PayloadArray)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Value(value) => value.string(),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<PayloadNumber<'a>> {
        match self {
            Self::Value(value) => value.number().map(PayloadNumber),
            Self::Name(_) => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Value(value) => value.boolean(),
            Self::Name(_) => None,
        }
    }

    fn is_null(&self) -> bool {
        self.value(Kind::Null).is_some()
    }

    fn is_number(&self) -> bool {
        self.value(Kind::Number).is_some()
    }

    fn json_type(&self) -> JsonType {
        match self {
            Self::Name(_) => JsonType::String,
            Self::Value(value) => match value.kind() {
                Kind::Null => JsonType::Null,
                Kind::Boolean => JsonType::Boolean,
                Kind::Number => JsonType::Number,
                Kind::String => JsonType::String,
                Kind::Array => JsonType::Array,
                Kind::Object => JsonType::Object,
            },
        }
    }

    fn to_value(&self) -> Cow<'a, serde_json::Value> {
        Cow::Owned(match self {
            Self::Name(name) => (*name).into(),
            Self::Value(value) => owned(*value),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(match self {
            // One document is validated at a time, and no name lies at address 0.
            Self::Value(value) => NodeIdentity::tagged(0, value.number_in_document()),
            Self::Name(name) => NodeIdentity::new(name.as_ptr() as usize),
        })
    }
}

/// A copy of a value. Values nest at most 128 deep.
fn owned(value: Value<'_>) -> serde_json::Value {
    match value.kind() {
        Kind::Null => serde_json::Value::Null,
        Kind::Boolean => value.boolean().unwrap_or_default().into(),
        Kind::Number => number(value.source()).into(),
        Kind::String => value.string().unwrap_or_default().into(),
        Kind::Array => value.children().map(owned).collect(),
        Kind::Object => value
            .children()
            .filter_map(|child| Some((child.key()?.into_owned(), owned(child))))
            .collect(),
    }
}

/// The number as `serde_json` holds it; beyond the range of a double, the end of that range.
fn number(text: &str) -> serde_json::Number {
    text.parse().unwrap_or_else(|_| {
        let end = if text.starts_with('-') {
            f64::MIN
        } else {
            f64::MAX
        };
        serde_json::Number::from_f64(end).unwrap_or_else(|| 0.into())
    })
}

/// A number, by its text.
#[derive(Debug, Clone, Copy)]
pub struct PayloadNumber<'a>(&'a str);

impl JsonNumber for PayloadNumber<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|float: &f64| float.is_finite())
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(number(self.0))
    }

    fn is_integer(&self) -> bool {
        Number::new(self.0).is_integer()
    }
}

/// An object. A key that appears twice is an error of pipelint's own; here its last value counts
/// where it is looked up.
#[derive(Debug, Clone, Copy)]
pub struct PayloadObject<'a>(Value<'a>);

impl<'a> Object<'a, PayloadJson> for PayloadObject<'a> {
    type Node = PayloadNode<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = PayloadMembers<'a>;

    fn len(&self) -> usize {
        self.0.children().count()
    }

    fn is_empty(&self) -> bool {
        self.0.children().next().is_none()
    }

    fn get(&self, key: &Box<str>) -> Option<PayloadNode<'a>> {
        self.0.get(key).map(PayloadNode::Value)
    }

    fn members(&self) -> PayloadMembers<'a> {
        PayloadMembers(self.0.children())
    }
}

/// The members of an object.
#[derive(Debug, Clone)]
pub struct PayloadMembers<'a>(Values<'a>);

impl<'a> Iterator for PayloadMembers<'a> {
    type Item = (Cow<'a, str>, PayloadNode<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.0.next()?;
        Some((value.key().unwrap_or_default(), PayloadNode::Value(value)))
    }
}

/// An array.
#[derive(Debug, Clone, Copy)]
pub struct PayloadArray<'a>(Value<'a>);

impl<'a> Array<'a, PayloadJson> for PayloadArray<'a> {
    type Node = PayloadNode<'a>;
    type ElementsIter = std::iter::Map<Values<'a>, fn(Value<'a>) -> PayloadNode<'a>>;

    fn len(&self) -> usize {
        self.0.children().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        self.0.children().map(PayloadNode::Value)
    }
}
