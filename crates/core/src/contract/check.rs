//! One value against its schema: types, limits, words, forms.

use std::cmp::Ordering;

use crate::document::{Document, Kind, Node, Short, characters, flag};
use crate::rules::schema as rules;
use crate::rules::{Place, Rule, Sink};
use crate::values::moment;
use crate::values::number::Number;
use crate::values::uuid;

use super::{ArrayLimits, Format, Literal, NumberLimits, Schema, TextLimits, Types, unique};

/// Holds one value, without what is in it, against its schema. The first keyword that it breaks
/// is what is returned, so that one fault gives one diagnostic.
#[inline]
pub(crate) fn value(node: &Node, schema: &Schema, text: &str) -> Option<&'static Rule> {
    if !has_type(node, schema.types, text) {
        return Some(&rules::type_::RULE);
    }
    if !schema.words.is_empty() && !is_word(node, schema.words, text) {
        return Some(&rules::enum_::RULE);
    }
    match node.kind {
        Kind::String => schema.text.and_then(|limits| string(node, limits, text)),
        Kind::Number => schema.number.and_then(|limits| number(node, limits, text)),
        _ => None,
    }
}

#[inline]
fn has_type(node: &Node, types: Types, text: &str) -> bool {
    let own = match node.kind {
        Kind::Null => Types::NULL,
        Kind::Boolean => Types::BOOLEAN,
        Kind::Number => Types::NUMBER,
        Kind::String => Types::STRING,
        Kind::Array => Types::ARRAY,
        Kind::Object => Types::OBJECT,
    };
    types.meets(own)
        || node.kind == Kind::Number
            && types.meets(Types::INTEGER)
            && (!node.has(flag::FRACTIONAL) || Number::new(node.text(text)).is_integer())
}

#[inline]
fn is_word(node: &Node, words: &[Literal], text: &str) -> bool {
    match node.kind {
        Kind::String => {
            let mut room = Short::new();
            let inner = node.inner(text);
            let escaped = node.has(flag::ESCAPED);
            let value = if escaped {
                room.value(inner)
            } else {
                Some(inner)
            };
            // A word that is longer than the room is compared by its characters.
            words.iter().any(|word| match (word, value) {
                (Literal::String(word), Some(value)) => *word == value,
                (Literal::String(word), None) => characters(inner)
                    .map(|character| character.value)
                    .eq(word.chars()),
                _ => false,
            })
        }
        Kind::Number => {
            let number = Number::new(node.text(text));
            words.iter().any(|word| match word {
                Literal::Number(bound) => number.compare(bound) == Ordering::Equal,
                _ => false,
            })
        }
        Kind::Boolean => words.contains(&Literal::Boolean(node.has(flag::TRUE))),
        Kind::Null => words.contains(&Literal::Null),
        Kind::Array | Kind::Object => false,
    }
}

#[inline]
fn string(node: &Node, limits: &TextLimits, text: &str) -> Option<&'static Rule> {
    let inner = node.inner(text);
    // A code point takes at least one byte of text, so a short text needs no count.
    if inner.len() > limits.max as usize && code_points(inner) > u64::from(limits.max) {
        return Some(&rules::max_length::RULE);
    }
    if limits.min > 0 && code_points(inner) < u64::from(limits.min) {
        return Some(&rules::min_length::RULE);
    }
    let format = limits.format?;
    let mut room = Short::new();
    let value = if node.has(flag::ESCAPED) {
        room.value(inner)
    } else {
        Some(inner)
    };
    let kept = value.is_some_and(|value| match format {
        Format::DateTime => moment::date_time(value).is_ok(),
        Format::Date => moment::date(value).is_ok(),
        Format::Uuid => uuid::is_uuid(value),
    });
    if kept {
        None
    } else {
        Some(&rules::format::RULE)
    }
}

/// The number of Unicode code points of a string's value.
pub(crate) fn code_points(inner: &str) -> u64 {
    characters(inner).count() as u64
}

#[inline]
fn number(node: &Node, limits: &NumberLimits, text: &str) -> Option<&'static Rule> {
    let number = Number::new(node.text(text));
    if let Some(minimum) = &limits.minimum {
        match number.compare(minimum) {
            Ordering::Less => return Some(&rules::minimum::RULE),
            Ordering::Equal if minimum.exclusive => return Some(&rules::minimum::RULE),
            _ => {}
        }
    }
    if let Some(maximum) = &limits.maximum {
        match number.compare(maximum) {
            Ordering::Greater => return Some(&rules::maximum::RULE),
            Ordering::Equal if maximum.exclusive => return Some(&rules::maximum::RULE),
            _ => {}
        }
    }
    match &limits.multiple_of {
        Some(step) if !number.is_multiple_of(step) => Some(&rules::multiple_of::RULE),
        _ => None,
    }
}

/// Holds the number of an array's items, and whether they differ, against its schema.
pub(crate) fn array(
    place: &Place<'_>,
    limits: &ArrayLimits,
    count: u32,
    sink: &mut Vec<crate::report::Finding>,
) {
    if count < limits.min {
        Sink {
            findings: sink,
            rule: &rules::min_items::RULE,
        }
        .report(place);
    }
    if count > limits.max {
        Sink {
            findings: sink,
            rule: &rules::max_items::RULE,
        }
        .report(place);
    }
    if limits.unique && count > 1 {
        let mut sink = Sink {
            findings: sink,
            rule: &rules::unique_items::RULE,
        };
        unique::repeated(
            place.document,
            place.text,
            place.node,
            |item: u32, document: &Document| {
                if let Some(node) = document.node(item) {
                    sink.report_span(
                        &Place {
                            node: item,
                            ..*place
                        },
                        0,
                        node.start,
                        node.end,
                    );
                }
            },
        );
    }
}
