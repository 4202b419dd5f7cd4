//! Errors of a schema, with what its author can do about them.

use std::fmt;
use std::path::PathBuf;

/// One fault of a schema or of a catalogue.
///
/// It prints as `file#pointer: what`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The file, as it was named to the compiler.
    pub file: String,
    /// JSON pointer to the schema (or catalogue row) at fault; empty for the whole file.
    pub pointer: String,
    /// The keyword at fault; empty where the fault is no keyword's.
    pub keyword: String,
    /// What is wrong, what is supported, and what to do.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.pointer.is_empty() {
            write!(f, "#{}", self.pointer)?;
        }
        write!(f, ": {}", self.what)
    }
}

/// Why nothing was compiled or written.
///
/// `Debug` prints the same text as `Display`, because a build script whose `main` returns this
/// error shows it to its user through `Debug`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The schemas have faults: all of them, of all files of the call.
    #[error("{}", listed(.0))]
    Schemas(Vec<Problem>),
    /// The generated source could not be written.
    #[error("cannot write {}: {cause}", path.display())]
    Write {
        /// Where it should have gone.
        path: PathBuf,
        /// The system's reason.
        #[source]
        cause: std::io::Error,
    },
    /// `OUT_DIR` is not set: [`Compiler::write`](crate::Compiler::write) works in a build script
    /// only.
    #[error(
        "OUT_DIR is not set, so this is no build script; call `Compiler::source` and write the text yourself"
    )]
    NoOutDir,
}

impl Error {
    /// The faults of the schemas; empty for the other errors.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Schemas(problems) => problems,
            Self::Write { .. } | Self::NoOutDir => &[],
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn listed(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    match lines.as_slice() {
        [one] => one.clone(),
        many => format!(
            "{} problems in the schemas:\n  {}",
            many.len(),
            many.join("\n  ")
        ),
    }
}
