#![doc = include_str!("../README.md")]

mod arguments;
mod options;
mod server;
mod source;
mod tools;

pub use options::McpOptions;
pub use pipelint_config::ConfigSource;
pub use server::{McpError, serve};
