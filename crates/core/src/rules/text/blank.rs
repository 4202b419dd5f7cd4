//! `text/blank`: see `blank.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{TEXT_BLANK_HELP, TEXT_BLANK_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, edits, page,
};

/// A label, a choice, a stage or a pipeline is empty or consists of white space.
pub(crate) static RULE: Rule = Rule {
    name: "text/blank",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::LABEL
            .or(Meanings::CHOICE)
            .or(Meanings::STAGE)
            .or(Meanings::PIPELINE)
            .or(Meanings::EMAIL),
        when: Facts::BLANK,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("blank.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let in_tags = matches!(place.around().meaning, Meaning::Tags);
    if !in_tags && edits::is_blank(place) && !place.is_refused() {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(TEXT_BLANK_MESSAGE).help(TEXT_BLANK_HELP);
}
