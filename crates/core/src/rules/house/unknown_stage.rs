//! `house/unknown-stage`: see `unknown_stage.md`.

use crate::contract::Meanings;
use crate::messages::{
    HOUSE_UNKNOWN_STAGE_FIX, HOUSE_UNKNOWN_STAGE_HELP, HOUSE_UNKNOWN_STAGE_HELP_NEAREST,
    HOUSE_UNKNOWN_STAGE_MESSAGE,
};
use crate::rules::{
    Applicability, Explanation, Fixes, Place, Role, Rule, Severity, Sink, Source, house, page,
};

/// A stage is none of the house's.
pub(crate) static RULE: Rule = Rule {
    name: "house/unknown-stage",
    severity: Severity::Error,
    role: Role::House {
        meanings: Meanings::STAGE,
        check,
    },
    source: Source::House,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("unknown_stage.md"),
    explain,
};

static TEXTS: house::Texts = house::Texts {
    message: HOUSE_UNKNOWN_STAGE_MESSAGE,
    help: HOUSE_UNKNOWN_STAGE_HELP,
    nearest: HOUSE_UNKNOWN_STAGE_HELP_NEAREST,
    fix: HOUSE_UNKNOWN_STAGE_FIX,
};

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    if !house::is_ours(place, &place.house.stages) {
        sink.report(place);
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    let words = &place.house.stages;
    house::explain(place, words, &TEXTS, Applicability::Safe, said);
}
