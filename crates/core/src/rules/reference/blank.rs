//! `reference/blank`: see `blank.md`.

use crate::contract::Meanings;
use crate::messages::{
    REFERENCE_BLANK_HELP, REFERENCE_BLANK_HELP_REQUIRED, REFERENCE_BLANK_MESSAGE,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, edits, page,
    schema,
};

/// An ID is empty or consists of white space. An error if the vendor requires the ID.
pub(crate) static RULE: Rule = Rule {
    name: "reference/blank",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::REFERENCE,
        when: Facts::BLANK,
        check,
        advises: true,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("blank.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !edits::is_blank(place) || place.is_refused() {
        return;
    }
    let severity = if place.is_required() {
        Severity::Error
    } else {
        RULE.severity
    };
    sink.report_at(place, severity);
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.is_about(&RULE) {
        said.message(REFERENCE_BLANK_MESSAGE);
        said.help(if place.is_required() {
            REFERENCE_BLANK_HELP_REQUIRED
        } else {
            REFERENCE_BLANK_HELP
        });
    } else if place.is_about(&schema::format::RULE) && edits::is_blank(place) {
        said.help(REFERENCE_BLANK_HELP_REQUIRED);
    }
}
