//! The parts of a rule: the rule itself, the context that it reads, the messages that it writes,
//! and the settings that bear on it.

mod context;
mod finding;
mod mask;
mod message;
mod policy;
mod rule;
mod severity_overrides;

pub use context::RuleContext;
pub(crate) use context::member_schema;
pub use finding::Sink;
pub(crate) use finding::{Finding, Findings};
pub use mask::Mask;
pub use message::{Applicability, Edit, Fix, MessageBuilder, Param};
pub(crate) use message::{MessageArg, TextRange};
pub(crate) use policy::EMPTY;
pub use policy::{Amount, ParseAmountError, Policy};
pub(crate) use rule::page;
pub use rule::{Fixes, Role, Rule, Severity, Source};
pub use severity_overrides::{Level, SeverityOverrides};
