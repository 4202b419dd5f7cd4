//! `schema/enum`: see `enum_.md`.

use crate::contract::Literal;
use crate::messages::{SCHEMA_ENUM_HELP, SCHEMA_ENUM_MESSAGE, param};
use crate::rules::{Explanation, Fixes, Place, Role, Rule, Severity, Source, page};
use crate::values::texts;

/// A value is none of those that the vendor lists.
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

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    let mut words = String::new();
    for word in place.schema.words {
        texts::list(&mut words, ", ", &literal(word));
    }
    said.message(SCHEMA_ENUM_MESSAGE)
        .help(SCHEMA_ENUM_HELP)
        .with(param::ALLOWED, words);
}

/// A literal as it stands in JSON, in back quotes.
fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "`null`".to_owned(),
        Literal::Boolean(true) => "`true`".to_owned(),
        Literal::Boolean(false) => "`false`".to_owned(),
        Literal::Number(number) => texts::concat(&["`", number.text, "`"]),
        Literal::String(word) => texts::concat(&["`\"", word, "\"`"]),
    }
}
