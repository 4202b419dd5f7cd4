//! `currency/wrong-case`: see `wrong_case.md`.

use crate::contract::Meanings;
use crate::messages::{
    CURRENCY_WRONG_CASE_FIX, CURRENCY_WRONG_CASE_HELP, CURRENCY_WRONG_CASE_MESSAGE, param,
};
use crate::rules::currency::Code;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    currency, page, replacement,
};
use crate::values::currency as codes;

/// An ISO 4217 currency code is not in capital letters.
pub(crate) static RULE: Rule = Rule {
    name: "currency/wrong-case",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CURRENCY_CODE,
        when: Facts::NOT_TENDER,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("wrong_case.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if currency::untold(place, sink) == Some(Code::WrongCase) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let code = place.value().to_ascii_uppercase();
    let applicability = if codes::is_circulating(&code) {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    said.message(CURRENCY_WRONG_CASE_MESSAGE)
        .help(CURRENCY_WRONG_CASE_HELP)
        .copy(param::CODE, &code)
        .fix(
            CURRENCY_WRONG_CASE_FIX,
            applicability,
            replacement::replace(place, replacement::quoted(&code)),
        );
}
