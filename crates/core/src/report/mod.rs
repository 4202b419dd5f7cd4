//! The report: compact findings, with messages written on demand.

mod diagnostic;
mod format;
mod json_pointer;
mod lines;
mod redact;
mod render;
#[cfg(feature = "serde")]
mod serialize;

pub use diagnostic::{Diagnostic, OwnedDiagnostic, OwnedFix};
pub use lines::Position;
pub use render::RenderedDiagnostic;
#[cfg(feature = "serde")]
pub use serialize::Record;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::contract::Contract;
use crate::document::{Document, Value, encoding};
use crate::lint::{EMPTY, Finding, Level, Mask, Policy, Rule, Severity, SeverityOverrides};
use crate::messages::Locale;
use crate::options::Options;
use crate::values::datetime::Instant;
use json_pointer::Hint;
use lines::Lines;

/// What a report was made from: a checker's, or its own.
pub(crate) enum Basis<'a> {
    Lent(&'a Document, &'a [Finding]),
    Own(Box<(Document, Vec<Finding>)>),
}

/// The diagnostics of one payload.
///
/// `Display` and `Debug` write one line for each diagnostic, without credentials and masked
/// values. That makes a report fit for a log and for a snapshot test:
///
/// ```
/// use pipelint::{Options, check, payloads};
///
/// let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
/// let report = check(
///     &payloads::leadlex::create_deal::REQUEST,
///     br#"{ "name": "Acme", "probability": 120 }"#,
///     &options,
/// );
/// // With the crate insta: insta::assert_debug_snapshot!(report);
/// assert!(format!("{report:?}").starts_with(
///     "leadlex/create-deal/request: 1 error\n  1:34 error schema/maximum /probability: "
/// ));
/// # Ok::<(), pipelint::ParseInstantError>(())
/// ```
pub struct Report<'a> {
    pub(crate) bytes: &'a [u8],
    /// The bytes as text, if that is known; see [`Report::text`].
    known_text: Option<&'a str>,
    pub(crate) contract: &'a Contract<'a>,
    basis: Basis<'a>,
    settings: Settings,
    // What follows is worked out when somebody reads the report.
    lines: OnceLock<Lines>,
    hint: Hint,
    secrets: OnceLock<Vec<Range<usize>>>,
}

/// What the messages of a report depend on beside the payload.
#[derive(Clone)]
pub(crate) struct Settings {
    now: Instant,
    /// The levels by which the findings were judged.
    levels: SeverityOverrides,
    policy: Option<Arc<Policy>>,
    mask: Mask,
    locale: Locale,
}

impl Settings {
    #[inline]
    fn of(options: &Options) -> Self {
        Self {
            now: options.now,
            levels: options.levels.clone(),
            policy: options.policy.clone(),
            mask: options.mask.clone(),
            locale: options.locale,
        }
    }
}

impl Basis<'_> {
    fn into_own(self) -> Self {
        match self {
            Self::Lent(document, findings) => {
                Self::Own(Box::new((document.clone(), findings.to_vec())))
            }
            own @ Self::Own(_) => own,
        }
    }

    #[inline]
    fn findings(&self) -> &[Finding] {
        match self {
            Self::Lent(_, findings) => findings,
            Self::Own(own) => &own.1,
        }
    }
}

impl<'a> Report<'a> {
    pub(crate) fn document(&self) -> &Document {
        match &self.basis {
            Basis::Lent(document, _) => document,
            Basis::Own(own) => &own.0,
        }
    }

    #[inline]
    pub(crate) fn findings(&self) -> &[Finding] {
        self.basis.findings()
    }

    #[cfg(feature = "typed")]
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn new(
        bytes: &'a [u8],
        known_text: Option<&'a str>,
        contract: &'a Contract<'a>,
        basis: Basis<'a>,
        options: &Options,
    ) -> Self {
        Self::with_settings(bytes, known_text, contract, basis, Settings::of(options))
    }

    #[inline]
    pub(crate) fn with_settings(
        bytes: &'a [u8],
        known_text: Option<&'a str>,
        contract: &'a Contract<'a>,
        basis: Basis<'a>,
        settings: Settings,
    ) -> Self {
        Self {
            bytes,
            known_text,
            contract,
            basis,
            settings,
            lines: OnceLock::new(),
            hint: Hint::default(),
            secrets: OnceLock::new(),
        }
    }

    /// The time at which the payload was judged.
    pub(crate) fn now(&self) -> Instant {
        self.settings.now
    }

    /// The language of messages and help.
    pub(crate) fn locale(&self) -> Locale {
        self.settings.locale
    }

    /// The level that the options set for a rule.
    pub(crate) fn level_of(&self, rule: &'static Rule) -> Option<Level> {
        self.settings.levels.of(rule)
    }

    /// What the policy says.
    pub(crate) fn policy(&self) -> &Policy {
        self.settings.policy.as_deref().unwrap_or(&EMPTY)
    }

    /// Whether there are no errors. Warnings and advice do not count.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        let is_error = |finding: &Finding| finding.severity >= Severity::Error;
        !self.findings().iter().any(is_error)
    }

    /// Whether nothing at all is to be said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings().is_empty()
    }

    /// The number of diagnostics.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings().len()
    }

    /// The worst severity, or `None` if nothing is to be said.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings().iter().map(|finding| finding.severity).max()
    }

    /// The payload that the bytes were checked against.
    #[must_use]
    pub fn contract(&self) -> &'a Contract<'a> {
        self.contract
    }

    /// The values that nobody may print, besides credentials.
    #[must_use]
    pub fn mask(&self) -> &Mask {
        &self.settings.mask
    }

    /// The bytes that were checked.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The diagnostics, in the order of the text.
    pub fn diagnostics(&self) -> impl ExactSizeIterator<Item = Diagnostic<'_>> {
        let text = self.text();
        self.findings().iter().map(move |finding| Diagnostic {
            report: self,
            text,
            finding,
        })
    }

    /// The bytes as text; empty if they are none.
    pub(crate) fn text(&self) -> &'a str {
        match self.known_text {
            Some(text) => text,
            None => encoding::text(self.bytes, self.document().non_ascii).unwrap_or_default(),
        }
    }

    /// The payload's root value; `None` if the bytes are not JSON that was read to its end.
    #[must_use]
    pub fn value(&self) -> Option<Value<'_>> {
        Value::root(self.document(), self.text())
    }

    /// The line and column of a byte offset in the payload.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let Some(lines) = self.lines.get() else {
            return self.first_position(offset);
        };
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let document = self.document();
        lines.position(self.bytes, document.is_ascii(), offset)
    }

    /// The same, once the lines are known.
    #[cold]
    fn first_position(&self, offset: usize) -> Position {
        self.lines.get_or_init(|| Lines::new(self.bytes));
        self.position(offset)
    }

    /// The same report, with buffers of its own; the bytes are still borrowed.
    #[must_use]
    pub fn detach(self) -> Report<'a> {
        let basis = self.basis.into_own();
        Report { basis, ..self }
    }
}
