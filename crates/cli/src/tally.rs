//! Counts what was found.

use pipelint::Severity;
use serde::Serialize;

use crate::findings::Findings;

/// How much was checked and found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Tally {
    /// How many payloads were checked.
    pub(crate) payloads: u64,
    /// In how many of them something was found.
    pub(crate) faulty: u64,
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
    pub(crate) infos: u64,
    /// How many inputs could not be read or recognised.
    pub(crate) unchecked: u64,
    #[serde(skip)]
    worst: Option<Severity>,
}

impl Tally {
    pub(crate) fn add(&mut self, found: &Findings<'_>) {
        self.payloads += 1;
        if found.is_empty() {
            return;
        }
        self.faulty += 1;
        for finding in found.iter() {
            self.worst = self.worst.max(Some(finding.severity()));
            match finding.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
        }
    }

    /// Whether something of that severity or worse was found.
    pub(crate) fn reaches(&self, severity: Severity) -> bool {
        self.worst >= Some(severity)
    }
}
