//! Paths, as far as their text tells.

use std::path::{Component, Path, PathBuf};

/// The absolute path without `.` and `..`, as far as the text tells.
pub(crate) fn settled(path: &Path) -> PathBuf {
    let here = path.as_os_str().is_empty();
    let path = if here { Path::new(".") } else { path };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut settled = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            settled.pop();
        } else {
            settled.push(part);
        }
    }
    settled
}

/// The way to a file from a folder; the absolute path where there is none.
pub(crate) fn from(folder: &Path, file: &Path) -> PathBuf {
    let (folder, file) = (settled(folder), settled(file));
    let shared = folder
        .components()
        .zip(file.components())
        .take_while(|(one, other)| one == other)
        .count();
    if shared == 0 {
        return file;
    }
    let up = folder
        .components()
        .skip(shared)
        .map(|_| Component::ParentDir);
    up.chain(file.components().skip(shared)).collect()
}
