//! `schema/type`: see `type_.md`.

use crate::contract::{Meaning, Types};
use crate::document::{Kind, NONE};
use crate::messages::{
    COMMON_ARRAY, COMMON_BOOLEAN, COMMON_INTEGER, COMMON_NULL, COMMON_NUMBER,
    COMMON_NUMBER_WITH_FRACTION, COMMON_OBJECT, COMMON_OR, COMMON_STRING, Locale,
    SCHEMA_TYPE_FIX_ENCODED, SCHEMA_TYPE_FIX_LIST, SCHEMA_TYPE_FIX_UNQUOTED, SCHEMA_TYPE_HELP,
    SCHEMA_TYPE_HELP_ENCODED, SCHEMA_TYPE_HELP_LIST, SCHEMA_TYPE_HELP_NULL, SCHEMA_TYPE_HELP_UNFIT,
    SCHEMA_TYPE_HELP_UNQUOTED, SCHEMA_TYPE_MESSAGE, SCHEMA_TYPE_MESSAGE_UNFIT, Text, param,
};
use crate::rules::{
    Applicability, Fixes, MessageArg, MessageBuilder, Role, Rule, RuleContext, Severity, Source,
    misnamed, page, replacement,
};

/// A value has the wrong JSON type.
pub(crate) static RULE: Rule = Rule {
    name: "schema/type",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::Either,
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
    } else if let Some((json, is_certain)) = unquoted(place) {
        let applicability = if is_certain {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        };
        let edit = replacement::replace(place, json.to_owned());
        said.help(SCHEMA_TYPE_HELP_UNQUOTED)
            .copy(param::VALUE, json)
            .fix(SCHEMA_TYPE_FIX_UNQUOTED, applicability, edit);
    } else if node.kind == Kind::Null && !is_root && !place.is_required() && node.key != NONE {
        said.help(SCHEMA_TYPE_HELP_NULL);
    }
    said.help(SCHEMA_TYPE_HELP);
}

/// The JSON that a string holds where a boolean or a plain number is needed, and whether it says
/// the same as the string. A number with a meaning has rules of its own.
fn unquoted<'a>(place: &RuleContext<'a>) -> Option<(&'a str, bool)> {
    let types = place.schema.types;
    if place.node().kind != Kind::String || types.meets(Types::STRING) {
        return None;
    }
    let inner = place.inner();
    if types.meets(Types::BOOLEAN) {
        return Some(match inner {
            "true" | "True" | "TRUE" => ("true", true),
            "false" | "False" | "FALSE" => ("false", true),
            "yes" | "Yes" | "1" | "on" => ("true", false),
            "no" | "No" | "0" | "off" => ("false", false),
            _ => return None,
        });
    }
    let is_plain = matches!(place.schema.meaning, Meaning::None) && is_number(inner);
    let stands = || replacement::judged(place.schema, inner, place.now).is_some();
    (is_plain && stands()).then_some((inner, true))
}

/// Whether a text is a JSON number of few digits without an exponent.
fn is_number(text: &str) -> bool {
    const MOST_DIGITS: usize = 15;
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole)
        && is_digits(decimals)
        && (whole == "0" || !whole.starts_with('0'))
        && unsigned.len() <= MOST_DIGITS
        && text != "-0"
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
