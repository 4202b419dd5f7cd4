//! Faults of the name of a record.

use super::Rule;

pub(crate) mod blank;
pub(crate) mod missing;
pub(crate) mod no_letters;
pub(crate) mod too_long;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &missing::RULE,
    &blank::RULE,
    &too_long::RULE,
    &no_letters::RULE,
];
