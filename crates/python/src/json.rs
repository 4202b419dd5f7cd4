//! Python values as JSON text.
//!
//! `json.dumps` takes several times as long as the check itself, refuses `Decimal`, and a general
//! converter loses digits of long numbers.

use std::fmt::Write;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyNone, PyString, PyTuple};

use crate::error;

/// How deep values may nest. A check refuses 129 levels, so that deeper values need no text; the
/// bound keeps a dict that contains itself from filling the memory.
const MAX_DEPTH: u32 = 200;

/// Appends a value as JSON.
///
/// # Errors
///
/// `NotJsonError` if a part of the value has no form in JSON. It names the part.
pub(crate) fn write(value: &Bound<'_, PyAny>, out: &mut Vec<u8>) -> PyResult<()> {
    let mut path = Vec::new();
    write_value(value, out, &mut path, 0).map_err(|error| match error {
        Failure::Python(error) => error,
        Failure::Value(what) => {
            let mut place = String::new();
            for step in path.iter().rev() {
                // Writing to a string does not fail.
                let _ = match step {
                    Step::Key(key) => write!(place, "[{key}]"),
                    Step::Index(index) => write!(place, "[{index}]"),
                };
            }
            let place = if place.is_empty() {
                "the payload".to_owned()
            } else {
                format!("payload{place}")
            };
            error::not_json(value.py(), format!("{place} {what}"))
        }
    })
}

enum Failure {
    Python(PyErr),
    /// A sentence without its subject.
    Value(String),
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl<'a, 'py> From<pyo3::CastError<'a, 'py>> for Failure {
    fn from(error: pyo3::CastError<'a, 'py>) -> Self {
        Self::Python(error.into())
    }
}

/// A step from a container to the part that cannot be written, collected on the way back.
enum Step {
    Key(String),
    Index(usize),
}

fn write_value(
    value: &Bound<'_, PyAny>,
    out: &mut Vec<u8>,
    path: &mut Vec<Step>,
    depth: u32,
) -> Result<(), Failure> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(write_text(text, out)?);
    }
    if value.is_instance_of::<PyBool>() {
        out.extend_from_slice(if value.is_truthy()? {
            b"true"
        } else {
            b"false"
        });
        return Ok(());
    }
    if value.is_instance_of::<PyInt>() {
        return write_int(value, out);
    }
    if value.is_instance_of::<PyFloat>() {
        return write_float(value, out);
    }
    if value.is_instance_of::<PyNone>() {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    if depth == MAX_DEPTH {
        return Err(Failure::Value(format!(
            "is nested more than {MAX_DEPTH} levels deep, or contains itself"
        )));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return write_object(dict.iter().map(Ok), out, path, depth);
    }
    if let Ok(list) = value.cast::<PyList>() {
        return write_array(list.iter(), out, path, depth);
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        return write_array(tuple.iter(), out, path, depth);
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        let items = mapping.items()?;
        let pairs = items
            .iter()
            .map(|item| item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>());
        return write_object(pairs, out, path, depth);
    }
    if is_decimal(value)? {
        let text = value.str()?;
        out.extend_from_slice(text.to_str()?.as_bytes());
        return Ok(());
    }
    let class = value.get_type();
    let name = class.fully_qualified_name()?;
    Err(Failure::Value(format!(
        "is a {name}, which has no JSON form; convert it to text, a number, a list or a dict"
    )))
}

fn write_object<'py>(
    pairs: impl Iterator<Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
    out: &mut Vec<u8>,
    path: &mut Vec<Step>,
    depth: u32,
) -> Result<(), Failure> {
    out.push(b'{');
    for (number, pair) in pairs.enumerate() {
        let (key, value) = pair?;
        if number > 0 {
            out.push(b',');
        }
        let Ok(text) = key.cast::<PyString>() else {
            return Err(Failure::Value(format!(
                "has the key {}, which is not a string",
                key.repr()?
            )));
        };
        write_text(text, out)?;
        out.push(b':');
        write_value(&value, out, path, depth + 1).inspect_err(|error| {
            if matches!(error, Failure::Value(_)) {
                path.push(Step::Key(
                    key.repr()
                        .map_or_else(|_| "?".to_owned(), |repr| repr.to_string()),
                ));
            }
        })?;
    }
    out.push(b'}');
    Ok(())
}

fn write_array<'py>(
    items: impl Iterator<Item = Bound<'py, PyAny>>,
    out: &mut Vec<u8>,
    path: &mut Vec<Step>,
    depth: u32,
) -> Result<(), Failure> {
    out.push(b'[');
    for (number, item) in items.enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write_value(&item, out, path, depth + 1).inspect_err(|error| {
            if matches!(error, Failure::Value(_)) {
                path.push(Step::Index(number));
            }
        })?;
    }
    out.push(b']');
    Ok(())
}

fn write_int(value: &Bound<'_, PyAny>, out: &mut Vec<u8>) -> Result<(), Failure> {
    if let Ok(number) = value.extract::<i64>() {
        let mut digits = itoa::Buffer::new();
        out.extend_from_slice(digits.format(number).as_bytes());
        return Ok(());
    }
    // `int.__repr__`, so that a subclass such as an enum is written as its number. Python refuses
    // numbers of more than some thousand digits with a `ValueError`.
    let int = value.py().get_type::<PyInt>();
    let digits = int.call_method1("__repr__", (value,))?;
    out.extend_from_slice(digits.cast::<PyString>()?.to_str()?.as_bytes());
    Ok(())
}

/// Writes the shortest digits that give the number back. `NaN` and infinities are written as
/// Python's `json` writes them, and the check reports them.
fn write_float(value: &Bound<'_, PyAny>, out: &mut Vec<u8>) -> Result<(), Failure> {
    let number: f64 = value.extract()?;
    if number.is_finite() {
        let mut digits = ryu::Buffer::new();
        out.extend_from_slice(digits.format_finite(number).as_bytes());
    } else {
        out.extend_from_slice(if number.is_nan() {
            b"NaN"
        } else if number > 0.0 {
            b"Infinity"
        } else {
            b"-Infinity"
        });
    }
    Ok(())
}

fn write_text(text: &Bound<'_, PyString>, out: &mut Vec<u8>) -> PyResult<()> {
    if let Ok(text) = text.to_str() {
        write_str(text, out);
    } else {
        // A lone surrogate, which UTF-8 cannot hold, is written as an escape; the check reports it.
        let json = text.py().import("json")?;
        let escaped = json.call_method1("dumps", (text,))?;
        out.extend_from_slice(escaped.cast::<PyString>()?.to_str()?.as_bytes());
    }
    Ok(())
}

fn write_str(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let needs_escape = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    if bytes.iter().any(needs_escape) {
        for byte in bytes {
            match byte {
                b'"' => out.extend_from_slice(b"\\\""),
                b'\\' => out.extend_from_slice(b"\\\\"),
                b'\n' => out.extend_from_slice(b"\\n"),
                b'\r' => out.extend_from_slice(b"\\r"),
                b'\t' => out.extend_from_slice(b"\\t"),
                0..0x20 => {
                    const HEX: [u8; 16] = *b"0123456789abcdef";
                    let digit = HEX.get(usize::from(byte & 15)).copied().unwrap_or(b'0');
                    out.extend_from_slice(&[b'\\', b'u', b'0', b'0', b'0' + (byte >> 4), digit]);
                }
                other => out.push(*other),
            }
        }
    } else {
        out.extend_from_slice(bytes);
    }
    out.push(b'"');
}

/// Whether the value is a `decimal.Decimal`, whose text is a JSON number unless it is not finite.
fn is_decimal(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = value.py().import("decimal")?.getattr("Decimal")?;
    value.is_instance(&class)
}
