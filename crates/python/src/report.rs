//! Reports as Python objects.

use pipelint::contract::Contract;
use pipelint::fix::apply_fixes;
use pipelint::{Applicability, Instant, Options, Record, Severity};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::check::BUFFERS;
use crate::diagnostic::{Diagnostic, escape};
use crate::error;
use crate::source::Source;

/// How many diagnostics of each severity a payload has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) errors: u32,
    pub(crate) warnings: u32,
    pub(crate) infos: u32,
}

impl Counts {
    pub(crate) fn of(report: &pipelint::Report<'_>) -> Self {
        let mut counts = Self::default();
        for diagnostic in report.diagnostics() {
            *match diagnostic.severity() {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                _ => &mut counts.infos,
            } += 1;
        }
        counts
    }

    const fn is_empty(self) -> bool {
        self.errors == 0 && self.warnings == 0 && self.infos == 0
    }
}

/// The result of checking one payload.
///
/// The check itself only counts. Messages are made when they are read, by checking again: the
/// payload and the time are kept, so the second check gives the same result.
#[pyclass(frozen, module = "pipelint")]
pub(crate) struct Report {
    contract: &'static Contract<'static>,
    source: Source,
    options: Options,
    counts: Counts,
    diagnostics: PyOnceLock<Py<PyTuple>>,
}

impl Report {
    pub(crate) fn new(
        contract: &'static Contract<'static>,
        source: Source,
        options: Options,
        counts: Counts,
    ) -> Self {
        Self {
            contract,
            source,
            options,
            counts,
            diagnostics: PyOnceLock::new(),
        }
    }

    /// Checks again.
    fn again<T>(
        &self,
        py: Python<'_>,
        read: impl FnOnce(&pipelint::Report<'_>) -> T,
    ) -> PyResult<T> {
        let bytes = self.source.bytes(py)?;
        Ok(BUFFERS
            .with_borrow_mut(|checker| read(&checker.check(self.contract, bytes, &self.options))))
    }

    fn rendered(&self, py: Python<'_>) -> PyResult<Vec<Diagnostic>> {
        if self.counts.is_empty() {
            return Ok(Vec::new());
        }
        let id = self.contract.id;
        self.again(py, |report| {
            let diagnostics = report.diagnostics();
            diagnostics.map(|one| Diagnostic::new(one, id)).collect()
        })
    }

    fn summary(&self) -> String {
        let mut parts = Vec::new();
        for (count, name) in [
            (self.counts.errors, "error"),
            (self.counts.warnings, "warning"),
            (self.counts.infos, "note"),
        ] {
            match count {
                0 => {}
                1 => parts.push(format!("1 {name}")),
                many => parts.push(format!("{many} {name}s")),
            }
        }
        if parts.is_empty() {
            "no findings".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

#[pymethods]
impl Report {
    /// The payload's full name.
    #[getter]
    fn payload(&self) -> &'static str {
        self.contract.id
    }

    /// Whether there are no errors. Warnings and advice do not count.
    #[getter]
    fn ok(&self) -> bool {
        self.counts.errors == 0
    }

    /// The number of diagnostics of severity `error`.
    #[getter]
    fn error_count(&self) -> u32 {
        self.counts.errors
    }

    /// The number of diagnostics of severity `warning`.
    #[getter]
    fn warning_count(&self) -> u32 {
        self.counts.warnings
    }

    /// The number of diagnostics of severity `info`.
    #[getter]
    fn info_count(&self) -> u32 {
        self.counts.infos
    }

    /// The worst severity, or `None`.
    #[getter]
    fn worst(&self) -> Option<&'static str> {
        let counts = self.counts;
        [
            (counts.errors, Severity::Error),
            (counts.warnings, Severity::Warning),
            (counts.infos, Severity::Info),
        ]
        .into_iter()
        .find(|(count, _)| *count > 0)
        .map(|(_, severity)| severity.name())
    }

    /// The time at which dates were judged.
    #[getter]
    fn now(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let Instant { seconds, nanos } = self.options.now;
        let time = chrono::DateTime::from_timestamp(seconds, nanos)
            .ok_or_else(|| pyo3::exceptions::PyOverflowError::new_err("now is out of range"))?;
        Ok(time.into_pyobject(py)?.into_any().unbind())
    }

    /// All diagnostics, in the order of the text.
    #[getter]
    fn diagnostics(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let made = self
            .diagnostics
            .get_or_try_init(py, || -> PyResult<Py<PyTuple>> {
                Ok(PyTuple::new(py, self.rendered(py)?)?.unbind())
            })?;
        Ok(made.clone_ref(py))
    }

    /// The diagnostics of severity `error`.
    #[getter]
    fn errors(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let errors = self
            .rendered(py)?
            .into_iter()
            .filter(|one| one.severity == Severity::Error.name());
        Ok(PyTuple::new(py, errors.collect::<Vec<_>>())?.unbind())
    }

    /// Raises `PayloadError` if there is an error; otherwise returns the report.
    fn raise_for_errors(slf: Bound<'_, Self>) -> PyResult<Bound<'_, Self>> {
        if slf.get().ok() {
            return Ok(slf);
        }
        let py = slf.py();
        Err(error::payload(py, slf.into_any()))
    }

    /// The payload with its fixes applied, or `None` if there is nothing to apply. `unsafe` applies
    /// fixes that can change the meaning, too.
    #[pyo3(signature = (*, r#unsafe = false))]
    fn fixed(&self, py: Python<'_>, r#unsafe: bool) -> PyResult<Option<Fixed>> {
        if self.counts.is_empty() {
            return Ok(None);
        }
        let least = if r#unsafe {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        let bytes = self.source.bytes(py)?;
        let fixed = apply_fixes(self.contract, bytes, &self.options, least);
        Ok(fixed.map(|fixed| Fixed {
            text: fixed.text,
            applied: fixed
                .applied
                .into_iter()
                .map(|one| AppliedFix {
                    rule: one.rule.name,
                    title: one.title,
                    pointer: one.pointer,
                })
                .collect(),
        }))
    }

    /// The report as a dict, for JSON. Diagnostics have the field names of the command line.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("payload", self.contract.id)?;
        dict.set_item("ok", self.ok())?;
        let mut diagnostics = Vec::new();
        for diagnostic in self.rendered(py)? {
            diagnostics.push(diagnostic.to_dict(py)?);
        }
        dict.set_item("diagnostics", diagnostics)?;
        Ok(dict)
    }

    /// One JSON object a line for each diagnostic, byte for byte as
    /// `pipelint check --output-format json-lines` writes it.
    #[pyo3(signature = (*, file = None, record = None))]
    fn to_json_lines(
        &self,
        py: Python<'_>,
        file: Option<&str>,
        record: Option<u64>,
    ) -> PyResult<String> {
        if self.counts.is_empty() {
            return Ok(String::new());
        }
        let written = self.again(py, |report| {
            let mut lines = Vec::new();
            for diagnostic in report.diagnostics() {
                let record = Record {
                    file,
                    record,
                    diagnostic,
                };
                serde_json::to_writer(&mut lines, &record)?;
                lines.push(b'\n');
            }
            Ok::<_, serde_json::Error>(lines)
        })?;
        let lines =
            written.map_err(|fault| pyo3::exceptions::PyValueError::new_err(fault.to_string()))?;
        Ok(String::from_utf8(lines)?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut text = format!("<Report {}: {}>", self.contract.id, self.summary());
        for diagnostic in self.rendered(py)? {
            text.push('\n');
            text.push_str(&diagnostic.describe());
        }
        Ok(text)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let mut html = format!(
            "<p><code>{}</code>: {}</p>",
            escape(self.contract.id),
            self.summary()
        );
        let diagnostics = self.rendered(py)?;
        if diagnostics.is_empty() {
            return Ok(html);
        }
        html.push_str(
            "<table><thead><tr><th>severity</th><th>pointer</th><th>message</th><th>rule</th>\
             </tr></thead><tbody>",
        );
        for diagnostic in &diagnostics {
            html.push_str("<tr>");
            diagnostic.html(&mut html);
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table>");
        Ok(html)
    }
}

/// A payload with fixes applied.
#[pyclass(frozen, module = "pipelint")]
#[derive(Debug, Clone)]
pub(crate) struct Fixed {
    /// The JSON text.
    #[pyo3(get)]
    text: String,
    applied: Vec<AppliedFix>,
}

#[pymethods]
impl Fixed {
    /// The fixes, in the order in which they were applied.
    #[getter]
    fn applied<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.applied.iter().cloned())
    }

    /// The payload as Python values; numbers with a fraction are `decimal.Decimal`, so that no
    /// digit is lost.
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let decimal = py.import("decimal")?.getattr("Decimal")?;
        let arguments = PyDict::new(py);
        arguments.set_item("parse_float", decimal)?;
        py.import("json")?
            .call_method("loads", (&self.text,), Some(&arguments))
    }

    fn __repr__(&self) -> String {
        let mut text = "<Fixed".to_owned();
        for (number, one) in self.applied.iter().enumerate() {
            text.push_str(if number == 0 { ": " } else { "; " });
            text.push_str(&one.title);
        }
        text.push('>');
        text
    }
}

/// A fix that was applied.
#[pyclass(frozen, eq, hash, module = "pipelint")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct AppliedFix {
    /// The rule that had found the fault.
    #[pyo3(get)]
    rule: &'static str,
    /// What the fix did.
    #[pyo3(get)]
    title: String,
    /// The JSON pointer of the value.
    #[pyo3(get)]
    pointer: String,
}

#[pymethods]
impl AppliedFix {
    fn __repr__(&self) -> String {
        format!(
            "AppliedFix({}, {:?}, {:?})",
            self.rule, self.title, self.pointer
        )
    }
}
