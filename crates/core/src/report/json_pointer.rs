//! The path from the root to a value: its pointer, its schema and its name in messages.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use crate::contract::{Property, Schema};
use crate::document::{Document, Node, Text};
use crate::lint::member_schema;
use crate::messages::decimal;
use crate::values::{secret, str_ext};

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
    /// The key, if the value is in an object.
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

/// The child of a long list that was looked for last, so that the next diagnostic about the list
/// does not walk it from its start.
#[derive(Default)]
pub(crate) struct Hint(Mutex<(u32, u32, u32)>);

/// Shorter walks are not worth remembering.
const LONG_WALK: u32 = 256;

impl Hint {
    /// Of the children of a container, the one that is, or holds, the node `target`: its place
    /// among them, its number, and itself.
    fn child_with<'d>(
        &self,
        document: &'d Document,
        parent: u32,
        target: u32,
    ) -> Option<(u32, u32, &'d Node)> {
        let (mut at, mut index) = (parent + 1, 0);
        let first = document.child_with(at, index, target, LONG_WALK);
        let Err(reached) = first else {
            return first.ok();
        };
        (at, index) = reached?;
        let mut hint = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, known, known_index) = *hint;
        if of == parent && known <= target && known > at {
            (at, index) = (known, known_index);
        }
        let found = document.child_with(at, index, target, u32::MAX).ok();
        if let Some((index, at, _)) = found {
            *hint = (parent, at, index);
        }
        found
    }
}

/// Collects the values from the root down to `target`, which is last.
pub(crate) fn trail<'c>(
    document: &Document,
    text: &str,
    root: &'c Schema<'c>,
    target: u32,
    hint: &Hint,
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
        let Some((index, node, child)) = hint.child_with(document, here.0, target) else {
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

/// The most bytes of a pointer, except its last token: a payload of hundreds of faults within a
/// long key must not become hundreds of long keys.
const LONGEST: usize = 2048;
/// The most characters of a key in a pointer.
const LONGEST_KEY: usize = 256;

/// Writes the JSON pointer (RFC 6901) of a trail's last value, with one more token if there is one.
/// Credentials in keys are replaced by `***`; of keys and pointers that are too long, the rest is
/// replaced by `…`.
pub(crate) fn pointer(
    document: &Document,
    text: &str,
    steps: &[Step<'_>],
    more: Option<&Property<'_>>,
    out: &mut String,
) {
    let start = out.len();
    for (number, step) in steps.iter().enumerate().skip(1) {
        if out.len() - start > LONGEST && number + 1 < steps.len() {
            if !out.ends_with("/…") {
                out.push_str("/…");
            }
        } else if let Some(property) = step.property {
            name(property, out);
        } else if let Some(key) = step.key(document, text) {
            token(&secret::redacted(&key), out);
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
    let shortened;
    let mut token = token;
    if token.len() > LONGEST_KEY
        && let Some((end, _)) = token.char_indices().nth(LONGEST_KEY)
    {
        shortened = [token.get(..end).unwrap_or_default(), "…"].concat();
        token = &shortened;
    }
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
