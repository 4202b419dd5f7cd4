//! Counters, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use pipelint::contract::Contract;
use pipelint::payloads;

use crate::response::Verdict;

/// What the service has done since it started.
#[derive(Debug)]
pub(crate) struct Metrics {
    /// By payload, in the order of `payloads::ALL`: passed and refused.
    payloads: Vec<[AtomicU64; 2]>,
    errors: AtomicU64,
    warnings: AtomicU64,
    infos: AtomicU64,
    bytes: AtomicU64,
    statuses: Mutex<BTreeMap<u16, u64>>,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self {
            payloads: payloads::ALL.iter().map(|_| Default::default()).collect(),
            errors: AtomicU64::default(),
            warnings: AtomicU64::default(),
            infos: AtomicU64::default(),
            bytes: AtomicU64::default(),
            statuses: Mutex::default(),
        }
    }

    /// Counts a payload that was checked.
    pub(crate) fn checked(
        &self,
        contract: &'static Contract<'static>,
        bytes: usize,
        verdict: Verdict,
    ) {
        let place = payloads::ALL
            .iter()
            .position(|one| std::ptr::eq(*one, contract));
        if let Some([passed, refused]) = place.and_then(|place| self.payloads.get(place)) {
            let counter = if verdict.errors == 0 { passed } else { refused };
            counter.fetch_add(1, Ordering::Relaxed);
        }
        for (counter, more) in [
            (&self.errors, verdict.errors),
            (&self.warnings, verdict.warnings),
            (&self.infos, verdict.infos),
            (&self.bytes, bytes),
        ] {
            counter.fetch_add(more as u64, Ordering::Relaxed);
        }
    }

    /// Counts a response.
    pub(crate) fn answered(&self, status: u16) {
        let mut statuses = self.statuses.lock().unwrap_or_else(PoisonError::into_inner);
        *statuses.entry(status).or_default() += 1;
    }

    /// The page, with the number of checks under way.
    pub(crate) fn page(&self, under_way: usize) -> String {
        let mut page = String::new();
        let head = |page: &mut String, name: &str, kind: &str, help: &str| {
            let _ = writeln!(page, "# HELP {name} {help}\n# TYPE {name} {kind}");
        };
        let name = "pipelint_responses_total";
        head(&mut page, name, "counter", "Responses, by status.");
        let statuses = self.statuses.lock().unwrap_or_else(PoisonError::into_inner);
        for (status, count) in statuses.iter() {
            let _ = writeln!(page, "{name}{{status=\"{status}\"}} {count}");
        }
        drop(statuses);
        let name = "pipelint_payloads_total";
        head(
            &mut page,
            name,
            "counter",
            "Payloads checked, by name and verdict.",
        );
        for (contract, counters) in payloads::ALL.iter().zip(&self.payloads) {
            for (verdict, counter) in ["passed", "refused"].iter().zip(counters) {
                let count = counter.load(Ordering::Relaxed);
                let id = contract.id;
                let _ = writeln!(
                    page,
                    "{name}{{payload=\"{id}\",verdict=\"{verdict}\"}} {count}"
                );
            }
        }
        let name = "pipelint_diagnostics_total";
        head(&mut page, name, "counter", "Diagnostics, by severity.");
        for (severity, counter) in [
            ("error", &self.errors),
            ("warning", &self.warnings),
            ("info", &self.infos),
        ] {
            let count = counter.load(Ordering::Relaxed);
            let _ = writeln!(page, "{name}{{severity=\"{severity}\"}} {count}");
        }
        let name = "pipelint_checked_bytes_total";
        head(&mut page, name, "counter", "Bytes of payloads checked.");
        let _ = writeln!(page, "{name} {}", self.bytes.load(Ordering::Relaxed));
        let name = "pipelint_checks_under_way";
        head(&mut page, name, "gauge", "Checks under way.");
        let _ = writeln!(page, "{name} {under_way}");
        page
    }
}
