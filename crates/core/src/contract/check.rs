//! One value against its schema: types, limits, words, forms.

use std::cmp::Ordering;

use crate::document::{Kind, Token, characters, code_points, short};
use crate::rules::schema as rules;
use crate::rules::{Facts, Rule, RuleContext, Sink};
use crate::values::number::Number;
use crate::values::{bytes, datetime, uuid};

use super::{ArrayLimits, Format, Literal, NumberLimits, Schema, TextLimits, Types, unique};

/// Holds one value, without what is in it, against its schema. The first keyword that it breaks
/// is what is returned, so that one fault gives one diagnostic. Its form is for [`has_form`].
#[inline(always)]
pub(crate) fn value(token: Token<'_>, schema: &Schema) -> Option<&'static Rule> {
    if !has_type(token, schema.types) {
        return Some(&rules::type_::RULE);
    }
    if !schema.words.is_empty() && !is_word(token, schema.words) {
        return Some(&rules::enum_::RULE);
    }
    match token {
        Token::String(inner, flags) => schema.text.and_then(|limits| length(inner, flags, limits)),
        Token::Number(number, ..) => schema.number.and_then(|limits| size(number, limits)),
        _ => None,
    }
}

/// Holds one value, its form included, against its schema.
pub(crate) fn whole(token: Token<'_>, schema: &Schema) -> Option<&'static Rule> {
    value(token, schema).or_else(|| {
        let kept = format(token, schema).is_none_or(|format| has_form(token, format));
        (!kept).then_some(&rules::format::RULE)
    })
}

#[inline(always)]
fn has_type(token: Token<'_>, types: Types) -> bool {
    let own = match token.kind() {
        Kind::Null => Types::NULL,
        Kind::Boolean => Types::BOOLEAN,
        Kind::Number => Types::NUMBER,
        Kind::String => Types::STRING,
        Kind::Array => Types::ARRAY,
        Kind::Object => Types::OBJECT,
    };
    types.meets(own)
        || match token {
            Token::Number(number, ..) => types.meets(Types::INTEGER) && number.is_integer(),
            _ => false,
        }
}

#[inline(always)]
fn is_word(token: Token<'_>, words: &[Literal]) -> bool {
    match token {
        Token::String(inner, flags) => is_text_word(inner, flags, words),
        Token::Number(number, ..) => words.iter().any(|word| match word {
            Literal::Number(bound) => number.compare(bound) == Ordering::Equal,
            _ => false,
        }),
        Token::Boolean(value) => words.contains(&Literal::Boolean(value)),
        Token::Null => words.contains(&Literal::Null),
        Token::Array(_) | Token::Object => false,
    }
}

#[inline(never)]
fn is_text_word(inner: &[u8], flags: u8, words: &[Literal]) -> bool {
    let mut room = None;
    match short(inner, flags, &mut room) {
        Some(value) => words.iter().any(|word| match word {
            Literal::String(word) => bytes::same(word.as_bytes(), value),
            _ => false,
        }),
        None => is_long_word(inner, words),
    }
}

/// Compares words by their characters, because there are escapes, and no room to replace them.
#[cold]
#[inline(never)]
fn is_long_word(inner: &[u8], words: &[Literal]) -> bool {
    let inner = std::str::from_utf8(inner).unwrap_or_default();
    words.iter().any(|word| match word {
        Literal::String(word) => characters(inner)
            .map(|character| character.value)
            .eq(word.chars()),
        _ => false,
    })
}

/// The most bytes of text that one code point takes: two escapes.
const LONGEST_CODE_POINT: usize = 12;

#[inline(always)]
fn length(inner: &[u8], flags: u8, limits: &TextLimits) -> Option<&'static Rule> {
    // Most texts need no count: a code point takes a byte at least.
    if inner.len() > limits.max as usize && code_points(inner) > limits.max as usize {
        return Some(&rules::max_length::RULE);
    }
    let least = limits.min as usize;
    if inner.len() < least * LONGEST_CODE_POINT
        && (inner.len() < least || flags != 0 && code_points(inner) < least)
    {
        return Some(&rules::min_length::RULE);
    }
    None
}

/// The form that a value must have.
#[inline(always)]
pub(crate) fn format(token: Token<'_>, schema: &Schema) -> Option<Format> {
    match token {
        Token::String(..) => schema.text.and_then(|limits| limits.format),
        _ => None,
    }
}

/// Whether a string has the form.
#[inline(always)]
pub(crate) fn has_form(token: Token<'_>, format: Format) -> bool {
    match token {
        Token::String(inner, flags) => text_has_form(inner, flags, format),
        _ => true,
    }
}

#[inline(never)]
fn text_has_form(inner: &[u8], flags: u8, format: Format) -> bool {
    let mut room = None;
    short(inner, flags, &mut room).is_some_and(|value| match format {
        Format::DateTime => datetime::strict_date_time(value).is_some(),
        Format::Date => datetime::strict_date(value).is_some(),
        Format::Uuid => uuid::is_uuid_bytes(value),
    })
}

#[inline(always)]
fn size(number: &Number<'_>, limits: &NumberLimits) -> Option<&'static Rule> {
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

/// Whether an array with so many items may break its limits.
#[inline]
pub(crate) fn is_doubtful_array(limits: &ArrayLimits, count: u32) -> bool {
    count < limits.min || count > limits.max || limits.unique && count > 1
}

/// Holds the number of an array's items, and whether they differ, against its schema.
pub(crate) fn array(
    place: &RuleContext<'_>,
    limits: &ArrayLimits,
    count: u32,
    sink: &mut crate::report::Findings,
) {
    let mut report = |rule, place: &RuleContext<'_>| {
        let facts = Facts::NONE;
        Sink {
            findings: sink,
            rule,
            facts,
        }
        .report(place);
    };
    if count < limits.min {
        report(&rules::min_items::RULE, place);
    }
    if count > limits.max {
        report(&rules::max_items::RULE, place);
    }
    if limits.unique && count > 1 {
        for node in unique::repeated(place.document, place.text, place.node) {
            report(
                &rules::unique_items::RULE,
                &place.moved(node, place.schema, place.parent),
            );
        }
    }
}
