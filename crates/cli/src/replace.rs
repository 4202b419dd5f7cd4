//! Replaces a file atomically: at every moment it is whole, the old one or the new one.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use std::time::SystemTime;

use tempfile::NamedTempFile;

use crate::unfinished_files::{self, Registration};

/// Tells whether a file is still the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileIdentity {
    size: u64,
    modified: Option<SystemTime>,
    /// Device, inode, and when the inode changed.
    #[cfg(unix)]
    inode: (u64, u64, i64, i64),
}

impl FileIdentity {
    pub(crate) fn new(file: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            size: file.len(),
            modified: file.modified().ok(),
            #[cfg(unix)]
            inode: (file.dev(), file.ino(), file.ctime(), file.ctime_nsec()),
        }
    }

    /// Fails if the file has changed since it was read.
    fn expect(self, file: &Metadata) -> io::Result<()> {
        if self == Self::new(file) {
            return Ok(());
        }
        Err(io::Error::other(
            "another program changed it while it was being fixed; it is left as it is",
        ))
    }
}

/// A file that is being written beside the one that it will replace. If it is dropped before
/// [`Self::commit`], it is removed and the old file stays as it was.
#[derive(Debug)]
pub(crate) struct Replacement {
    new: BufWriter<NamedTempFile>,
    /// The file itself, where the path led over symbolic links.
    target: PathBuf,
    /// The metadata of the old file, if there is one.
    old: Option<Metadata>,
    /// What the old file must still be when it is replaced.
    expected: Option<FileIdentity>,
    _registration: Registration,
}

impl Replacement {
    /// Begins to replace the file that was read, with its first `same` bytes as they are. Fails if
    /// the file has changed since then.
    pub(crate) fn of_read(path: &Path, read: FileIdentity, same: u64) -> io::Result<Self> {
        let mut new = Self::of(path)?;
        new.expected = Some(read);
        let old = File::open(&new.target)?;
        read.expect(&old.metadata()?)?;
        io::copy(&mut old.take(same), &mut new)?;
        Ok(new)
    }

    /// Begins to replace a regular file.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path)?;
        let old = fs::metadata(&target)?;
        if !old.is_file() {
            return Err(io::Error::other("it is not a regular file"));
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
        let (new, registration) = unfinished_files::create(folder(&target))?;
        Ok(Self {
            new: BufWriter::new(new),
            target,
            old,
            expected: None,
            _registration: registration,
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
        if let Some(expected) = self.expected {
            expected.expect(&fs::metadata(&self.target)?)?;
        }
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
