//! `schema/one-of`: see `one_of.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{
    SCHEMA_ONE_OF_HELP, SCHEMA_ONE_OF_HELP_SEVERAL, SCHEMA_ONE_OF_MESSAGE,
    SCHEMA_ONE_OF_MESSAGE_SEVERAL, param,
};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A value fits none of the alternatives of a union, or more than one.
pub(crate) static RULE: Rule = Rule {
    name: "schema/one-of",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("one_of.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Some(ProgramKeyword::OneOf(schemas, _)) = program::keyword(place) else {
        return;
    };
    if place.detail >> 31 == 1 {
        let (first, second) = (place.detail >> 12 & 0x7_ffff, place.detail & 0xfff);
        said.message(SCHEMA_ONE_OF_MESSAGE_SEVERAL)
            .help(SCHEMA_ONE_OF_HELP_SEVERAL)
            .count(param::FIRST, u64::from(first) + 1)
            .count(param::SECOND, u64::from(second) + 1);
        return;
    }
    said.message(SCHEMA_ONE_OF_MESSAGE)
        .help(SCHEMA_ONE_OF_HELP)
        .count(param::COUNT, schemas.len() as u64)
        .copy(param::ALTERNATIVES, &program::alternatives(place, schemas));
}
