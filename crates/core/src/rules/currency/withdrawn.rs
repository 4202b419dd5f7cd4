//! `currency/withdrawn`: see `withdrawn.md`.

use crate::contract::Meanings;
use crate::messages::{
    CURRENCY_WITHDRAWN_FIX, CURRENCY_WITHDRAWN_HELP, CURRENCY_WITHDRAWN_HELP_SUCCESSOR,
    CURRENCY_WITHDRAWN_MESSAGE, param,
};
use crate::rules::currency::Code;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    currency, page, replacement,
};
use crate::values::currency::CurrencyStatus;

/// A currency code was withdrawn from ISO 4217.
pub(crate) static RULE: Rule = Rule {
    name: "currency/withdrawn",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::CURRENCY_CODE,
        when: Facts::NOT_TENDER,
        check,
        advises: false,
    },
    source: Source::Standard("ISO 4217, list three"),
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("withdrawn.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if matches!(
        currency::untold(place, sink),
        Some(Code::Known(CurrencyStatus::Withdrawn { .. }))
    ) && place.is_sent()
    {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Code::Known(CurrencyStatus::Withdrawn { on, by }) = currency::kind(place) else {
        return;
    };
    said.message(CURRENCY_WITHDRAWN_MESSAGE)
        .with(param::DATE, on);
    if by.is_empty() {
        said.help(CURRENCY_WITHDRAWN_HELP);
    } else {
        said.help(CURRENCY_WITHDRAWN_HELP_SUCCESSOR)
            .with(param::SUCCESSOR, by)
            .fix(
                CURRENCY_WITHDRAWN_FIX,
                Applicability::Unsafe,
                replacement::replace(place, replacement::quoted(by)),
            );
    }
}
