//! Payloads as Rust types.
//!
//! ```
//! use pipelint::leadlex::CreateDeal;
//! use pipelint::{Options, parse};
//!
//! let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
//! let deal = parse::<CreateDeal>(br#"{ "name": "Acme", "probability": 75 }"#, &options)?;
//! assert_eq!(deal.name, "Acme");
//!
//! let refused = parse::<CreateDeal>(br#"{ "probability": 120 }"#, &options).unwrap_err();
//! assert_eq!(refused.report().len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The types match the schemas: an optional property is an [`Option`], one that may also be null is
//! a [`Field`]. Limits that a type cannot express, and everything that depends on other values or
//! on the time, are checked when a payload is parsed and when a [`Builder`] builds one.

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
    /// The contract of the bytes.
    const CONTRACT: &'static Contract<'static>;
    /// The contract of the headers of the request that carries the payload.
    const HEADERS: Option<&'static Contract<'static>> = None;
    /// The contract of the parameters in that request's path.
    const PATH: Option<&'static Contract<'static>> = None;
}

/// Checks the bytes of a payload and reads them into a type.
///
/// ```
/// use pipelint::leadlex::CreateDeal;
/// use pipelint::{Options, parse};
///
/// fn read(body: &[u8], options: &Options) -> Result<CreateDeal, Box<dyn std::error::Error>> {
///     Ok(parse::<CreateDeal>(body, options)?.into_inner())
/// }
/// # let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
/// assert!(read(br#"{ "name": "Acme" }"#, &options).is_ok());
/// assert_eq!(
///     read(br#"{ "name": "Acme", "probability": 120 }"#, &options).unwrap_err().to_string(),
///     "leadlex/create-deal/request: `probability` must be at most 100, not 120"
/// );
/// # Ok::<(), pipelint::ParseInstantError>(())
/// ```
///
/// # Errors
/// The report, if it holds an error. A value that passes the check but does not fit the target
/// type, such as an integer of 30 digits, is reported as `schema/type`.
pub fn parse<T: Payload>(payload: &[u8], options: &Options) -> Result<Checked<T>, OwnedReport> {
    let mut checker = Checker::new();
    let parsed = checker.parse(payload, options);
    parsed.map_err(|report| OwnedReport::of(T::CONTRACT, &report))
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
