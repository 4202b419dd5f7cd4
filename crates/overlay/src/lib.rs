//! Overlays: JSON Schemas of your own, applied to payloads besides their contract.
//!
//! ```
//! use pipelint::{Options, check, payloads};
//! use pipelint_overlay::SchemaOverlays;
//!
//! let mut overlays = SchemaOverlays::new();
//! overlays.add(
//!     "leadlex/create-deal",
//!     r#"{ "required": ["owner_id"], "properties": { "name": { "pattern": "^[A-Z]" } } }"#,
//! )?;
//!
//! let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
//! let deal = br#"{ "name": "acme" }"#;
//! let report = check(&payloads::leadlex::create_deal::REQUEST, deal, &options);
//! let faults = overlays.check(&report);
//! assert_eq!(faults.len(), 2);
//! assert_eq!(faults[0].rule, "policy/required");
//! assert_eq!(faults[0].pointer, "/owner_id");
//! assert_eq!(faults[1].rule, "policy/pattern");
//! assert_eq!(&deal[faults[1].span.clone()], br#""acme""#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The validator is the crate jsonschema's. It walks pipelint's own document, through its traits
//! for other representations, so that a payload is parsed once and every error keeps its place.

mod agent;
mod diagnostic;
mod keywords;
mod merge;
mod node;
mod rules;

pub use agent::AgentText;
pub use diagnostic::{OverlayDiagnostic, OverlayRecord};
pub use keywords::{KEYWORDS, Keyword};
pub use merge::Merged;
pub use node::{PayloadJson, PayloadNode};
pub use rules::{OverlayError, OverlaySchema, SchemaOverlays};
