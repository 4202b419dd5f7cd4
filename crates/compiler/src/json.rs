//! A JSON tree that keeps what a schema compiler needs: the order of keys, keys given twice, and
//! the text of every number.

use pipelint_contract::json_pointer::escape;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Deeper files are refused, so that no reader of the tree can run out of stack.
const MAX_DEPTH: usize = 64;

/// One JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Boolean(bool),
    /// The number's text, as it is in the file.
    Number(String),
    String(String),
    Array(Vec<Node>),
    /// Members in the file's order.
    Object(Vec<(String, Node)>),
}

/// A fault of the text itself: the pointer and what is wrong.
pub(crate) struct Fault {
    pub(crate) pointer: String,
    pub(crate) key: String,
    pub(crate) what: String,
}

impl Node {
    /// Reads a text; duplicate keys and broken values are put in `faults`. `None`: no JSON at all.
    pub(crate) fn parse(text: &str, faults: &mut Vec<Fault>) -> Option<Self> {
        match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) => Self::read(raw, "", 0, faults),
            Err(error) => {
                faults.push(Fault::at("", format!("this is no JSON: {error}")));
                None
            }
        }
    }

    fn read(raw: &RawValue, pointer: &str, depth: usize, faults: &mut Vec<Fault>) -> Option<Self> {
        if depth > MAX_DEPTH {
            let what = format!("nested deeper than {MAX_DEPTH} levels; use `$defs` and `$ref`");
            faults.push(Fault::at(pointer, what));
            return None;
        }
        let text = raw.get().trim();
        let read = match text.as_bytes().first() {
            Some(b'{') => serde_json::from_str::<Members<'_>>(text).map(|members| {
                let mut read: Vec<(String, Self)> = Vec::with_capacity(members.0.len());
                for (key, value) in members.0 {
                    let below = format!("{pointer}/{}", escape(&key));
                    if read.iter().any(|(known, _)| *known == key) {
                        faults.push(Fault {
                            pointer: pointer.to_owned(),
                            what: format!("the key {key:?} is given twice; keep one of them"),
                            key,
                        });
                    } else if let Some(value) = Self::read(value, &below, depth + 1, faults) {
                        read.push((key, value));
                    }
                }
                Self::Object(read)
            }),
            Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(text).map(|items| {
                let read = items.into_iter().enumerate().filter_map(|(index, item)| {
                    Self::read(item, &format!("{pointer}/{index}"), depth + 1, faults)
                });
                Self::Array(read.collect())
            }),
            Some(b'"') => serde_json::from_str(text).map(Self::String),
            Some(b't' | b'f') => serde_json::from_str(text).map(Self::Boolean),
            Some(b'n') => Ok(Self::Null),
            _ => Ok(Self::Number(text.to_owned())),
        };
        match read {
            Ok(node) => Some(node),
            Err(error) => {
                faults.push(Fault::at(pointer, format!("this is no JSON: {error}")));
                None
            }
        }
    }

    /// The value of a member.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|m| &m.1),
            _ => None,
        }
    }

    /// The text of a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Compact JSON text.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::String(text) => f.write_str(&quoted(text)),
            Self::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{}:{value}", quoted(key))?;
                }
                f.write_str("}")
            }
        }
    }
}

impl Fault {
    fn at(pointer: &str, what: String) -> Self {
        let key = String::new();
        let pointer = pointer.to_owned();
        Self { pointer, key, what }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An object's members, none dropped.
struct Members<'de>(Vec<(String, &'de RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Option<Node>, Vec<String>) {
        let mut faults = Vec::new();
        let node = Node::parse(text, &mut faults);
        let faults = faults
            .into_iter()
            .map(|f| format!("{}: {}", f.pointer, f.what));
        (node, faults.collect())
    }

    #[test]
    fn keeps_order_and_number_texts() {
        let text = r#" {"z":[1.50,1e2,-0], "a":{"k":"\u00e9"},"n":null,"t":true} "#;
        let (node, faults) = parse(text);
        assert_eq!(
            node.unwrap().to_string(),
            r#"{"z":[1.50,1e2,-0],"a":{"k":"é"},"n":null,"t":true}"#
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn sees_keys_given_twice() {
        let (_, faults) = parse(r#"{"a/b":{"x":1,"\u0078":2}}"#);
        assert_eq!(
            faults,
            ["/a~1b: the key \"x\" is given twice; keep one of them"]
        );
    }

    #[test]
    fn refuses_what_is_no_json() {
        for text in ["", "{", "{\"a\":1,}", "[1] 2", "{\"a\":\"\\ud800\"}", "01"] {
            assert!(!parse(text).1.is_empty(), "{text}");
        }
        let deep = "[".repeat(80) + &"]".repeat(80);
        assert!(parse(&deep).1[0].contains("64 levels"));
    }
}
