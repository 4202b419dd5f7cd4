//! Diagnostics as Python objects.

use std::borrow::Cow;

use pipelint::OwnedFix;
use pipelint::rules::Param;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// A replacement of a part of the payload.
#[pyclass(frozen, eq, hash, module = "pipelint")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Edit {
    /// Byte offset of the first byte replaced.
    #[pyo3(get)]
    offset: u32,
    /// The number of bytes replaced.
    #[pyo3(get)]
    length: u32,
    /// The new text.
    #[pyo3(get)]
    text: String,
}

#[pymethods]
impl Edit {
    fn __repr__(&self) -> String {
        format!(
            "Edit(offset={}, length={}, text={:?})",
            self.offset, self.length, self.text
        )
    }
}

/// An edit that corrects a fault.
#[pyclass(frozen, eq, hash, module = "pipelint")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Fix {
    /// What the fix does.
    #[pyo3(get)]
    title: String,
    /// `"safe"` or `"unsafe"`.
    #[pyo3(get)]
    applicability: &'static str,
    edits: Vec<Edit>,
}

#[pymethods]
impl Fix {
    /// The edits, in the order of the text.
    #[getter]
    fn edits<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.edits.iter().cloned())
    }

    fn __repr__(&self) -> String {
        format!("Fix({:?}, {})", self.title, self.applicability)
    }
}

impl Fix {
    fn new(fix: OwnedFix) -> Self {
        let edits = fix.edits.into_iter().map(|edit| Edit {
            offset: edit.start,
            length: edit.end - edit.start,
            text: edit.text.into_owned(),
        });
        Self {
            title: fix.title,
            applicability: fix.applicability.name(),
            edits: edits.collect(),
        }
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("title", &self.title)?;
        dict.set_item("applicability", self.applicability)?;
        let mut edits = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            let one = PyDict::new(py);
            one.set_item("offset", edit.offset)?;
            one.set_item("length", edit.length)?;
            one.set_item("text", &edit.text)?;
            edits.push(one);
        }
        dict.set_item("edits", edits)?;
        Ok(dict)
    }
}

/// One fault of a payload.
#[pyclass(frozen, module = "pipelint")]
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    /// The payload's name.
    #[pyo3(get)]
    payload: &'static str,
    /// The rule's name, such as `"money/not-minor-units"`.
    #[pyo3(get)]
    rule: &'static str,
    /// `"error"`, `"warning"` or `"info"`.
    #[pyo3(get)]
    pub(crate) severity: &'static str,
    /// What is wrong, in one sentence without a full stop.
    #[pyo3(get)]
    message: String,
    /// The JSON pointer (RFC 6901) of the value or key.
    #[pyo3(get)]
    pointer: String,
    /// The line, from 1.
    #[pyo3(get)]
    line: u32,
    /// The column in characters, from 1.
    #[pyo3(get)]
    column: u32,
    /// The line of the end.
    #[pyo3(get)]
    end_line: u32,
    /// The column after the end.
    #[pyo3(get)]
    end_column: u32,
    /// Byte offset in the payload as JSON text.
    #[pyo3(get)]
    offset: usize,
    /// Length in bytes.
    #[pyo3(get)]
    length: usize,
    /// What to write instead.
    #[pyo3(get)]
    help: Option<String>,
    params: Vec<(&'static str, Param<'static>)>,
    /// The vendor's statement or the standard that the rule follows.
    #[pyo3(get)]
    source: String,
    fix: Option<Fix>,
}

impl Diagnostic {
    /// The diagnostic as the library renders it.
    pub(crate) fn new(diagnostic: pipelint::Diagnostic<'_>, payload: &'static str) -> Self {
        let owned = diagnostic.explain();
        let (start, end, span) = (diagnostic.start(), diagnostic.end(), diagnostic.span());
        // What the report masks is not repeated by a fix either, as in every other output.
        let fix = owned.fix.filter(|fix| !diagnostic.reveals(&fix.edits));
        Self {
            payload,
            rule: diagnostic.rule().name,
            severity: diagnostic.severity().name(),
            message: owned.message,
            pointer: owned.pointer,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            offset: span.start,
            length: span.len(),
            help: owned.help,
            params: owned.params,
            source: owned.source,
            fix: fix.map(Fix::new),
        }
    }

    /// The lines that the terminal shows.
    pub(crate) fn describe(&self) -> String {
        let mut text = format!(
            "{}[{}] {}:{}",
            self.severity, self.rule, self.line, self.column
        );
        if !self.pointer.is_empty() {
            text.push(' ');
            text.push_str(&self.pointer);
        }
        text.push_str(": ");
        text.push_str(&self.message);
        if let Some(help) = &self.help {
            text.push_str("\n  help: ");
            text.push_str(help);
        }
        if let Some(fix) = &self.fix {
            text.push_str("\n  fix (");
            text.push_str(fix.applicability);
            text.push_str("): ");
            text.push_str(&fix.title);
        }
        text
    }

    /// A row of the HTML table.
    pub(crate) fn html(&self, out: &mut String) {
        let mut cell = |text: &str| {
            out.push_str("<td style=\"text-align:left;vertical-align:top\">");
            out.push_str(text);
            out.push_str("</td>");
        };
        cell(self.severity);
        cell(&["<code>", &escape(&self.pointer), "</code>"].concat());
        let help = self.help.as_deref().map_or_else(String::new, |help| {
            ["<br><small>", &escape(help), "</small>"].concat()
        });
        cell(&[&*escape(&self.message), &help].concat());
        cell(&["<code>", &escape(self.rule), "</code>"].concat());
    }
}

#[pymethods]
impl Diagnostic {
    /// The values in the message and the help, by name.
    #[getter]
    fn params<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, param) in &self.params {
            match param {
                Param::Text(text) => dict.set_item(name, text.as_ref())?,
                Param::Count(count) => dict.set_item(name, count)?,
            }
        }
        Ok(dict)
    }

    /// An edit that corrects the fault, or `None`.
    #[getter]
    fn fix(&self) -> Option<Fix> {
        self.fix.clone()
    }

    /// The diagnostic with the field names of `pipelint check --output-format json`.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("payload", self.payload)?;
        dict.set_item("rule", self.rule)?;
        dict.set_item("severity", self.severity)?;
        dict.set_item("message", &self.message)?;
        dict.set_item("pointer", &self.pointer)?;
        dict.set_item("line", self.line)?;
        dict.set_item("column", self.column)?;
        dict.set_item("endLine", self.end_line)?;
        dict.set_item("endColumn", self.end_column)?;
        dict.set_item("offset", self.offset)?;
        dict.set_item("length", self.length)?;
        dict.set_item("help", self.help.as_deref())?;
        dict.set_item("params", self.params(py)?)?;
        dict.set_item("source", &self.source)?;
        let fix = self.fix.as_ref().map(|fix| fix.to_dict(py)).transpose()?;
        dict.set_item("fix", fix)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        format!(
            "<Diagnostic {}[{}] at {:?}: {}>",
            self.severity, self.rule, self.pointer, self.message
        )
    }

    fn __str__(&self) -> String {
        self.describe()
    }
}

/// Text for HTML.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}
