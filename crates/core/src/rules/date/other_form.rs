//! `date/other-form`: see `other_form.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::messages::{
    DATE_NOT_FUTURE_HELP, DATE_OTHER_FORM_FIX, DATE_OTHER_FORM_HELP,
    DATE_OTHER_FORM_HELP_AMBIGUOUS, DATE_OTHER_FORM_HELP_WEEKDAY, DATE_OTHER_FORM_MESSAGE,
    DATE_OTHER_FORM_MESSAGE_WEEKDAY, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    date, page, schema,
};
use crate::values::datetime;

/// A date is not in ISO 8601 format, but can be read: `1 June 2026`, `06/01/2026`, `2026/06/01`, Unix time.
pub(crate) static RULE: Rule = Rule {
    name: "date/other-form",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::DATES,
        when: Facts::NOT_A_DATE,
        check,
        advises: true,
    },
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("other_form.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if date::is_faulty(place, sink.facts) && datetime::can_be_guessed(&place.value()) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let number = place.is_about(&schema::type_::RULE) && place.node().kind == Kind::Number;
    let value = if number {
        place.source().into()
    } else {
        place.value()
    };
    let asked = number || place.is_about(&RULE) || place.is_about(&schema::format::RULE);
    let Some(guess) = datetime::guess(&value).filter(|_| asked) else {
        return;
    };
    if guess.weekday.is_none() {
        said.message(DATE_OTHER_FORM_MESSAGE);
    }
    let certain = guess.certain && guess.other.is_none();
    // What the field does not take cannot be meant.
    let mut readings = [Some(guess.iso), guess.other]
        .into_iter()
        .filter_map(|iso| date::mended(place, &iso?, certain));
    let Some(mended) = readings.next() else {
        said.message(DATE_OTHER_FORM_MESSAGE);
        if date::must_be_future(place.schema) {
            said.help(DATE_NOT_FUTURE_HELP);
        }
        return;
    };
    said.with(param::ISO, mended.iso);
    if let Some(weekday) = guess.weekday {
        said.message(DATE_OTHER_FORM_MESSAGE_WEEKDAY)
            .help(DATE_OTHER_FORM_HELP_WEEKDAY)
            .with(param::WEEKDAY, weekday)
            .fix(DATE_OTHER_FORM_FIX, Applicability::Unsafe, mended.edit);
        return;
    }
    match readings.next() {
        Some(other) => said
            .help(DATE_OTHER_FORM_HELP_AMBIGUOUS)
            .with(param::OTHER, other.iso),
        None => said.help(DATE_OTHER_FORM_HELP).fix(
            DATE_OTHER_FORM_FIX,
            mended.applicability,
            mended.edit,
        ),
    };
}
