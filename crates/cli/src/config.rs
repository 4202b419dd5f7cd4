//! What holds for each input: the arguments, and before them what the configuration says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use pipelint::compile::CompileErrors;
use pipelint::contract::{Contract, Part};
use pipelint::{Instant, Level, Locale, Options, Severity, payloads, rules};
use pipelint_config::{Config, PayloadName, SchemaLevels, Settings};
use pipelint_overlay::SchemaOverlays;

use crate::args::CheckArgs;
use crate::clock;
use crate::error::CliError;
use crate::input::Source;
use crate::schema::{self, OwnSchema};

/// What holds for one input.
#[derive(Debug, Clone)]
pub(crate) struct ResolvedSettings {
    /// The payload that it is, if somebody has said it.
    pub(crate) contract: Option<&'static Contract<'static>>,
    /// The configuration's own payloads.
    pub(crate) own: Arc<[&'static Contract<'static>]>,
    pub(crate) options: Options,
    pub(crate) policy: Option<Arc<SchemaOverlays>>,
    /// The levels of what the policy's schemas refuse.
    pub(crate) schema_levels: SchemaLevels,
    /// The least severity that makes the check fail.
    pub(crate) fail_on: Severity,
}

/// Knows what holds for which input.
#[derive(Debug, Clone)]
pub(crate) struct Configs {
    contract: Option<&'static Contract<'static>>,
    now: Option<Instant>,
    clock: Instant,
    fail_on: Option<Severity>,
    locale: Option<Locale>,
    from: From,
    /// Whether notes on schemas are left out.
    is_quiet: bool,
    selection: Arc<Selection>,
}

/// Where configurations come from.
#[derive(Debug, Clone)]
enum From {
    Nowhere,
    /// One for all.
    File(Arc<Loaded>),
    /// The nearest above each file.
    Above(Known),
}

/// Configurations that were found.
#[derive(Debug, Clone, Default)]
struct Known {
    /// The file that holds for a folder, if there is one.
    folders: HashMap<PathBuf, Option<PathBuf>>,
    /// Files that were read; none of one that is broken.
    files: HashMap<PathBuf, Option<Arc<Loaded>>>,
}

/// A configuration with all that it names.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    pub(crate) policy: Option<Arc<SchemaOverlays>>,
    /// The contracts of the configuration's own payloads.
    pub(crate) own: Arc<[&'static Contract<'static>]>,
}

impl Configs {
    /// Reads what the arguments ask for. The configurations for the paths that they name are read
    /// now, so that one that is broken is known before anything is checked.
    pub(crate) fn new(args: &CheckArgs) -> Result<Self, CliError> {
        let contract = match (&args.payload, &args.schema) {
            (Some(name), _) => payloads::by_id(name),
            (None, Some(file)) => {
                let meanings = args.meanings.as_deref();
                Some(schema::of_argument(file, meanings, args.quiet)?)
            }
            (None, None) => None,
        };
        let from = if args.no_config {
            From::Nowhere
        } else if let Some(file) = &args.config {
            From::File(Arc::new(Loaded::read(file, args.quiet)?))
        } else {
            From::Above(Known::default())
        };
        let mut configs = Self {
            contract,
            now: args.now,
            clock: clock::now(),
            fail_on: args.fail_on.map(Severity::from),
            locale: args.locale,
            from,
            is_quiet: args.quiet,
            selection: Arc::new(Selection::new(args)?),
        };
        for path in &args.paths {
            let folder = if path.is_dir() {
                path
            } else {
                path.parent().unwrap_or(path)
            };
            configs.loaded(folder, path)?;
        }
        if let (Some(name), None) = (&args.payload, configs.contract) {
            configs.contract = Some(configs.own_payload(name, &args.paths)?);
        }
        Ok(configs)
    }

    /// The configurations' own payload of that name.
    fn own_payload(
        &mut self,
        name: &str,
        paths: &[PathBuf],
    ) -> Result<&'static Contract<'static>, CliError> {
        let here = PathBuf::from(".");
        let mut known: Vec<&'static Contract<'static>> = Vec::new();
        for path in paths.iter().chain([&here]) {
            let folder = if path.is_dir() {
                path
            } else {
                path.parent().unwrap_or(path)
            };
            if let Some(loaded) = self.loaded(folder, path)? {
                known.extend(loaded.own.iter());
            }
        }
        let found = known.iter().find(|one| is_called(one, name));
        found
            .copied()
            .ok_or_else(|| CliError::no_such_payload_beside(name, &known))
    }

    /// What holds for an input.
    pub(crate) fn terms(&mut self, source: &Source) -> Result<ResolvedSettings, CliError> {
        let mut terms = self.found(source)?;
        terms.options.locale = self.locale.unwrap_or(terms.options.locale);
        self.selection.apply(&mut terms);
        Ok(terms)
    }

    /// Whether a configuration says of a file in a folder that it is a payload, and which.
    pub(crate) fn names(&mut self, path: &Path) -> bool {
        let folder = path.parent().unwrap_or(path);
        // What is wrong with a configuration is said where it holds for a payload.
        let loaded = self.loaded(folder, path).ok().flatten();
        loaded.is_some_and(|loaded| loaded.settings.names(path))
    }

    fn found(&mut self, source: &Source) -> Result<ResolvedSettings, CliError> {
        let path = source.path();
        let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
        let loaded = self.loaded(folder, Path::new(&source.name))?;
        let clock = self.clock;
        let Some(loaded) = loaded else {
            return Ok(ResolvedSettings {
                contract: self.contract,
                own: Arc::default(),
                options: Options::at(self.now.unwrap_or(clock)),
                policy: None,
                schema_levels: SchemaLevels::default(),
                fail_on: self.fail_on.unwrap_or(Severity::Error),
            });
        };
        let settings = &loaded.settings;
        let now = self.now.or(settings.now()).unwrap_or(clock);
        let file = settings.for_file(path.unwrap_or(Path::new("<stdin>")), now);
        let payload = match &file.payload {
            Some(PayloadName::BuiltIn(contract)) => Some(*contract),
            Some(PayloadName::Own(id)) => loaded.own.iter().find(|own| own.id == id).copied(),
            _ => None,
        };
        Ok(ResolvedSettings {
            contract: self.contract.or(payload),
            own: Arc::clone(&loaded.own),
            options: file.options,
            policy: loaded.policy.clone(),
            schema_levels: file.schema_levels,
            fail_on: self.fail_on.or(file.fail_on).unwrap_or(Severity::Error),
        })
    }

    /// The configuration for files in a folder. `asking` is the file that needs it.
    fn loaded(&mut self, folder: &Path, asking: &Path) -> Result<Option<Arc<Loaded>>, CliError> {
        let known = match &mut self.from {
            From::Nowhere => return Ok(None),
            From::File(loaded) => return Ok(Some(Arc::clone(loaded))),
            From::Above(known) => known,
        };
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let file = known
            .folders
            .entry(folder.to_owned())
            .or_insert_with(|| Config::find(folder).map(|file| near(&file)));
        let Some(file) = file else {
            return Ok(None);
        };
        match known.files.get(file) {
            Some(Some(loaded)) => Ok(Some(Arc::clone(loaded))),
            // What is wrong with it was said when it was read.
            Some(None) => Err(CliError::BrokenConfig {
                name: asking.display().to_string(),
                config: file.clone(),
            }),
            None => {
                let loaded = Loaded::read(file, self.is_quiet).map(Arc::new);
                let kept = loaded.as_ref().ok().map(Arc::clone);
                known.files.insert(file.clone(), kept);
                loaded.map(Some)
            }
        }
    }
}

impl Loaded {
    /// Reads a configuration and the schemas that it names.
    pub(crate) fn read(file: &Path, is_quiet: bool) -> Result<Self, CliError> {
        let settings = Settings::read(file)?;
        let mut policy = SchemaOverlays::new();
        for (contract, schema) in settings.schemas() {
            let schema = near(schema);
            let text = fs::read_to_string(&schema).map_err(|error| CliError::OverlaySchema {
                config: file.to_owned(),
                schema: schema.clone(),
                error,
            })?;
            policy
                .add(contract.id, &text)
                .map_err(|error| CliError::Policy { schema, error })?;
        }
        let mut own = Vec::new();
        let mut problems = Vec::new();
        for payload in settings.own_payloads() {
            let (file, meanings) = (near(&payload.schema), payload.meanings.as_deref().map(near));
            let schema = OwnSchema {
                file: &file,
                meanings: meanings.as_deref(),
                id: &payload.id,
                system: &payload.system,
                title: &payload.title,
            };
            match schema.compile(is_quiet) {
                Ok(contract) => own.push(contract),
                Err(CliError::Schema(errors)) => problems.extend(errors.0),
                Err(other) => return Err(other),
            }
        }
        if !problems.is_empty() {
            return Err(CliError::Schema(CompileErrors(problems)));
        }
        Ok(Self {
            settings,
            own: own.into(),
            policy: (!policy.is_empty()).then(|| Arc::new(policy)),
        })
    }
}

/// The rules that the arguments select and ignore.
#[derive(Debug, Default)]
struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    /// # Errors
    ///
    /// If there is no rule or group of that name.
    fn new(args: &CheckArgs) -> Result<Self, CliError> {
        let keywords = || {
            pipelint_overlay::KEYWORDS
                .iter()
                .map(|keyword| keyword.rule)
        };
        for name in args.select.iter().chain(&args.ignore) {
            let is_known = rules::all().any(|rule| rule.name == name || rule.group() == name)
                || keywords().any(|rule| rule == name);
            if !is_known {
                return Err(CliError::no_such_rule(name));
            }
        }
        Ok(Self {
            select: args.select.clone(),
            ignore: args.ignore.clone(),
        })
    }

    fn takes(&self, rule: &str) -> bool {
        let is_of = |name: &String| {
            let rest = rule.strip_prefix(name.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        (self.select.is_empty() || self.select.iter().any(is_of)) && !self.ignore.iter().any(is_of)
    }

    /// Turns off the rules that are not selected.
    fn apply(&self, terms: &mut ResolvedSettings) {
        if self.select.is_empty() && self.ignore.is_empty() {
            return;
        }
        for rule in rules::all().filter(|rule| !self.takes(rule.name)) {
            terms.options.levels.set(rule, Level::Off);
        }
        for keyword in pipelint_overlay::KEYWORDS {
            if !self.takes(keyword.rule) {
                terms.schema_levels.set(keyword.rule, Level::Off);
            }
        }
    }
}

/// Whether a contract has that name, with or without the part of a request.
pub(crate) fn is_called(contract: &Contract<'_>, name: &str) -> bool {
    contract.id == name || contract.operation == name && contract.part == Part::Request
}

/// The path from the current folder, if it is in there.
pub(crate) fn near(path: &Path) -> PathBuf {
    let here = env::current_dir().ok();
    let near = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    near.unwrap_or_else(|| path.to_owned())
}
