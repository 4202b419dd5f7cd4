//! The payload as it was given: bytes, text, or a Python value.

use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

use crate::json;

/// A payload that a report can read again.
#[derive(Debug)]
pub(crate) enum Source {
    Bytes(Py<PyBytes>),
    Text(Py<PyString>),
    /// A Python value written as JSON, or the copy of a mutable buffer.
    Owned(Vec<u8>),
}

impl Source {
    /// Reads an argument: `bytes` and `str` are JSON text, every other value is written as JSON.
    pub(crate) fn new(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = data.cast::<PyBytes>() {
            return Ok(Self::Bytes(bytes.clone().unbind()));
        }
        if let Ok(text) = data.cast::<PyString>() {
            if text.to_str().is_ok() {
                return Ok(Self::Text(text.clone().unbind()));
            }
            // Lone surrogates give bytes that are not UTF-8; the check reports them.
            let encoded = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
            return Ok(Self::Owned(encoded.extract()?));
        }
        if data.is_instance_of::<PyByteArray>() || data.is_instance_of::<PyMemoryView>() {
            let bytes = data.py().get_type::<PyBytes>().call1((data,))?;
            return Ok(Self::Bytes(bytes.cast_into::<PyBytes>()?.unbind()));
        }
        let mut text = Vec::with_capacity(256);
        json::write(data, &mut text)?;
        Ok(Self::Owned(text))
    }

    /// The JSON text.
    pub(crate) fn bytes<'a>(&'a self, py: Python<'a>) -> PyResult<&'a [u8]> {
        Ok(match self {
            Self::Bytes(bytes) => bytes.as_bytes(py),
            Self::Text(text) => text.to_str(py)?.as_bytes(),
            Self::Owned(bytes) => bytes,
        })
    }
}
