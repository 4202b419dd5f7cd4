//! The rules: what can be wrong with a payload, one pair of files each.
//!
//! `<group>/<rule>.rs` holds a [`Rule`] and plain functions; `<group>/<rule>.md` holds its page:
//! documentation, wording and tests in one. A group's module lists its rules; [`GROUPS`] lists the
//! groups. How a rule is reached is its [`Role`]:
//!
//! - rules of the groups `json` and `schema` are reported while the text is read and held
//!   against the contract;
//! - a rule about one value runs where the value's [`Facts`] call it;
//! - a rule about several values of one object runs once an object's facts are together;
//! - a rule of the group `policy` runs only where the options name a policy;
//! - an adviser never reports: it adds help and a fix to a diagnostic that stands already, so
//!   that one fault gives one diagnostic.

mod array_items;
pub(crate) mod classify;
pub(crate) mod context;
mod credentials;
pub(crate) mod dispatch;
mod edits;
mod facts;
mod message;
mod placeholders;
#[cfg(test)]
mod quiet;
pub(crate) mod unicode;

mod currency;
mod date;
mod header;
pub(crate) mod json;
mod money;
mod name;
pub(crate) mod policy;
mod probability;
mod reference;
mod replacement;
mod response;
pub(crate) mod schema;
mod status;
mod tags;
pub(crate) mod text;

pub use context::{RuleContext, Sink};
pub use facts::Facts;
pub use message::{Applicability, Edit, Fix, MessageBuilder, Param};
pub(crate) use message::{MessageArg, TextRange};

use crate::contract::Meanings;

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

/// One thing that can be wrong.
pub struct Rule {
    /// `<group>/<the-fault>`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// When the rule is asked.
    pub role: Role,
    /// Who says that it is wrong.
    pub source: Source,
    /// The fixes that it offers, where it can offer one.
    pub fixes: Fixes,
    /// The version of pipelint that brought the rule.
    pub since: &'static str,
    /// The rule's page, in Markdown; empty without the feature `pages`.
    pub page: &'static str,
    /// Finds the words, when somebody reads the diagnostic.
    pub explain: fn(&RuleContext<'_>, &mut MessageBuilder<'_>),
}

/// Rules are the same if they have the same name.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.name == other.name
    }
}

impl Eq for Rule {}

/// When a rule is asked.
#[derive(Debug, Clone, Copy)]
pub enum Role {
    /// Never: reading the text or the contract reports it.
    Reported,
    /// For a value with one of these meanings and one of these facts.
    Value {
        /// The meanings that the rule knows of.
        meanings: Meanings,
        /// Any of these facts calls the rule.
        when: Facts,
        /// Looks closer, and reports.
        check: fn(&RuleContext<'_>, &mut Sink<'_>),
        /// Whether the rule also adds help, as [`Role::Advises`] does, where another rule has
        /// reported the value.
        advises: bool,
    },
    /// For an object whose values together have all of these facts and none of those.
    Object {
        /// All of these facts must be there.
        when: Facts,
        /// None of these may.
        unless: Facts,
        /// Looks closer, and reports.
        check: fn(&RuleContext<'_>, &mut Sink<'_>),
    },
    /// For a value with one of these meanings, if the options name a policy.
    Policy {
        /// The meanings that the rule knows of.
        meanings: Meanings,
        /// Looks at what the policy says, and reports.
        check: fn(&RuleContext<'_>, &mut Sink<'_>),
    },
    /// When a diagnostic of another rule is read that concerns a value with one of these meanings.
    Advises(Meanings),
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice.
    Info,
    /// Accepted by the letter, almost surely not what was meant.
    Warning,
    /// Refused by the vendor's documentation, no JSON, or without meaning.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The fixes that a rule offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixes {
    /// None: somebody has to find the right value.
    None,
    /// Safe ones.
    Safe,
    /// Unsafe ones.
    Unsafe,
    /// Safe ones or unsafe ones, as the value has it.
    Either,
}

/// Who says that something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The vendor, in the statement that the field's schema names.
    Vendor,
    /// A standard, with its section.
    Standard(&'static str),
    /// Nobody: it follows from what the field means.
    Meaning,
    /// The policy, in its own configuration.
    Policy,
}

impl Rule {
    /// The meanings for whose values the rule may add help to other rules' diagnostics.
    pub(crate) const fn advised(&self) -> Meanings {
        match self.role {
            Role::Advises(meanings)
            | Role::Value {
                meanings,
                advises: true,
                ..
            } => meanings,
            _ => Meanings::EMPTY,
        }
    }

    /// The group, which is what stands before the slash.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.name
            .split_once('/')
            .map_or(self.name, |(group, _)| group)
    }
}

/// Embeds a rule's page if the feature `pages` is on.
macro_rules! page {
    ($file:literal) => {{
        #[cfg(feature = "pages")]
        const PAGE: &str = include_str!($file);
        #[cfg(not(feature = "pages"))]
        const PAGE: &str = "";
        PAGE
    }};
}
pub(crate) use page;
