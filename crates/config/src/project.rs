//! A configuration together with the files that it names.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use pipelint::compile::{CompileErrors, CompileOptions, ContractTables, compile};
use pipelint::contract::{Contract, Part};
use pipelint::payloads;
use pipelint_discover::annotate::apply_file;
use pipelint_overlay::{OverlayError, SchemaOverlays};
use serde_json::Value;
use thiserror::Error;

use crate::config::Config;
use crate::problem::{ConfigError, Problems};
use crate::settings::{OwnPayload, PayloadName, Settings};

/// A configuration that was read with all files that it names.
#[derive(Debug, Clone)]
pub struct Project {
    /// The settings of the configuration.
    pub settings: Settings,
    /// The JSON Schemas of its policy, if it names any.
    pub overlays: Option<Arc<SchemaOverlays>>,
    /// Its own payloads.
    pub own: Arc<[OwnContract]>,
}

/// A payload of a configuration's own, ready to be checked against.
#[derive(Debug, Clone)]
pub struct OwnContract {
    /// Its contract.
    pub contract: &'static Contract<'static>,
    /// Its JSON Schema, with the meanings.
    pub schema: Arc<Value>,
}

/// The reason why a configuration, or a file that it names, cannot be used.
#[derive(Debug, Error)]
pub enum ProjectError {
    /// The configuration itself.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file cannot be read.
    #[error("cannot read {}: {error}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// A JSON Schema of the policy cannot be used.
    #[error("{}: {error}", file.display())]
    Overlay {
        /// The schema's file.
        file: PathBuf,
        /// The reason.
        error: OverlayError,
    },
    /// The JSON Schema of a payload of the configuration's own cannot be used.
    #[error("{errors}")]
    Own {
        /// The schema's file.
        file: PathBuf,
        /// All faults of the schema.
        errors: CompileErrors,
    },
    /// A JSON Schema and the file of its meanings do not fit together.
    #[error("{}: {reason}", file.display())]
    Meanings {
        /// The file.
        file: PathBuf,
        /// The reason.
        reason: String,
    },
}

impl From<Problems> for ProjectError {
    fn from(problems: Problems) -> Self {
        Self::Config(problems.into())
    }
}

impl ProjectError {
    /// The file that cannot be used, if it is not the configuration itself.
    #[must_use]
    pub fn named_file(&self) -> Option<&Path> {
        match self {
            Self::Config(_) => None,
            Self::Read { file, .. }
            | Self::Overlay { file, .. }
            | Self::Own { file, .. }
            | Self::Meanings { file, .. } => Some(file),
        }
    }
}

impl Project {
    /// Reads a configuration file and the files that it names.
    ///
    /// # Errors
    ///
    /// If one of the files cannot be read or used.
    pub fn read(file: &Path) -> Result<Self, ProjectError> {
        Self::with(Settings::read(file)?)
    }

    /// Prepares a configuration whose paths and globs are relative to `folder`, and reads the
    /// files that it names.
    ///
    /// # Errors
    ///
    /// If the configuration has problems, or one of the files cannot be read or used.
    pub fn of(config: &Config, folder: &Path) -> Result<Self, ProjectError> {
        Self::with(Settings::of(config, folder)?)
    }

    fn with(settings: Settings) -> Result<Self, ProjectError> {
        let mut overlays = SchemaOverlays::new();
        for (contract, file) in settings.schemas() {
            overlays
                .add(contract.id, &read(file)?)
                .map_err(|error| ProjectError::Overlay {
                    file: file.to_owned(),
                    error,
                })?;
        }
        let own = settings.own_payloads().iter().map(OwnContract::read);
        Ok(Self {
            own: own.collect::<Result<_, _>>()?,
            overlays: (!overlays.is_empty()).then(|| Arc::new(overlays)),
            settings,
        })
    }

    /// All files that the configuration names.
    pub fn named_files(&self) -> impl Iterator<Item = &Path> {
        let own = self.settings.own_payloads().iter();
        let own = own.flat_map(|own| [Some(&own.schema), own.meanings.as_ref()]);
        let schemas = self.settings.schemas().map(|(_, file)| file);
        schemas.chain(own.flatten().map(PathBuf::as_path))
    }

    /// The contract of that name: a payload of the configuration's own, or a built-in one. Without
    /// a part, the name means the request.
    #[must_use]
    pub fn contract(&self, name: &str) -> Option<&'static Contract<'static>> {
        contract(name, &self.own)
    }

    /// The contract that a glob of the configuration names.
    #[must_use]
    pub fn contract_of(&self, name: &PayloadName) -> Option<&'static Contract<'static>> {
        name.built_in().or_else(|| self.contract(name.id()))
    }
}

/// The contract of that name among the built-in ones and those.
pub(crate) fn contract(name: &str, own: &[OwnContract]) -> Option<&'static Contract<'static>> {
    let is_called = |contract: &Contract<'_>| {
        contract.id == name || contract.operation == name && contract.part == Part::Request
    };
    payloads::by_id(name).or_else(|| {
        let mut own = own.iter().map(|own| own.contract);
        own.find(|contract| is_called(contract))
    })
}

impl OwnContract {
    fn read(payload: &OwnPayload) -> Result<Self, ProjectError> {
        let mut text = read(&payload.schema)?;
        if let Some(meanings) = &payload.meanings {
            text = with_meanings(&payload.schema, &text, meanings)?;
        }
        let file = payload.schema.display().to_string();
        let default = CompileOptions::default();
        let options = CompileOptions {
            file: &file,
            id: &payload.id,
            system: or(&payload.system, default.system),
            title: or(&payload.title, default.title),
            ..default
        };
        Ok(Self {
            schema: Arc::new(serde_json::from_str(&text).unwrap_or_default()),
            contract: compiled(&text, &options).map_err(|errors| ProjectError::Own {
                file: payload.schema.clone(),
                errors,
            })?,
        })
    }
}

fn or<'t>(text: &'t str, default: &'t str) -> &'t str {
    if text.is_empty() { default } else { text }
}

/// Compiles a schema. Inference takes contracts that live as long as the program, so each version
/// of a schema is compiled once and kept until the program ends.
fn compiled(
    text: &str,
    options: &CompileOptions<'_>,
) -> Result<&'static Contract<'static>, CompileErrors> {
    static KNOWN: LazyLock<Mutex<HashMap<String, &'static Contract<'static>>>> =
        LazyLock::new(Mutex::default);
    let version = [
        options.id,
        options.system,
        options.title,
        options.file,
        text,
    ]
    .join("\0");
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(contract) = known.get(&version) {
        return Ok(contract);
    }
    let tables = compile(text, options)?.tables();
    let tables: &'static ContractTables = Box::leak(Box::new(tables));
    known.insert(version, tables.contract());
    Ok(tables.contract())
}

/// A schema with the meanings of another file.
fn with_meanings(file: &Path, schema: &str, meanings: &Path) -> Result<String, ProjectError> {
    let fault = |file: &Path, reason: String| ProjectError::Meanings {
        file: file.to_owned(),
        reason,
    };
    let parse = |file: &Path, text: &str| {
        pipelint_discover::read(text).map_err(|error| fault(file, error.to_string()))
    };
    let mut root = parse(file, schema)?;
    let pointers = parse(meanings, &read(meanings)?)?;
    let pointers = pointers.as_object().cloned().unwrap_or_default();
    apply_file(&mut root, &pointers).map_err(|faults| fault(meanings, faults.join("; ")))?;
    Ok(root.to_string())
}

fn read(file: &Path) -> Result<String, ProjectError> {
    fs::read_to_string(file).map_err(|error| ProjectError::Read {
        file: file.to_owned(),
        error,
    })
}
