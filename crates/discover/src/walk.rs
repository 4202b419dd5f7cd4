//! Finds the subschemas of a JSON Schema.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use pipelint_contract::json_pointer::escape;
use serde_json::{Map, Value};

/// Keywords whose value is one schema, or for `items` of old drafts a list of them.
const SINGLE: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords whose value is a list of schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value is an object of schemas.
const MAPS: &[&str] = &[
    "$defs",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// The pointers to the schemas directly below a schema, relative to it.
fn below(schema: &Map<String, Value>) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in schema {
        let name = key.as_str();
        match value {
            Value::Object(_) | Value::Bool(_) if SINGLE.contains(&name) => {
                found.push(format!("/{name}"));
            }
            Value::Array(list) if LISTS.contains(&name) || name == "items" => {
                found.extend((0..list.len()).map(|index| format!("/{name}/{index}")));
            }
            Value::Object(members) if MAPS.contains(&name) => {
                // A value of `dependencies` may be a list of names.
                let schemas = members.iter().filter(|(_, value)| !value.is_array());
                found.extend(schemas.map(|(member, _)| format!("/{name}/{}", escape(member))));
            }
            _ => {}
        }
    }
    found
}

/// The pointers to all schemas of a document, the root's (empty) first, in document order.
pub(crate) fn schemas(root: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(pointer) = waiting.pop() {
        if let Some(Value::Object(schema)) = root.pointer(&pointer) {
            let children = below(schema);
            waiting.extend(children.into_iter().rev().map(|one| pointer.clone() + &one));
        }
        found.push(pointer);
    }
    found
}

/// Calls a function for every schema object of a document.
pub(crate) fn each_schema_mut(root: &mut Value, mut change: impl FnMut(&mut Map<String, Value>)) {
    let mut waiting = vec![String::new()];
    while let Some(pointer) = waiting.pop() {
        if let Some(Value::Object(schema)) = root.pointer_mut(&pointer) {
            change(schema);
            waiting.extend(below(schema).into_iter().map(|one| pointer.clone() + &one));
        }
    }
}

/// The local reference's target: `#/a/b` gives the value at `/a/b`.
pub(crate) fn local<'v>(root: &'v Value, reference: &str) -> Option<&'v Value> {
    root.pointer(&fragment(reference)?)
}

/// The pointer of a local reference, with percent escapes decoded.
pub(crate) fn fragment(reference: &str) -> Option<Cow<'_, str>> {
    let pointer = reference.strip_prefix('#')?;
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    percent_decode_str(pointer).decode_utf8().ok()
}

/// Follows local references from a schema, a bounded number of times.
pub(crate) fn resolve<'v>(root: &'v Value, mut schema: &'v Value) -> &'v Value {
    for _ in 0..16 {
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| local(root, reference));
        match target {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}
