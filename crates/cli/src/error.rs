//! What can go wrong with the program itself.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use pipelint::contract::Contract;
use pipelint::values::nearest::nearest;
use pipelint::{payloads, rules};
use pipelint_config::{BaselineError, ConfigError};
use pipelint_overlay::{KEYWORDS, OverlayError};

use crate::output::snippet::plain;

/// Why the program cannot go on, or cannot check an input.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    #[error("cannot write to standard output: {}", reason(.0))]
    Write(io::Error),
    #[error("cannot read {}: {}", plain(.name), reason(.error))]
    Read { name: String, error: io::Error },
    #[error("{}", plain(&.0.to_string()))]
    Walk(ignore::Error),
    #[error("no .json, .ndjson or .jsonl file in {}", shown(.0))]
    NothingThere(PathBuf),
    #[error("unknown payload `{}`{}; `pipelint payloads` lists them", plain(.name), meant(.nearest.as_deref()))]
    NoSuchPayload {
        name: String,
        nearest: Option<String>,
    },
    #[error("unknown rule `{}`{}; `pipelint rules` lists them", plain(.name), meant(.nearest.as_deref()))]
    NoSuchRule {
        name: String,
        nearest: Option<String>,
    },
    #[error("{}: the keys match {}; set --payload", plain(.name), listed(.candidates))]
    Ambiguous {
        name: String,
        candidates: Vec<&'static Contract<'static>>,
    },
    #[error(
        "{}: cannot infer the payload from the keys; set --payload (`pipelint payloads` lists them)", plain(.name)
    )]
    Unrecognised { name: String },
    #[error(
        "{}: cannot infer the payload, because the text is not JSON (line {line}, column {column}); set --payload to see why (`pipelint payloads` lists them)", plain(.name)
    )]
    NoJson {
        name: String,
        line: usize,
        column: usize,
    },
    #[error("{}: the input is empty", plain(.name))]
    Empty { name: String },
    #[error("{}: {reason}", plain(.name))]
    NotUtf8 { name: String, reason: String },
    #[error("{}", without_number(.0.to_string()))]
    Config(#[from] ConfigError),
    #[error("{}: not checked, because {} has errors", plain(.name), shown(.config))]
    BrokenConfig { name: String, config: PathBuf },
    #[error("{} exists and was not changed", shown(.0))]
    ConfigExists(PathBuf),
    #[error("cannot read {}, which {} names: {}", shown(.schema), shown(.config), reason(.error))]
    OverlaySchema {
        config: PathBuf,
        schema: PathBuf,
        error: io::Error,
    },
    #[error("{}: {error}", shown(.schema))]
    Policy {
        schema: PathBuf,
        error: OverlayError,
    },
    #[error("cannot use {}: {error}", shown(.file))]
    Baseline { file: PathBuf, error: BaselineError },
    #[error("the baseline {} does not exist; --write-baseline creates it", shown(.0))]
    NoBaseline(PathBuf),
    #[error("cannot write {}: {}", plain(.name), reason(.error))]
    Unwritten { name: String, error: io::Error },
    #[error("cannot read the schema {}: {}", shown(.file), reason(.error))]
    SchemaFile { file: PathBuf, error: io::Error },
    #[error("the schema has errors:\n{0}")]
    Schema(pipelint::compile::CompileErrors),
    #[error("invalid glob `{}`: {error}", plain(.glob))]
    Exclude { glob: String, error: ignore::Error },
    #[error("{}: cannot fix a compressed input; decompress it first", plain(.name))]
    FixCompressed { name: String },
    #[error("{name}: {}", plain(.reason))]
    Document { name: String, reason: String },
    #[error("{} exists; --force overwrites it", shown(.0))]
    SchemaExists(PathBuf),
    #[cfg(feature = "mcp")]
    #[error(transparent)]
    Mcp(#[from] pipelint_mcp::McpError),
    #[cfg(feature = "mcp")]
    #[error("cannot use the folder {}: {}", shown(.folder), reason(.error))]
    Folder { folder: PathBuf, error: io::Error },
    #[error(transparent)]
    Serve(#[from] pipelint_serve::ServeError),
}

impl CliError {
    /// The input that could not be read to its end, if that is it.
    pub(crate) fn unread(&self) -> Option<&str> {
        match self {
            Self::Read { name, .. } => Some(name),
            _ => None,
        }
    }

    pub(crate) fn unwritten(path: &Path, error: io::Error) -> Self {
        Self::Unwritten {
            name: path.display().to_string(),
            error,
        }
    }

    pub(crate) fn no_such_payload(name: &str) -> Self {
        Self::no_such_payload_beside(name, &[])
    }

    /// There is no payload of that name, neither built-in nor among the configuration's own.
    pub(crate) fn no_such_payload_beside(name: &str, own: &[&Contract<'_>]) -> Self {
        let all = || payloads::ALL.iter().copied().chain(own.iter().copied());
        let ids = all().map(|contract| contract.id);
        let operations = || all().map(|contract| contract.operation);
        // Half a name is a good hint, too.
        let nearest = nearest(name, operations().chain(ids)).or_else(|| {
            let half = |operation: &&str| {
                let mut parts = operation.split('/');
                parts.any(|part| name.split('/').any(|half| half.eq_ignore_ascii_case(part)))
            };
            operations().find(half)
        });
        Self::NoSuchPayload {
            name: name.to_owned(),
            nearest: nearest.map(str::to_owned),
        }
    }

    pub(crate) fn no_such_rule(name: &str) -> Self {
        let schemas = || KEYWORDS.iter().map(|keyword| keyword.rule);
        let names = || rules::all().map(|rule| rule.name).chain(schemas());
        let groups = rules::GROUPS.iter().filter_map(|group| group.first());
        let groups = groups.map(|rule| rule.group());
        // Without its group a name is still a good hint.
        let nearest = nearest(name, names().chain(groups)).or_else(|| {
            let faults = names().filter_map(|rule| rule.split_once('/'));
            let fault = self::nearest(name, faults.map(|(_, fault)| fault))?;
            names().find(|rule| rule.ends_with(fault))
        });
        Self::NoSuchRule {
            name: name.to_owned(),
            nearest: nearest.map(str::to_owned),
        }
    }
}

/// What the system says, without the number that Rust adds.
fn reason(error: &io::Error) -> String {
    without_number(error.to_string())
}

fn without_number(mut reason: String) -> String {
    if let Some(at) = reason.find(" (os error") {
        reason.truncate(at);
    }
    reason
}

/// A path for messages.
fn shown(path: &Path) -> String {
    plain(&path.display().to_string())
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| {
        format!(" (did you mean `{nearest}`?)")
    })
}

fn listed(candidates: &[&'static Contract<'static>]) -> String {
    let names: Vec<_> = candidates
        .iter()
        .map(|contract| contract.operation)
        .collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
