//! The rules, one pair of files each.
//!
//! `<group>/<rule>.rs` holds a [`Rule`] and plain functions; `<group>/<rule>.md` holds its page:
//! documentation, messages and tests in one. The module of a group lists its rules; [`GROUPS`] lists
//! the groups. The [`Role`] of a rule says when it runs:
//!
//! - the engine reports rules of the groups `json` and `schema` while it reads and validates;
//! - a rule about one value runs if the value's [`Facts`] call it;
//! - a rule about several values of one object runs if their facts together call it;
//! - a rule of the group `policy` runs only if the options have a policy;
//! - an adviser never reports: it adds help and a fix to a diagnostic of another rule, so that one
//!   fault gives one diagnostic.

mod array_items;
mod credentials;
mod edits;
pub(crate) mod misnamed;
mod placeholders;
mod program;
#[cfg(test)]
mod quiet;

mod currency;
mod date;
pub(crate) mod header;
pub(crate) mod json;
mod money;
mod name;
pub(crate) mod policy;
mod probability;
pub(crate) mod reference;
mod replacement;
mod response;
pub(crate) mod schema;
mod status;
mod tags;
pub(crate) mod text;

pub use crate::contract::Facts;
pub(crate) use crate::facts::{classify, unicode};
pub use crate::lint::{
    Applicability, Edit, Fix, Fixes, MessageBuilder, Param, Role, Rule, RuleContext, Severity,
    Sink, Source,
};
pub(crate) use crate::lint::{MessageArg, TextRange, page};

/// Every rule, group by group.
///
/// The order matters for advice: of several advisers the first that has something to say is heard.
pub static GROUPS: &[&[&Rule]] = &[
    json::RULES,
    schema::RULES,
    response::RULES,
    name::RULES,
    text::RULES,
    probability::RULES,
    money::RULES,
    currency::RULES,
    date::RULES,
    status::RULES,
    reference::RULES,
    tags::RULES,
    header::RULES,
    policy::RULES,
];

/// Every rule, in the order of [`GROUPS`].
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.iter().copied())
}

/// The rule of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
