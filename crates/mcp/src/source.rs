//! The text that a tool works on, and its terms.

use std::fs::{self, File};
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use pipelint::contract::{Contract, Part};
use pipelint::values::nearest::nearest;
use pipelint::{Inference, payloads};
use pipelint_config::{BrokenConfig, Projects, Terms};

use crate::arguments::Format;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// A text with its terms.
pub(crate) struct Source {
    /// The name of its file, as it was given.
    pub(crate) name: Option<String>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) format: Format,
    pub(crate) terms: Terms,
}

/// The arguments that choose a text.
pub(crate) struct Asked<'a> {
    pub(crate) text: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) payload: Option<&'a str>,
    pub(crate) format: Option<Format>,
}

impl Source {
    /// Reads a text. An error tells the model what to do instead.
    pub(crate) fn read(
        asked: Asked<'_>,
        folder: &Path,
        projects: &mut Projects,
    ) -> Result<Self, String> {
        let (bytes, path) = match (asked.text, &asked.path) {
            (Some(text), None) => (text.into_bytes(), None),
            (None, Some(path)) => {
                let file = within(folder, path)?;
                let bytes =
                    read(&file).map_err(|error| format!("cannot read `{path}`: {error}"))?;
                (bytes, Some(file))
            }
            _ => return Err("give either `text` or `path`".to_owned()),
        };
        let terms = projects.terms(path.as_deref(), Some(folder));
        let mut terms = terms.map_err(|broken| broken_config(&broken))?;
        if let Some(name) = asked.payload {
            terms.payload = Some(contract(&terms, name)?);
        }
        let ending = path.as_deref().and_then(Path::extension);
        let is_lines = ending.is_some_and(|ending| {
            ending.eq_ignore_ascii_case("ndjson") || ending.eq_ignore_ascii_case("jsonl")
        });
        let told = if is_lines {
            Format::Ndjson
        } else {
            Format::Json
        };
        Ok(Self {
            name: asked.path,
            bytes,
            format: asked.format.unwrap_or(told),
            terms,
        })
    }

    /// The payloads, each with its line from 1 if there is one a line. Blank lines are left out.
    pub(crate) fn payloads(&self) -> Vec<(Option<u64>, Range<usize>)> {
        if self.format == Format::Json {
            return vec![(None, 0..self.bytes.len())];
        }
        let (mut payloads, mut start) = (Vec::new(), 0);
        for (number, line) in (1..).zip(self.bytes.split(|byte| *byte == b'\n')) {
            let own = line.strip_suffix(b"\r").unwrap_or(line);
            if !own.trim_ascii().is_empty() {
                payloads.push((Some(number), start..start + own.len()));
            }
            start += line.len() + 1;
        }
        payloads
    }

    /// The bytes of a payload.
    pub(crate) fn payload(&self, span: &Range<usize>) -> &[u8] {
        self.bytes.get(span.clone()).unwrap_or_default()
    }

    /// The payload of the first record, from the arguments, the configuration or its keys; an error
    /// if it is unknown.
    pub(crate) fn contract(&self) -> Result<&'static Contract<'static>, String> {
        if let Some(contract) = self.terms.payload {
            return Ok(contract);
        }
        let first = self.payloads().into_iter().next();
        let first = first.map_or(&[][..], |(_, span)| self.payload(&span));
        if first.trim_ascii().is_empty() {
            return Err("there is nothing to check: the text is empty".to_owned());
        }
        match self.terms.infer(first) {
            Inference::One(contract) => Ok(contract),
            Inference::Several(several) => {
                let names: Vec<_> = several.iter().map(|one| one.operation).collect();
                let names = names.join(" and ");
                Err(format!("the keys match {names} equally well; name one in `payload`"))
            }
            Inference::None => Err(
                "the keys match no payload, or the text is not JSON; name the payload in `payload` (the tool `payloads` lists them)".to_owned(),
            ),
        }
    }
}

/// The contract of that name.
pub(crate) fn contract(terms: &Terms, name: &str) -> Result<&'static Contract<'static>, String> {
    terms.contract(name).ok_or_else(|| {
        let own = terms.own.iter().map(|own| own.contract);
        let all = payloads::ALL.iter().copied().chain(own);
        let names = all.map(|payload| match payload.part {
            Part::Request => payload.operation,
            _ => payload.id,
        });
        let nearest = nearest(name, names);
        no_such("payload", name, nearest, "the tool `payloads` lists them")
    })
}

/// The answer for a broken configuration.
pub(crate) fn broken_config(broken: &BrokenConfig) -> String {
    format!(
        "not checked, because the configuration is broken:\n{}",
        broken.error
    )
}

/// The answer for an unknown name.
pub(crate) fn no_such(what: &str, name: &str, nearest: Option<&str>, hint: &str) -> String {
    let name: String = name.chars().take(60).collect();
    let meant = nearest.map_or_else(String::new, |nearest| {
        format!(" (did you mean `{nearest}`?)")
    });
    format!(
        "unknown {what} `{}`{meant}; {hint}",
        pipelint::redacted(&name)
    )
}

/// A file in the folder.
fn within(folder: &Path, path: &str) -> Result<PathBuf, String> {
    let file = fs::canonicalize(folder.join(path))
        .map_err(|error| format!("cannot read `{path}`: {error}"))?;
    let folder = fs::canonicalize(folder)
        .map_err(|error| format!("cannot read the folder of the server: {error}"))?;
    if file.starts_with(&folder) {
        Ok(file)
    } else {
        Err(format!(
            "`{path}` is outside of the folder of the server; give the payload as `text`"
        ))
    }
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    let opened = File::open(file).map_err(|error| error.to_string())?;
    if !opened.metadata().is_ok_and(|file| file.is_file()) {
        return Err("it is not a file".to_owned());
    }
    let mut bytes = Vec::new();
    opened
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        let most = LARGEST >> 20;
        return Err(format!(
            "it has more than {most} MiB; run `pipelint check --output-format agent` on it"
        ));
    }
    Ok(bytes)
}
