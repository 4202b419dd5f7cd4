//! Checking columns: Arrow in, Arrow out, through the C data interface.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Int32Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{BinaryType, LargeBinaryType};
use arrow_array::{Array, ArrayRef, GenericBinaryArray, ListArray, StructArray};
use arrow_buffer::{NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_json::{EncoderOptions, writer::make_encoder};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields};
use pipelint::contract::Contract;
use pipelint::{Checker, Options, RenderedDiagnostic, Severity};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyTuple};
use pyo3_arrow::ffi::{
    ArrayIterator, ArrayReader, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule,
};
use pyo3_arrow::input::AnyArray;

use crate::options::{self, Rulebook};

/// Checks a column of payloads.
///
/// `data` exports the Arrow C data interface (one array or record batch) or the stream interface
/// (a chunked array, table, reader, Polars series or frame). Text is not copied.
#[pyfunction]
#[pyo3(signature = (payload, data, /, *, column = None, now = None, **options))]
pub(crate) fn check_arrow<'py>(
    py: Python<'py>,
    payload: &str,
    data: &Bound<'py, PyAny>,
    column: Option<&str>,
    now: Option<&Bound<'py, PyAny>>,
    options: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let contract = options::contract(py, payload)?;
    let options = Rulebook::new(py, options)?.at(now)?;
    let data: AnyArray = data.extract().map_err(|_| {
        let class = data
            .get_type()
            .fully_qualified_name()
            .map_or_else(|_| "value".to_owned(), |name| name.to_string());
        PyTypeError::new_err(format!(
            "a {class} is not an Arrow array: it has neither `__arrow_c_array__` nor \
             `__arrow_c_stream__`; use check_many for a list"
        ))
    })?;
    let column = Column::of(data.field()?.as_ref(), column)?;
    let check = |array: ArrayRef| -> Result<ArrayRef, ArrowError> {
        Ok(Arc::new(column.check(&array, contract, &options)?))
    };
    match data {
        AnyArray::Array(array) => {
            let (array, _) = array.into_inner();
            let array = py.detach(|| check(array)).map_err(failure)?;
            Ok(Bound::new(py, ArrowArray { array })?.into_any())
        }
        AnyArray::Stream(stream) => {
            let reader = stream.into_reader()?;
            let chunks = py
                .detach(|| {
                    reader
                        .map(|array| check(array?))
                        .collect::<Result<Vec<_>, ArrowError>>()
                })
                .map_err(failure)?;
            Ok(Bound::new(py, ArrowChunkedArray { chunks })?.into_any())
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn failure(fault: ArrowError) -> PyErr {
    PyValueError::new_err(fault.to_string())
}

/// Which part of the data is the payload.
enum Column {
    /// The array itself.
    Whole,
    /// A field of the struct, by its index.
    Field(usize),
}

impl Column {
    fn of(field: &Field, name: Option<&str>) -> PyResult<Self> {
        let (column, found) = match (field.data_type(), name) {
            (found, None) => (Self::Whole, found),
            (DataType::Struct(fields), Some(name)) => {
                let Some((index, field)) = fields.find(name) else {
                    let names: Vec<&str> =
                        fields.iter().map(|field| field.name().as_str()).collect();
                    let names = names.join("`, `");
                    return Err(PyValueError::new_err(format!(
                        "there is no column `{name}`; the columns are `{names}`"
                    )));
                };
                (Self::Field(index), field.data_type())
            }
            (found, Some(name)) => {
                return Err(PyValueError::new_err(format!(
                    "column={name:?} needs a record batch or a table, not an array of type {found}"
                )));
            }
        };
        match found {
            DataType::Utf8
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::Struct(_)
            | DataType::Null => Ok(column),
            other => Err(PyTypeError::new_err(format!(
                "the column has the type {other}; a payload is text, binary or a struct: cast the \
                 column first"
            ))),
        }
    }

    fn check(
        &self,
        array: &ArrayRef,
        contract: &'static Contract<'static>,
        options: &Options,
    ) -> Result<StructArray, ArrowError> {
        let array = match self {
            Self::Whole => array,
            Self::Field(index) => array.as_struct().column(*index),
        };
        let mut verdicts = Verdicts::new(contract, options, array.len());
        match array.data_type() {
            DataType::Utf8 => {
                // As bytes: what another library calls UTF-8 is not trusted.
                let array = GenericBinaryArray::<i32>::from(array.as_string::<i32>().clone());
                verdicts.all(array.iter())?;
            }
            DataType::LargeUtf8 => {
                let array = GenericBinaryArray::<i64>::from(array.as_string::<i64>().clone());
                verdicts.all(array.iter())?;
            }
            DataType::Utf8View => {
                let array = array.as_string_view().clone().to_binary_view();
                verdicts.all(array.iter())?;
            }
            DataType::Binary => verdicts.all(array.as_bytes::<BinaryType>().iter())?,
            DataType::LargeBinary => verdicts.all(array.as_bytes::<LargeBinaryType>().iter())?,
            DataType::BinaryView => verdicts.all(array.as_binary_view().iter())?,
            DataType::Struct(_) => verdicts.rows(array)?,
            _ => {
                for _ in 0..array.len() {
                    verdicts.null();
                }
            }
        }
        verdicts.finish()
    }
}

/// The result as it grows.
struct Verdicts<'o> {
    contract: &'static Contract<'static>,
    options: &'o Options,
    checker: Checker,
    words: RenderedDiagnostic,
    ok: BooleanBuilder,
    errors: Int32Builder,
    valid: NullBufferBuilder,
    /// Where the diagnostics of each row end.
    ends: Vec<i32>,
    diagnostics: Diagnostics,
}

/// The columns of all diagnostics.
#[derive(Default)]
struct Diagnostics {
    count: usize,
    rule: StringBuilder,
    severity: StringBuilder,
    message: StringBuilder,
    pointer: StringBuilder,
    /// `line`, `column`, `end_line`, `end_column`, `offset`, `length`.
    numbers: [Vec<i32>; 6],
    help: StringBuilder,
    source: StringBuilder,
    fix_title: StringBuilder,
    fix_applicability: StringBuilder,
}

const NUMBERS: [&str; 6] = [
    "line",
    "column",
    "end_line",
    "end_column",
    "offset",
    "length",
];

fn fix_fields() -> Fields {
    Fields::from(vec![
        Field::new("title", DataType::Utf8, true),
        Field::new("applicability", DataType::Utf8, true),
    ])
}

fn diagnostic_fields() -> Fields {
    let text = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
    let mut fields = vec![
        text("rule", false),
        text("severity", false),
        text("message", false),
        text("pointer", false),
    ];
    fields.extend(NUMBERS.map(|name| Field::new(name, DataType::Int32, false)));
    fields.push(text("help", true));
    fields.push(text("source", false));
    fields.push(Field::new("fix", DataType::Struct(fix_fields()), true));
    Fields::from(fields)
}

fn item() -> FieldRef {
    Arc::new(Field::new(
        "item",
        DataType::Struct(diagnostic_fields()),
        false,
    ))
}

fn verdict_fields() -> Fields {
    Fields::from(vec![
        Field::new("ok", DataType::Boolean, false),
        Field::new("errors", DataType::Int32, false),
        Field::new("diagnostics", DataType::List(item()), false),
    ])
}

fn verdict_field() -> FieldRef {
    Arc::new(Field::new(
        "pipelint",
        DataType::Struct(verdict_fields()),
        true,
    ))
}

fn too_many() -> ArrowError {
    ArrowError::InvalidArgumentError(
        "the diagnostics of one array exceed 2 GiB of text; check it in smaller batches, or lower \
         limits={\"diagnostics\": …}"
            .to_owned(),
    )
}

/// Appends a text, unless the column's offsets of 32 bits cannot hold it.
fn push(column: &mut StringBuilder, text: &str) -> Result<(), ArrowError> {
    let length = column.values_slice().len() + text.len();
    if i32::try_from(length).is_err() {
        return Err(too_many());
    }
    column.append_value(text);
    Ok(())
}

fn push_option(column: &mut StringBuilder, text: Option<&str>) -> Result<(), ArrowError> {
    if let Some(text) = text {
        push(column, text)
    } else {
        column.append_null();
        Ok(())
    }
}

impl<'o> Verdicts<'o> {
    fn new(contract: &'static Contract<'static>, options: &'o Options, rows: usize) -> Self {
        Self {
            contract,
            options,
            checker: Checker::new(),
            words: RenderedDiagnostic::default(),
            ok: BooleanBuilder::with_capacity(rows),
            errors: Int32Builder::with_capacity(rows),
            valid: NullBufferBuilder::new(rows),
            ends: Vec::with_capacity(rows + 1),
            diagnostics: Diagnostics::default(),
        }
    }

    fn all<'a>(
        &mut self,
        payloads: impl Iterator<Item = Option<&'a [u8]>>,
    ) -> Result<(), ArrowError> {
        for payload in payloads {
            match payload {
                Some(payload) => self.payload(payload)?,
                None => self.null(),
            }
        }
        Ok(())
    }

    /// Rows that are records, written as JSON first.
    fn rows(&mut self, array: &ArrayRef) -> Result<(), ArrowError> {
        let field = Arc::new(Field::new("row", array.data_type().clone(), true));
        let options = EncoderOptions::default();
        let mut encoder = make_encoder(&field, array.as_ref(), &options)?;
        let mut text = Vec::new();
        for row in 0..array.len() {
            if encoder.is_null(row) {
                self.null();
            } else {
                text.clear();
                encoder.encode(row, &mut text);
                self.payload(&text)?;
            }
        }
        Ok(())
    }

    fn null(&mut self) {
        self.valid.append_null();
        self.ok.append_value(false);
        self.errors.append_value(0);
        self.end();
    }

    fn end(&mut self) {
        // `Diagnostics::add` refuses more.
        let count = i32::try_from(self.diagnostics.count);
        self.ends.push(count.unwrap_or(i32::MAX));
    }

    fn payload(&mut self, payload: &[u8]) -> Result<(), ArrowError> {
        let report = self.checker.check(self.contract, payload, self.options);
        let mut errors = 0;
        if !report.is_empty() {
            for diagnostic in report.diagnostics() {
                if diagnostic.severity() == Severity::Error {
                    errors += 1;
                }
                diagnostic.render_into(&mut self.words);
                self.diagnostics.add(&diagnostic, &self.words)?;
            }
        }
        self.valid.append_non_null();
        self.ok.append_value(errors == 0);
        self.errors.append_value(errors);
        self.end();
        Ok(())
    }

    fn finish(mut self) -> Result<StructArray, ArrowError> {
        let mut offsets = Vec::with_capacity(self.ends.len() + 1);
        offsets.push(0);
        offsets.append(&mut self.ends);
        let list = ListArray::try_new(
            item(),
            OffsetBuffer::new(ScalarBuffer::from(offsets)),
            Arc::new(self.diagnostics.finish()?),
            None,
        )?;
        StructArray::try_new(
            verdict_fields(),
            vec![
                Arc::new(self.ok.finish()),
                Arc::new(self.errors.finish()),
                Arc::new(list),
            ],
            self.valid.finish(),
        )
    }
}

impl Diagnostics {
    fn add(
        &mut self,
        diagnostic: &pipelint::Diagnostic<'_>,
        words: &RenderedDiagnostic,
    ) -> Result<(), ArrowError> {
        if i32::try_from(self.count + 1).is_err() {
            return Err(too_many());
        }
        self.count += 1;
        push(&mut self.rule, diagnostic.rule().name)?;
        push(&mut self.severity, diagnostic.severity().name())?;
        push(&mut self.message, words.message())?;
        push(&mut self.pointer, words.pointer())?;
        let (start, end, span) = (diagnostic.start(), diagnostic.end(), diagnostic.span());
        let numbers = [
            start.line,
            start.column,
            end.line,
            end.column,
            span.start as u32,
            span.len() as u32,
        ];
        for (column, number) in self.numbers.iter_mut().zip(numbers) {
            // A payload has at most 2 GiB.
            column.push(i32::try_from(number).unwrap_or(i32::MAX));
        }
        push_option(&mut self.help, words.help())?;
        push(&mut self.source, words.source())?;
        let fix = words.fix().filter(|fix| !diagnostic.reveals(fix.edits()));
        push_option(&mut self.fix_title, fix.map(|_| words.fix_title()))?;
        push_option(
            &mut self.fix_applicability,
            fix.map(|fix| fix.applicability.name()),
        )
    }

    fn finish(mut self) -> Result<StructArray, ArrowError> {
        let title = self.fix_title.finish();
        let has_fix: Option<NullBuffer> = title.nulls().cloned();
        let fix = StructArray::try_new(
            fix_fields(),
            vec![Arc::new(title), Arc::new(self.fix_applicability.finish())],
            has_fix,
        )?;
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.rule.finish()),
            Arc::new(self.severity.finish()),
            Arc::new(self.message.finish()),
            Arc::new(self.pointer.finish()),
        ];
        for numbers in self.numbers {
            columns.push(Arc::new(arrow_array::Int32Array::from(numbers)));
        }
        columns.push(Arc::new(self.help.finish()));
        columns.push(Arc::new(self.source.finish()));
        columns.push(Arc::new(fix));
        StructArray::try_new(diagnostic_fields(), columns, None)
    }
}

/// The verdicts on one array. Every library that imports the Arrow C data interface reads it:
/// `pyarrow.array(result)`.
#[pyclass(frozen, module = "pipelint")]
#[derive(Debug)]
pub(crate) struct ArrowArray {
    array: ArrayRef,
}

#[pymethods]
impl ArrowArray {
    fn __len__(&self) -> usize {
        self.array.len()
    }

    #[expect(clippy::unused_self, reason = "a method of the protocol")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, verdict_field().as_ref())?)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        Ok(to_array_pycapsules(
            py,
            verdict_field(),
            &self.array,
            requested_schema,
        )?)
    }

    fn __repr__(&self) -> String {
        format!("<ArrowArray of {} verdicts>", self.array.len())
    }
}

/// The verdicts on a stream of arrays, in the same chunks: `pyarrow.chunked_array(result)`.
#[pyclass(frozen, module = "pipelint")]
#[derive(Debug)]
pub(crate) struct ArrowChunkedArray {
    chunks: Vec<ArrayRef>,
}

#[pymethods]
impl ArrowChunkedArray {
    fn __len__(&self) -> usize {
        self.chunks.iter().map(Array::len).sum()
    }

    #[expect(clippy::unused_self, reason = "a method of the protocol")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, verdict_field().as_ref())?)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let chunks = self.chunks.clone().into_iter().map(Ok);
        let reader: Box<dyn ArrayReader + Send> =
            Box::new(ArrayIterator::new(chunks, verdict_field()));
        Ok(to_stream_pycapsule(py, reader, requested_schema)?)
    }

    fn __repr__(&self) -> String {
        format!(
            "<ArrowChunkedArray of {} verdicts in {} chunks>",
            self.__len__(),
            self.chunks.len()
        )
    }
}
