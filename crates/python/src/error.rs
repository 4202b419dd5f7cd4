//! The exceptions, which are Python classes in `pipelint._errors`.

use pyo3::prelude::*;
use pyo3::types::PyType;

/// An exception of `pipelint._errors`, made from its arguments.
fn exception<'py, A>(py: Python<'py>, class: &str, arguments: A) -> PyErr
where
    A: pyo3::call::PyCallArgs<'py>,
{
    let made = py
        .import("pipelint._errors")
        .and_then(|module| module.getattr(class))
        .and_then(|class| Ok(class.cast_into::<PyType>()?))
        .and_then(|class| class.call1(arguments));
    match made {
        Ok(made) => PyErr::from_value(made),
        Err(error) => error,
    }
}

/// There is no payload of that name.
pub(crate) fn unknown_payload(py: Python<'_>, message: String) -> PyErr {
    exception(py, "UnknownPayloadError", (message,))
}

/// The options make no sense.
pub(crate) fn options(py: Python<'_>, message: String) -> PyErr {
    exception(py, "OptionsError", (message,))
}

/// A Python value cannot be written as JSON.
pub(crate) fn not_json(py: Python<'_>, message: String) -> PyErr {
    exception(py, "NotJsonError", (message,))
}

/// A payload has errors.
pub(crate) fn payload(py: Python<'_>, report: Bound<'_, PyAny>) -> PyErr {
    exception(py, "PayloadError", (report,))
}
