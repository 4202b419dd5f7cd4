//! `date/not-future`: see `not_future.md`.

use crate::contract::Meanings;
use crate::messages::{
    DATE_NOT_FUTURE_HELP, DATE_NOT_FUTURE_HELP_OLD, DATE_NOT_FUTURE_MESSAGE, param,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, date, page,
};
use crate::values::datetime;

/// An expected close date is not in the future, which the vendor requires.
pub(crate) static RULE: Rule = Rule {
    name: "date/not-future",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CLOSE_DATE,
        when: Facts::NOT_FUTURE,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("not_future.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if date::must_be_future(place.schema)
        && date::moment(place).is_some_and(|moment| moment.is_over_everywhere(place.now))
    {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let left_in = place.facts().meets(Facts::OLD);
    said.message(DATE_NOT_FUTURE_MESSAGE)
        .help(if left_in {
            DATE_NOT_FUTURE_HELP_OLD
        } else {
            DATE_NOT_FUTURE_HELP
        })
        .with(param::NOW, datetime::write_iso(place.now));
}
