//! `schema/enum`: see `enum_.md`.

use crate::contract::Literal;
use crate::messages::{SCHEMA_ENUM_HELP, SCHEMA_ENUM_MESSAGE, param};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};
use crate::values::str_ext;

/// A value is not one of the documented values.
pub(crate) static RULE: Rule = Rule {
    name: "schema/enum",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("enum_.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_ENUM_MESSAGE)
        .help(SCHEMA_ENUM_HELP)
        .written(param::ALLOWED, |words| {
            str_ext::list(place.schema.words.iter(), words, literal);
        });
}

/// Writes a literal as it stands in JSON.
fn literal(literal: &Literal, out: &mut String) {
    match literal {
        Literal::Null => out.push_str("null"),
        Literal::Boolean(true) => out.push_str("true"),
        Literal::Boolean(false) => out.push_str("false"),
        Literal::Number(number) => out.push_str(number.text),
        Literal::String(word) => {
            out.push('"');
            out.push_str(word);
            out.push('"');
        }
    }
}
