//! `schema/type`: see `type_.md`.

use crate::contract::Types;
use crate::document::Kind;
use crate::messages::{
    SCHEMA_TYPE_HELP, SCHEMA_TYPE_HELP_UNFIT, SCHEMA_TYPE_MESSAGE, SCHEMA_TYPE_MESSAGE_UNFIT,
};
use crate::rules::{Explanation, Fixes, Place, Role, Rule, Severity, Source, page};
use crate::values::texts;

/// A value has a JSON type that the vendor does not take there.
pub(crate) static RULE: Rule = Rule {
    name: "schema/type",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("type_.md"),
    explain,
};

/// The fault that a value passes the check, but not into the type that a program reads.
pub(crate) const UNFIT: u8 = 1;

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    if place.variant == UNFIT {
        said.message(SCHEMA_TYPE_MESSAGE_UNFIT)
            .help(SCHEMA_TYPE_HELP_UNFIT);
        return;
    }
    let mut expected = String::new();
    for name in place.schema.types.names() {
        texts::list(&mut expected, " or ", noun(name));
    }
    let actual = match place.node().kind {
        Kind::Number
            if !place.schema.types.meets(Types::NUMBER)
                && place.schema.types.meets(Types::INTEGER) =>
        {
            "a number with a fraction"
        }
        kind => noun(kind.name()),
    };
    said.message(SCHEMA_TYPE_MESSAGE)
        .help(SCHEMA_TYPE_HELP)
        .with("expected", expected)
        .with("actual", actual);
}

/// A type with its article. The words are JSON's own.
fn noun(name: &str) -> &'static str {
    match name {
        "string" => "a string",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "a boolean",
        "array" => "an array",
        "object" => "an object",
        _ => "null",
    }
}
