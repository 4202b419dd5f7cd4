//! The keywords that need one value only: types, limits, words, formats.

use std::cmp::Ordering;

use crate::document::{Document, Kind, Text, Token, characters, code_points, short, unescape};
use crate::values::number::Number;
use crate::values::{bytes, datetime, uuid};

use super::format::is_email;
use super::unique;
use crate::contract::{ArrayLimits, Format, Literal, NumberLimits, Schema, TextLimits, Types};

/// A keyword of JSON Schema that a value can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    Type,
    Required,
    Enum,
    Minimum,
    Maximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Format,
    MinItems,
    MaxItems,
    UniqueItems,
    AdditionalProperties,
    /// Not a keyword: a property that no schema names, where that is allowed.
    UnknownProperty,
}

impl Keyword {
    /// Whether rules can judge a value that breaks the keyword: a name that is too long may have
    /// white space around it as well.
    pub(crate) const fn leaves_the_value_to_rules(self) -> bool {
        matches!(self, Self::MinLength | Self::MaxLength)
    }
}

/// The first keyword that one value breaks, not counting the values inside it and its format, which
/// [`has_format`] checks.
#[inline(always)]
pub(crate) fn value(token: Token<'_>, schema: &Schema<'_>) -> Option<Keyword> {
    if !has_type(token, schema.types) {
        return Some(Keyword::Type);
    }
    if !schema.words.is_empty() && !is_word(token, schema.words) {
        return Some(Keyword::Enum);
    }
    match token {
        Token::String(inner, flags) => schema.text.and_then(|limits| length(inner, flags, limits)),
        Token::Number(number, ..) => schema.number.and_then(|limits| size(number, limits)),
        _ => None,
    }
}

/// The first keyword that one value breaks, its format included.
pub(crate) fn whole(token: Token<'_>, schema: &Schema<'_>) -> Option<Keyword> {
    value(token, schema).or_else(|| {
        let kept = format(token, schema).is_none_or(|format| has_format(token, format));
        (!kept).then_some(Keyword::Format)
    })
}

/// The type of all values of a kind.
#[inline(always)]
pub(super) const fn type_of(kind: Kind) -> Types {
    match kind {
        Kind::Null => Types::NULL,
        Kind::Boolean => Types::BOOLEAN,
        Kind::Number => Types::NUMBER,
        Kind::String => Types::STRING,
        Kind::Array => Types::ARRAY,
        Kind::Object => Types::OBJECT,
    }
}

#[inline(always)]
fn has_type(token: Token<'_>, types: Types) -> bool {
    types.meets(type_of(token.kind()))
        || match token {
            Token::Number(number, ..) => types.meets(Types::INTEGER) && number.is_integer(),
            _ => false,
        }
}

#[inline(always)]
fn is_word(token: Token<'_>, words: &[Literal<'_>]) -> bool {
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
fn is_text_word(inner: &[u8], flags: u8, words: &[Literal<'_>]) -> bool {
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
fn is_long_word(inner: &[u8], words: &[Literal<'_>]) -> bool {
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
fn length(inner: &[u8], flags: u8, limits: &TextLimits) -> Option<Keyword> {
    // Most texts need no count: a code point takes a byte at least.
    if inner.len() > limits.max as usize && code_points(inner) > limits.max as usize {
        return Some(Keyword::MaxLength);
    }
    let least = limits.min as usize;
    if inner.len() < least * LONGEST_CODE_POINT
        && (inner.len() < least || flags != 0 && code_points(inner) < least)
    {
        return Some(Keyword::MinLength);
    }
    None
}

/// The form that a value must have.
#[inline(always)]
pub(crate) fn format(token: Token<'_>, schema: &Schema<'_>) -> Option<Format> {
    match token {
        Token::String(..) => schema.text.and_then(|limits| limits.format),
        _ => None,
    }
}

/// Whether a string has the format, as far as the tables decide it: a program decides the others.
#[inline(always)]
pub(crate) fn has_format(token: Token<'_>, format: Format) -> bool {
    match token {
        Token::String(inner, flags) => has_text_format(inner, flags, format),
        _ => true,
    }
}

#[inline(never)]
fn has_text_format(inner: &[u8], flags: u8, format: Format) -> bool {
    let mut room = None;
    let mut has = |test: fn(&[u8]) -> bool| short(inner, flags, &mut room).is_some_and(test);
    match format {
        Format::DateTime => has(|value| datetime::strict_date_time(value).is_some()),
        Format::Date => has(|value| datetime::strict_date(value).is_some()),
        Format::Uuid => has(uuid::is_uuid_bytes),
        Format::Email => std::str::from_utf8(inner).is_ok_and(|inner| is_email(&unescape(inner))),
        _ => true,
    }
}

#[inline(always)]
fn size(number: &Number<'_>, limits: &NumberLimits<'_>) -> Option<Keyword> {
    if let Some(minimum) = &limits.minimum {
        match number.compare(minimum) {
            Ordering::Less => return Some(Keyword::Minimum),
            Ordering::Equal if minimum.exclusive => return Some(Keyword::Minimum),
            _ => {}
        }
    }
    if let Some(maximum) = &limits.maximum {
        match number.compare(maximum) {
            Ordering::Greater => return Some(Keyword::Maximum),
            Ordering::Equal if maximum.exclusive => return Some(Keyword::Maximum),
            _ => {}
        }
    }
    match &limits.multiple_of {
        Some(step) if !number.is_multiple_of(step) => Some(Keyword::MultipleOf),
        _ => None,
    }
}

/// Whether an array with so many items may break its limits.
#[inline]
pub(crate) fn may_break_array(limits: &ArrayLimits<'_>, count: u32) -> bool {
    count < limits.min || count > limits.max || limits.unique && count > 1
}

/// What is wrong with the number of an array's items, or with items that are equal: the keyword and
/// the node concerned.
pub(crate) fn array(
    document: &Document,
    text: Text<'_>,
    node: u32,
    limits: &ArrayLimits<'_>,
    count: u32,
) -> impl Iterator<Item = (Keyword, u32)> {
    let too_few = (count < limits.min).then_some((Keyword::MinItems, node));
    let too_many = (count > limits.max).then_some((Keyword::MaxItems, node));
    let repeated = if limits.unique && count > 1 {
        unique::repeated(document, text, node)
    } else {
        Vec::new()
    };
    let repeated = repeated
        .into_iter()
        .map(|item| (Keyword::UniqueItems, item));
    too_few.into_iter().chain(too_many).chain(repeated)
}
