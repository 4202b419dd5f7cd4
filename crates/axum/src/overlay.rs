//! What the policy's own JSON Schemas say. Without the feature `policy` they say nothing.

use pipelint::contract::Part;
use pipelint::{Report, Severity};
use serde_json::Value;

use crate::settings::Settings;

/// What a JSON Schema of the policy refuses in a payload: see the crate `pipelint-overlay`.
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

/// What the settings' schemas refuse in a payload.
#[cfg(feature = "policy")]
pub(crate) fn faults(settings: &Settings, report: &Report<'_>) -> Vec<OverlayFault> {
    let contract = report.contract();
    let refused = settings.policy_schemas().check(report).into_iter();
    refused
        .map(|refused| OverlayFault {
            record: serde_json::to_value(refused.record(None, None, contract.id))
                .unwrap_or_default(),
            part: contract.part,
            rule: refused.rule,
            severity: refused.severity,
            message: refused.message,
            pointer: refused.pointer,
        })
        .collect()
}

#[cfg(not(feature = "policy"))]
pub(crate) fn faults(_: &Settings, _: &Report<'_>) -> Vec<OverlayFault> {
    Vec::new()
}

/// Whether there are schemas to ask.
pub(crate) fn is_asked(settings: &Settings) -> bool {
    #[cfg(feature = "policy")]
    return !settings.policy_schemas().is_empty();
    #[cfg(not(feature = "policy"))]
    {
        let _ = settings;
        false
    }
}
