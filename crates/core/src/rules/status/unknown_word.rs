//! `status/unknown-word`: see `unknown_word.md`.

use crate::contract::{Literal, Meaning, Meanings};
use crate::document::Kind;
use crate::messages::{
    STATUS_UNKNOWN_WORD_FIX, STATUS_UNKNOWN_WORD_HELP, STATUS_UNKNOWN_WORD_HELP_CLOSED,
    STATUS_UNKNOWN_WORD_HELP_MAYBE, STATUS_UNKNOWN_WORD_HELP_WORDS, param,
};
use crate::rules::status::{Folded, Outcome};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
    replacement, schema, status,
};
use crate::values::nearest::nearest;

/// Advice on a status that is not one of the vendor's words, which `schema/enum` reports.
pub(crate) static RULE: Rule = Rule {
    name: "status/unknown-word",
    severity: Severity::Error,
    role: Role::Advises(Meanings::STATUS),
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("unknown_word.md"),
    explain,
};

/// Other words that people and other systems use, folded; what they say of a record; and whether
/// they can mean nothing else. What can mean won or lost alike says nothing.
const SYNONYMS: [(&str, Option<Outcome>, bool); 33] = [
    ("won", Some(Outcome::Won), true),
    ("lost", Some(Outcome::Lost), true),
    ("open", Some(Outcome::Open), true),
    ("win", Some(Outcome::Won), false),
    ("wins", Some(Outcome::Won), false),
    ("successful", Some(Outcome::Won), false),
    ("success", Some(Outcome::Won), false),
    ("signed", Some(Outcome::Won), false),
    ("accepted", Some(Outcome::Won), false),
    ("loss", Some(Outcome::Lost), false),
    ("lose", Some(Outcome::Lost), false),
    ("loose", Some(Outcome::Lost), false),
    ("losed", Some(Outcome::Lost), false),
    ("dead", Some(Outcome::Lost), false),
    ("abandoned", Some(Outcome::Lost), false),
    ("cancelled", Some(Outcome::Lost), false),
    ("canceled", Some(Outcome::Lost), false),
    ("rejected", Some(Outcome::Lost), false),
    ("declined", Some(Outcome::Lost), false),
    ("disqualified", Some(Outcome::Lost), false),
    ("active", Some(Outcome::Open), false),
    ("inprogress", Some(Outcome::Open), false),
    ("ongoing", Some(Outcome::Open), false),
    ("pending", Some(Outcome::Open), false),
    ("working", Some(Outcome::Open), false),
    ("new", Some(Outcome::Open), false),
    ("live", Some(Outcome::Open), false),
    ("inplay", Some(Outcome::Open), false),
    ("closed", None, false),
    ("close", None, false),
    ("done", None, false),
    ("completed", None, false),
    ("inactive", None, false),
];

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Meaning::Status(words) = &place.subject().meaning else {
        return;
    };
    let is_string = place.node().kind == Kind::String;
    if place.is_about(&schema::required::RULE)
        || place.is_about(&schema::type_::RULE) && !is_string
        || place.is_about(&schema::enum_::RULE) && !is_string
    {
        said.help(STATUS_UNKNOWN_WORD_HELP_WORDS)
            .with(param::OPEN, words.open)
            .with(param::WON, words.won)
            .with(param::LOST, words.lost);
        return;
    }
    if !place.is_about(&schema::enum_::RULE) {
        return;
    }
    let value = place.value();
    let known = || {
        place.schema.words.iter().filter_map(|word| match word {
            Literal::String(word) => Some(*word),
            _ => None,
        })
    };
    let mut folded = Folded::new();
    let text = folded.text(&value).unwrap_or_default();
    let mut room = Folded::new();
    let respelled = known().find(|word| !text.is_empty() && room.text(word) == Some(text));
    let (meant, safe) = if let Some(word) = respelled {
        (Some(word), true)
    } else {
        let core = status::core(text);
        match SYNONYMS.iter().find(|(synonym, ..)| *synonym == core) {
            Some((_, None, _)) => {
                said.help(STATUS_UNKNOWN_WORD_HELP_CLOSED)
                    .with(param::WON, words.won)
                    .with(param::LOST, words.lost);
                return;
            }
            Some((_, Some(outcome), certain)) => (Some(outcome.word(words)), *certain),
            None => (nearest(&value, known()), false),
        }
    };
    // A fix has to be a word that this place takes.
    let Some(word) = meant.filter(|meant| known().any(|word| word == *meant)) else {
        return;
    };
    let applicability = if safe {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    said.help(if safe {
        STATUS_UNKNOWN_WORD_HELP
    } else {
        STATUS_UNKNOWN_WORD_HELP_MAYBE
    })
    .with(param::WORD, word)
    .fix(
        STATUS_UNKNOWN_WORD_FIX,
        applicability,
        replacement::replace(place, replacement::quoted(word)),
    );
}
