//! Checked payloads in axum: a handler takes a deal in one argument, and a bad one is answered
//! with every fault in one reply.
//!
//! ```
//! use axum::Router;
//! use axum::routing::post;
//! use pipelint::leadlex::CreateDeal;
//! use pipelint_axum::CheckedJson;
//!
//! async fn create(deal: CheckedJson<CreateDeal>) -> String {
//!     format!("made {}", deal.name)
//! }
//!
//! let app: Router = Router::new().route("/v1/deals", post(create));
//! ```
//!
//! What is wrong decides on the status:
//!
//! | status | when |
//! |---|---|
//! | 400 | the body is not JSON, or was cut off; a header or a part of the path is wrong |
//! | 401 | the credential in the headers is missing or malformed |
//! | 408 | the body did not come in time |
//! | 413 | the body is larger than the limit |
//! | 415 | the content type is not JSON |
//! | 422 | the body is JSON, but not what the vendor takes |
//!
//! [`Settings`] say how: limits, what else is checked, how faults are reported, where warnings go.
//! [`Prevalidate`] does the same for requests that go out to a vendor, before they cost a call.

/// The Rust code of the READMEs, which is compiled and run.
#[cfg(doctest)]
mod readmes {
    #[doc = include_str!("../README.md")]
    struct Own;
    #[doc = include_str!("../../../README.md")]
    struct Whole;
}

mod check;
mod extract;
mod outgoing;
mod overlay;
mod parts;
mod problem;
mod rejection;
mod request_diagnostics;
mod response;
mod settings;
mod vendor;

pub use extract::CheckedJson;
pub use outgoing::{Prevalidate, PrevalidateError, PrevalidateService, RequestValidator};
pub use overlay::OverlayFault;
pub use rejection::{Reason, Rejection, Reply};
pub use settings::{Settings, SettingsService, WARNINGS_HEADER, Warnings};
