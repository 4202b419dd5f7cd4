//! pipelint as an HTTP service, for backends in any language; and the operations that it knows as
//! one OpenAPI document.
//!
//! [`run`] is all that a program needs: it serves until it is interrupted. [`serve`] takes a
//! listener and a signal to stop, [`router`] fits into an axum service of one's own.

/// The Rust code of the README, which is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod accept_language;
mod app;
mod config;
mod metrics;
mod openapi;
mod problem;
mod request;
mod response;
mod server;
mod service;
mod stream;

pub use app::router;
pub use config::Config;
pub use openapi::openapi;
pub use server::{ServeError, run, serve};
pub use service::service_openapi;
