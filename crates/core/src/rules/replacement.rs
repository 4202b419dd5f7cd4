//! Replacements for fixes: a new text for a value, and whether the contract accepts it.

use std::borrow::Cow;

use crate::contract::{Schema, Types};
use crate::document::{Kind, NONE, Node, UNKNOWN_PROPERTY, flag};
use crate::facts::classify::classify;
use crate::validate::keywords;
use crate::values::datetime::Instant;
use crate::values::str_ext::concat;

use super::{Edit, Facts, RuleContext};

/// The edit that puts a JSON text in the place of the value.
pub(crate) fn replace(place: &RuleContext<'_>, text: impl Into<Cow<'static, str>>) -> Edit {
    let node = place.node();
    Edit {
        start: node.start,
        end: node.end,
        text: text.into(),
    }
}

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    concat(&["\"", &escaped(text), "\""])
}

/// A text as it is written between the quotes of a JSON string.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    let needs_escape = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    if !text.bytes().any(needs_escape) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '"' | '\\' => escaped.extend(['\\', character]),
            '\0'..='\x1f' => {
                escaped.push_str("\\u00");
                for digit in [character as u32 >> 4, character as u32 & 15] {
                    escaped.extend(char::from_digit(digit, 16));
                }
            }
            _ => escaped.push(character),
        }
    }
    escaped.into()
}

/// What would be known of a number or a string without escapes in that place, given as JSON text;
/// `None` if the contract would refuse it.
pub(crate) fn judged(schema: &Schema<'_>, text: &str, now: Instant) -> Option<Facts> {
    let (kind, flags) = if text.starts_with('"') {
        let plain = text.is_ascii();
        (Kind::String, if plain { 0 } else { flag::NON_ASCII })
    } else {
        let fractional = text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E'));
        let sign = u8::from(text.starts_with('-')) * flag::NEGATIVE;
        (
            Kind::Number,
            (u8::from(fractional) * flag::FRACTIONAL) | sign,
        )
    };
    let node = Node {
        start: 0,
        end: text.len() as u32,
        key: NONE,
        key_length: 0,
        next: 1,
        kind,
        flags,
        property: UNKNOWN_PROPERTY,
    };
    node.with_token(0, text.into(), |token| {
        let is_taken = keywords::whole(token, schema).is_none();
        is_taken.then(|| classify(token, schema, &now))
    })
}

/// The most decimals that a number may have here, as far as the contract limits them.
pub(crate) fn decimals(schema: &Schema<'_>) -> Option<u32> {
    if !schema.types.meets(Types::NUMBER) {
        return Some(0);
    }
    let step = schema.number?.multiple_of.as_ref()?;
    (step.coefficient == 1 && step.exponent <= 0).then_some(u32::from(step.exponent.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::NumberLimits;
    use crate::values::number::Bound;

    #[test]
    fn a_text_is_quoted_as_json_requires() {
        assert_eq!(quoted("won"), r#""won""#);
        assert_eq!(quoted("a\"b\\c\n\u{1f}é"), r#""a\"b\\c\u000a\u001fé""#);
    }

    static TENTH: NumberLimits = step(1, -1);
    static FIVE_HUNDREDTHS: NumberLimits = step(5, -2);
    static TEN: NumberLimits = step(1, 1);

    const fn step(coefficient: u64, exponent: i16) -> NumberLimits<'static> {
        let bound = Bound {
            text: "",
            negative: false,
            coefficient,
            exponent,
            exclusive: false,
        };
        NumberLimits {
            minimum: None,
            maximum: None,
            multiple_of: Some(bound),
        }
    }

    #[test]
    fn only_a_step_of_one_decimal_says_how_many_there_may_be() {
        for (step, expected) in [(&TENTH, Some(1)), (&FIVE_HUNDREDTHS, None), (&TEN, None)] {
            let schema = Schema {
                number: Some(step),
                ..Schema::ANY
            };
            assert_eq!(decimals(&schema), expected);
        }
    }
}
