//! Checks the payloads of sales-pipeline APIs before they are sent.
//!
//! ```
//! use pipelint::{Options, check, payloads};
//!
//! let deal = br#"{ "name": "Acme", "probability": 120 }"#;
//! let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
//! let report = check(&payloads::leadlex::create_deal::REQUEST, deal, &options);
//!
//! assert!(!report.is_ok());
//! for diagnostic in report.diagnostics() {
//!     assert_eq!(diagnostic.rule().name, "schema/maximum");
//!     assert_eq!(diagnostic.pointer(), "/probability");
//!     assert_eq!(diagnostic.start().column, 34);
//! }
//! # Ok::<(), pipelint::ParseInstantError>(())
//! ```
//!
//! # How a payload is checked
//!
//! ```text
//! bytes ──► document ──► inspection ──► rules ──► report ──► messages
//! ```
//!
//! | step | what happens | where |
//! |---|---|---|
//! | bytes → document | one pass; spans, no copies; keys are recognised by the contract's tables | `document/scan.rs` |
//! | most values | a few comparisons show that nothing is wrong | `engine/fast_path.rs`, [`FastPath`](contract::FastPath) |
//! | other values | validated against their schema, and classified into [`Facts`](rules::Facts); what breaks the schema is a violation, what calls a rule is a candidate | `engine/inspect.rs`, `validate/keywords.rs`, `facts/classify.rs` |
//! | bytes → text | UTF-8 is checked, unless everything was ASCII | `document/encoding.rs` |
//! | → findings | violations are reported; candidates go to the rules that their facts call | `engine/run_rules.rs` |
//! | findings → report | findings are compact; messages, positions and fixes are made when they are read | [`Report`], [`Diagnostic`] |
//!
//! The tables of the payloads known to this crate are made when it is built: the crate
//! `pipelint-compiler` compiles the JSON Schemas of the crate `pipelint-schemas`. Other schemas are
//! compiled in a build script of their own, or at run time (`pipelint::compile`, feature
//! `compile`).
//!
//! The library does no I/O, reads no clock and prints nothing: the time is an argument. A
//! [`Checker`] that is used again allocates nothing for a valid payload.

// The module of the browser is compiled for size, but for the few functions that read every byte.
#![cfg_attr(pipelint_module, feature(optimize_attribute))]

// Generated tables name this crate as other crates do.
extern crate self as pipelint;

mod checker;
#[cfg(feature = "compile")]
pub mod compile;
mod document;
mod engine;
mod facts;
pub mod fix;
mod infer;
mod lint;
pub mod messages;
mod options;
mod report;
pub mod rules;
#[cfg(feature = "typed")]
pub mod typed;
mod validate;

pub use pipelint_contract::values;

/// The tables that payloads are checked against; see the crate `pipelint-contract`.
pub mod contract {
    pub use crate::engine::{fast_path, ready, write_fast_path};
    #[doc(hidden)]
    pub use pipelint_contract::json_pointer;
    pub use pipelint_contract::program;
    pub use pipelint_contract::{
        Additional, ArrayLimits, Bound, Contract, Credential, DateForm, Facts, FastForm, FastPath,
        Form, Format, KeyIndex, Literal, Meaning, Meanings, Money, NumberLimits, Object, Part,
        ProgramTables, Property, SHOWN, Scale, Schema, StatusWords, TextLimits, Types, Unit,
    };
}

/// The payloads that pipelint knows, as generated from the schemas.
pub mod payloads {
    #![allow(missing_docs, clippy::all, clippy::pedantic, reason = "generated")]
    include!(concat!(env!("OUT_DIR"), "/payloads.rs"));

    /// The payload of that name; `<system>/<operation>` alone means its request.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static ::pipelint::contract::Contract<'static>> {
        ALL.iter().copied().find(|contract| {
            contract.id == id
                || contract.operation == id && contract.part == ::pipelint::contract::Part::Request
        })
    }
}

/// Replaces keys and tokens, such as `wbk_…`, in a text that is to be shown. Reports do so in
/// their messages and pointers; this is for texts that a caller adds.
#[must_use]
pub fn redacted(text: &str) -> std::borrow::Cow<'_, str> {
    values::secret::redacted(text)
}

/// What replaces a key or token.
pub const REDACTED: &str = values::secret::REDACTED;

pub use checker::{Checker, check};
pub use document::{Kind, Limits, Value, Values, unescape};
pub use infer::{Inference, infer, infer_among};
pub use lint::{
    Amount, Applicability, Edit, Level, Mask, ParseAmountError, Policy, Rule, Severity,
    SeverityOverrides,
};
pub use messages::Locale;
pub use options::Options;
#[cfg(feature = "serde")]
pub use report::Record;
pub use report::{Diagnostic, OwnedDiagnostic, OwnedFix, Position, RenderedDiagnostic, Report};
#[cfg(feature = "typed")]
pub use typed::{Checked, OwnedReport, Payload, leadlex, parse, ruddr, slant};
pub use values::datetime::{Instant, ParseInstantError};
