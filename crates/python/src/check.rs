//! Checking payloads one at a time.

use std::cell::RefCell;

use pipelint::contract::Contract;
use pipelint::{Inference, Options};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error;
use crate::options::{self, Rulebook};
use crate::report::{Counts, Report};
use crate::source::Source;

thread_local! {
    /// Buffers that the checks of a thread share. No Python code runs while they are borrowed.
    pub(crate) static BUFFERS: RefCell<pipelint::Checker> = RefCell::new(pipelint::Checker::new());
}

/// From so many bytes on, the check takes longer than giving the interpreter to another thread.
const LONG: usize = 1 << 16;

fn report(
    py: Python<'_>,
    contract: &'static Contract<'static>,
    data: &Bound<'_, PyAny>,
    options: Options,
) -> PyResult<Report> {
    let source = Source::new(data)?;
    let bytes = source.bytes(py)?;
    let count =
        || BUFFERS.with_borrow_mut(|checker| Counts::of(&checker.check(contract, bytes, &options)));
    let counts = if bytes.len() < LONG {
        count()
    } else {
        py.detach(count)
    };
    Ok(Report::new(contract, source, options, counts))
}

/// Checks one payload.
#[pyfunction]
#[pyo3(signature = (payload, data, /, *, now = None, **options))]
pub(crate) fn check(
    py: Python<'_>,
    payload: &str,
    data: &Bound<'_, PyAny>,
    now: Option<&Bound<'_, PyAny>>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Report> {
    let contract = options::contract(py, payload)?;
    let options = Rulebook::new(py, options)?.at(now)?;
    report(py, contract, data, options)
}

/// Checks many payloads with the same options.
#[pyclass(frozen, module = "pipelint")]
#[derive(Debug)]
pub(crate) struct Checker {
    contract: &'static Contract<'static>,
    rulebook: Rulebook,
}

#[pymethods]
impl Checker {
    #[new]
    #[pyo3(signature = (payload, /, **options))]
    fn new(py: Python<'_>, payload: &str, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Ok(Self {
            contract: options::contract(py, payload)?,
            rulebook: Rulebook::new(py, options)?,
        })
    }

    /// The payload's full name.
    #[getter]
    fn payload(&self) -> &'static str {
        self.contract.id
    }

    /// Checks one payload.
    #[pyo3(signature = (data, /, *, now = None))]
    fn check(
        &self,
        py: Python<'_>,
        data: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Report> {
        report(py, self.contract, data, self.rulebook.at(now)?)
    }

    fn __repr__(&self) -> String {
        format!("Checker({:?})", self.contract.id)
    }
}

/// The names of all payloads.
#[pyfunction]
pub(crate) fn payloads() -> Vec<&'static str> {
    let all = pipelint::payloads::ALL.iter();
    all.map(|contract| contract.id).collect()
}

/// The names of all rules.
#[pyfunction]
pub(crate) fn rules() -> Vec<&'static str> {
    pipelint::rules::all().map(|rule| rule.name).collect()
}

/// The JSON Schema of a payload, as text.
#[pyfunction]
pub(crate) fn schema(py: Python<'_>, payload: &str) -> PyResult<&'static str> {
    let contract = options::contract(py, payload)?;
    pipelint_schemas::schema(contract.id)
        .ok_or_else(|| error::unknown_payload(py, format!("{payload} has no schema")))
}

/// The names of the requests that a payload's keys fit best: one, several equally good ones, or
/// none.
#[pyfunction]
pub(crate) fn infer(py: Python<'_>, data: &Bound<'_, PyAny>) -> PyResult<Vec<&'static str>> {
    let source = Source::new(data)?;
    Ok(match pipelint::infer(source.bytes(py)?) {
        Inference::One(contract) => vec![contract.id],
        Inference::Several(contracts) => contracts.iter().map(|contract| contract.id).collect(),
        Inference::None => Vec::new(),
    })
}
