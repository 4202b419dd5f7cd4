//! `money/dollars-for-cents`: see `dollars_for_cents.md`.

use crate::contract::Meanings;
use crate::document::flag;
use crate::messages::{
    MONEY_DOLLARS_FOR_CENTS_FIX, MONEY_DOLLARS_FOR_CENTS_HELP, MONEY_DOLLARS_FOR_CENTS_HELP_PLAIN,
    MONEY_DOLLARS_FOR_CENTS_MESSAGE, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    money, page, replacement,
};

/// An amount in minor units, such as cents, is below 1000: it looks like dollars.
pub(crate) static RULE: Rule = Rule {
    name: "money/dollars-for-cents",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::MONEY,
        when: Facts::SHORT_AMOUNT,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("dollars_for_cents.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let whole = !place.node().has(flag::FRACTIONAL | flag::NEGATIVE);
    if whole && !place.number().is_zero() && digits(place) > 1 && place.is_sent() {
        sink.report(place);
    }
}

fn digits(place: &RuleContext<'_>) -> u8 {
    money::digits(place).unwrap_or(2)
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let digits = i32::from(digits(place));
    let number = place.number();
    said.message(MONEY_DOLLARS_FOR_CENTS_MESSAGE).with(
        param::MAJOR,
        number.shifted_text(-digits).unwrap_or_default(),
    );
    let minor = number.shifted_text(digits).filter(|text| {
        replacement::judged(place.schema, text, place.now)
            .is_some_and(|facts| !facts.meets(Facts::SHORT_AMOUNT))
    });
    match minor {
        Some(text) => said
            .help(MONEY_DOLLARS_FOR_CENTS_HELP)
            .copy(param::MINOR, &text)
            .fix(
                MONEY_DOLLARS_FOR_CENTS_FIX,
                Applicability::Unsafe,
                replacement::replace(place, text),
            ),
        None => said.help(MONEY_DOLLARS_FOR_CENTS_HELP_PLAIN),
    };
}
