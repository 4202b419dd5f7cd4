//! `house/unknown-pipeline`: see `unknown_pipeline.md`.

use crate::contract::Meanings;
use crate::messages::{
    HOUSE_UNKNOWN_PIPELINE_FIX, HOUSE_UNKNOWN_PIPELINE_HELP, HOUSE_UNKNOWN_PIPELINE_HELP_NEAREST,
    HOUSE_UNKNOWN_PIPELINE_MESSAGE,
};
use crate::rules::{
    Applicability, Explanation, Fixes, Place, Role, Rule, Severity, Sink, Source, house, page,
};

/// A pipeline is none of the house's.
pub(crate) static RULE: Rule = Rule {
    name: "house/unknown-pipeline",
    severity: Severity::Error,
    role: Role::House {
        meanings: Meanings::PIPELINE,
        check,
    },
    source: Source::House,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("unknown_pipeline.md"),
    explain,
};

static TEXTS: house::Texts = house::Texts {
    message: HOUSE_UNKNOWN_PIPELINE_MESSAGE,
    help: HOUSE_UNKNOWN_PIPELINE_HELP,
    nearest: HOUSE_UNKNOWN_PIPELINE_HELP_NEAREST,
    fix: HOUSE_UNKNOWN_PIPELINE_FIX,
};

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    if !house::is_ours(place, &place.house.pipelines) {
        sink.report(place);
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    let words = &place.house.pipelines;
    house::explain(place, words, &TEXTS, Applicability::Safe, said);
}
