//! Faults in the error shapes of the vendors' own APIs.

use axum::response::Response;
use http::StatusCode;
use serde_json::json;

use crate::problem;
use crate::rejection::{Reason, Rejection};

/// The reply in the shape of the system whose payload it was.
///
/// - Ruddr: `status`, `message`, and `errors`, an array of strings; 400 for refused data.
/// - LeadLex: `error` with `code` and `message`; 400 and `validation_error` for refused data.
/// - Slant documents no body of an error, so its faults are reported as problems.
pub(crate) fn reply(rejection: &Rejection) -> Response {
    let status = match rejection.reason() {
        Reason::Refused => StatusCode::BAD_REQUEST,
        other => other.status(),
    };
    let messages = rejection.messages();
    let body = match rejection.contract().system {
        "Ruddr" => json!({
            "status": status.as_u16(),
            "message": rejection.reason().title(),
            "errors": messages,
        }),
        "LeadLex" => json!({
            "error": { "code": code(rejection.reason()), "message": messages.join("; ") },
        }),
        _ => return problem::reply(rejection),
    };
    let mut response = problem::json(rejection, "application/json", &body);
    *response.status_mut() = status;
    response
}

/// LeadLex documents `validation_error`; the others are ours, in its manner.
fn code(reason: Reason) -> &'static str {
    match reason {
        Reason::NotJson | Reason::Parts | Reason::Refused => "validation_error",
        Reason::ContentType => "unsupported_media_type",
        Reason::TooLarge => "payload_too_large",
        Reason::TooSlow => "request_timeout",
        Reason::CutOff => "incomplete_body",
        Reason::Credential => "unauthorized",
    }
}
