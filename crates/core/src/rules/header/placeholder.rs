//! `header/placeholder`: see `placeholder.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Short;
use crate::messages::{
    HEADER_PLACEHOLDER_HELP, HEADER_PLACEHOLDER_HELP_IDEMPOTENCY_KEY, HEADER_PLACEHOLDER_MESSAGE,
    HEADER_PLACEHOLDER_MESSAGE_IDEMPOTENCY_KEY,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};
use crate::rules::{credentials, placeholders};

/// A credential or an idempotency key is a placeholder from documentation or a template.
pub(crate) static RULE: Rule = Rule {
    name: "header/placeholder",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL.or(Meanings::IDEMPOTENCY_KEY),
        when: Facts::CREDENTIAL.or(Facts::ODD_ID).or(Facts::PLACEHOLDER),
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
    if matches!(place.schema.meaning, Meaning::IdempotencyKey) {
        let mut room = Short::new();
        if place
            .short(&mut room)
            .is_some_and(placeholders::stands_for_none)
        {
            sink.report_as(place, IDEMPOTENCY_KEY);
        }
    } else if credentials::read(place).is_some_and(|sent| sent.is_placeholder()) {
        sink.report(place);
    }
}

const IDEMPOTENCY_KEY: u8 = 1;

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.variant == IDEMPOTENCY_KEY {
        said.message(HEADER_PLACEHOLDER_MESSAGE_IDEMPOTENCY_KEY)
            .help(HEADER_PLACEHOLDER_HELP_IDEMPOTENCY_KEY);
    } else {
        said.message(HEADER_PLACEHOLDER_MESSAGE)
            .help(HEADER_PLACEHOLDER_HELP);
    }
}
