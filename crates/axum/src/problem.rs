//! Faults as `application/problem+json` (RFC 9457).

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use pipelint::{Record, Severity};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::refusal::{Reason, Refusal};

/// The reply. Its members beside RFC 9457's own: `payload`, `errors`, `warnings`.
pub(crate) fn reply(refusal: &Refusal) -> Response {
    json(refusal, "application/problem+json", &Problem(refusal))
}

/// A reply of that media type, with the refusal's status.
pub(crate) fn json(refusal: &Refusal, media_type: &'static str, body: &impl Serialize) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    let status = refusal.reason().status();
    let mut response = (status, [(CONTENT_TYPE, media_type)], body).into_response();
    if refusal.reason() == Reason::Credential {
        let scheme = http::HeaderValue::from_static("Bearer");
        response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
    }
    response
}

struct Problem<'r>(&'r Refusal);

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let refusal = self.0;
        let reason = refusal.reason();
        let mut out = serializer.serialize_struct("Problem", 7)?;
        out.serialize_field("type", &["urn:pipelint:problem:", reason.name()].concat())?;
        out.serialize_field("title", reason.title())?;
        out.serialize_field("status", &reason.status().as_u16())?;
        out.serialize_field("detail", &refusal.messages().join("; "))?;
        out.serialize_field("payload", refusal.contract().id)?;
        out.serialize_field("errors", &Diagnostics(refusal, true))?;
        out.serialize_field("warnings", &Diagnostics(refusal, false))?;
        out.end()
    }
}

/// The errors of all parts, or all else.
struct Diagnostics<'r>(&'r Refusal, bool);

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_seq(None)?;
        for kept in self.0.parts() {
            let report = kept.report();
            for diagnostic in report.diagnostics() {
                if (diagnostic.severity() == Severity::Error) == self.1 {
                    out.serialize_element(&Record {
                        file: None,
                        record: None,
                        diagnostic,
                    })?;
                }
            }
        }
        for fault in self.0.house() {
            if fault.is_error() == self.1 {
                out.serialize_element(fault.record())?;
            }
        }
        out.end()
    }
}
