//! Where what was fixed goes.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::diff::{Diff, Look};
use crate::replace::Replacement;
use crate::trouble::Trouble;

/// Where an input goes once it is fixed.
pub(super) enum Target {
    /// From standard input to standard output.
    Through,
    /// Only its changes are shown.
    Diff(Diff),
    /// Back into its file, if anything changes.
    File {
        path: PathBuf,
        /// How many bytes at its start stay as they are.
        same: u64,
        /// Begun at the first change.
        new: Option<Replacement>,
    },
}

impl Target {
    pub(super) fn diff(name: &str, look: Look) -> Self {
        Self::Diff(Diff::new(name, look))
    }

    pub(super) fn file(path: &Path) -> Self {
        Self::File {
            path: path.to_owned(),
            same: 0,
            new: None,
        }
    }

    /// Takes the next bytes.
    pub(super) fn keep(&mut self, out: &mut dyn Write, bytes: &[u8]) -> Result<(), Trouble> {
        match self {
            Self::Through => out.write_all(bytes).map_err(Trouble::Write),
            Self::Diff(diff) => diff.keep(out, bytes).map_err(Trouble::Write),
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
                .map_err(|error| Trouble::unwritten(path, error)),
        }
    }

    /// The next bytes are not those of the file.
    pub(super) fn start_change(&mut self) -> Result<(), Trouble> {
        if let Self::File { path, same, new } = self
            && new.is_none()
        {
            let begun = || {
                let mut begun = Replacement::of(path)?;
                io::copy(&mut File::open(&path)?.take(*same), &mut begun)?;
                Ok(begun)
            };
            *new = Some(begun().map_err(|error| Trouble::unwritten(path, error))?);
        }
        Ok(())
    }

    /// All bytes were taken.
    pub(super) fn finish(self, out: &mut dyn Write) -> Result<(), Trouble> {
        match self {
            Self::Diff(diff) => diff.finish(out).map_err(Trouble::Write),
            Self::File {
                path,
                new: Some(new),
                ..
            } => new
                .commit()
                .map_err(|error| Trouble::unwritten(&path, error)),
            Self::Through | Self::File { new: None, .. } => Ok(()),
        }
    }
}
