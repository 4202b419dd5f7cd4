#![doc = include_str!("../README.md")]

mod bound;
mod catalogue;
mod codegen;
mod dialect;
mod error;
mod json;
mod keywords;
mod meaning;
mod model;
mod names;
mod parse;
mod program;
mod resolve;
mod tables;
mod types;

pub use dialect::Dialect;
pub use error::{Error, Problem};
pub use program::{Compiled, ProgramOptions, compile};
pub use tables::{Label, tables};

use catalogue::Row;
use codegen::Payload;
use model::Unit;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Collects schemas and writes them as Rust source.
///
/// Each call that adds something either adds all of it or, on an error, nothing; the error holds
/// every fault of that call.
#[derive(Debug, Default)]
pub struct Compiler {
    payloads: Vec<Payload>,
    folders: Vec<PathBuf>,
}

impl Compiler {
    /// A compiler without schemas.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds every payload of a folder: its `catalogue.json`, and for each row and part the file
    /// `SYSTEM/NAME/PART.schema.json`. Other files may lie there, but no such schema without a
    /// row. Writes nothing; [`write`](Self::write) makes cargo watch the folder.
    ///
    /// # Errors
    ///
    /// [`Error::Schemas`] with all faults of the catalogue and of all schemas, unreadable files
    /// among them. Files are named with the folder's path as it was given.
    pub fn folder(&mut self, dir: impl AsRef<Path>) -> Result<&mut Self, Error> {
        let dir = dir.as_ref();
        let mut problems = Vec::new();
        let name = dir.join("catalogue.json").display().to_string();
        let catalogue = match fs::read_to_string(&name) {
            Ok(text) => text,
            Err(cause) => return Err(Error::Schemas(vec![unreadable(name, &cause)])),
        };
        let mut files = BTreeMap::new();
        for path in schema_paths(dir) {
            let name = dir.join(&path).display().to_string();
            match fs::read_to_string(&name) {
                Ok(text) => drop(files.insert(path, text)),
                Err(cause) => problems.push(unreadable(name, &cause)),
            }
        }
        let texts = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()));
        self.rows(&name, &catalogue, &texts.collect(), problems, |path| {
            dir.join(path).display().to_string()
        })?;
        self.folders.push(dir.to_owned());
        Ok(self)
    }

    /// Adds every payload of a catalogue that is at hand as text. `files` are pairs of path and
    /// text, each path as in a folder: `SYSTEM/NAME/PART.schema.json`; pairs with other paths are
    /// passed over.
    ///
    /// # Errors
    ///
    /// [`Error::Schemas`] with all faults of the catalogue and of all schemas.
    pub fn catalogue<'a>(
        &mut self,
        catalogue: &str,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<&mut Self, Error> {
        let files = files.into_iter().collect();
        self.rows(
            "catalogue.json",
            catalogue,
            &files,
            Vec::new(),
            str::to_owned,
        )?;
        Ok(self)
    }

    /// Adds one schema without a catalogue.
    ///
    /// - `file`: its name in errors.
    /// - `id`: `SYSTEM/NAME/PART`, like `acme/create-deal/request`; it makes the modules'
    ///   and the static's names.
    /// - `system`: the system's name for people.
    /// - `title`: the operation's title.
    /// - `text`: the JSON Schema.
    ///
    /// # Errors
    ///
    /// [`Error::Schemas`] with all faults of the schema, a bad `id` or one that was added before.
    pub fn schema(
        &mut self,
        file: &str,
        id: &str,
        system: &str,
        title: &str,
        text: &str,
    ) -> Result<&mut Self, Error> {
        let fault = |what: String| Problem {
            file: file.to_owned(),
            pointer: String::new(),
            keyword: String::new(),
            what,
        };
        let (operation, part) =
            catalogue::split_id(id).map_err(|what| Error::Schemas(vec![fault(what)]))?;
        let row = Row {
            pointer: String::new(),
            operation: operation.to_owned(),
            system: system.to_owned(),
            title: title.to_owned(),
            call: String::new(),
            parts: vec![part],
        };
        let mut payload = payload(file, &row, part, text);
        let mut problems = std::mem::take(&mut payload.unit.problems);
        problems.extend(self.clash(&row, part).map(fault));
        if !problems.is_empty() {
            return Err(Error::Schemas(problems));
        }
        self.payloads.push(payload);
        Ok(self)
    }

    /// The tables as Rust source: `pub mod SYSTEM { pub mod NAME { pub static PART: Contract } }`
    /// for each payload, and `pub static ALL: &[&Contract]` with all of them in the catalogue's
    /// order. The same schemas give the same text.
    #[must_use]
    pub fn source(&self) -> String {
        codegen::source(&self.payloads)
    }

    /// Writes the source to `$OUT_DIR/<name>` and makes cargo watch the folders that were read.
    /// The crate then has it by `include!(concat!(env!("OUT_DIR"), "/<name>"))`.
    ///
    /// # Errors
    ///
    /// [`Error::NoOutDir`] outside of a build script, [`Error::Write`] if the file cannot be
    /// written.
    pub fn write(&self, name: &str) -> Result<(), Error> {
        let out = std::env::var_os("OUT_DIR").ok_or(Error::NoOutDir)?;
        let path = Path::new(&out).join(name);
        for folder in &self.folders {
            println!("cargo::rerun-if-changed={}", folder.display());
        }
        fs::write(&path, self.source()).map_err(|cause| Error::Write { path, cause })
    }

    /// Adds all rows of a catalogue, or none.
    fn rows(
        &mut self,
        name: &str,
        catalogue: &str,
        files: &BTreeMap<&str, &str>,
        mut problems: Vec<Problem>,
        label: impl Fn(&str) -> String,
    ) -> Result<(), Error> {
        let mut payloads = Vec::new();
        let mut orphans: Vec<&str> = files.keys().copied().collect();
        orphans.retain(|path| catalogue::is_schema_path(path));
        let unread: Vec<String> = problems.iter().map(|one| one.file.clone()).collect();
        let before = problems.len();
        let rows = catalogue::rows(name, catalogue, &mut problems);
        let sound = problems.len() == before;
        for row in &rows {
            for part in row.parts.iter().copied() {
                let path = format!("{}/{}.schema.json", row.operation, part.name);
                orphans.retain(|orphan| *orphan != path);
                let fault = |keyword: &str, what: String| Problem {
                    file: name.to_owned(),
                    pointer: row.pointer.clone(),
                    keyword: keyword.to_owned(),
                    what,
                };
                problems.extend(self.clash(row, part).map(|what| fault("operation", what)));
                match files.get(path.as_str()) {
                    Some(text) => {
                        let mut payload = payload(&label(&path), row, part, text);
                        problems.append(&mut payload.unit.problems);
                        payloads.push(payload);
                    }
                    None if unread.contains(&label(&path)) => {}
                    None => problems.push(fault(
                        "parts",
                        format!("\"parts\": {:?} needs the file {}", part.name, label(&path)),
                    )),
                }
            }
        }
        // With a broken catalogue, files of its broken rows would be reported twice.
        for orphan in orphans.into_iter().filter(|_| sound) {
            problems.push(Problem {
                file: label(orphan),
                pointer: String::new(),
                keyword: String::new(),
                what: format!("no row of {name} has this part; add it there or remove the file"),
            });
        }
        if !problems.is_empty() {
            return Err(Error::Schemas(problems));
        }
        self.payloads.append(&mut payloads);
        Ok(())
    }

    /// Whether a payload cannot stand beside those already added, and why.
    fn clash(&self, row: &Row, part: &catalogue::Part) -> Option<String> {
        let id = format!("{}/{}", row.operation, part.name);
        let taken = self.payloads.iter().any(|known| known.id == id);
        taken.then(|| format!("the payload {id:?} is already there; give it another name"))
    }
}

fn payload(file: &str, row: &Row, part: &'static catalogue::Part, text: &str) -> Payload {
    let prefix = part.name.to_ascii_uppercase();
    Payload {
        id: format!("{}/{}", row.operation, part.name),
        operation: row.operation.clone(),
        part,
        system: row.system.clone(),
        title: row.title.clone(),
        call: row.call.clone(),
        unit: Unit::read(file, text, &prefix, part.name == "headers"),
    }
}

fn unreadable(file: String, cause: &std::io::Error) -> Problem {
    Problem {
        file,
        pointer: String::new(),
        keyword: String::new(),
        what: format!("cannot be read: {cause}"),
    }
}

/// The paths `SYSTEM/NAME/PART.schema.json` that exist in a folder, with `/` on every system.
fn schema_paths(dir: &Path) -> Vec<String> {
    let mut paths = vec![String::new()];
    for _ in 0..3 {
        let below = |path: &String| {
            let names = fs::read_dir(dir.join(path)).into_iter().flatten().flatten();
            let names = names.filter_map(|entry| entry.file_name().into_string().ok());
            let names = names.map(|name| match path.as_str() {
                "" => name,
                path => format!("{path}/{name}"),
            });
            names.collect::<Vec<_>>()
        };
        paths = paths.iter().flat_map(below).collect();
    }
    paths.retain(|path| catalogue::is_schema_path(path));
    paths.sort();
    paths
}
