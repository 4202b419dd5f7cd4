//! `currency/not-tender`: see `not_tender.md`.

use crate::contract::Meanings;
use crate::messages::{
    CURRENCY_NOT_TENDER_HELP, CURRENCY_NOT_TENDER_MESSAGE, CURRENCY_NOT_TENDER_MESSAGE_METAL,
    CURRENCY_NOT_TENDER_MESSAGE_NONE, CURRENCY_NOT_TENDER_MESSAGE_TESTING,
};
use crate::rules::currency::Code;
use crate::rules::{
    Explanation, Facts, Fixes, Place, Role, Rule, Severity, Sink, Source, currency, page,
};
use crate::values::currency::Standing;

/// A code of ISO 4217 stands for something that nobody pays with: a fund, a metal, a unit of account, a test, or no currency at all.
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

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    let other = match currency::untold(place, sink) {
        Some(Code::Known(standing)) => {
            !matches!(standing, Standing::Tender | Standing::Withdrawn { .. })
        }
        _ => false,
    };
    if other && place.is_sent() {
        sink.report(place);
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    let Code::Known(standing) = currency::kind(place) else {
        return;
    };
    said.help(CURRENCY_NOT_TENDER_HELP).message(match standing {
        Standing::Metal => CURRENCY_NOT_TENDER_MESSAGE_METAL,
        Standing::Testing => CURRENCY_NOT_TENDER_MESSAGE_TESTING,
        Standing::NoCurrency => CURRENCY_NOT_TENDER_MESSAGE_NONE,
        _ => CURRENCY_NOT_TENDER_MESSAGE,
    });
}
