//! Diagnostics of overlays. Without the feature `policy` there are none.

use pipelint::Severity;
#[cfg(feature = "policy")]
use pipelint::contract::Contract;
use pipelint::contract::Part;
use serde_json::Value;

/// A diagnostic of an overlay: see the crate `pipelint-overlay`.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "policy"), allow(dead_code, reason = "none is made"))]
pub struct OverlayFault {
    part: Part,
    rule: String,
    severity: Severity,
    message: String,
    pointer: String,
    /// All of it, with the fields of [`pipelint::Record`].
    record: Value,
}

impl OverlayFault {
    /// `policy/` and the schema's keyword: `policy/max-length`.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// How bad it is: an error, unless the schemas' levels say otherwise.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong, in one sentence without a full stop. It repeats no value of the payload.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The JSON pointer of the value or key concerned.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The part of the request that the schema refused.
    #[must_use]
    pub const fn part(&self) -> Part {
        self.part
    }

    #[cfg(feature = "policy")]
    pub(crate) fn new(
        contract: &Contract<'_>,
        diagnostic: pipelint_overlay::OverlayDiagnostic,
    ) -> Self {
        let record = diagnostic.record(None, None, contract.id);
        Self {
            record: serde_json::to_value(record).unwrap_or_default(),
            part: contract.part,
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            message: diagnostic.message,
            pointer: diagnostic.pointer,
        }
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether it was found around the body.
    pub(crate) fn is_of_parts(&self) -> bool {
        matches!(self.part, Part::Headers | Part::Path)
    }

    pub(crate) const fn record(&self) -> &Value {
        &self.record
    }
}
