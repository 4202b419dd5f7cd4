//! `schema/type`: see `type_.md`.

use std::borrow::Cow;

use crate::contract::Types;
use crate::document::Kind;
use crate::messages::{
    COMMON_ARRAY, COMMON_BOOLEAN, COMMON_INTEGER, COMMON_NULL, COMMON_NUMBER,
    COMMON_NUMBER_WITH_FRACTION, COMMON_OBJECT, COMMON_OR, COMMON_STRING, SCHEMA_TYPE_HELP,
    SCHEMA_TYPE_HELP_UNFIT, SCHEMA_TYPE_MESSAGE, SCHEMA_TYPE_MESSAGE_UNFIT, Text, param,
};
use crate::rules::{Explanation, Fixes, Held, Place, Role, Rule, Severity, Source, page};

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
    let locale = said.locale;
    let types = place.schema.types;
    let mut expected = Cow::Borrowed("");
    for name in types.names() {
        let noun = Held::Text(Cow::Borrowed(noun(name).plain(locale)));
        expected = match (expected.is_empty(), noun) {
            (true, Held::Text(noun)) => noun,
            (_, noun) => {
                let left = (param::LEFT, Held::Text(expected));
                let mut both = String::new();
                COMMON_OR.fill(locale, &[left, (param::RIGHT, noun)], "", &mut both);
                Cow::Owned(both)
            }
        };
    }
    let actual = match place.node().kind {
        Kind::Number if !types.meets(Types::NUMBER) && types.meets(Types::INTEGER) => {
            COMMON_NUMBER_WITH_FRACTION
        }
        kind => noun(kind.name()),
    };
    said.message(SCHEMA_TYPE_MESSAGE)
        .help(SCHEMA_TYPE_HELP)
        .with(param::EXPECTED, expected)
        .with(param::ACTUAL, actual.plain(locale));
}

/// What a type of JSON is called.
fn noun(name: &str) -> Text {
    match name {
        "string" => COMMON_STRING,
        "integer" => COMMON_INTEGER,
        "number" => COMMON_NUMBER,
        "boolean" => COMMON_BOOLEAN,
        "array" => COMMON_ARRAY,
        "object" => COMMON_OBJECT,
        _ => COMMON_NULL,
    }
}
