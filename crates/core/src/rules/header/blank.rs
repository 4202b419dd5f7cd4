//! `header/blank`: see `blank.md`.

use crate::contract::Meanings;
use crate::messages::{HEADER_BLANK_HELP, HEADER_BLANK_MESSAGE, HEADER_BLANK_MESSAGE_NO_KEY};
use crate::rules::credentials::{self, Scheme};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, edits, page,
};

/// A header is empty.
pub(crate) static RULE: Rule = Rule {
    name: "header/blank",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL
            .or(Meanings::IDEMPOTENCY_KEY)
            .or(Meanings::CONTENT_TYPE),
        when: Facts::BLANK.or(Facts::CREDENTIAL),
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("blank.md"),
    explain,
};

const NO_KEY: u8 = 1;

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if edits::is_blank(place) {
        sink.report(place);
    } else if credentials::read(place).is_some_and(|sent| sent.scheme == Scheme::Alone) {
        sink.report_as(place, NO_KEY);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(if place.variant == NO_KEY {
        HEADER_BLANK_MESSAGE_NO_KEY
    } else {
        HEADER_BLANK_MESSAGE
    })
    .help(HEADER_BLANK_HELP);
}
