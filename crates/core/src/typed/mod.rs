//! Payloads as Rust types: checked and read in one go, and built so that they pass.
//!
//! ```
//! use pipelint::leadlex::CreateDeal;
//! use pipelint::{Options, parse};
//!
//! let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
//! let deal = parse::<CreateDeal>(br#"{ "name": "Acme", "probability": 75 }"#, &options);
//! let deal = deal.map_err(|report| format!("{} faults", report.len()))?;
//! assert_eq!(deal.name, "Acme");
//!
//! let report = parse::<CreateDeal>(br#"{ "probability": 120 }"#, &options);
//! assert!(report.is_err_and(|report| report.len() == 2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The types say what the schemas say: a property that may be left out is an [`Option`], one that
//! may also be null a [`Field`]. Limits that a type cannot hold, and all that depends on other
//! values or on the time, are checked when a payload is read and when a [`Builder`] builds one.

mod builder;
mod date;
mod decimal;
mod field;
mod money;
mod parse;
mod read;
mod record;
mod shape;

pub mod leadlex;
pub mod ruddr;
pub mod slant;

pub use builder::{Builder, BuilderField};
pub use date::DateOrDateTime;
pub use decimal::{Decimal, DecimalError};
pub use field::Field;
pub use money::{Cents, CurrencyCode, CurrencyCodeError, Dollars};
pub use parse::{Checked, OwnedReport};
pub use shape::{FieldShape, Shape, Shaped};

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::contract::Contract;
use crate::document::{Document, Value};
use crate::lint::Finding;
use crate::report::Basis;
use crate::rules::schema::type_;
use crate::values::secret;
use crate::{Checker, Options, Report, Severity};

/// A value of a record, for `Debug`: keys and tokens in it are replaced.
struct Shown<'v, T>(&'v T);

impl<T: fmt::Debug> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if f.alternate() {
            format!("{:#?}", self.0)
        } else {
            format!("{:?}", self.0)
        };
        f.write_str(&secret::redacted(&shown))
    }
}

/// A Rust type for a payload. Implement it for types of your own to read other shapes of the same
/// payload, or the payloads of your own schemas.
pub trait Payload: Serialize + DeserializeOwned {
    /// What the bytes are held against.
    const CONTRACT: &'static Contract<'static>;
    /// What the headers of the request are held against that carries the payload.
    const HEADERS: Option<&'static Contract<'static>> = None;
    /// What the parameters in that request's path are held against.
    const PATH: Option<&'static Contract<'static>> = None;
}

/// Checks the bytes of a payload and reads them into a type.
///
/// # Errors
/// The report, if it holds an error. A value that passes the check and that the type has no room
/// for, such as an integer of 30 digits, is reported as `schema/type`.
#[allow(
    clippy::result_large_err,
    reason = "a report is what the caller wants, and is moved once"
)]
pub fn parse<'p, T: Payload>(
    payload: &'p [u8],
    options: &Options,
) -> Result<Checked<T>, Report<'p>> {
    let mut checker = Checker::new();
    match checker.read_typed(payload, options) {
        Ok(value) => Ok(value),
        Err(text) => {
            let Checker {
                document, findings, ..
            } = checker;
            Err(Report::new(
                payload,
                Some(text),
                T::CONTRACT,
                Basis::Own(Box::new((document, findings.into_kept()))),
                options,
            ))
        }
    }
}

impl Checker {
    /// Checks the bytes of a payload and reads them into a type, as [`parse`] does, in the buffers
    /// of this checker.
    ///
    /// # Errors
    /// The report, if it holds an error; it borrows the checker's buffers.
    #[allow(
        clippy::result_large_err,
        reason = "a report is what the caller wants, and is moved once"
    )]
    pub fn parse<'c, T: Payload>(
        &'c mut self,
        payload: &'c [u8],
        options: &Options,
    ) -> Result<Checked<T>, Report<'c>> {
        match self.read_typed(payload, options) {
            Ok(value) => Ok(value),
            Err(text) => Err(self.report(T::CONTRACT, payload, Some(text), options)),
        }
    }

    /// Checks and reads; where that fails, the findings hold an error, and the text is returned.
    fn read_typed<'p, T: Payload>(
        &mut self,
        payload: &'p [u8],
        options: &Options,
    ) -> Result<Checked<T>, &'p str> {
        let known = self.run(T::CONTRACT, payload, options);
        let text = known
            .or_else(|| std::str::from_utf8(payload).ok())
            .unwrap_or_default();
        if self
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
        {
            return Err(text);
        }
        match value(&self.document, text) {
            Ok(value) if self.findings.is_empty() => Ok(Checked::silent(value)),
            Ok(value) => Ok(Checked::with(
                value,
                OwnedReport::new(T::CONTRACT, payload, options),
            )),
            Err(unfit) => {
                self.findings.push(unfit);
                Err(text)
            }
        }
    }
}

/// Reads a document that passed its check.
fn value<T: DeserializeOwned>(document: &Document, text: &str) -> Result<T, Finding> {
    let root = Value::root(document, text);
    let read = root.map_or(Err(0), read::read);
    read.map_err(|node| {
        let (start, end) = document
            .node(node)
            .map_or((0, 0), |node| (node.start, node.end));
        Finding {
            variant: type_::UNFIT,
            ..Finding::new(&type_::RULE, node, start, end)
        }
    })
}
