//! The terms of a file or a text, from the closest configuration. A configuration is read again
//! when one of its files has changed.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use pipelint::contract::Contract;
use pipelint::{Inference, Instant, Locale, Options, Report, infer_among, payloads};
use pipelint_overlay::{Merged, SchemaOverlays};

use crate::config::Config;
use crate::project::{OwnContract, Project, ProjectError, contract};
use crate::settings::SchemaLevels;

/// The source of configurations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ConfigSource {
    /// The closest `pipelint.toml` above the file.
    #[default]
    Closest,
    /// One configuration for all files.
    File(PathBuf),
    /// Nowhere.
    None,
}

/// The terms by which one file or text is checked.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The payload, if the configuration names it.
    pub payload: Option<&'static Contract<'static>>,
    /// The configuration's own payloads.
    pub own: Arc<[OwnContract]>,
    /// The options of the check.
    pub options: Options,
    /// The JSON Schemas of the policy.
    pub overlays: Option<Arc<SchemaOverlays>>,
    /// The levels of what those report.
    pub schema_levels: SchemaLevels,
}

impl Terms {
    /// Infers the payload of a text from its keys, among the built-in ones and the
    /// configuration's own.
    #[must_use]
    pub fn infer(&self, payload: &[u8]) -> Inference {
        let own = self.own.iter().map(|own| own.contract);
        infer_among(payload, payloads::ALL.iter().copied().chain(own))
    }

    /// The contract of that name: a built-in payload, or one of the configuration's own. Without a
    /// part, the name means the request.
    #[must_use]
    pub fn contract(&self, name: &str) -> Option<&'static Contract<'static>> {
        contract(name, &self.own)
    }

    /// The diagnostics of a report and of the policy's JSON Schemas.
    #[must_use]
    pub fn diagnostics<'r>(&self, report: &'r Report<'r>) -> Vec<Merged<'r>> {
        match &self.overlays {
            None => report.diagnostics().map(Merged::Own).collect(),
            Some(overlays) => overlays.merge_with(report, |rule| self.schema_levels.of(rule)),
        }
    }
}

/// A configuration that cannot be used. Its files are not checked.
#[derive(Debug)]
pub struct BrokenConfig {
    /// The configuration.
    pub file: PathBuf,
    /// The reason.
    pub error: ProjectError,
}

/// The configurations of a program that runs for long, such as a language server.
///
/// The caller provides the clock and the options that override a configuration.
#[derive(Debug)]
pub struct Projects {
    source: ConfigSource,
    clock: fn() -> Instant,
    /// The time that counts as now, instead of the configuration's and the clock's.
    pub now: Option<Instant>,
    /// The language of messages, instead of the configuration's.
    pub locale: Option<Locale>,
    known: HashMap<PathBuf, Known>,
}

/// A configuration that was read.
#[derive(Debug)]
struct Known {
    /// The state of each file that it was read from.
    files: Vec<(PathBuf, State)>,
    project: Arc<Project>,
}

/// When a file was written, and its size; `None` if it is not there.
type State = Option<(SystemTime, u64)>;

fn state(file: &Path) -> State {
    let file = fs::metadata(file).ok()?;
    Some((file.modified().ok()?, file.len()))
}

impl Projects {
    /// Uses that source, and that clock unless another time is set.
    #[must_use]
    pub fn new(source: ConfigSource, clock: fn() -> Instant) -> Self {
        Self {
            source,
            clock,
            now: None,
            locale: None,
            known: HashMap::new(),
        }
    }

    /// Reads every configuration again when it is needed.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// The terms of the file at that path. A text without a file has the terms of `folder`; globs do
    /// not apply to it.
    ///
    /// # Errors
    ///
    /// If its configuration cannot be used.
    pub fn terms(
        &mut self,
        path: Option<&Path>,
        folder: Option<&Path>,
    ) -> Result<Terms, BrokenConfig> {
        let file = match &self.source {
            ConfigSource::None => None,
            ConfigSource::File(file) => Some(file.clone()),
            ConfigSource::Closest => path
                .and_then(Path::parent)
                .or(folder)
                .and_then(Config::find),
        };
        let project = file.map(|file| self.project(&file)).transpose()?;
        let configured = project.as_ref().and_then(|project| project.settings.now());
        let now = self.now.or(configured).unwrap_or_else(self.clock);
        let mut terms = match &project {
            None => Terms {
                payload: None,
                own: Arc::default(),
                options: Options::at(now),
                overlays: None,
                schema_levels: SchemaLevels::default(),
            },
            Some(project) => {
                let file = match path {
                    Some(path) => project.settings.for_file(path, now),
                    None => project.settings.without_file(now),
                };
                Terms {
                    payload: file
                        .payload
                        .as_ref()
                        .and_then(|name| project.contract_of(name)),
                    own: Arc::clone(&project.own),
                    options: file.options,
                    overlays: project.overlays.clone(),
                    schema_levels: file.schema_levels,
                }
            }
        };
        if let Some(locale) = self.locale {
            terms.options = terms.options.with_locale(locale);
        }
        Ok(terms)
    }

    /// The configuration in that file. A broken one is read again each time, because the problem may
    /// be in any of its files.
    fn project(&mut self, file: &Path) -> Result<Arc<Project>, BrokenConfig> {
        let is_current = |known: &&Known| {
            let mut files = known.files.iter();
            files.all(|(file, known)| state(file) == *known)
        };
        if let Some(known) = self.known.get(file).filter(is_current) {
            return Ok(Arc::clone(&known.project));
        }
        let own = (file.to_owned(), state(file));
        let project = Project::read(file).map_err(|error| BrokenConfig {
            file: file.to_owned(),
            error,
        })?;
        let project = Arc::new(project);
        let named = project.named_files();
        let named = named.map(|file| (file.to_owned(), state(file)));
        let known = Known {
            files: std::iter::once(own).chain(named).collect(),
            project: Arc::clone(&project),
        };
        self.known.insert(file.to_owned(), known);
        Ok(project)
    }
}
