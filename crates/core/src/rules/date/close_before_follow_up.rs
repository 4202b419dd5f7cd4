//! `date/close-before-follow-up`: see `close_before_follow_up.md`.

use crate::contract::Meanings;
use crate::messages::{
    DATE_CLOSE_BEFORE_FOLLOW_UP_HELP, DATE_CLOSE_BEFORE_FOLLOW_UP_MESSAGE, param,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, date, page,
};
use crate::values::datetime::Moment;

/// The next follow-up is after the expected close of the deal.
pub(crate) static RULE: Rule = Rule {
    name: "date/close-before-follow-up",
    severity: Severity::Warning,
    role: Role::Object {
        when: Facts::CLOSE_DATE.or(Facts::FOLLOW_UP),
        unless: Facts::NONE,
        check,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("close_before_follow_up.md"),
    explain,
};

/// The date at that place, unless another rule speaks of it.
fn sound(place: &RuleContext<'_>) -> Option<Moment> {
    let facts = place.facts();
    date::moment(place).filter(|_| !facts.meets(Facts::PAST.or(Facts::NOT_FUTURE).or(Facts::FAR)))
}

/// Whether the first is over before the second begins, in every zone.
fn precedes(close: Moment, follow_up: Moment) -> bool {
    match (close, follow_up) {
        (Moment::Date(close), Moment::Date(follow_up)) => close < follow_up,
        (Moment::LocalDateTime(close), Moment::LocalDateTime(follow_up)) => close < follow_up,
        _ => date::bounds(close).1 < date::bounds(follow_up).0,
    }
}

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !place.is_sent() {
        return;
    }
    let close = place
        .members_meaning(Meanings::CLOSE_DATE)
        .find_map(|member| sound(&member));
    for follow_up in place.members_meaning(Meanings::FOLLOW_UP_DATE) {
        if let (Some(close), Some(then)) = (close, sound(&follow_up))
            && precedes(close, then)
        {
            sink.report(&follow_up);
        }
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let close = place
        .holder()
        .and_then(|holder| holder.members_meaning(Meanings::CLOSE_DATE).next());
    if let Some(close) = close {
        said.message(DATE_CLOSE_BEFORE_FOLLOW_UP_MESSAGE)
            .help(DATE_CLOSE_BEFORE_FOLLOW_UP_HELP)
            .copy(param::CLOSE, close.source());
    }
}
