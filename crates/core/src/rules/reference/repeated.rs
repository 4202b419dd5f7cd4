//! `reference/repeated`: see `repeated.md`.

use crate::contract::Meanings;
use crate::messages::{
    REFERENCE_REPEATED_FIX, REFERENCE_REPEATED_HELP, REFERENCE_REPEATED_MESSAGE,
};
use crate::rules::lists;
use crate::rules::{
    Applicability, Explanation, Facts, Fixes, Place, Role, Rule, Severity, Sink, Source, page,
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

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    for word in lists::repeated(place) {
        sink.report(&word.place(place));
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    said.message(REFERENCE_REPEATED_MESSAGE)
        .help(REFERENCE_REPEATED_HELP);
    let edits = lists::without_repeats(place);
    if !edits.is_empty() {
        said.fix(REFERENCE_REPEATED_FIX, Applicability::Safe, edits);
    }
}
