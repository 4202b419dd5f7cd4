//! Faults of responses: answers that differ from the vendor's documentation.

use super::Rule;

pub(crate) mod drift;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[&drift::RULE];
