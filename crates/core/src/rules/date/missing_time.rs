//! `date/missing-time`: see `missing_time.md`.

use crate::contract::Meanings;
use crate::messages::{
    DATE_MISSING_TIME_FIX, DATE_MISSING_TIME_HELP, DATE_MISSING_TIME_HELP_PLAIN, param,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, date, page,
    schema,
};
use crate::values::datetime;
use crate::values::datetime::Fault;

/// Advice on a date without a time where a date-time is required, which `schema/format` reports.
pub(crate) static RULE: Rule = Rule {
    name: "date/missing-time",
    severity: Severity::Error,
    role: Role::Advises(Meanings::DATES),
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("missing_time.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if !place.is_about(&schema::format::RULE) || date::fault(place) != Some(Fault::MissingTime) {
        return;
    }
    let value = place.value();
    let day = datetime::guess(&value).map_or(value, |guess| guess.iso.into());
    match date::mended(place, &day, false) {
        Some(mended) => said
            .help(DATE_MISSING_TIME_HELP)
            .with(param::ISO, mended.iso)
            .fix(DATE_MISSING_TIME_FIX, Applicability::Unsafe, mended.edit),
        None => said.help(DATE_MISSING_TIME_HELP_PLAIN),
    };
}
