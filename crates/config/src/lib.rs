#![doc = include_str!("../README.md")]

mod baseline;
mod check;
mod config;
mod glob;
mod node;
mod path;
mod problem;
#[cfg(feature = "project")]
mod project;
#[cfg(feature = "project")]
mod projects;
mod schema;
mod settings;
mod table;

pub use baseline::{Baseline, BaselineError, Entry, Matcher, fingerprint};
pub use config::{
    Config, Decimal, LevelName, LimitNumbers, MaskLists, Override, PayloadFiles, PolicyLists,
    SeverityName,
};
pub use problem::{ConfigError, Fault, Problem, Problems};
#[cfg(feature = "project")]
pub use project::{OwnContract, Project, ProjectError};
#[cfg(feature = "project")]
pub use projects::{BrokenConfig, ConfigSource, Projects, Terms};
pub use schema::json_schema;
pub use settings::{FileSettings, OwnPayload, PayloadName, SchemaLevels, Settings};
