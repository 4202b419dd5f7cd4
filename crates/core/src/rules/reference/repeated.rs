//! `reference/repeated`: see `repeated.md`.

use crate::contract::Meanings;
use crate::messages::{
    REFERENCE_REPEATED_FIX, REFERENCE_REPEATED_HELP, REFERENCE_REPEATED_MESSAGE,
};
use crate::rules::array_items;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page,
};

/// The same ID stands twice in a list.
pub(crate) static RULE: Rule = Rule {
    name: "reference/repeated",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::REFERENCE_LIST,
        when: Facts::SEVERAL,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("repeated.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    for word in array_items::repeated(place) {
        sink.report(&word.place(place));
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(REFERENCE_REPEATED_MESSAGE)
        .help(REFERENCE_REPEATED_HELP);
    let edits = array_items::without_repeats(place);
    if !edits.is_empty() {
        said.fix(REFERENCE_REPEATED_FIX, Applicability::Safe, edits);
    }
}
