//! Faults of the headers of a request.

use super::Rule;

pub(crate) mod blank;
pub(crate) mod content_type;
pub(crate) mod foreign_key;
pub(crate) mod idempotency_key;
pub(crate) mod line_break;
pub(crate) mod placeholder;
pub(crate) mod prefix;
pub(crate) mod scheme;
pub(crate) mod scheme_case;
pub(crate) mod token;
pub(crate) mod too_long;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &scheme::RULE,
    &scheme_case::RULE,
    &blank::RULE,
    &token::RULE,
    &prefix::RULE,
    &foreign_key::RULE,
    &placeholder::RULE,
    &content_type::RULE,
    &idempotency_key::RULE,
    &too_long::RULE,
    &line_break::RULE,
];
