//! The answer to one payload.

use std::cell::RefCell;

use pipelint::contract::Contract;
use pipelint::{Checker, Options, RenderedDiagnostic, Severity};
use pipelint_overlay::{Merged, SchemaOverlays};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

/// How many errors, warnings and infos a payload got.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
}

/// Larger payloads are not checked in the buffers of the thread, which would keep their size.
const LARGE: usize = 64 << 10;

/// Checks a payload, and writes the answer as one line of JSON; `record` is the line of a stream.
///
/// It blocks the thread, so call it on one for blocking work: a large payload takes long.
pub(crate) fn answer(
    contract: &'static Contract<'static>,
    payload: &[u8],
    record: Option<u64>,
    options: &Options,
    schemas: &SchemaOverlays,
) -> (Vec<u8>, Verdict) {
    thread_local! {
        static CHECKER: RefCell<Checker> = RefCell::default();
    }
    if payload.len() > LARGE {
        return answer_with(
            &mut Checker::new(),
            contract,
            payload,
            record,
            options,
            schemas,
        );
    }
    CHECKER.with_borrow_mut(|checker| {
        answer_with(checker, contract, payload, record, options, schemas)
    })
}

fn answer_with(
    checker: &mut Checker,
    contract: &'static Contract<'static>,
    payload: &[u8],
    record: Option<u64>,
    options: &Options,
    schemas: &SchemaOverlays,
) -> (Vec<u8>, Verdict) {
    let report = checker.check(contract, payload, options);
    let merged = schemas.merge(&report);
    let count = |severity| {
        merged
            .iter()
            .filter(|one| one.severity() == severity)
            .count()
    };
    let verdict = Verdict {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
    };
    let answer = Answer {
        payload: contract.id,
        merged: &merged,
        record,
        verdict,
    };
    // Writing to memory cannot fail, and the answer's keys are strings.
    let mut line = serde_json::to_vec(&answer).unwrap_or_default();
    line.push(b'\n');
    (line, verdict)
}

struct Answer<'r> {
    payload: &'r str,
    merged: &'r [Merged<'r>],
    record: Option<u64>,
    verdict: Verdict,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Answer", 6)?;
        out.serialize_field("payload", self.payload)?;
        out.serialize_field("record", &self.record)?;
        out.serialize_field("ok", &(self.verdict.errors == 0))?;
        out.serialize_field("errors", &self.verdict.errors)?;
        out.serialize_field("warnings", &self.verdict.warnings)?;
        out.serialize_field("diagnostics", &Diagnostics(self))?;
        out.end()
    }
}

struct Diagnostics<'r>(&'r Answer<'r>);

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Answer {
            payload,
            merged,
            record,
            ..
        } = self.0;
        let mut out = serializer.serialize_seq(Some(merged.len()))?;
        let mut rendered = RenderedDiagnostic::default();
        for one in *merged {
            out.serialize_element(&one.record(None, *record, payload, &mut rendered))?;
        }
        out.end()
    }
}
