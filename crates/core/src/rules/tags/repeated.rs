//! `tags/repeated`: see `repeated.md`.

use crate::contract::Meanings;
use crate::messages::{TAGS_REPEATED_FIX, TAGS_REPEATED_HELP, TAGS_REPEATED_MESSAGE};
use crate::rules::array_items;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page,
};

/// The same tag stands twice in a list.
pub(crate) static RULE: Rule = Rule {
    name: "tags/repeated",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::TAGS,
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
    said.message(TAGS_REPEATED_MESSAGE).help(TAGS_REPEATED_HELP);
    let edits = array_items::without_repeats(place);
    if !edits.is_empty() {
        said.fix(TAGS_REPEATED_FIX, Applicability::Safe, edits);
    }
}
