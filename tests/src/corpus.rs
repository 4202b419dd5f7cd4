//! The corpus: `corpus/<system>/<operation>/<part>/<case>.json`, or `.bin` for bytes that are no
//! text, with what is expected in `<case>.expected.json`, and the time that counts as now in the
//! file `now` of the corpus, or of a folder within it.

use std::fs;
use std::path::{Path, PathBuf};

use pipelint::contract::Contract;
use pipelint::{Options, Report};

/// One case.
#[derive(Debug)]
pub struct Case {
    /// Its path within the corpus, without ending.
    pub name: String,
    /// The file with its bytes.
    pub file: PathBuf,
    pub contract: &'static Contract<'static>,
    /// The time that counts as now, as its file says it.
    pub now: String,
    pub options: Options,
    pub bytes: Vec<u8>,
    /// Where the expected diagnostics are kept.
    pub expected: PathBuf,
}

impl Case {
    /// The verdict on it.
    pub fn report(&self) -> Report<'_> {
        pipelint::check(self.contract, &self.bytes, &self.options)
    }

    /// Whether the corpus expects no error.
    pub fn is_valid(&self) -> bool {
        self.report().is_ok()
    }
}

/// All cases, sorted by name.
pub fn cases() -> Vec<Case> {
    let root = super::here("corpus");
    let mut cases = Vec::new();
    walk(&root, &root, &mut cases);
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(!cases.is_empty(), "the corpus is empty");
    cases
}

fn walk(root: &Path, folder: &Path, cases: &mut Vec<Case>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, cases);
            continue;
        }
        let name = path.to_str().unwrap();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if name.ends_with(".expected.json") || !matches!(ending, Some("json" | "bin")) {
            continue;
        }
        let within = folder.strip_prefix(root).unwrap().to_str().unwrap();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let now = now(root, folder);
        cases.push(Case {
            name: format!("{within}/{stem}"),
            contract: super::contract(&within.replace('\\', "/")),
            options: super::options(&now),
            now,
            bytes: fs::read(&path).unwrap(),
            expected: path.with_file_name(format!("{stem}.expected.json")),
            file: path,
        });
    }
}

/// The nearest file `now`, upward.
fn now(root: &Path, folder: &Path) -> String {
    folder
        .ancestors()
        .take_while(|folder| folder.starts_with(root))
        .find_map(|folder| fs::read_to_string(folder.join("now")).ok())
        .map_or_else(|| super::NOW.to_owned(), |now| now.trim().to_owned())
}
