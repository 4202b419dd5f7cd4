//! `date/missing-zone`: see `missing_zone.md`.

use crate::contract::Meanings;
use crate::messages::{DATE_MISSING_ZONE_FIX, DATE_MISSING_ZONE_HELP, DATE_MISSING_ZONE_MESSAGE};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    date, page, schema,
};
use crate::values::datetime;
use crate::values::datetime::Fault;
use crate::values::str_ext::concat;

/// A date-time has no UTC offset.
pub(crate) static RULE: Rule = Rule {
    name: "date/missing-zone",
    severity: Severity::Info,
    role: Role::Value {
        meanings: Meanings::DATES,
        when: Facts::NO_ZONE,
        check,
        advises: true,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("missing_zone.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // A date that is wrong altogether is not wrong for its zone.
    if place.is_sent() && !sink.facts.meets(Facts::PAST.or(Facts::OLD)) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    // Most that lack something are days, which lack their time first.
    let lacking = place.is_about(&schema::format::RULE)
        && datetime::strict_date(place.inner().as_bytes()).is_none()
        && date::fault(place) == Some(Fault::MissingZone);
    if !lacking && !place.is_about(&RULE) {
        return;
    }
    said.message(DATE_MISSING_ZONE_MESSAGE)
        .help(DATE_MISSING_ZONE_HELP);
    let value = place.value();
    let local = datetime::guess(&value).map_or(value, |guess| guess.iso.into());
    if let Some(mended) = date::mended(place, &concat(&[&local, "Z"]), false) {
        said.fix(DATE_MISSING_ZONE_FIX, Applicability::Unsafe, mended.edit);
    }
}
