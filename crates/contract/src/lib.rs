//! The tables that pipelint checks a payload against, and the values that they are made of.
//!
//! A [`Contract`] is plain data: a tree of [`Schema`]s with the types, limits and [`Meaning`] of
//! each value. The crate `pipelint-compiler` writes contracts from JSON Schemas, as static tables
//! in a build script. The crate `pipelint` checks payloads against them.
//!
//! [`values`] reads single values from their text: exact decimals, dates, currencies, UUIDs.
//!
//! Most users need only the crate `pipelint`, which re-exports all of this.

// The module of the browser is compiled for size, except the few functions that read every byte.
#![cfg_attr(pipelint_module, feature(optimize_attribute))]

mod facts;
mod fast_path;
#[doc(hidden)]
pub mod json_pointer;
mod keys;
mod meaning;
pub mod program;
mod tables;
pub mod values;

pub use facts::Facts;
#[doc(hidden)]
pub use fast_path::{FastForm, FastPath};
pub use keys::{KeyIndex, Property};
pub use meaning::{Credential, DateForm, Form, Meaning, Meanings, Money, Scale, StatusWords, Unit};
pub use tables::*;
pub use values::number::Bound;

/// The most characters of a name or a value that a message shows.
pub const SHOWN: usize = 40;
