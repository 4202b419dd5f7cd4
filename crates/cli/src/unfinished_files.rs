//! Temporary files of replacements that are not in place yet.
//!
//! A signal that ends the program removes them. What a killed run could not remove is removed by
//! the next run that writes into the same folder: a live run holds a lock on each of its files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

const PREFIX: &str = ".pipelint-";
const SUFFIX: &str = ".tmp";
/// How many random characters are between prefix and suffix.
const RANDOM: usize = 12;
/// How often a file is created anew that another run took for a stale one.
const ATTEMPTS: u32 = 16;

static REGISTRY: Mutex<Registry> = Mutex::new(Registry {
    files: BTreeSet::new(),
    cleaned: BTreeSet::new(),
});

struct Registry {
    /// The files that are not in place yet.
    files: BTreeSet<PathBuf>,
    /// The folders whose stale files were removed.
    cleaned: BTreeSet<PathBuf>,
}

/// Keeps a file registered until it is dropped.
#[derive(Debug)]
pub(crate) struct Registration(PathBuf);

impl Drop for Registration {
    fn drop(&mut self) {
        registry().files.remove(&self.0);
    }
}

/// Creates a registered temporary file in the folder.
pub(crate) fn create(folder: &Path) -> io::Result<(NamedTempFile, Registration)> {
    signals::remove_files_first();
    let mut registry = registry();
    if registry.cleaned.insert(folder.to_owned()) {
        remove_stale(folder);
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    // The umask decides who may read a new file, not the default of temporary files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    for _ in 0..ATTEMPTS {
        let file = builder.tempfile_in(folder)?;
        // Some file systems have no locks; there, stale files are never removed.
        let _ = file.as_file().lock();
        // Another run may have removed it before it was locked.
        if file.path().exists() {
            let path = file.path().to_owned();
            registry.files.insert(path.clone());
            return Ok((file, Registration(path)));
        }
    }
    Err(io::Error::other("its temporary file was removed"))
}

/// Removes all registered files. While the guard lives, no file can be created.
pub(crate) fn remove_all() -> impl Sized {
    let registry = registry();
    for file in &registry.files {
        // One that is in place has another name now.
        let _ = fs::remove_file(file);
    }
    registry
}

fn registry() -> MutexGuard<'static, Registry> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the temporary files in a folder that no live run has locked.
fn remove_stale(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_temporary));
    for entry in ours.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file())) {
        let path = entry.path();
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a file of that name is one of ours.
fn is_temporary(name: &str) -> bool {
    let random = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(unix)]
mod signals {
    use std::sync::Once;
    use std::thread;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// From now on, SIGINT and SIGTERM remove the registered files before they end the program.
    pub(super) fn remove_files_first() {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            // Without a handler, the next run removes the files.
            let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else {
                return;
            };
            thread::spawn(move || {
                for signal in signals.forever() {
                    let _guard = super::remove_all();
                    let _ = emulate_default_handler(signal);
                }
            });
        });
    }
}

/// Elsewhere, the next run removes the files.
#[cfg(not(unix))]
mod signals {
    pub(super) fn remove_files_first() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stale_files_are_removed_and_all_others_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let stale = path(".pipelint-AbCdEf012345.tmp");
        let locked = path(".pipelint-zzzzzz012345.tmp");
        let others = [
            ".pipelint-backup.tmp",
            ".pipelint-AbCdEf012345",
            "deal.json",
        ];
        for file in others.map(path).iter().chain([&stale, &locked]) {
            fs::write(file, "x").unwrap();
        }
        let live = File::open(&locked).unwrap();
        live.lock().unwrap();
        let (new, _registration) = create(folder.path()).unwrap();
        assert!(is_temporary(
            new.path().file_name().unwrap().to_str().unwrap()
        ));
        assert!(!stale.exists());
        assert!(locked.exists() && new.path().exists());
        assert!(others.map(path).iter().all(|file| file.exists()));
    }
}
