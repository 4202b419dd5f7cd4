//! `text/placeholder`: see `placeholder.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Short;
use crate::messages::{
    TEXT_PLACEHOLDER_HELP, TEXT_PLACEHOLDER_HELP_REQUIRED, TEXT_PLACEHOLDER_HELP_SPREADSHEET,
    TEXT_PLACEHOLDER_MESSAGE, TEXT_PLACEHOLDER_MESSAGE_SPREADSHEET,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
    placeholders,
};

/// A text is a placeholder from documentation or a template, or an error of a spreadsheet program.
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
    let Some(value) = place.short(&mut room) else {
        return;
    };
    if placeholders::is_spreadsheet_error(value) {
        sink.report_as(place, SPREADSHEET);
    } else if placeholders::is_in_brackets(value)
        || placeholders::is_word(value, !is_read)
        || placeholders::is_leftover(value)
    {
        sink.report(place);
    }
}

const SPREADSHEET: u8 = 1;

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.variant == SPREADSHEET {
        said.message(TEXT_PLACEHOLDER_MESSAGE_SPREADSHEET)
            .help(TEXT_PLACEHOLDER_HELP_SPREADSHEET);
        return;
    }
    said.message(TEXT_PLACEHOLDER_MESSAGE)
        .help(if place.is_required() {
            TEXT_PLACEHOLDER_HELP_REQUIRED
        } else {
            TEXT_PLACEHOLDER_HELP
        });
}
