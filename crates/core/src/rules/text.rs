//! Faults of texts that people write and read.

use super::Rule;

pub(crate) mod bidi_control;
pub(crate) mod blank;
pub(crate) mod control;
pub(crate) mod credential;
pub(crate) mod email;
pub(crate) mod html_entity;
pub(crate) mod invisible;
pub(crate) mod mojibake;
pub(crate) mod not_text;
pub(crate) mod padded;
pub(crate) mod placeholder;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &padded::RULE,
    &not_text::RULE,
    &blank::RULE,
    &control::RULE,
    &invisible::RULE,
    &bidi_control::RULE,
    &mojibake::RULE,
    &html_entity::RULE,
    &placeholder::RULE,
    &email::RULE,
    &credential::RULE,
];
