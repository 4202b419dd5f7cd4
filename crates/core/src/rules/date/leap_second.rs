//! `date/leap-second`: see `leap_second.md`.

use crate::contract::Meanings;
use crate::messages::{DATE_LEAP_SECOND_FIX, DATE_LEAP_SECOND_HELP, DATE_LEAP_SECOND_MESSAGE};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, replacement,
};
use crate::values::str_ext;

/// A time has second 60.
pub(crate) static RULE: Rule = Rule {
    name: "date/leap-second",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::DATES,
        when: Facts::LEAP_SECOND,
        check,
        advises: false,
    },
    source: Source::Standard("RFC 3339, section 5.7"),
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("leap_second.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // A date that is wrong altogether is not wrong for its second.
    let worse = Facts::PAST
        .or(Facts::NOT_FUTURE)
        .or(Facts::OLD)
        .or(Facts::FAR);
    if place.is_sent() && !sink.facts.meets(worse) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(DATE_LEAP_SECOND_MESSAGE)
        .help(DATE_LEAP_SECOND_HELP);
    let source = place.source();
    let text = str_ext::last(source, ":60")
        .and_then(|at| Some((source.get(..at)?, source.get(at + 3..)?)))
        .map(|(before, behind)| str_ext::concat(&[before, ":59", behind]))
        .filter(|text| replacement::judged(place.schema, text, place.now).is_some());
    if let Some(text) = text {
        said.fix(
            DATE_LEAP_SECOND_FIX,
            Applicability::Unsafe,
            replacement::replace(place, text),
        );
    }
}
