//! `tags/differ-by-case`: see `differ_by_case.md`.

use crate::contract::Meanings;
use crate::messages::{TAGS_DIFFER_BY_CASE_HELP, TAGS_DIFFER_BY_CASE_MESSAGE};
use crate::rules::array_items;
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// Two tags differ only in case.
pub(crate) static RULE: Rule = Rule {
    name: "tags/differ-by-case",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::TAGS,
        when: Facts::SEVERAL,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("differ_by_case.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    for word in array_items::alike(place) {
        sink.report(&word.place(place));
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(TAGS_DIFFER_BY_CASE_MESSAGE)
        .help(TAGS_DIFFER_BY_CASE_HELP);
}
