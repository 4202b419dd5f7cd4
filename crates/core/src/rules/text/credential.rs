//! `text/credential`: see `credential.md`.

use crate::contract::Meanings;
use crate::document::unescape;
use crate::messages::{
    TEXT_CREDENTIAL_HELP, TEXT_CREDENTIAL_MESSAGE, TEXT_CREDENTIAL_MESSAGE_OF, param,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};
use crate::values::secret;

/// A text that people read holds a key or a token.
pub(crate) static RULE: Rule = Rule {
    name: "text/credential",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::WORDS,
        when: Facts::UNBROKEN,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("credential.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let from = place.node().start + 1;
    for secret in secret::find(place.inner()) {
        let (start, end) = (secret.span.start as u32, secret.span.end as u32);
        sink.report_span(place, 0, from + start, from + end);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let (start, end) = place.span;
    let text = place.text.get(start as usize..end as usize);
    match secret::issuer(&unescape(text.unwrap_or_default())) {
        Some(issuer) => said
            .message(TEXT_CREDENTIAL_MESSAGE_OF)
            .with(param::ISSUER, issuer),
        None => said.message(TEXT_CREDENTIAL_MESSAGE),
    };
    said.help(TEXT_CREDENTIAL_HELP);
}
