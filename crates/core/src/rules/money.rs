//! Faults of amounts of money.

use crate::contract::Meaning;
use crate::document::{Kind, Short};
use crate::values::currency;
use crate::values::number::Number;

use super::{Facts, Rule, RuleContext};

pub(crate) mod beyond_exact;
pub(crate) mod cents_for_dollars;
pub(crate) mod dollars_for_cents;
pub(crate) mod fraction_of_a_cent;
pub(crate) mod negative;
pub(crate) mod numeric_string;
pub(crate) mod too_many_decimals;
pub(crate) mod without_currency;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &numeric_string::RULE,
    &negative::RULE,
    &too_many_decimals::RULE,
    &fraction_of_a_cent::RULE,
    &beyond_exact::RULE,
    &dollars_for_cents::RULE,
    &cents_for_dollars::RULE,
    &without_currency::RULE,
];

/// The currency of the amount at that place, if it is known: the one that the vendor fixes, or the
/// code in the field beside it.
pub(crate) fn currency<'s>(place: &RuleContext<'s>, room: &'s mut Short) -> Option<&'s str> {
    let Meaning::Money(money) = place.schema.meaning else {
        return None;
    };
    let code = if money.currency_is.is_empty() {
        let beside = place.sibling(money.currency_in?)?;
        if beside.node().kind != Kind::String {
            return None;
        }
        beside.short(room)?
    } else {
        money.currency_is
    };
    currency::is_circulating(code).then_some(code)
}

/// Whether an amount, given as JSON text with the facts about it, would draw another rule of this
/// group: then it may not be what was meant.
pub(crate) fn draws_a_rule(place: &RuleContext<'_>, facts: Facts, text: &str) -> bool {
    let number = Number::new(text);
    facts.meets(Facts::NEGATIVE.or(Facts::SHORT_AMOUNT))
        || beyond_exact::is_beyond(number)
        || too_many_decimals::has_too_many(place, number)
        || facts.meets(Facts::LONG_AMOUNT) && cents_for_dollars::looks_like_cents(place, number)
}

/// The decimals of the currency of the amount at that place, if it is known.
pub(crate) fn digits(place: &RuleContext<'_>) -> Option<u8> {
    let mut room = Short::new();
    currency(place, &mut room).and_then(currency::minor_units)
}
