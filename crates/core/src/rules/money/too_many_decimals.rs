//! `money/too-many-decimals`: see `too_many_decimals.md`.

use crate::contract::{Meaning, Meanings, Unit};
use crate::document::Short;
use crate::messages::{
    MONEY_TOO_MANY_DECIMALS_FIX, MONEY_TOO_MANY_DECIMALS_HELP, MONEY_TOO_MANY_DECIMALS_HELP_PLAIN,
    MONEY_TOO_MANY_DECIMALS_MESSAGE, MONEY_TOO_MANY_DECIMALS_MESSAGE_ANY, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    money, page, replacement,
};
use crate::values::number::Number;

/// An amount of money has more decimals than its currency.
pub(crate) static RULE: Rule = Rule {
    name: "money/too-many-decimals",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::MONEY,
        when: Facts::FRACTIONAL,
        check,
        advises: false,
    },
    source: Source::Standard("ISO 4217, list one"),
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("too_many_decimals.md"),
    explain,
};

/// No currency has more decimals.
const MOST: u8 = 4;

/// The decimals that the currency has, or any currency can have.
fn limit(place: &RuleContext<'_>) -> u8 {
    money::digits(place).unwrap_or(MOST)
}

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if has_too_many(place, place.number()) && place.is_sent() {
        sink.report(place);
    }
}

/// Whether an amount in that place would have more decimals than its currency.
pub(crate) fn has_too_many(place: &RuleContext<'_>, number: Number<'_>) -> bool {
    let major = matches!(place.schema.meaning, Meaning::Money(money) if money.unit == Unit::Major);
    major && number.decimals() > u64::from(limit(place))
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let mut room = Short::new();
    let limit = limit(place);
    match money::currency(place, &mut room) {
        Some(code) => said
            .message(MONEY_TOO_MANY_DECIMALS_MESSAGE)
            .copy(param::CODE, code),
        None => said.message(MONEY_TOO_MANY_DECIMALS_MESSAGE_ANY),
    };
    said.count(param::LIMIT, u64::from(limit));
    let rounded = place
        .number()
        .rounded_text(u32::from(limit))
        .filter(|text| replacement::judged(place.schema, text, place.now).is_some());
    match rounded {
        Some(text) => said
            .help(MONEY_TOO_MANY_DECIMALS_HELP)
            .copy(param::ROUNDED, &text)
            .fix(
                MONEY_TOO_MANY_DECIMALS_FIX,
                Applicability::Unsafe,
                replacement::replace(place, text),
            ),
        None => said.help(MONEY_TOO_MANY_DECIMALS_HELP_PLAIN),
    };
}
