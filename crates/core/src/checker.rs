//! The checker: from bytes to a report.

use crate::contract::{Contract, Part};
use crate::document::{Document, Text, encoding};
use crate::engine::candidate::{Candidate, Violations, reuse};
use crate::engine::inspect::Inspector;
use crate::engine::run_rules;
use crate::lint::Findings;
use crate::options::Options;
use crate::report::{Basis, Report};

/// Checks one payload.
///
/// To check many payloads, reuse a [`Checker`]: it keeps its buffers.
#[must_use]
pub fn check<'p>(contract: &'p Contract<'p>, payload: &'p [u8], options: &Options) -> Report<'p> {
    let mut checker = Checker::new();
    let text = checker.run(contract, payload, options);
    let Checker {
        document, findings, ..
    } = checker;
    Report::new(
        payload,
        text,
        contract,
        Basis::Own(Box::new((document, findings.into_kept()))),
        options,
    )
}

/// Checks payloads one after another, in the same buffers.
#[derive(Default)]
pub struct Checker {
    pub(crate) document: Document,
    violations: Violations,
    /// Memory for candidates.
    spare: Vec<Candidate<'static>>,
    pub(crate) findings: Findings,
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
        contract: &'c Contract<'c>,
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
        contract: &'c Contract<'c>,
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
        contract: &'c Contract<'c>,
        payload: &'c [u8],
        options: &Options,
    ) -> Report<'c> {
        let text = Some(encoding::text(payload, self.document.non_ascii).unwrap_or_default());
        self.report(contract, payload, text, options)
    }

    pub(crate) fn report<'c>(
        &'c self,
        contract: &'c Contract<'c>,
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
        self.violations.clear();
        self.violations.shrink();
    }

    /// Bytes to findings; returns the text, if that is known.
    pub(crate) fn run<'p>(
        &mut self,
        contract: &Contract<'_>,
        payload: &'p [u8],
        options: &Options,
    ) -> Option<&'p str> {
        let candidates = self.read(contract, payload, options);
        let text = self.judge(&candidates, contract, payload, options);
        self.give_back(candidates);
        text
    }

    #[cfg_attr(not(pipelint_module), inline(always))]
    fn judge<'p, 't>(
        &mut self,
        candidates: &[Candidate<'t>],
        contract: &'t Contract<'t>,
        payload: &'p [u8],
        options: &Options,
    ) -> Option<&'p str> {
        if self.document.is_ascii() {
            if self.is_done(candidates, contract, options) {
                return None;
            }
            #[cfg(not(pipelint_module))]
            {
                self.run_rules(candidates, contract, Text::Ascii(payload), options);
                return None;
            }
        }
        match encoding::text(payload, self.document.non_ascii) {
            Ok(text) => {
                self.run_rules(candidates, contract, text.into(), options);
                Some(text)
            }
            Err(stop) => {
                self.document.clear();
                run_rules::report_syntax_error(&self.document, stop, &mut self.findings);
                run_rules::finalize(&mut self.findings, options);
                Some("")
            }
        }
    }

    /// Text to findings.
    fn run_text(&mut self, contract: &Contract<'_>, text: &str, options: &Options) {
        let candidates = self.read(contract, text.as_bytes(), options);
        self.run_rules(&candidates, contract, text.into(), options);
        self.give_back(candidates);
    }

    /// Bytes to candidates.
    #[cfg_attr(not(pipelint_module), inline(always))]
    fn read<'t>(
        &mut self,
        contract: &'t Contract<'t>,
        payload: &[u8],
        options: &Options,
    ) -> Vec<Candidate<'t>> {
        self.findings.begin(options.limits.diagnostics);
        self.violations.begin(options.limits.diagnostics);
        let mut candidates = Vec::new();
        let inspector = Inspector {
            violations: &mut self.violations,
            candidates: &mut candidates,
            spare: &mut self.spare,
            now: options.now,
        };
        self.document
            .read(payload, contract.root, &options.limits, inspector);
        candidates
    }

    /// Keeps the memory of the candidates for the next check.
    #[inline(always)]
    fn give_back(&mut self, candidates: Vec<Candidate<'_>>) {
        if candidates.capacity() != 0 {
            self.spare = reuse(candidates);
        }
    }

    /// Whether the scan of a payload leaves no rule to be called.
    #[cfg(test)]
    pub(crate) fn is_quiet(
        &mut self,
        contract: &Contract<'_>,
        payload: &[u8],
        options: &Options,
    ) -> bool {
        let candidates = self.read(contract, payload, options);
        self.is_done(&candidates, contract, options)
    }

    /// Whether the payload needs no diagnostic.
    #[inline(always)]
    fn is_done(
        &self,
        candidates: &[Candidate<'_>],
        contract: &Contract<'_>,
        options: &Options,
    ) -> bool {
        // Path parameters are judged together, whatever the facts about each.
        contract.part != Part::Path
            && self.document.is_clean()
            && self.violations.is_empty()
            && candidates.is_empty()
            && options.policy.is_none()
    }

    #[inline(always)]
    fn run_rules<'t>(
        &mut self,
        candidates: &[Candidate<'t>],
        contract: &'t Contract<'t>,
        text: Text<'_>,
        options: &Options,
    ) {
        if !self.is_done(candidates, contract, options) {
            run_rules::run_rules(
                &self.document,
                &self.violations,
                candidates,
                text,
                contract,
                options,
                &mut self.findings,
            );
        }
    }
}
