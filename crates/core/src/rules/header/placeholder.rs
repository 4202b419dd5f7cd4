//! `header/placeholder`: see `placeholder.md`.

use crate::contract::Meanings;
use crate::messages::{HEADER_PLACEHOLDER_HELP, HEADER_PLACEHOLDER_MESSAGE};
use crate::rules::credentials;
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// A credential is what documentation puts in its place.
pub(crate) static RULE: Rule = Rule {
    name: "header/placeholder",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL,
        when: Facts::CREDENTIAL,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("placeholder.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if credentials::read(place).is_some_and(|sent| sent.is_placeholder()) {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(HEADER_PLACEHOLDER_MESSAGE)
        .help(HEADER_PLACEHOLDER_HELP);
}
