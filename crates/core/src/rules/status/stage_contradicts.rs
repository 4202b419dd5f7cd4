//! `status/stage-contradicts`: see `stage_contradicts.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{
    STATUS_STAGE_CONTRADICTS_FIX, STATUS_STAGE_CONTRADICTS_HELP, STATUS_STAGE_CONTRADICTS_MESSAGE,
    param,
};
use crate::rules::status::Outcome;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, replacement, status,
};

/// The stage says won or lost, and the status says something else.
pub(crate) static RULE: Rule = Rule {
    name: "status/stage-contradicts",
    severity: Severity::Warning,
    role: Role::Object {
        when: Facts::STAGE,
        unless: Facts::NONE,
        check,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("stage_contradicts.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // Without a status that can be read there is nothing to contradict.
    if !sink.facts.meets(Facts::OPEN.or(Facts::WON).or(Facts::LOST)) {
        return;
    }
    let Some((_, outcome)) = status::told(*place).filter(|_| place.is_sent()) else {
        return;
    };
    let (same, others) = match outcome {
        Outcome::Won => (Facts::WON, Facts::OPEN.or(Facts::LOST)),
        _ => (Facts::LOST, Facts::OPEN.or(Facts::WON)),
    };
    for status in place.members_meaning(Meanings::STATUS) {
        let facts = status.facts();
        if facts.meets(others) && !facts.meets(same) {
            sink.report(&status);
        }
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let (Meaning::Status(words), Some(holder)) = (&place.schema.meaning, place.holder()) else {
        return;
    };
    let Some((stage, outcome)) = status::told(holder) else {
        return;
    };
    let word = outcome.word(words);
    said.message(STATUS_STAGE_CONTRADICTS_MESSAGE)
        .help(STATUS_STAGE_CONTRADICTS_HELP)
        .copy(param::STAGE, stage.source())
        .with(param::WORD, word)
        .fix(
            STATUS_STAGE_CONTRADICTS_FIX,
            Applicability::Unsafe,
            replacement::replace(place, replacement::quoted(word)),
        );
}
