//! Tables with every keyword and every meaning, written by the public compiler.

#![allow(missing_docs, clippy::all, clippy::pedantic, reason = "generated")]
include!(concat!(env!("OUT_DIR"), "/payloads.rs"));
