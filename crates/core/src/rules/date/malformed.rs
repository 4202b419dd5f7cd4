//! `date/malformed`: see `malformed.md`.

use crate::contract::Meanings;
use crate::messages::{
    DATE_MALFORMED_HELP, DATE_MALFORMED_HELP_CLOCK, DATE_MALFORMED_HELP_DAY,
    DATE_MALFORMED_HELP_LEAP_SECOND, DATE_MALFORMED_HELP_NO_TIME, DATE_MALFORMED_HELP_OFFSET,
    DATE_MALFORMED_HELP_TIME, DATE_MALFORMED_MESSAGE,
};
use crate::rules::date::other_form;
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, date, page,
    schema,
};
use crate::values::datetime;
use crate::values::datetime::Fault;

/// A date cannot be read, or names a day, a time or an offset that does not exist.
pub(crate) static RULE: Rule = Rule {
    name: "date/malformed",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::DATES,
        when: Facts::NOT_A_DATE.or(Facts::BLANK).or(Facts::ESCAPED),
        check,
        advises: true,
    },
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("malformed.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !date::is_faulty(place, sink.facts) {
        return;
    }
    let has_another_form = if sink.facts.meets(Facts::NOT_A_DATE) {
        // Then the rule that says so was asked before.
        sink.has_reported(&[&other_form::RULE], place)
    } else {
        datetime::can_be_guessed(&place.value())
    };
    if !has_another_form {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if !place.is_about(&RULE) && !place.is_about(&schema::format::RULE) {
        return;
    }
    let Some(fault) = date::fault(place) else {
        return;
    };
    said.message(DATE_MALFORMED_MESSAGE);
    said.help(match fault {
        Fault::ImpossibleDate => DATE_MALFORMED_HELP_DAY,
        Fault::NotADate if datetime::names_no_day(&place.value()) => DATE_MALFORMED_HELP_DAY,
        Fault::ImpossibleTime => DATE_MALFORMED_HELP_CLOCK,
        Fault::ImpossibleLeapSecond => DATE_MALFORMED_HELP_LEAP_SECOND,
        Fault::ImpossibleOffset => DATE_MALFORMED_HELP_OFFSET,
        Fault::NotATime | Fault::MissingFraction | Fault::MixedForms => DATE_MALFORMED_HELP_TIME,
        Fault::TimeGiven => DATE_MALFORMED_HELP_NO_TIME,
        // The contract's own help says which form it asks for.
        _ if !place.is_about(&RULE) => return,
        _ => DATE_MALFORMED_HELP,
    });
}
