//! `schema/const`: see `const_.md`.

use crate::contract::program::ProgramKeyword;
use crate::messages::{SCHEMA_CONST_HELP, SCHEMA_CONST_MESSAGE, param};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A value is not the only one that the schema allows.
pub(crate) static RULE: Rule = Rule {
    name: "schema/const",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("JSON Schema draft 2020-12"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("const_.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_CONST_MESSAGE).help(SCHEMA_CONST_HELP);
    if let Some(ProgramKeyword::Const(value)) = program::keyword(place) {
        said.copy(param::EXPECTED, &program::shown(value));
    }
}
