//! `text/placeholder`: see `placeholder.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Short;
use crate::messages::{
    TEXT_PLACEHOLDER_HELP, TEXT_PLACEHOLDER_HELP_REQUIRED, TEXT_PLACEHOLDER_MESSAGE,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
    placeholders,
};

/// A text is what documentation puts where a value belongs.
pub(crate) static RULE: Rule = Rule {
    name: "text/placeholder",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::WORDS,
        when: Facts::PLACEHOLDER,
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
    let mut room = Short::new();
    // A person may write "none" or "to be announced" where people read it.
    let is_read = matches!(place.schema.meaning, Meaning::FreeText | Meaning::Choice(_));
    let found = place.short(&mut room).is_some_and(|value| {
        placeholders::is_in_brackets(value) || placeholders::is_word(value, !is_read)
    });
    if found {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(TEXT_PLACEHOLDER_MESSAGE)
        .help(if place.is_required() {
            TEXT_PLACEHOLDER_HELP_REQUIRED
        } else {
            TEXT_PLACEHOLDER_HELP
        });
}
