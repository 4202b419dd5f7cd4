//! Faults of the text itself, found while it is read.

use super::Rule;

pub(crate) mod byte_order_mark;
pub(crate) mod duplicate_key;
pub(crate) mod encoding;
pub(crate) mod lone_surrogate;
pub(crate) mod syntax;
pub(crate) mod too_deep;
pub(crate) mod too_large;
pub(crate) mod too_many_diagnostics;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &syntax::RULE,
    &duplicate_key::RULE,
    &byte_order_mark::RULE,
    &encoding::RULE,
    &lone_surrogate::RULE,
    &too_deep::RULE,
    &too_large::RULE,
    &too_many_diagnostics::RULE,
];
