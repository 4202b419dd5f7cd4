//! Faults of lists of labels.

use super::Rule;

pub(crate) mod blank;
pub(crate) mod differ_by_case;
pub(crate) mod not_text;
pub(crate) mod repeated;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &blank::RULE,
    &repeated::RULE,
    &differ_by_case::RULE,
    &not_text::RULE,
];
