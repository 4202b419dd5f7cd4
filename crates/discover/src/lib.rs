#![doc = include_str!("../README.md")]

pub mod annotate;
pub mod lint;
pub mod openapi;

mod document;
mod walk;
mod words;

pub use document::{ReadError, read};
