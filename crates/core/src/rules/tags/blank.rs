//! `tags/blank`: see `blank.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{TAGS_BLANK_FIX, TAGS_BLANK_HELP, TAGS_BLANK_MESSAGE};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    array_items, edits, page,
};

/// A tag is empty or consists of white space.
pub(crate) static RULE: Rule = Rule {
    name: "tags/blank",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::LABEL,
        when: Facts::BLANK,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("blank.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if matches!(place.around().meaning, Meaning::Tags)
        && edits::is_blank(place)
        && !place.is_refused()
    {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(TAGS_BLANK_MESSAGE).help(TAGS_BLANK_HELP);
    if let Some(edit) = array_items::removal(place) {
        said.fix(TAGS_BLANK_FIX, Applicability::Safe, edit);
    }
}
