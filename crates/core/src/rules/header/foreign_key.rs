//! `header/foreign-key`: see `foreign_key.md`.

use crate::contract::Meanings;
use crate::messages::{HEADER_FOREIGN_KEY_HELP, HEADER_FOREIGN_KEY_MESSAGE, param};
use crate::rules::credentials;
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// A key of one vendor is sent to another.
pub(crate) static RULE: Rule = Rule {
    name: "header/foreign-key",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL,
        when: Facts::CREDENTIAL,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("foreign_key.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if credentials::read(place).is_some_and(|sent| sent.foreign(place).is_some()) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let issuer = credentials::read(place).and_then(|sent| sent.foreign(place));
    said.message(HEADER_FOREIGN_KEY_MESSAGE)
        .help(HEADER_FOREIGN_KEY_HELP)
        .with(param::ISSUER, issuer.unwrap_or_default());
}
