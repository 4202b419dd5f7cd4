//! What is said of one payload.

use pipelint::contract::Contract;
use pipelint::{Checker, Options, Record, RenderedDiagnostic, Report, Severity};
use pipelint_overlay::{OverlayDiagnostic, SchemaOverlays};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

/// How many errors, warnings and pieces of advice a payload got.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
}

/// Checks a payload, and writes the answer as one line of JSON; `record` is the line of a stream.
pub(crate) fn answer(
    checker: &mut Checker,
    contract: &'static Contract<'static>,
    payload: &[u8],
    record: Option<u64>,
    options: &Options,
    policy: &SchemaOverlays,
) -> (Vec<u8>, Verdict) {
    let report = checker.check(contract, payload, options);
    let policy = policy.check(&report);
    let count = |severity| {
        let own = report.diagnostics().map(|diagnostic| diagnostic.severity());
        let refused = policy.iter().map(|refused| refused.severity);
        own.chain(refused).filter(|one| *one == severity).count()
    };
    let verdict = Verdict {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
    };
    let answer = Answer {
        report: &report,
        policy: &policy,
        record,
        verdict,
    };
    // Writing to memory cannot fail, and the answer's keys are strings.
    let mut line = serde_json::to_vec(&answer).unwrap_or_default();
    line.push(b'\n');
    (line, verdict)
}

struct Answer<'r> {
    report: &'r Report<'r>,
    policy: &'r [OverlayDiagnostic],
    record: Option<u64>,
    verdict: Verdict,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Answer", 6)?;
        out.serialize_field("payload", self.report.contract().id)?;
        out.serialize_field("record", &self.record)?;
        out.serialize_field("ok", &(self.verdict.errors == 0))?;
        out.serialize_field("errors", &self.verdict.errors)?;
        out.serialize_field("warnings", &self.verdict.warnings)?;
        out.serialize_field("diagnostics", &Diagnostics(self))?;
        out.end()
    }
}

struct Diagnostics<'r>(&'r Answer<'r>);

impl<'r> Serialize for Diagnostics<'r> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Answer {
            report,
            policy,
            record,
            ..
        } = self.0;
        let mut out = serializer.serialize_seq(Some(report.len() + policy.len()))?;
        // Both are in the order of the text; of two at one place, pipelint's own comes first.
        let mut refused = policy.iter().peekable();
        let refused_record =
            |refused: &'r OverlayDiagnostic| refused.record(None, *record, report.contract().id);
        let mut words = RenderedDiagnostic::default();
        for diagnostic in report.diagnostics() {
            let start = diagnostic.span().start;
            while let Some(before) = refused.next_if(|one| one.span.start < start) {
                out.serialize_element(&refused_record(before))?;
            }
            diagnostic.render_into(&mut words);
            let told = Record {
                file: None,
                record: *record,
                diagnostic,
            };
            out.serialize_element(&told.told(&words))?;
        }
        for behind in refused {
            out.serialize_element(&refused_record(behind))?;
        }
        out.end()
    }
}
