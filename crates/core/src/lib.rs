//! Checks the payloads that people send to sales-pipeline APIs before the API does.
//!
//! ```
//! use pipelint::{Options, check, payloads};
//!
//! let deal = br#"{ "name": "Acme", "probability": 120 }"#;
//! let options = Options::at("2026-03-01T00:00:00Z".parse()?);
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
//! # The way of the data
//!
//! ```text
//! bytes ──► document ──► contract ──► rules ──► report ──► renderers
//! ```
//!
//! | step | what happens | where |
//! |---|---|---|
//! | bytes → document | one pass; spans, no copies; keys are recognised by the contract's tables | `Document::read` |
//! | value → nothing to say | most values are ordinary for their schema, which a few comparisons tell | [`FastPath`](contract::FastPath) |
//! | value × contract | types, limits, words and forms | `contract::check::value` |
//! | value × rules | a cheap look gathers [`Facts`](rules::Facts) about a value; facts call rules | `rules::classify::look` |
//! | in passing | both are asked of each value that is not ordinary while the scanner has it in hand; what breaks its contract is a finding, and what else may have to be said is kept as a doubt | `inspect::inspect` |
//! | bytes → text | UTF-8 is checked, unless everything was ASCII, which is text in each of its parts | `document::encoding::text`, `document::Text` |
//! | doubts → findings | each doubt is reported, or the rules are asked that its facts call | `run_rules::judge` |
//! | findings → report | compact findings; words, positions and fixes are made when they are read | [`Report`], [`Diagnostic`] |
//!
//! The contract's tables are made when this crate is built: the crate `pipelint-compiler` compiles
//! the JSON Schemas of the crate `pipelint-schemas`. Anybody's own schemas go the same way, in a
//! build script of theirs.
//!
//! The library does no I/O, reads no clock and prints nothing: the time is an argument. A
//! [`Checker`] that is used again allocates nothing for a valid payload.

// The module of the browser is compiled for size, but for the few functions that read every byte.
#![cfg_attr(pipelint_module, feature(optimize_attribute))]

// Generated tables name this crate as other crates do.
extern crate self as pipelint;

pub mod contract;
mod document;
pub mod fix;
mod infer;
mod inspect;
mod mask;
pub mod messages;
mod options;
mod policy;
mod report;
pub mod rules;
mod run_rules;
mod severity_overrides;
#[cfg(feature = "typed")]
pub mod typed;
pub mod values;

/// The payloads that pipelint knows, as generated from the schemas.
pub mod payloads {
    #![allow(missing_docs, clippy::all, clippy::pedantic, reason = "generated")]
    include!(concat!(env!("OUT_DIR"), "/payloads.rs"));

    /// The payload of that name; `<system>/<operation>` alone means its request.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static ::pipelint::contract::Contract> {
        ALL.iter().copied().find(|contract| {
            contract.id == id
                || contract.operation == id && contract.part == ::pipelint::contract::Part::Request
        })
    }
}

pub use document::{Kind, Limits, Value, Values, unescape};
pub use infer::{Inference, infer};
pub use mask::Mask;
pub use messages::Locale;
pub use options::{Options, ParseInstantError};
pub use policy::{Amount, ParseAmountError, Policy};
#[cfg(feature = "serde")]
pub use report::Record;
pub use report::{Diagnostic, OwnedDiagnostic, OwnedFix, Position, RenderedDiagnostic, Report};
pub use rules::{Applicability, Edit, Rule, Severity};
pub use severity_overrides::{Level, SeverityOverrides};
#[cfg(feature = "typed")]
pub use typed::{Checked, OwnedReport, Payload, leadlex, parse, ruddr, slant};
pub use values::datetime::Instant;

use contract::Contract;
use document::{Document, Text, encoding};
use report::{Basis, Findings};

/// Replaces keys and tokens, such as `wbk_…`, in a text that is to be shown. Reports do so in
/// their messages and pointers; this is for texts that a caller adds.
#[must_use]
pub fn redacted(text: &str) -> std::borrow::Cow<'_, str> {
    values::secret::redacted(text)
}

/// Checks one payload.
///
/// Who checks many payloads uses a [`Checker`], whose buffers are used again.
#[must_use]
pub fn check<'p>(contract: &'static Contract, payload: &'p [u8], options: &Options) -> Report<'p> {
    let mut checker = Checker::new();
    let text = checker.run(contract, payload, options);
    let Checker { document, findings } = checker;
    Report::new(
        payload,
        text,
        contract,
        Basis::Own(Box::new((document, findings.into_kept()))),
        options,
    )
}

/// Checks payloads one after the other, in the same buffers.
#[derive(Default)]
pub struct Checker {
    document: Document,
    findings: Findings,
}

impl std::fmt::Debug for Checker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checker")
            .field("findings", &self.findings.len())
            .finish_non_exhaustive()
    }
}

impl Checker {
    /// A checker with empty buffers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the bytes of a payload. The report borrows the checker's buffers.
    #[must_use]
    pub fn check<'c>(
        &'c mut self,
        contract: &'static Contract,
        payload: &'c [u8],
        options: &Options,
    ) -> Report<'c> {
        let text = self.run(contract, payload, options);
        self.report(contract, payload, text, options)
    }

    /// Checks a payload that is known to be UTF-8.
    #[must_use]
    pub fn check_str<'c>(
        &'c mut self,
        contract: &'static Contract,
        payload: &'c str,
        options: &Options,
    ) -> Report<'c> {
        self.run_text(contract, payload, options);
        self.report(contract, payload.as_bytes(), Some(payload), options)
    }

    /// The report of the last check once more, for callers that cannot keep a borrow. The
    /// arguments are those of that check; with others, the places and words mean nothing.
    #[must_use]
    pub fn last<'c>(
        &'c self,
        contract: &'static Contract,
        payload: &'c [u8],
        options: &Options,
    ) -> Report<'c> {
        let text = Some(encoding::text(payload, self.document.non_ascii).unwrap_or_default());
        self.report(contract, payload, text, options)
    }

    fn report<'c>(
        &'c self,
        contract: &'static Contract,
        payload: &'c [u8],
        text: Option<&'c str>,
        options: &Options,
    ) -> Report<'c> {
        let basis = Basis::Lent(&self.document, &self.findings);
        Report::new(payload, text, contract, basis, options)
    }

    /// Gives back buffers that grew with a large payload. A checker does so by itself before the
    /// next payload; call this if it will wait for one.
    pub fn shrink(&mut self) {
        self.document.clear();
        self.document.shrink();
        self.findings.clear();
        self.findings.shrink();
    }

    /// Bytes to findings; returns the text, if that is known.
    fn run<'p>(
        &mut self,
        contract: &'static Contract,
        payload: &'p [u8],
        options: &Options,
    ) -> Option<&'p str> {
        self.read(contract, payload, options);
        if self.document.is_ascii() {
            if self.is_done(options) {
                return None;
            }
            #[cfg(not(pipelint_module))]
            {
                self.judge(contract, Text::Ascii(payload), options);
                return None;
            }
        }
        match encoding::text(payload, self.document.non_ascii) {
            Ok(text) => {
                self.judge(contract, text.into(), options);
                Some(text)
            }
            Err(stop) => {
                self.document.clear();
                run_rules::stopped(&self.document, stop, &mut self.findings);
                run_rules::tidy(&mut self.findings, options);
                Some("")
            }
        }
    }

    /// Text to findings.
    fn run_text(&mut self, contract: &'static Contract, text: &str, options: &Options) {
        self.read(contract, text.as_bytes(), options);
        self.judge(contract, text.into(), options);
    }

    #[cfg_attr(not(pipelint_module), inline(always))]
    fn read(&mut self, contract: &'static Contract, payload: &[u8], options: &Options) {
        self.findings.begin(options.limits.diagnostics);
        self.document
            .read(payload, contract.root, &options.limits, options.now);
    }

    /// Whether nothing can have to be said of the payload just read.
    #[inline]
    fn is_done(&self, options: &Options) -> bool {
        self.document.is_clean() && options.policy.is_none()
    }

    #[inline]
    fn judge(&mut self, contract: &'static Contract, text: Text<'_>, options: &Options) {
        if !self.is_done(options) {
            run_rules::judge(&self.document, text, contract, options, &mut self.findings);
        }
    }
}
