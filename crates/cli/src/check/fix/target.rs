//! Where what was fixed goes.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diff::{Diff, Look};
use crate::error::CliError;
use crate::replace::{FileIdentity, Replacement};

/// Where an input goes once it is fixed.
pub(super) enum Target {
    /// From standard input to standard output.
    Through,
    /// Only its changes are shown.
    Diff(Diff),
    /// Back into its file, if anything changes.
    File {
        path: PathBuf,
        /// The file that was read.
        read: Option<FileIdentity>,
        /// How many bytes at its start stay as they are.
        same: u64,
        /// Begun at the first change.
        new: Option<Box<Replacement>>,
    },
}

impl Target {
    pub(super) fn diff(name: &str, look: Look) -> Self {
        Self::Diff(Diff::new(name, look))
    }

    pub(super) fn file(path: &Path, read: Option<FileIdentity>) -> Self {
        Self::File {
            path: path.to_owned(),
            read,
            same: 0,
            new: None,
        }
    }

    /// Takes the next bytes.
    pub(super) fn keep(&mut self, out: &mut dyn Write, bytes: &[u8]) -> Result<(), CliError> {
        match self {
            Self::Through => out.write_all(bytes).map_err(CliError::Write),
            Self::Diff(diff) => diff.keep(out, bytes).map_err(CliError::Write),
            Self::File {
                same, new: None, ..
            } => {
                *same += bytes.len() as u64;
                Ok(())
            }
            Self::File {
                path,
                new: Some(new),
                ..
            } => new
                .write_all(bytes)
                .map_err(|error| CliError::unwritten(path, error)),
        }
    }

    /// The next bytes are not those of the file.
    pub(super) fn start_change(&mut self) -> Result<(), CliError> {
        if let Self::File {
            path,
            read,
            same,
            new,
        } = self
            && new.is_none()
        {
            let begun = match read {
                Some(read) => Replacement::of_read(path, *read, *same).map(Box::new),
                None => Err(io::Error::other("it is not a regular file")),
            };
            *new = Some(begun.map_err(|error| CliError::unwritten(path, error))?);
        }
        Ok(())
    }

    /// All bytes were taken.
    pub(super) fn finish(self, out: &mut dyn Write) -> Result<(), CliError> {
        match self {
            Self::Diff(diff) => diff.finish(out).map_err(CliError::Write),
            Self::File {
                path,
                new: Some(new),
                ..
            } => new
                .commit()
                .map_err(|error| CliError::unwritten(&path, error)),
            Self::Through | Self::File { new: None, .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A file of two lines whose second one is to be fixed, and what was read of it.
    fn read() -> (tempfile::TempDir, PathBuf, Target) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deals.ndjson");
        fs::write(&path, "old 1\nold 2\n").unwrap();
        let identity = FileIdentity::new(&fs::metadata(&path).unwrap());
        let mut target = Target::file(&path, Some(identity));
        target.keep(&mut io::sink(), b"old 1\n").unwrap();
        (folder, path, target)
    }

    /// Another program's file is there, alone, and the error says why.
    fn is_left_alone(folder: &Path, path: &Path, result: Result<(), CliError>) {
        let error = result.unwrap_err().to_string();
        assert!(error.contains("another program changed it"), "{error}");
        assert_eq!(fs::read_to_string(path).unwrap(), "new\n");
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_nobody_changed_is_replaced() {
        let (_folder, path, mut target) = read();
        target.start_change().unwrap();
        target.keep(&mut io::sink(), b"fixed 2\n").unwrap();
        target.finish(&mut io::sink()).unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), "old 1\nfixed 2\n");
    }

    #[test]
    fn a_file_replaced_after_it_was_read_is_left_alone() {
        let (folder, path, mut target) = read();
        let other = folder.path().join("other");
        fs::write(&other, "new\n").unwrap();
        fs::rename(other, &path).unwrap();
        let changed = target.start_change();
        drop(target);
        is_left_alone(folder.path(), &path, changed);
    }

    #[test]
    fn a_file_changed_before_the_commit_is_left_alone() {
        let (folder, path, mut target) = read();
        target.start_change().unwrap();
        target.keep(&mut io::sink(), b"fixed 2\n").unwrap();
        fs::write(&path, "new\n").unwrap();
        let finished = target.finish(&mut io::sink());
        is_left_alone(folder.path(), &path, finished);
    }
}
