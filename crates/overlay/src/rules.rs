//! Overlays: JSON Schemas of your own, and the payloads that they apply to.

use std::fmt;
use std::sync::Arc;

use jsonschema::{Validator, options_for};
use pipelint::contract::Contract;
use pipelint::{Level, Report, payloads};
use serde_json::Value;
use thiserror::Error;

use crate::diagnostic::{self, OverlayDiagnostic};
use crate::node::{PayloadJson, PayloadNode};

/// Why a schema cannot be used. It is found when the schema is added, before any payload is checked.
#[non_exhaustive]
#[derive(Debug, Error)]
pub enum OverlayError {
    /// The text of the schema is not JSON.
    #[error("the policy schema for {payload} is no JSON: {error}")]
    Json {
        /// The payload that it is for.
        payload: String,
        /// Where and why.
        error: serde_json::Error,
    },
    /// The JSON is not a schema of its draft, or refers to something that is not there.
    #[error("the policy schema for {payload} is broken{}: {message}", at(.pointer))]
    Schema {
        /// The payload that it is for.
        payload: String,
        /// The place in the schema, as a JSON pointer; empty for the whole.
        pointer: String,
        /// What is wrong there.
        message: String,
    },
    /// There is no such payload.
    #[error("no payload is called {payload}; `pipelint payloads` lists them")]
    UnknownPayload {
        /// The name.
        payload: String,
    },
}

fn at(pointer: &str) -> String {
    if pointer.is_empty() {
        String::new()
    } else {
        format!(" at `{pointer}`")
    }
}

/// A JSON Schema of your own, ready to check payloads.
pub struct OverlaySchema {
    validator: Validator<PayloadJson>,
    /// The schema itself, for titles and descriptions.
    schema: Value,
}

impl fmt::Debug for OverlaySchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OverlaySchema").finish_non_exhaustive()
    }
}

impl OverlaySchema {
    /// Reads a schema of any draft that jsonschema knows; without `$schema`, draft 2020-12.
    /// `format` is asserted. References lead to places in the same schema only: nothing is
    /// fetched.
    ///
    /// # Errors
    /// If it is not a schema. The error names `payload`, which is what the schema is for.
    pub fn new(payload: &str, schema: &Value) -> Result<Self, OverlayError> {
        let broken = |pointer: String, message: String| OverlayError::Schema {
            payload: payload.to_owned(),
            pointer,
            message,
        };
        let validator = options_for::<PayloadJson>()
            .should_validate_formats(true)
            .build(schema)
            .map_err(|error| broken(error.instance_path().to_string(), error.to_string()))?;
        Ok(Self {
            validator,
            schema: schema.clone(),
        })
    }

    /// What the schema refuses in a payload, in the order of its text; nothing if the payload is
    /// not JSON. At most [`Self::MOST`] are reported.
    #[must_use]
    pub fn check(&self, report: &Report<'_>) -> Vec<OverlayDiagnostic> {
        let Some(root) = report.value() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for error in self.validator.iter_errors(PayloadNode::Value(root)) {
            diagnostic::explain(&error, &self.schema, root, report, &mut found);
            if found.len() >= Self::MOST {
                found.truncate(Self::MOST);
                break;
            }
        }
        found.sort_by_key(|diagnostic| diagnostic.span.start);
        found
    }

    /// The most diagnostics that one payload gets.
    pub const MOST: usize = 500;
}

/// The level of a rule `policy/<keyword>`, if it is not the usual one.
type LevelOf = Arc<dyn Fn(&str) -> Option<Level> + Send + Sync>;

/// JSON Schemas of your own, each for one payload.
#[derive(Default)]
pub struct SchemaOverlays {
    /// Each with the name of its payload.
    laid: Vec<(String, OverlaySchema)>,
    level_of: Option<LevelOf>,
}

impl fmt::Debug for SchemaOverlays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let laid = self.laid.iter().map(|(payload, _)| payload);
        f.debug_list().entries(laid).finish()
    }
}

impl SchemaOverlays {
    /// No schemas.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema, given as JSON text, for a payload that pipelint knows, given by its name
    /// (`leadlex/create-deal/request`; `leadlex/create-deal` means its request). A payload may have
    /// several.
    ///
    /// # Errors
    /// If there is no such payload, or the text is not JSON or no schema.
    pub fn add(&mut self, payload: &str, schema: &str) -> Result<&mut Self, OverlayError> {
        let contract = payloads::by_id(payload).ok_or_else(|| OverlayError::UnknownPayload {
            payload: payload.to_owned(),
        })?;
        self.add_to(contract, schema)
    }

    /// Adds a schema, given as JSON text, for the payload of a contract of any kind.
    ///
    /// # Errors
    /// If the text is not JSON or no schema.
    pub fn add_to(
        &mut self,
        contract: &Contract<'_>,
        schema: &str,
    ) -> Result<&mut Self, OverlayError> {
        let payload = contract.id.to_owned();
        let schema: Value = match serde_json::from_str(schema) {
            Ok(schema) => schema,
            Err(error) => return Err(OverlayError::Json { payload, error }),
        };
        let schema = OverlaySchema::new(&payload, &schema)?;
        self.laid.push((payload, schema));
        Ok(self)
    }

    /// Sets the levels of what the schemas refuse, by the name `policy/<keyword>`; where it is
    /// `None`, an error.
    pub fn levels(
        &mut self,
        level_of: impl Fn(&str) -> Option<Level> + Send + Sync + 'static,
    ) -> &mut Self {
        self.level_of = Some(Arc::new(level_of));
        self
    }

    /// Whether there are no schemas.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.laid.is_empty()
    }

    /// What the overlays of the report's payload refuse, in the order of the text.
    pub(crate) fn check_all(&self, report: &Report<'_>) -> Vec<OverlayDiagnostic> {
        let mut found = Vec::new();
        for (payload, schema) in &self.laid {
            if payload == report.contract().id {
                found.extend(schema.check(report));
            }
        }
        if let Some(level_of) = &self.level_of {
            found.retain_mut(|refused| refused.apply(level_of(&refused.rule)));
        }
        found.sort_by_key(|diagnostic| diagnostic.span.start);
        found
    }
}
