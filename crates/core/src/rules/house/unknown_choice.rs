//! `house/unknown-choice`: see `unknown_choice.md`.

use crate::contract::Meanings;
use crate::messages::{
    HOUSE_UNKNOWN_CHOICE_FIX, HOUSE_UNKNOWN_CHOICE_HELP, HOUSE_UNKNOWN_CHOICE_HELP_NEAREST,
    HOUSE_UNKNOWN_CHOICE_MESSAGE,
};
use crate::rules::{
    Applicability, Explanation, Fixes, Place, Role, Rule, Severity, Sink, Source, house, page,
};

/// A choice, such as a priority or a fee model, is none that the house makes.
pub(crate) static RULE: Rule = Rule {
    name: "house/unknown-choice",
    severity: Severity::Error,
    role: Role::House {
        meanings: Meanings::CHOICE.or(Meanings::LABEL),
        check,
    },
    source: Source::House,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("unknown_choice.md"),
    explain,
};

static TEXTS: house::Texts = house::Texts {
    message: HOUSE_UNKNOWN_CHOICE_MESSAGE,
    help: HOUSE_UNKNOWN_CHOICE_HELP,
    nearest: HOUSE_UNKNOWN_CHOICE_HELP_NEAREST,
    fix: HOUSE_UNKNOWN_CHOICE_FIX,
};

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    if !house::is_ours(place, words(place)) {
        sink.report(place);
    }
}

/// What the house says of the property.
fn words<'a>(place: &Place<'a>) -> &'a [String] {
    let property = place
        .parent
        .and_then(|(_, schema)| schema.object)
        .and_then(|object| object.properties.get(usize::from(place.node().property)));
    property.map_or(&[], |property| place.house.choice(property.name))
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    house::explain(place, words(place), &TEXTS, Applicability::Safe, said);
}
