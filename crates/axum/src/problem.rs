//! Faults as `application/problem+json` (RFC 9457).

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use pipelint::{Diagnostic, OwnedReport, Record, RenderedDiagnostic, Report, Severity};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::overlay::OverlayFault;
use crate::rejection::{Reason, Rejection};

/// The reply. Its members beside RFC 9457's own: `payload`, `errors`, `warnings`.
pub(crate) fn reply(rejection: &Rejection) -> Response {
    json(rejection, "application/problem+json", &Problem(rejection))
}

/// A reply of that media type, with the rejection's status.
pub(crate) fn json(
    rejection: &Rejection,
    media_type: &'static str,
    body: &impl Serialize,
) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    let status = rejection.reason().status();
    let mut response = (status, [(CONTENT_TYPE, media_type)], body).into_response();
    if rejection.reason() == Reason::Credential {
        let scheme = http::HeaderValue::from_static("Bearer");
        response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
    }
    response
}

struct Problem<'r>(&'r Rejection);

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rejection = self.0;
        let reason = rejection.reason();
        // Each part is checked, and each word found, once.
        let reports: Vec<_> = rejection.parts().iter().map(OwnedReport::report).collect();
        let told = reports.iter().flat_map(Report::diagnostics);
        let told: Vec<_> = told
            .map(|diagnostic| {
                let mut words = RenderedDiagnostic::default();
                diagnostic.render_into(&mut words);
                (diagnostic, words)
            })
            .collect();
        let policy = rejection.policy();
        let errors = told.iter().filter(|(one, _)| is_error(one));
        let messages = rejection.messages_after(errors.map(|(_, words)| words.message()));
        let diagnostics = |errors| Diagnostics {
            told: &told,
            policy,
            errors,
        };
        let mut out = serializer.serialize_struct("Problem", 7)?;
        out.serialize_field("type", &["urn:pipelint:problem:", reason.name()].concat())?;
        out.serialize_field("title", reason.title())?;
        out.serialize_field("status", &reason.status().as_u16())?;
        out.serialize_field("detail", &messages.join("; "))?;
        out.serialize_field("payload", rejection.contract().id)?;
        out.serialize_field("errors", &diagnostics(true))?;
        out.serialize_field("warnings", &diagnostics(false))?;
        out.end()
    }
}

fn is_error(diagnostic: &Diagnostic<'_>) -> bool {
    diagnostic.severity() == Severity::Error
}

/// The errors of all parts, or all else.
struct Diagnostics<'r> {
    told: &'r [(Diagnostic<'r>, RenderedDiagnostic)],
    policy: &'r [OverlayFault],
    errors: bool,
}

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_seq(None)?;
        for (diagnostic, words) in self.told {
            if is_error(diagnostic) == self.errors {
                let record = Record {
                    file: None,
                    record: None,
                    diagnostic: *diagnostic,
                };
                out.serialize_element(&record.told(words))?;
            }
        }
        for fault in self.policy {
            if fault.is_error() == self.errors {
                out.serialize_element(fault.record())?;
            }
        }
        out.end()
    }
}
