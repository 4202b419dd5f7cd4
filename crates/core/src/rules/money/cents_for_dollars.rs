//! `money/cents-for-dollars`: see `cents_for_dollars.md`.

use crate::contract::{Bound, Meanings};
use crate::document::Short;
use crate::messages::{
    MONEY_CENTS_FOR_DOLLARS_FIX, MONEY_CENTS_FOR_DOLLARS_HELP, MONEY_CENTS_FOR_DOLLARS_MESSAGE,
    param,
};
use crate::rules::classify::HUNDRED;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    money, page, replacement,
};
use crate::values::number::Number;

/// An amount in whole units of a strong currency is a billion or more and ends in two zeros: it looks like cents.
pub(crate) static RULE: Rule = Rule {
    name: "money/cents-for-dollars",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::MONEY,
        when: Facts::LONG_AMOUNT,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("cents_for_dollars.md"),
    explain,
};

/// Currencies in which a billion is more than a deal is worth. A billion rupiah is a car.
const STRONG: [&str; 7] = ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD"];

const HUNDRED_UNITS: Bound = Bound {
    exponent: 2,
    coefficient: 1,
    ..HUNDRED
};

const BILLION: Bound = Bound {
    text: "1000000000",
    exponent: 9,
    coefficient: 1,
    ..HUNDRED
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // Larger amounts have a rule of their own.
    let long = sink.facts.meets(Facts::LONG_NUMBER.or(Facts::FRACTIONAL));
    if !long && looks_like_cents(place, place.number()) && place.is_sent() {
        sink.report(place);
    }
}

/// Whether an amount in that place would look like cents.
pub(crate) fn looks_like_cents(place: &RuleContext<'_>, number: Number<'_>) -> bool {
    let mut room = Short::new();
    money::currency(place, &mut room).is_some_and(|code| STRONG.contains(&code))
        && number.compare(&BILLION).is_ge()
        && number.is_multiple_of(&HUNDRED_UNITS)
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(MONEY_CENTS_FOR_DOLLARS_MESSAGE);
    let major = place
        .number()
        .shifted_text(-2)
        .filter(|text| replacement::judged(place.schema, text, place.now).is_some());
    if let Some(text) = major {
        said.help(MONEY_CENTS_FOR_DOLLARS_HELP)
            .copy(param::MAJOR, &text)
            .fix(
                MONEY_CENTS_FOR_DOLLARS_FIX,
                Applicability::Unsafe,
                replacement::replace(place, text),
            );
    }
}
