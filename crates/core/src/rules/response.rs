//! Answers that are not what the vendor documents.

use super::Rule;

pub(crate) mod drift;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[&drift::RULE];
