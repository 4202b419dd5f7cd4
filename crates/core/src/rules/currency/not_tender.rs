//! `currency/not-tender`: see `not_tender.md`.

use crate::contract::Meanings;
use crate::messages::{
    CURRENCY_NOT_TENDER_HELP, CURRENCY_NOT_TENDER_MESSAGE, CURRENCY_NOT_TENDER_MESSAGE_METAL,
    CURRENCY_NOT_TENDER_MESSAGE_NONE, CURRENCY_NOT_TENDER_MESSAGE_TESTING,
};
use crate::rules::currency::Code;
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, currency, page,
};
use crate::values::currency::CurrencyStatus;

/// An ISO 4217 code does not stand for a circulating currency, but for a fund, a metal, a unit of account, a test, or no currency.
pub(crate) static RULE: Rule = Rule {
    name: "currency/not-tender",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::CURRENCY_CODE,
        when: Facts::NOT_TENDER,
        check,
        advises: false,
    },
    source: Source::Standard("ISO 4217, list one"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("not_tender.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let other = match currency::untold(place, sink) {
        Some(Code::Known(standing)) => !matches!(
            standing,
            CurrencyStatus::Tender | CurrencyStatus::Withdrawn { .. }
        ),
        _ => false,
    };
    if other && place.is_sent() {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Code::Known(standing) = currency::kind(place) else {
        return;
    };
    said.help(CURRENCY_NOT_TENDER_HELP).message(match standing {
        CurrencyStatus::Metal => CURRENCY_NOT_TENDER_MESSAGE_METAL,
        CurrencyStatus::Testing => CURRENCY_NOT_TENDER_MESSAGE_TESTING,
        CurrencyStatus::NoCurrency => CURRENCY_NOT_TENDER_MESSAGE_NONE,
        _ => CURRENCY_NOT_TENDER_MESSAGE,
    });
}
