//! `schema/dependent-required`: see `dependent_required.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{SCHEMA_DEPENDENT_REQUIRED_HELP, SCHEMA_DEPENDENT_REQUIRED_MESSAGE, param};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A property needs another one beside it.
pub(crate) static RULE: Rule = Rule {
    name: "schema/dependent-required",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("dependent_required.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_DEPENDENT_REQUIRED_MESSAGE)
        .help(SCHEMA_DEPENDENT_REQUIRED_HELP);
    if let Some(ProgramKeyword::DependentRequired(rows)) = program::keyword(place)
        && let Some((present, needs)) = rows.get((place.detail >> 16) as usize)
        && let Some(missing) = needs.get((place.detail & 0xffff) as usize)
    {
        said.copy(param::PRESENT, present)
            .copy(param::MISSING, missing);
    }
}
