//! `currency/unknown`: see `unknown.md`.

use crate::contract::Meanings;
use crate::messages::{
    CURRENCY_UNKNOWN_FIX, CURRENCY_UNKNOWN_HELP, CURRENCY_UNKNOWN_HELP_BLANK,
    CURRENCY_UNKNOWN_HELP_CODE, CURRENCY_UNKNOWN_HELP_NEAREST, CURRENCY_UNKNOWN_HELP_SHARED,
    CURRENCY_UNKNOWN_MESSAGE, param,
};
use crate::rules::currency::Code;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    currency, page, replacement,
};
use crate::values::currency as codes;
use crate::values::nearest::nearest;

/// A currency is given by something else than a code of ISO 4217.
pub(crate) static RULE: Rule = Rule {
    name: "currency/unknown",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CURRENCY_CODE,
        when: Facts::NOT_TENDER.or(Facts::BLANK).or(Facts::ESCAPED),
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("unknown.md"),
    explain,
};

/// Codes that are meant often. Every three letters are near to some code; only these are asked
/// about.
const COMMON: [&str; 24] = [
    "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "JPY", "CNY", "HKD", "SGD", "INR", "SEK",
    "NOK", "DKK", "PLN", "CZK", "HUF", "BRL", "MXN", "ZAR", "AED", "ILS", "TRY",
];

/// What several currencies share.
const SHARED: [&str; 15] = [
    "$", "kr", "¥", "Rs", "Rs.", "dollar", "dollars", "pound", "pounds", "peso", "pesos", "franc",
    "francs", "krone", "rupee",
];

/// Signs that mean one currency mostly, but not always.
const ALMOST_CERTAIN: [&str; 6] = ["£", "₩", "₱", "Ft", "RM", "Rp"];

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if currency::kind(place) == Code::Unknown {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(CURRENCY_UNKNOWN_MESSAGE);
    let value = place.value();
    let value = value.trim();
    let upper = value.to_ascii_uppercase();
    let meant = codes::is_circulating(&upper)
        .then_some(upper.as_str())
        .or_else(|| codes::from_sign_or_name(value));
    if let Some(code) = meant {
        let applicability = if ALMOST_CERTAIN
            .iter()
            .any(|sign| sign.eq_ignore_ascii_case(value))
        {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        said.help(CURRENCY_UNKNOWN_HELP_CODE)
            .copy(param::CODE, code)
            .fix(
                CURRENCY_UNKNOWN_FIX,
                applicability,
                replacement::replace(place, replacement::quoted(code)),
            );
    } else if value.is_empty() {
        said.help(CURRENCY_UNKNOWN_HELP_BLANK);
    } else if SHARED
        .iter()
        .any(|shared| shared.eq_ignore_ascii_case(value))
    {
        said.help(CURRENCY_UNKNOWN_HELP_SHARED);
    } else {
        let near = (value.len() <= 4)
            .then(|| nearest(value, COMMON.into_iter()))
            .flatten();
        match near {
            Some(code) => said
                .help(CURRENCY_UNKNOWN_HELP_NEAREST)
                .with(param::CODE, code),
            None => said.help(CURRENCY_UNKNOWN_HELP),
        };
    }
}
