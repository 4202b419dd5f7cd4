//! Schemas of your own: import them from OpenAPI, propose what their fields mean, lint them.

pub(crate) mod annotate;
pub(crate) mod import;
pub(crate) mod lint;
mod source;
