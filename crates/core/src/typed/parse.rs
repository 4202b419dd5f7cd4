//! The results of [`parse`](super::parse): a value with its warnings, or a report as an error.

use std::fmt;
use std::ops::Deref;

use crate::contract::Contract;
use crate::document::Document;
use crate::lint::Finding;
use crate::report::{Basis, Settings};
use crate::{Options, Report, Severity, check};

/// A value that passed its check, with its warnings and infos.
#[derive(Clone)]
pub struct Checked<T> {
    value: T,
    /// `None` if there are no diagnostics, so that a clean payload costs no allocation.
    warnings: Option<OwnedReport>,
}

/// Writes the warnings. The value is left out, because it can hold credentials and masked values.
impl<T> fmt::Debug for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.warnings {
            Some(warnings) => write!(f, "Checked({warnings:?})"),
            None => f.write_str("Checked(no diagnostics)"),
        }
    }
}

impl<T> Checked<T> {
    pub(super) fn silent(value: T) -> Self {
        Self {
            value,
            warnings: None,
        }
    }

    pub(super) fn with(value: T, warnings: OwnedReport) -> Self {
        Self {
            value,
            warnings: Some(warnings),
        }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The report, whose diagnostics are warnings and infos; `None` if there are none.
    #[must_use]
    pub fn warnings(&self) -> Option<&OwnedReport> {
        self.warnings.as_ref()
    }
}

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A report that owns its payload, so that it can be kept, sent to another thread and returned as
/// an error.
///
/// A [`Report`] borrows the bytes that were checked, and the buffers of its [`Checker`]. This type
/// owns both, in one box.
///
/// [`Checker`]: crate::Checker
#[derive(Clone)]
pub struct OwnedReport(Box<Owned>);

#[derive(Clone)]
struct Owned {
    payload: Box<[u8]>,
    contract: &'static Contract<'static>,
    document: Document,
    findings: Vec<Finding>,
    settings: Settings,
}

impl OwnedReport {
    /// Checks a payload, and keeps it with its report.
    #[must_use]
    pub fn new(contract: &'static Contract<'static>, payload: &[u8], options: &Options) -> Self {
        Self::of(contract, &check(contract, payload, options))
    }

    /// Copies a report and its payload. The contract must be that of the report: a report knows it
    /// by a shorter lifetime only.
    #[must_use]
    pub fn of(contract: &'static Contract<'static>, report: &Report<'_>) -> Self {
        Self(Box::new(Owned {
            payload: report.bytes.into(),
            contract,
            document: report.document().clone(),
            findings: report.findings().to_vec(),
            settings: report.settings().clone(),
        }))
    }

    /// The contract that the payload was checked against.
    #[must_use]
    pub fn contract(&self) -> &'static Contract<'static> {
        self.0.contract
    }

    /// The payload's bytes.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.0.payload
    }

    /// The report. It borrows from this one, and costs nothing to make.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        let owned = &*self.0;
        Report::with_settings(
            &owned.payload,
            None,
            owned.contract,
            Basis::Lent(&owned.document, &owned.findings),
            owned.settings.clone(),
        )
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

/// Writes the payload's name, the message of the first error, and how many errors follow.
impl fmt::Display for OwnedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report();
        let mut errors = report
            .diagnostics()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error);
        match errors.next() {
            None => write!(f, "{}: passes", self.contract().id),
            Some(first) => {
                write!(f, "{}: {}", self.contract().id, first.message())?;
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
