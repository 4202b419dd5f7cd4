//! Builders, whose output passes validation.

use serde::Serialize;

use crate::Options;

use super::{Checked, Field, OwnedReport, Payload, parse};

/// A record in the making; every record has `builder`, which asks for the properties that the
/// vendor requires.
///
/// ```
/// use pipelint::Options;
/// use pipelint::ruddr::{CreateOpportunityStage, Status};
/// use pipelint::typed::Decimal;
///
/// let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
/// let pipeline: uuid::Uuid = "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2".parse()?;
/// let stage = CreateOpportunityStage::builder(
///     "Proposal sent",
///     "0.45".parse::<Decimal>()?,
///     Status::Open,
///     pipeline,
/// )
/// .is_active(true)
/// .build(&options)?;
/// assert_eq!(stage.to_json(), r#"{"name":"Proposal sent","probability":0.45,"statusId":"open","opportunityPipelineId":"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2","isActive":true}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it builds"]
pub struct Builder<T>(pub(super) T);

impl<T> Builder<T> {
    /// The record as it is, without a check. Records that are a part of another one are built so;
    /// the whole is checked.
    pub fn finish(self) -> T {
        self.0
    }
}

impl<T: Payload> Builder<T> {
    /// The payload, if it passes its check.
    ///
    /// # Errors
    /// The refused payload, whose report says why.
    pub fn build(self, options: &Options) -> Result<Checked<T>, OwnedReport> {
        let json = to_json(&self.0);
        // What was written is read again, so that whoever receives it can read it too.
        parse(json.as_bytes(), options)
    }
}

impl<T: Serialize> Checked<T> {
    /// The payload as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        to_json(&**self)
    }
}

/// The JSON of a record. A record holds nothing that cannot be written; were there any, the empty
/// text would fail its check.
fn to_json<T: Serialize>(record: &T) -> String {
    serde_json::to_string(record).unwrap_or_default()
}

/// A property that may be left out, as builders fill it in.
pub trait BuilderField: Default {
    /// What a builder takes for it.
    type Given;

    /// The property with that value.
    fn filled(given: Self::Given) -> Self;

    /// Whether the property is left out.
    fn is_empty(&self) -> bool;
}

impl<T> BuilderField for Option<T> {
    type Given = T;

    fn filled(given: T) -> Self {
        Some(given)
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T> BuilderField for Field<T> {
    type Given = Self;

    fn filled(given: Self) -> Self {
        given
    }

    fn is_empty(&self) -> bool {
        self.is_absent()
    }
}
