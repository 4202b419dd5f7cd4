//! `schema/type`: see `type_.md`.

use crate::contract::Types;
use crate::document::{Kind, NONE};
use crate::messages::{
    COMMON_ARRAY, COMMON_BOOLEAN, COMMON_INTEGER, COMMON_NULL, COMMON_NUMBER,
    COMMON_NUMBER_WITH_FRACTION, COMMON_OBJECT, COMMON_OR, COMMON_STRING, Locale,
    SCHEMA_TYPE_FIX_ENCODED, SCHEMA_TYPE_FIX_LIST, SCHEMA_TYPE_HELP, SCHEMA_TYPE_HELP_ENCODED,
    SCHEMA_TYPE_HELP_LIST, SCHEMA_TYPE_HELP_NULL, SCHEMA_TYPE_HELP_UNFIT, SCHEMA_TYPE_MESSAGE,
    SCHEMA_TYPE_MESSAGE_UNFIT, Text, param,
};
use crate::rules::{
    Applicability, Fixes, MessageArg, MessageBuilder, Role, Rule, RuleContext, Severity, Source,
    misnamed, page, replacement,
};

/// A value has a JSON type that the vendor does not take there.
pub(crate) static RULE: Rule = Rule {
    name: "schema/type",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("type_.md"),
    explain,
};

/// The fault that a value passes the check, but not into the type that a program reads.
pub(crate) const UNFIT: u8 = 1;

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.variant == UNFIT {
        said.message(SCHEMA_TYPE_MESSAGE_UNFIT)
            .help(SCHEMA_TYPE_HELP_UNFIT);
        return;
    }
    let locale = said.locale;
    let types = place.schema.types;
    let actual = match place.node().kind {
        Kind::Number if !types.meets(Types::NUMBER) && types.meets(Types::INTEGER) => {
            COMMON_NUMBER_WITH_FRACTION
        }
        kind => noun(kind),
    };
    said.message(SCHEMA_TYPE_MESSAGE);
    advise(place, said);
    match NOUNS.iter().find(|(one, _)| *one == types) {
        Some((_, noun)) => said.with(param::EXPECTED, noun.plain(locale)),
        None => said.written(param::EXPECTED, |kept| several(types, locale, kept)),
    };
    said.with(param::ACTUAL, actual.plain(locale));
}

/// Says what to do: more than the type, where the value shows more.
fn advise(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let types = place.schema.types;
    let (is_root, node) = (place.parent.is_none(), place.node());
    if is_root && node.kind == Kind::Array && types.meets(Types::OBJECT) {
        said.help(SCHEMA_TYPE_HELP_LIST);
        let mut items = place.members();
        if let (Some(only), None) = (items.next(), items.next())
            && only.node().kind == Kind::Object
        {
            let edit = replacement::replace(place, only.source().to_owned());
            said.fix(SCHEMA_TYPE_FIX_LIST, Applicability::Unsafe, edit);
        }
        return;
    }
    let value = place.value();
    let within = [('{', Types::OBJECT), ('[', Types::ARRAY)]
        .into_iter()
        .filter(|(_, wanted)| node.kind == Kind::String && types.meets(*wanted))
        .find_map(|(open, _)| misnamed::json_within(&value, open));
    if let Some(json) = within {
        let edit = replacement::replace(place, json.to_owned());
        said.help(SCHEMA_TYPE_HELP_ENCODED).fix(
            SCHEMA_TYPE_FIX_ENCODED,
            Applicability::Unsafe,
            edit,
        );
    } else if node.kind == Kind::Null && !is_root && !place.is_required() && node.key != NONE {
        said.help(SCHEMA_TYPE_HELP_NULL);
    }
    said.help(SCHEMA_TYPE_HELP);
}

/// Writes what values of several types are called.
fn several(types: Types, locale: Locale, out: &mut String) {
    let nouns = NOUNS.iter().filter(|(one, _)| types.meets(*one));
    let mut nouns = nouns.map(|(_, noun)| noun.plain(locale));
    let Some(first) = nouns.next() else { return };
    let start = out.len();
    out.push_str(first);
    for noun in nouns {
        let left = out.split_off(start);
        let both = [
            (param::LEFT, MessageArg::Text(&left)),
            (param::RIGHT, MessageArg::Text(noun)),
        ];
        COMMON_OR.fill(locale, &both, out);
    }
}

/// What the types of JSON are called, in the order in which a message names them.
const NOUNS: [(Types, Text); 7] = [
    (Types::STRING, COMMON_STRING),
    (Types::INTEGER, COMMON_INTEGER),
    (Types::NUMBER, COMMON_NUMBER),
    (Types::BOOLEAN, COMMON_BOOLEAN),
    (Types::ARRAY, COMMON_ARRAY),
    (Types::OBJECT, COMMON_OBJECT),
    (Types::NULL, COMMON_NULL),
];

/// What a value of that type is called.
const fn noun(kind: Kind) -> Text {
    match kind {
        Kind::String => COMMON_STRING,
        Kind::Number => COMMON_NUMBER,
        Kind::Boolean => COMMON_BOOLEAN,
        Kind::Array => COMMON_ARRAY,
        Kind::Object => COMMON_OBJECT,
        Kind::Null => COMMON_NULL,
    }
}
