//! Faults of the IDs of other records.

use super::Rule;

pub(crate) mod alias_contradicts;
pub(crate) mod alias_repeated;
pub(crate) mod blank;
pub(crate) mod max_uuid;
pub(crate) mod nil_uuid;
pub(crate) mod not_text;
pub(crate) mod padded;
pub(crate) mod placeholder;
pub(crate) mod repeated;
pub(crate) mod url_character;
pub(crate) mod uuid_version;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &blank::RULE,
    &padded::RULE,
    &placeholder::RULE,
    &nil_uuid::RULE,
    &max_uuid::RULE,
    &uuid_version::RULE,
    &repeated::RULE,
    &url_character::RULE,
    &alias_repeated::RULE,
    &alias_contradicts::RULE,
    &not_text::RULE,
];
