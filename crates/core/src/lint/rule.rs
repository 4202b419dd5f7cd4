//! A rule: a fault, how to find it, and how to explain it.

use std::fmt;

use super::{MessageBuilder, RuleContext, Sink};
use crate::contract::{Facts, Meanings};

/// One thing that can be wrong.
pub struct Rule {
    /// `<group>/<the-fault>`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// When the rule is asked.
    pub role: Role,
    /// The source that says that it is wrong.
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

/// Writes the name: a rule's page has hundreds of lines.
impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.name)
    }
}

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
#[non_exhaustive]
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

/// The source of a rule.
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

    /// The group: the part of the name before the slash.
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
