//! The way from the root to a value: its pointer, its schema, what it is called.

use std::borrow::Cow;

use crate::contract::Schema;
use crate::document::{Document, NONE};
use crate::rules::place::member_schema;

/// One step of the way.
#[derive(Debug, Clone)]
pub(crate) struct Step<'a> {
    pub(crate) node: u32,
    pub(crate) schema: &'static Schema,
    /// The key, if the value stands in an object.
    pub(crate) key: Option<Cow<'a, str>>,
    /// The place among the values of its container, from 0.
    pub(crate) index: u32,
}

/// The values from the root down to `target`, which is last.
pub(crate) fn trail<'a>(
    document: &Document,
    text: &'a str,
    root: &'static Schema,
    target: u32,
) -> Vec<Step<'a>> {
    let mut steps = vec![Step {
        node: 0,
        schema: root,
        key: None,
        index: 0,
    }];
    let mut here = (0, root);
    while here.0 != target {
        let within = document
            .children(here.0)
            .enumerate()
            .find(|(_, (at, child))| {
                let end = if child.next == 0 { NONE } else { child.next };
                *at <= target && target < end
            });
        let Some((index, (node, child))) = within else {
            break;
        };
        let schema = member_schema(here.1, child);
        steps.push(Step {
            node,
            schema,
            key: child.key(text),
            index: index as u32,
        });
        here = (node, schema);
    }
    steps
}

/// The JSON pointer (RFC 6901) of a trail's last value, with one more token if there is one.
pub(crate) fn pointer(steps: &[Step<'_>], more: Option<&str>) -> String {
    let mut pointer = String::new();
    for step in steps.iter().skip(1) {
        match &step.key {
            Some(key) => token(&mut pointer, key),
            None => token(
                &mut pointer,
                &crate::messages::decimal(u64::from(step.index)),
            ),
        }
    }
    if let Some(more) = more {
        token(&mut pointer, more);
    }
    pointer
}

fn token(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
