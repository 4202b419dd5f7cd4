#![doc = include_str!("../README.md")]

mod actions;
mod check;
mod client;
mod completion;
mod config_file;
mod cursor;
mod diagnostics;
mod document;
mod hover;
mod links;
mod options;
mod position;
mod property;
mod server;
mod transport;

pub use options::LspOptions;
pub use pipelint_config::ConfigSource;
pub use server::serve;
