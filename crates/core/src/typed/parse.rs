//! A payload that passed, and what was to be said of it.

use std::fmt;
use std::ops::Deref;

use crate::contract::Contract;
use crate::lint::Finding;
use crate::{Options, Report, Severity, check};

/// A value that passed its check, with the warnings and the advice that it got.
#[derive(Clone)]
pub struct Checked<T> {
    value: T,
    /// `None` if there was nothing to say, so that a clean payload costs no allocation.
    kept: Option<Box<OwnedReport>>,
}

/// Writes the warnings. The value is left out, because it can hold credentials and masked values.
impl<T> fmt::Debug for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kept {
            Some(kept) => write!(f, "Checked({kept:?})"),
            None => f.write_str("Checked(no diagnostics)"),
        }
    }
}

impl<T> Checked<T> {
    pub(super) fn silent(value: T) -> Self {
        Self { value, kept: None }
    }

    pub(super) fn with(value: T, kept: OwnedReport) -> Self {
        Self {
            value,
            kept: Some(Box::new(kept)),
        }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The payload with its warnings and advice; `None` if there was nothing to say.
    #[must_use]
    pub fn warnings(&self) -> Option<&OwnedReport> {
        self.kept.as_deref()
    }
}

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A payload that was checked, kept so that its report can be read later.
///
/// A [`Report`] borrows the bytes that it speaks of; this owns them, and gives the same report
/// again.
#[derive(Clone)]
pub struct OwnedReport {
    payload: Box<[u8]>,
    contract: &'static Contract<'static>,
    options: Options,
    unfit: Option<Finding>,
}

impl OwnedReport {
    /// Keeps a payload, and how it was judged.
    #[must_use]
    pub fn new(contract: &'static Contract<'static>, payload: &[u8], options: &Options) -> Self {
        Self {
            payload: payload.into(),
            contract,
            options: options.clone(),
            unfit: None,
        }
    }

    /// Keeps the payload of a report, which must be of that contract.
    #[must_use]
    pub fn of(
        contract: &'static Contract<'static>,
        report: &Report<'_>,
        options: &Options,
    ) -> Self {
        let unfit = report.findings().last().copied();
        Self {
            unfit: unfit.filter(|finding| {
                finding.variant == crate::rules::schema::type_::UNFIT
                    && finding.rule.name == crate::rules::schema::type_::RULE.name
            }),
            ..Self::new(contract, report.bytes, options)
        }
    }

    /// What the payload was held against.
    #[must_use]
    pub fn contract(&self) -> &'static Contract<'static> {
        self.contract
    }

    /// The payload's bytes.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The report. It is made anew, so keep it while you read it.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        let mut report = check(self.contract, &self.payload, &self.options);
        if let Some(unfit) = self.unfit {
            report.add(unfit);
        }
        report
    }

    /// The number of errors and warnings, in this order.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let report = self.report();
        let count = |severity| {
            report
                .diagnostics()
                .filter(|diagnostic| diagnostic.severity() == severity)
                .count()
        };
        (count(Severity::Error), count(Severity::Warning))
    }
}

/// Writes the report: its diagnostics without credentials and masked values.
impl fmt::Debug for OwnedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.report(), f)
    }
}

/// Says how many faults there are, and the first of them.
impl fmt::Display for OwnedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report();
        let mut errors = report
            .diagnostics()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error);
        match errors.next() {
            None => write!(f, "{}: passes", self.contract.id),
            Some(first) => {
                write!(f, "{}: {}", self.contract.id, first.message())?;
                match errors.count() {
                    0 => Ok(()),
                    more => write!(f, " (and {more} more)"),
                }
            }
        }
    }
}

impl std::error::Error for OwnedReport {}

/// The diagnostics, in the order of the text.
impl serde::Serialize for OwnedReport {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.report().serialize(serializer)
    }
}
