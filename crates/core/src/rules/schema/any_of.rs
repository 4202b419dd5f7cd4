//! `schema/any-of`: see `any_of.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{SCHEMA_ANY_OF_HELP, SCHEMA_ANY_OF_MESSAGE, param};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A value fits none of the alternatives of a union.
pub(crate) static RULE: Rule = Rule {
    name: "schema/any-of",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("any_of.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_ANY_OF_MESSAGE).help(SCHEMA_ANY_OF_HELP);
    if let Some(ProgramKeyword::AnyOf(schemas, _)) = program::keyword(place) {
        said.count(param::COUNT, schemas.len() as u64)
            .copy(param::ALTERNATIVES, &program::alternatives(place, schemas));
    }
}
