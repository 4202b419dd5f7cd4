//! Faults of dates and times.

use crate::contract::{DateForm, Form, Format, Meaning, Schema};
use crate::document::Short;
use crate::values::datetime::{self, Fault, Instant, Moment};

use super::{Applicability, Edit, Facts, Rule, RuleContext, replacement};

pub(crate) mod before_1990;
pub(crate) mod close_before_follow_up;
pub(crate) mod far_ahead;
pub(crate) mod leap_second;
pub(crate) mod malformed;
pub(crate) mod missing_time;
pub(crate) mod missing_zone;
pub(crate) mod not_future;
pub(crate) mod other_form;
pub(crate) mod past_follow_up;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &missing_zone::RULE,
    &missing_time::RULE,
    &other_form::RULE,
    &malformed::RULE,
    &not_future::RULE,
    &past_follow_up::RULE,
    &before_1990::RULE,
    &far_ahead::RULE,
    &leap_second::RULE,
    &close_before_follow_up::RULE,
];

/// The form that a date must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// An RFC 3339 full-date.
    Date,
    /// An RFC 3339 date-time.
    DateTime,
    /// Any date or date-time of ISO 8601 that leaves no doubt.
    Either,
}

fn form<'a>(schema: &Schema<'a>) -> Option<&'a DateForm> {
    match schema.meaning {
        Meaning::CloseDate(form) | Meaning::FollowUpDate(form) | Meaning::Timestamp(form) => {
            Some(form)
        }
        _ => None,
    }
}

/// Whether the vendor refuses a date that is not after now.
pub(crate) fn must_be_future(schema: &Schema<'_>) -> bool {
    form(schema).is_some_and(|form| form.future)
}

/// The form that the contract asks for, or else the one that goes with the meaning.
fn wanted(schema: &Schema<'_>) -> Wanted {
    match schema.text.and_then(|limits| limits.format) {
        Some(Format::Date) => Wanted::Date,
        Some(Format::DateTime) => Wanted::DateTime,
        _ if form(schema).is_some_and(|form| form.form == Form::DateTime) => Wanted::DateTime,
        _ => Wanted::Either,
    }
}

fn read(schema: &Schema<'_>, text: &str) -> Result<Moment, Fault> {
    match wanted(schema) {
        Wanted::Date => datetime::date(text).map(Moment::Date),
        Wanted::DateTime => datetime::date_time(text).map(Moment::DateTime),
        Wanted::Either => datetime::iso_8601(text),
    }
}

/// The date that a text should be, without a reason.
fn read_plainly(schema: &Schema<'_>, text: &str) -> Option<Moment> {
    match wanted(schema) {
        Wanted::DateTime => datetime::strict_date_time(text.as_bytes()).map(Moment::DateTime),
        _ => read(schema, text).ok(),
    }
}

fn read_place(place: &RuleContext<'_>) -> Result<Moment, Fault> {
    let mut room = Short::new();
    match place.short(&mut room) {
        Some(text) => read(place.schema, text),
        // No date has 64 bytes.
        None => Err(Fault::NotADate),
    }
}

/// What the date at that place says.
pub(crate) fn moment(place: &RuleContext<'_>) -> Option<Moment> {
    read_place(place).ok()
}

/// Why the text at that place is not the date that it should be.
pub(crate) fn fault(place: &RuleContext<'_>) -> Option<Fault> {
    read_place(place).err()
}

/// Whether the text at that place is not the date that it should be. These facts about it say so
/// already, but where its contract takes no date-time.
pub(crate) fn is_faulty(place: &RuleContext<'_>, facts: Facts) -> bool {
    facts.meets(Facts::NOT_A_DATE) && wanted(place.schema) != Wanted::Date || fault(place).is_some()
}

/// A date in the form that the contract asks for, in the place of another text.
pub(crate) struct FixedPayload {
    pub(crate) iso: String,
    pub(crate) applicability: Applicability,
    pub(crate) edit: Edit,
}

/// Brings an ISO 8601 text into the form that the contract asks for, by adding or dropping a time
/// or a zone where needed. That is safe only if the text is certain, nothing was added or dropped,
/// and no other rule has anything to say of the date.
pub(crate) fn mended(place: &RuleContext<'_>, iso: &str, certain: bool) -> Option<FixedPayload> {
    let day = iso.get(..10).unwrap_or(iso);
    let texts = [
        (iso, ""),
        (iso, "T00:00:00Z"),
        (iso, "T23:59:59Z"),
        (iso, "Z"),
        (day, ""),
    ];
    let unwelcome = Facts::PAST
        .or(Facts::NOT_FUTURE)
        .or(Facts::OLD)
        .or(Facts::FAR)
        .or(Facts::LEAP_SECOND)
        .or(Facts::NO_ZONE);
    let future = must_be_future(place.schema);
    let mut json = String::with_capacity(iso.len() + 16);
    let is_day = iso.len() == day.len();
    for (number, (start, end)) in texts.into_iter().enumerate() {
        // A zone goes with a time, and a day is tried once.
        if is_day && number > 2 {
            break;
        }
        json.clear();
        json.extend(["\"", start, end, "\""]);
        let text = json.get(1..json.len() - 1).unwrap_or_default();
        let Some(moment) = read_plainly(place.schema, text) else {
            continue;
        };
        let is_over = matches!(moment, Moment::DateTime(at) if at <= place.now);
        if number > 0 && future && is_over {
            continue;
        }
        let Some(facts) = replacement::judged(place.schema, &json, place.now) else {
            continue;
        };
        if number > 0 && future && facts.meets(Facts::NOT_FUTURE) {
            continue;
        }
        let safe = certain && number == 0 && !facts.meets(unwelcome);
        return Some(FixedPayload {
            iso: text.to_owned(),
            applicability: if safe {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            },
            edit: replacement::replace(place, json),
        });
    }
    None
}

const HOUR: i64 = 3600;

/// The first and the last point in time that may be meant: without a zone, the day begins 14 hours
/// before it does in UTC, and ends 12 hours after it does.
pub(crate) fn bounds(moment: Moment) -> (Instant, Instant) {
    let shifted = |at: Instant, hours: i64| Instant {
        seconds: at.seconds + hours * HOUR,
        ..at
    };
    match moment {
        Moment::DateTime(at) => (at, at),
        Moment::LocalDateTime(at) => (shifted(at, -14), shifted(at, 12)),
        Moment::Date(date) => (shifted(date.start(), -14), shifted(date.start(), 36)),
    }
}
