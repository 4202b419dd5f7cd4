//! The way from the root to a value: its pointer, its schema, what it is called.

use std::borrow::Cow;

use crate::contract::{Property, Schema};
use crate::document::{Document, Text};
use crate::lint::member_schema;
use crate::messages::decimal;
use crate::values::str_ext;

/// One step of the way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'c> {
    pub(crate) node: u32,
    pub(crate) schema: &'c Schema<'c>,
    /// The contract's property, if the key is written like its name, letter by letter.
    pub(crate) property: Option<&'c Property<'c>>,
    /// The place among the values of its container, from 0.
    pub(crate) index: u32,
}

impl<'c> Step<'c> {
    /// The key, if the value stands in an object.
    pub(crate) fn key<'t>(
        &self,
        document: &Document,
        text: impl Into<Text<'t>>,
    ) -> Option<Cow<'t, str>>
    where
        'c: 't,
    {
        match self.property {
            Some(property) => Some(Cow::Borrowed(property.name)),
            None => document.node(self.node)?.key(text),
        }
    }
}

/// The same buffer, empty, for steps through another contract.
pub(crate) fn recycle<'n>(mut steps: Vec<Step<'_>>) -> Vec<Step<'n>> {
    steps.clear();
    // No item is mapped; the memory stays.
    steps.into_iter().map_while(|_| None).collect()
}

/// Collects the values from the root down to `target`, which is last.
pub(crate) fn trail<'c>(
    document: &Document,
    text: &str,
    root: &'c Schema<'c>,
    target: u32,
    steps: &mut Vec<Step<'c>>,
) {
    steps.clear();
    steps.push(Step {
        node: 0,
        schema: root,
        property: None,
        index: 0,
    });
    let mut here = (0, root);
    while here.0 != target {
        let Some((index, node, child)) = document.child_with(here.0, target) else {
            break;
        };
        let object = here.1.object;
        let property = object.and_then(|object| object.properties.get(usize::from(child.property)));
        let schema = match property {
            Some(property) => property.schema,
            None => member_schema(here.1, child),
        };
        // An escape is longer than what it stands for.
        let is_named = |property: &&Property<'_>| {
            child.key_length as usize == property.name.len()
                && (object.is_some_and(|object| !object.ignore_case)
                    || child.raw_key(text) == Some(property.name))
        };
        steps.push(Step {
            node,
            schema,
            property: property.filter(is_named),
            index,
        });
        here = (node, schema);
    }
}

/// Writes the JSON pointer (RFC 6901) of a trail's last value, with one more token if there is one.
pub(crate) fn pointer(
    document: &Document,
    text: &str,
    steps: &[Step<'_>],
    more: Option<&Property<'_>>,
    out: &mut String,
) {
    for step in steps.iter().skip(1) {
        if let Some(property) = step.property {
            name(property, out);
        } else if let Some(key) = step.key(document, text) {
            token(&key, out);
        } else {
            out.push('/');
            decimal(out, u64::from(step.index));
        }
    }
    if let Some(more) = more {
        name(more, out);
    }
}

/// Writes the token of a property.
#[cfg_attr(pipelint_module, inline(never))]
fn name(property: &Property<'_>, out: &mut String) {
    if property.is_plain {
        out.push('/');
        out.push_str(property.name);
    } else {
        token(property.name, out);
    }
}

fn token(token: &str, out: &mut String) {
    out.push('/');
    if !str_ext::has_either(token, b'~', b'/') {
        out.push_str(token);
        return;
    }
    for character in token.chars() {
        match character {
            '~' => out.push_str("~0"),
            '/' => out.push_str("~1"),
            other => out.push(other),
        }
    }
}
