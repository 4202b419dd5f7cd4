//! `schema/contains`: see `contains.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{SCHEMA_CONTAINS_HELP, SCHEMA_CONTAINS_MESSAGE, param};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// An array has too few or too many items of a kind.
pub(crate) static RULE: Rule = Rule {
    name: "schema/contains",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("contains.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_CONTAINS_MESSAGE)
        .help(SCHEMA_CONTAINS_HELP);
    if let Some(ProgramKeyword::Contains { min, max, .. }) = program::keyword(place) {
        said.count(param::LENGTH, u64::from(place.detail))
            .copy(param::LIMIT, &program::range(*min, *max));
    }
}
