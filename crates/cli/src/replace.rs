//! Writes a file anew so that at every moment it is whole: the old one or the new one.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is being written beside the one that it will replace. Dropped before
/// [`Self::commit`], it is gone, and the old file is as it was.
#[derive(Debug)]
pub(crate) struct Replacement {
    new: BufWriter<NamedTempFile>,
    /// The file itself, where the path led over symbolic links.
    target: PathBuf,
    /// What is known of the old file, if there is one.
    old: Option<Metadata>,
}

impl Replacement {
    /// Begins to replace a regular file.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path)?;
        let old = fs::metadata(&target)?;
        if !old.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        // A folder that can be written to would let it be replaced; that is not what was meant.
        if old.permissions().readonly() {
            return Err(io::Error::other("it is read-only"));
        }
        Self::beside(target, Some(old))
    }

    /// Begins to write a file, whether there is one or not.
    pub(crate) fn of_any(path: &Path) -> io::Result<Self> {
        if path.exists() {
            Self::of(path)
        } else {
            Self::beside(path.to_owned(), None)
        }
    }

    fn beside(target: PathBuf, old: Option<Metadata>) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".pipelint-");
        // A new file is for whom the system's mask says, and not for its owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self {
            new: BufWriter::new(builder.tempfile_in(folder(&target))?),
            target,
            old,
        })
    }

    /// Puts the new file in the place of the old one, with its permissions, once it is on the disk.
    pub(crate) fn commit(self) -> io::Result<()> {
        let new = self
            .new
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        if let Some(old) = self.old {
            keep_owner(new.path(), &old);
            new.as_file().set_permissions(old.permissions())?;
        }
        new.as_file().sync_all()?;
        new.persist(&self.target).map_err(|error| error.error)?;
        // The name is on the disk once the folder is; not every system lets one ask for that.
        let _ = File::open(folder(&self.target)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.new.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.new.flush()
    }
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Who may give files away, as root may, gives the new one to the owner of the old one.
#[cfg(unix)]
fn keep_owner(new: &Path, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let _ = chown(new, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_new: &Path, _old: &Metadata) {}
