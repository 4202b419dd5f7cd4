//! Counts what was found.

use pipelint::Severity;
use serde::Serialize;

use crate::findings::Findings;
use crate::output::At;

/// How much was checked and found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// How many payloads were checked.
    pub(crate) payloads: u64,
    /// In how many of them something was found.
    pub(crate) faulty: u64,
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
    pub(crate) infos: u64,
    /// How many faults were fixed, or would be; none where nobody asked for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fixed: Option<u64>,
    /// How many findings the baseline knows, which are in no other count; none without a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) known: Option<u64>,
    /// How many inputs could not be read or recognised.
    pub(crate) unchecked: u64,
    /// Whether nothing is written, so that what counts as fixed only would be.
    #[serde(skip)]
    pub(crate) dry: bool,
    /// Whether something was found that makes the check fail.
    #[serde(skip)]
    pub(crate) failed: bool,
}

impl Summary {
    /// Adds payloads of which nothing is to be said.
    pub(crate) fn clean(&mut self, payloads: u64) {
        self.payloads += payloads;
    }

    /// Adds findings that the baseline knows.
    pub(crate) fn know(&mut self, findings: u64) {
        if findings > 0 {
            *self.known.get_or_insert(0) += findings;
        }
    }

    /// Adds what was counted elsewhere in the same run.
    pub(crate) fn join(&mut self, other: &Self) {
        self.payloads += other.payloads;
        self.faulty += other.faulty;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.failed |= other.failed;
        self.know(other.known.unwrap_or(0));
        if let Some(fixed) = other.fixed {
            *self.fixed.get_or_insert(0) += fixed;
        }
    }

    /// Adds one payload with what was found in it.
    pub(crate) fn add(&mut self, at: At<'_>, found: &Findings<'_>) {
        self.payloads += 1;
        if found.is_empty() {
            return;
        }
        self.faulty += 1;
        for finding in found.iter() {
            self.failed |= finding.severity() >= at.fail_on;
            match finding.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                _ => self.infos += 1,
            }
        }
    }
}
