//! `schema/enum`: see `enum_.md`.

use crate::contract::{Literal, Meaning};
use crate::document::Kind;
use crate::messages::{
    SCHEMA_ENUM_FIX, SCHEMA_ENUM_HELP, SCHEMA_ENUM_HELP_CASE, SCHEMA_ENUM_HELP_NEAREST,
    SCHEMA_ENUM_HELP_ONE, SCHEMA_ENUM_MESSAGE, SCHEMA_ENUM_MESSAGE_ONE, param,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
    replacement,
};
use crate::values::nearest::nearest;
use crate::values::str_ext;

/// A value is not one of the documented values.
pub(crate) static RULE: Rule = Rule {
    name: "schema/enum",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("enum_.md"),
    explain,
};

/// More values are not listed.
const LISTED: usize = 24;

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let words = place.schema.words;
    let (message, help) = match words {
        [_] => (SCHEMA_ENUM_MESSAGE_ONE, SCHEMA_ENUM_HELP_ONE),
        _ => (SCHEMA_ENUM_MESSAGE, SCHEMA_ENUM_HELP),
    };
    said.message(message).written(param::ALLOWED, |out| {
        str_ext::list(words.iter().take(LISTED), out, literal);
        if words.len() > LISTED {
            out.push_str(", …");
        }
    });
    suggest(place, said);
    said.help(help);
}

/// Names the value that was most likely meant. The words of a status are left to its own rules.
fn suggest(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.node().kind != Kind::String || matches!(place.schema.meaning, Meaning::Status(_)) {
        return;
    }
    let value = place.value();
    let value = value.trim();
    let words = || {
        place.schema.words.iter().filter_map(|word| match word {
            Literal::String(word) => Some(*word),
            _ => None,
        })
    };
    let mut same = words().filter(|word| word.eq_ignore_ascii_case(value));
    let (word, help, applicability) = match (same.next(), same.next()) {
        (Some(word), None) => (word, SCHEMA_ENUM_HELP_CASE, Applicability::Safe),
        (Some(_), Some(_)) => return,
        (None, _) => match nearest(value, words()) {
            Some(word) => (word, SCHEMA_ENUM_HELP_NEAREST, Applicability::Unsafe),
            None => return,
        },
    };
    said.help(help).copy(param::NEAREST, word).fix(
        SCHEMA_ENUM_FIX,
        applicability,
        replacement::replace(place, replacement::quoted(word)),
    );
}

/// Writes a literal as JSON.
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
