//! How files are named to those who show findings beside a repository's files.

use std::env;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is in a path of a URI as it is, besides letters and digits.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// The folder against which files are named.
#[derive(Debug, Clone)]
pub(super) struct Root {
    /// The folder in which the program runs.
    here: PathBuf,
    /// The repository's folder, if it is known.
    root: PathBuf,
}

impl Root {
    /// The folder that this variable of the environment names, or else the one in which the
    /// program runs.
    pub(super) fn of(variable: &str) -> Self {
        Self::new(
            env::current_dir().unwrap_or_default(),
            env::var_os(variable).as_deref(),
        )
    }

    fn new(here: PathBuf, root: Option<&OsStr>) -> Self {
        let root = root.filter(|root| !root.is_empty());
        let root = root.map_or_else(|| here.clone(), |root| folded(Path::new(root)));
        Self { here, root }
    }

    /// The file's name within the root, with forward slashes; of a file elsewhere, its full name.
    pub(super) fn name(&self, file: &str) -> String {
        if file.starts_with('<') {
            return file.to_owned();
        }
        let whole = folded(&self.here.join(file));
        let name = whole
            .strip_prefix(&self.root)
            .or_else(|_| whole.strip_prefix(&self.here))
            .unwrap_or(&whole);
        let name = name.to_string_lossy();
        if cfg!(windows) {
            name.replace('\\', "/")
        } else {
            name.into_owned()
        }
    }

    /// The same as a URI, relative for a file within the root.
    pub(super) fn uri(&self, file: &str) -> String {
        let name = self.name(file);
        let path = utf8_percent_encode(&name, ENCODED);
        match name.as_bytes() {
            [b'/', ..] => format!("file://{path}"),
            [_, b':', ..] if cfg!(windows) => format!("file:///{path}"),
            _ => path.to_string(),
        }
    }
}

/// A path without `.` and `..`, as far as its text tells.
fn folded(path: &Path) -> PathBuf {
    let mut folded = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                folded.pop();
            }
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn files_are_named_from_the_root() {
        let root = Root::new("/repo/sales".into(), Some(OsStr::new("/repo/")));
        assert_eq!(root.name("deal.json"), "sales/deal.json");
        assert_eq!(root.name("./in/../deal.json"), "sales/deal.json");
        assert_eq!(root.name("../deal.json"), "deal.json");
        assert_eq!(root.name("/repo/a b#?.json"), "a b#?.json");
        assert_eq!(root.uri("/repo/a b#?:ü.json"), "a%20b%23%3F%3A%C3%BC.json");
        assert_eq!(root.name("/tmp/x.json"), "/tmp/x.json");
        assert_eq!(root.uri("/tmp/x.json"), "file:///tmp/x.json");
        assert_eq!(root.name("<stdin>"), "<stdin>");
        assert_eq!(root.uri("<stdin>"), "%3Cstdin%3E");
    }

    #[test]
    #[cfg(unix)]
    fn without_a_root_the_current_folder_is_it() {
        for none in [None, Some(OsStr::new(""))] {
            let root = Root::new("/repo/sales".into(), none);
            assert_eq!(root.name("in/deal.json"), "in/deal.json");
            assert_eq!(root.name("/repo/sales/deal.json"), "deal.json");
        }
        // The root of some other checkout.
        let root = Root::new("/repo/sales".into(), Some(OsStr::new("/other")));
        assert_eq!(root.name("deal.json"), "deal.json");
    }
}
