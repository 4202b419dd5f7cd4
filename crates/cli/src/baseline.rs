//! `pipelint check --baseline`: findings that are known stay quiet.

use std::collections::HashMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use pipelint_config::{Baseline, Entry, Matcher};

use crate::args::BaselineArgs;
use crate::error::CliError;
use crate::findings::Findings;
use crate::input::Source;
use crate::output::{counted, visible};
use crate::replace::Replacement;
use crate::say;

/// The most entries that are listed because they match nothing.
const LISTED: usize = 20;

/// The findings in a payload, as a baseline knows them.
#[derive(Debug)]
pub(crate) struct BaselineKeys(Vec<Entry>);

impl BaselineKeys {
    pub(crate) fn of(findings: &Findings<'_>) -> Self {
        let report = findings.report;
        let entries = findings.iter().map(|finding| {
            let (rule, pointer) = (finding.rule(), finding.pointer());
            Entry::new("", rule, pointer, finding.span(), report)
        });
        Self(entries.collect())
    }
}

/// Which findings in a payload are known, in their order. Without a baseline, none is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Suppressed(Vec<bool>);

impl Suppressed {
    /// How many are known.
    pub(crate) fn known(&self) -> u64 {
        self.0.iter().filter(|known| **known).count() as u64
    }

    /// Whether none is left.
    pub(crate) fn is_all(&self) -> bool {
        self.0.iter().all(|known| *known)
    }

    /// Drops the findings that are known.
    pub(crate) fn apply(&self, findings: &mut Findings<'_>) {
        let mut known = self.0.iter();
        findings.retain(|_| known.next().is_none_or(|known| !known));
    }
}

/// What is known, and what became of it in this run.
#[derive(Debug)]
pub(crate) struct Known {
    file: PathBuf,
    old: Baseline,
    matcher: Matcher,
    /// What is found now, if that is to be written.
    new: Option<Baseline>,
    /// The inputs that were checked: what they were called, and what the baseline calls them.
    checked: HashMap<String, String>,
}

impl Known {
    /// Reads the baseline that the arguments name. One that is to be written need not be there.
    pub(crate) fn new(args: &BaselineArgs) -> Result<Option<Self>, CliError> {
        let Some(file) = &args.baseline else {
            return Ok(None);
        };
        let old = match fs::read_to_string(file) {
            Ok(text) => Baseline::parse(&text).map_err(|error| CliError::Baseline {
                file: file.clone(),
                error,
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if !args.write_baseline {
                    return Err(CliError::NoBaseline(file.clone()));
                }
                Baseline::default()
            }
            Err(error) => {
                return Err(CliError::Read {
                    name: file.display().to_string(),
                    error,
                });
            }
        };
        Ok(Some(Self {
            matcher: old.matcher(),
            new: args.write_baseline.then(Baseline::default),
            file: file.clone(),
            old,
            checked: HashMap::new(),
        }))
    }

    /// An input is checked now. One that was checked before begins anew.
    pub(crate) fn start(&mut self, source: &Source) {
        let name = source.path().map_or_else(
            || source.name.clone(),
            |path| Baseline::name_of(path, self.folder()),
        );
        self.matcher.restart(&self.old, &name);
        if let Some(new) = &mut self.new {
            new.retain(|file| file != name);
        }
        self.checked.insert(source.name.clone(), name);
    }

    /// An input could not be read to its end after all.
    pub(crate) fn forget(&mut self, name: &str) {
        self.checked.remove(name);
    }

    /// Which findings in a payload of an input are known; each is asked about once. What is to be
    /// written is known.
    pub(crate) fn judge(&mut self, source: &Source, asked: BaselineKeys) -> Suppressed {
        let name = self.checked.get(&source.name).unwrap_or(&source.name);
        let known = asked.0.into_iter().map(|mut entry| {
            entry.file.clone_from(name);
            match &mut self.new {
                None => self.matcher.takes(entry),
                Some(new) => {
                    new.insert(entry);
                    true
                }
            }
        });
        Suppressed(known.collect())
    }

    /// Writes the baseline, or says which of its entries match nothing any more.
    pub(crate) fn finish(&mut self) -> Result<(), CliError> {
        if let Some(new) = self.new.take() {
            return self.write(new);
        }
        self.say_unused();
        Ok(())
    }

    /// Writes what was found. Files that were not checked keep their entries while they are there.
    fn write(&self, mut new: Baseline) -> Result<(), CliError> {
        for entry in self.old.entries() {
            if !self.was_checked(&entry) && self.is_there(&entry) {
                new.insert(entry);
            }
        }
        let name = self.file.display();
        let entries = new.entries();
        let findings: u64 = entries.iter().map(|entry| u64::from(entry.count)).sum();
        let mut files: Vec<_> = entries.iter().map(|entry| &entry.file).collect();
        files.dedup();
        let what = format!(
            "{} in {}",
            counted(findings, "finding", "findings"),
            counted(files.len() as u64, "file", "files")
        );
        if new == self.old && self.file.exists() {
            say(&format_args!("{name} is as it was: {what}"));
            return Ok(());
        }
        replace(&self.file, new.to_text().as_bytes())
            .map_err(|error| CliError::unwritten(&self.file, error))?;
        say(&format_args!("wrote {name}: {what}"));
        Ok(())
    }

    fn say_unused(&self) {
        let unused: Vec<Entry> = self
            .matcher
            .unused()
            .into_iter()
            .filter(|entry| self.was_checked(entry) || !self.is_there(entry))
            .collect();
        if unused.is_empty() {
            return;
        }
        let many = unused.len() > 1;
        let mut lines = vec![format!(
            "{}: {} {} nothing any more; --write-baseline drops {}",
            self.file.display(),
            counted(unused.len() as u64, "entry", "entries"),
            if many { "match" } else { "matches" },
            if many { "them" } else { "it" },
        )];
        for entry in unused.iter().take(LISTED) {
            let times = match entry.count {
                1 => String::new(),
                count => format!(", {count} times"),
            };
            let place = match entry.pointer.as_str() {
                "" => String::new(),
                pointer => format!(" at {pointer}"),
            };
            let line = format!("  {}: {}{place}{times}", entry.file, entry.rule);
            lines.push(visible(&line));
        }
        if unused.len() > LISTED {
            lines.push(format!("  and {} more", unused.len() - LISTED));
        }
        say(&lines.join("\n"));
    }

    /// The folder from which the baseline names files.
    fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    fn was_checked(&self, entry: &Entry) -> bool {
        self.checked.values().any(|name| *name == entry.file)
    }

    fn is_there(&self, entry: &Entry) -> bool {
        self.folder().join(&entry.file).exists()
    }
}

fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = Replacement::of_any(file)?;
    new.write_all(bytes)?;
    new.commit()
}
