//! `schema/not`: see `not.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{SCHEMA_NOT_HELP, SCHEMA_NOT_MESSAGE, param};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A value is what the schema excludes.
pub(crate) static RULE: Rule = Rule {
    name: "schema/not",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("not.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_NOT_MESSAGE).help(SCHEMA_NOT_HELP);
    if let Some(ProgramKeyword::Not(schema)) = program::keyword(place) {
        said.copy(param::EXCLUDED, &program::excluded(place, *schema));
    }
}
