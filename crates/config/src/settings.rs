//! A configuration made ready: what holds for a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipelint::contract::{Contract, Meanings};
use pipelint::{
    Instant, Level, Limits, Locale, Mask, Options, Policy, Rule, Severity, SeverityOverrides,
    payloads, rules,
};

use crate::config::{Config, LevelName, PolicyLists};
use crate::glob::Glob;
use crate::path::settled;
use crate::problem::{ConfigError, Problems};

type RuleLevels = Vec<(&'static Rule, Level)>;

/// Levels for some files.
#[derive(Debug, Clone)]
struct Override {
    files: Vec<Glob>,
    levels: RuleLevels,
    schema_levels: SchemaLevels,
}

/// A payload of a configuration's own.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OwnPayload {
    /// Its name, `<system>/<operation>/<part>`.
    pub id: String,
    /// The file of its JSON Schema.
    pub schema: PathBuf,
    /// A file of JSON pointers into the schema and the meanings there.
    pub meanings: Option<PathBuf>,
    /// What the operation does; empty if the configuration does not say it.
    pub title: String,
    /// The name of the system in messages.
    pub system: String,
}

/// Which payload a file is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum PayloadName {
    /// A built-in one.
    BuiltIn(&'static Contract<'static>),
    /// One of the configuration's own, by its `<system>/<operation>/<part>`.
    Own(String),
}

impl PayloadName {
    /// The contract of a built-in payload.
    #[must_use]
    pub const fn built_in(&self) -> Option<&'static Contract<'static>> {
        match self {
            Self::BuiltIn(contract) => Some(contract),
            Self::Own(_) => None,
        }
    }

    /// The name with its part: `<system>/<operation>/<part>`.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::BuiltIn(contract) => contract.id,
            Self::Own(id) => id,
        }
    }

    fn of(name: &str) -> Self {
        payloads::by_id(name).map_or_else(|| Self::Own(full_name(name)), Self::BuiltIn)
    }
}

/// The name of a payload with its part.
fn full_name(name: &str) -> String {
    if name.split('/').count() == 2 {
        format!("{name}/request")
    } else {
        name.to_owned()
    }
}

/// A configuration that makes sense, ready to be asked about files.
#[derive(Debug, Clone)]
pub struct Settings {
    folder: PathBuf,
    now: Option<Instant>,
    fail_on: Option<Severity>,
    locale: Locale,
    files: Vec<(Glob, PayloadName)>,
    own_payloads: Vec<OwnPayload>,
    levels: SeverityOverrides,
    schema_levels: SchemaLevels,
    overrides: Vec<Override>,
    policy: Option<Arc<Policy>>,
    schemas: Vec<(&'static Contract<'static>, PathBuf)>,
    mask: Mask,
    limits: Limits,
}

/// Levels of what JSON Schemas of the policy report, whose rules are `policy/<keyword>` and are in
/// no list of rules.
#[derive(Debug, Clone, Default)]
pub struct SchemaLevels(Vec<(String, Level)>);

impl SchemaLevels {
    /// The level set for such a rule, or for the group `policy`, if any.
    #[must_use]
    pub fn of(&self, rule: &str) -> Option<Level> {
        let mut set = self.0.iter().rev();
        let found = set.find(|(name, _)| name == rule || name == "policy")?;
        Some(found.1)
    }

    /// Sets the level of such a rule, or of the group `policy`. The last one counts.
    pub fn set(&mut self, rule: &str, level: Level) {
        self.0.push((rule.to_owned(), level));
    }

    fn extend(&mut self, set: &BTreeMap<String, LevelName>) {
        // The group comes before its rules in the order of the names, so that theirs count more.
        let set = set
            .iter()
            .filter(|(name, _)| *name == "policy" || name.starts_with("policy/"));
        let set = set.map(|(name, level)| (name.clone(), Level::from(*level)));
        self.0.extend(set);
    }
}

/// What holds for one file.
#[derive(Debug, Clone)]
pub struct FileSettings {
    /// Which payload the file is, if the configuration says it.
    pub payload: Option<PayloadName>,
    /// How it is to be judged.
    pub options: Options,
    /// The levels of what the policy's own JSON Schemas report.
    pub schema_levels: SchemaLevels,
    /// The least severity that makes a check fail, if the configuration says it.
    pub fail_on: Option<Severity>,
}

impl Settings {
    /// Reads a configuration file. Its globs are about files in its folder.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or for the reasons of [`Config::parse`].
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(file).map_err(|source| ConfigError::Read {
            file: file.to_owned(),
            source,
        })?;
        let config = Config::parse(&text, Some(file))?;
        Ok(Self::of(&config, file.parent().unwrap_or(Path::new("")))?)
    }

    /// Makes a configuration ready whose globs are about files in `folder`.
    ///
    /// # Errors
    ///
    /// Everything in it that makes no sense; see [`Config::parse`].
    pub fn of(config: &Config, folder: &Path) -> Result<Self, Problems> {
        let problems = config.problems();
        if problems.is_empty() {
            Ok(Self::made(config, folder))
        } else {
            Err(Problems::of(None, problems))
        }
    }

    /// Of a configuration without problems.
    fn made(config: &Config, folder: &Path) -> Self {
        let globs = |globs: &[String]| {
            globs
                .iter()
                .filter_map(|glob| Glob::new(glob).ok())
                .collect()
        };
        let mut levels = SeverityOverrides::default();
        for (rule, level) in levels_of(config.rules.iter()) {
            levels.set(rule, level);
        }
        let schema_levels_of = |set| {
            let mut levels = SchemaLevels::default();
            levels.extend(set);
            levels
        };
        let policy = policy(&config.policy);
        let meanings = config.mask.meanings.iter();
        let meanings = meanings
            .filter_map(|name| Meanings::by_name(name))
            .fold(Meanings::EMPTY, Meanings::or);
        let usual = Limits::default();
        Self {
            folder: settled(folder),
            now: config.now.as_ref().and_then(|now| now.parse().ok()),
            fail_on: config.fail_on.map(Severity::from),
            locale: config
                .locale
                .as_deref()
                .and_then(Locale::by_tag)
                .unwrap_or_default(),
            files: config
                .files
                .iter()
                .filter_map(|(glob, id)| Some((Glob::new(glob).ok()?, PayloadName::of(id))))
                .collect(),
            own_payloads: config
                .payloads
                .iter()
                .map(|(name, files)| OwnPayload {
                    id: full_name(name),
                    schema: folder.join(&files.schema),
                    meanings: files.meanings.as_ref().map(|file| folder.join(file)),
                    title: files.title.clone().unwrap_or_default(),
                    system: files
                        .system
                        .clone()
                        .unwrap_or_else(|| name.split('/').next().unwrap_or_default().to_owned()),
                })
                .collect(),
            levels,
            schema_levels: schema_levels_of(&config.rules),
            overrides: config
                .overrides
                .iter()
                .map(|one| Override {
                    files: globs(&one.files),
                    levels: levels_of(one.rules.iter()),
                    schema_levels: schema_levels_of(&one.rules),
                })
                .collect(),
            schemas: config
                .policy
                .schemas
                .iter()
                .filter_map(|(id, file)| Some((payloads::by_id(id)?, folder.join(file))))
                .collect(),
            policy: (!policy.is_empty()).then(|| Arc::new(policy)),
            mask: Mask::new(config.mask.properties.clone(), meanings),
            limits: usual
                .with_depth(config.limits.depth.unwrap_or(usual.depth))
                .with_size(config.limits.size.unwrap_or(usual.size))
                .with_diagnostics(config.limits.diagnostics.unwrap_or(usual.diagnostics)),
        }
    }

    /// The time that counts as now, if the configuration says it.
    #[must_use]
    pub const fn now(&self) -> Option<Instant> {
        self.now
    }

    /// The least severity that makes a check fail, if the configuration says it.
    #[must_use]
    pub const fn fail_on(&self) -> Option<Severity> {
        self.fail_on
    }

    /// The values that nobody may print.
    #[must_use]
    pub const fn mask(&self) -> &Mask {
        &self.mask
    }

    /// The payloads over which JSON Schemas of the policy are laid, and the schemas' files. Who
    /// reads them lays them with the crate `pipelint-overlay`.
    pub fn schemas(&self) -> impl Iterator<Item = (&'static Contract<'static>, &Path)> {
        let schemas = self.schemas.iter();
        schemas.map(|(contract, file)| (*contract, file.as_path()))
    }

    /// The payloads of the configuration's own. The caller compiles their schemas.
    #[must_use]
    pub fn own_payloads(&self) -> &[OwnPayload] {
        &self.own_payloads
    }

    /// What holds for a file that is judged as of `now`: the caller knows whether an argument,
    /// [`Self::now`] or the clock says it.
    #[must_use]
    pub fn for_file(&self, path: &Path, now: Instant) -> FileSettings {
        let path = settled(path);
        let path = path.strip_prefix(&self.folder).unwrap_or(&path);
        let matches = |globs: &[Glob]| globs.iter().any(|glob| glob.matches(path));
        let mut settings = self.without_file(now);
        for one in self.overrides.iter().filter(|one| matches(&one.files)) {
            for (rule, level) in &one.levels {
                settings.options.levels.set(rule, *level);
            }
            let schema_levels = one.schema_levels.0.iter().cloned();
            settings.schema_levels.0.extend(schema_levels);
        }
        let payload = self.files.iter().rev().find(|(glob, _)| glob.matches(path));
        settings.payload = payload.map(|(_, name)| name.clone());
        settings
    }

    /// Whether a glob of `files` names the file, by more than `*`: what walks over folders takes it
    /// for a payload then, whatever its ending.
    #[must_use]
    pub fn names(&self, path: &Path) -> bool {
        let path = settled(path);
        let path = path.strip_prefix(&self.folder).unwrap_or(&path);
        let files = self.files.iter();
        files
            .filter(|(glob, _)| glob.names_files)
            .any(|(glob, _)| glob.matches(path))
    }

    fn options(&self, now: Instant) -> Options {
        Options::at(now)
            .with_limits(self.limits)
            .with_levels(self.levels.clone())
            .with_policy(self.policy.clone())
            .with_mask(self.mask.clone())
            .with_locale(self.locale)
    }

    /// What holds for a payload that comes from no file, such as the body of a request: neither
    /// globs nor overrides count.
    #[must_use]
    pub fn without_file(&self, now: Instant) -> FileSettings {
        FileSettings {
            payload: None,
            options: self.options(now),
            schema_levels: self.schema_levels.clone(),
            fail_on: self.fail_on,
        }
    }
}

/// The levels of single rules, groups first, so that a rule's own counts more.
fn levels_of<'l>(set: impl Iterator<Item = (&'l String, &'l LevelName)> + Clone) -> RuleLevels {
    let groups = set.clone().filter(|(name, _)| !name.contains('/'));
    let of_groups = groups.flat_map(|(name, level)| {
        let members = rules::all().filter(move |rule| rule.group() == name);
        members.map(move |rule| (rule, Level::from(*level)))
    });
    let of_rules =
        set.filter_map(|(name, level)| Some((rules::by_name(name)?, Level::from(*level))));
    of_groups.chain(of_rules).collect()
}

fn policy(lists: &PolicyLists) -> Policy {
    Policy {
        stages: lists.stages.clone(),
        pipelines: lists.pipelines.clone(),
        owners: lists.owners.clone(),
        currencies: lists.currencies.clone(),
        choices: lists.choices.clone().into_iter().collect(),
        least_value: lists
            .least_value
            .as_ref()
            .and_then(|value| value.0.parse().ok()),
        greatest_value: lists
            .greatest_value
            .as_ref()
            .and_then(|value| value.0.parse().ok()),
    }
}
