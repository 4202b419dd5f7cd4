//! `schema/pattern`: see `pattern.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{SCHEMA_PATTERN_HELP, SCHEMA_PATTERN_MESSAGE, param};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A string does not match a regular expression of the schema.
pub(crate) static RULE: Rule = Rule {
    name: "schema/pattern",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("pattern.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_PATTERN_MESSAGE)
        .help(SCHEMA_PATTERN_HELP);
    if let Some(ProgramKeyword::Pattern(number)) = program::keyword(place)
        && let Some(pattern) = program::pattern(place, *number)
    {
        said.copy(param::PATTERN, pattern);
    }
}
