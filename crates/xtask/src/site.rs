//! `cargo xtask site`: the documentation as a folder of static files.
//!
//! The hand-written pages are in `site/text`. The pages of rules, payloads and crates are generated
//! from the sources next to them into `site/pages`; `VitePress` builds the site from that folder.

mod links;
mod payloads;
mod rules;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, root, run};
use crate::wasm;

/// Documents of the repository that are pages of the site as they are: the file, the page.
const DOCUMENTS: [(&str, &str); 14] = [
    ("docs/ci.md", "guides/ci.md"),
    ("docs/own-crm.md", "guides/own-crm.md"),
    ("docs/editors.md", "guides/editors.md"),
    ("docs/performance.md", "performance.md"),
    ("docs/rules.md", "rules/index.md"),
    ("crates/config/README.md", "configuration.md"),
    ("crates/axum/README.md", "guides/axum.md"),
    ("crates/serve/README.md", "guides/service.md"),
    ("crates/python/README.md", "guides/data.md"),
    ("pkg/README.md", "guides/forms.md"),
    ("schemas/README.md", "meanings.md"),
    ("ARCHITECTURE.md", "architecture.md"),
    ("CONTRIBUTING.md", "contributing.md"),
    ("CHANGELOG.md", "changelog.md"),
];

/// Builds the npm package and the site into `folder`.
pub(crate) fn build(folder: &Path) -> Outcome {
    if let Some(missing) = wasm::missing() {
        return Err(format!("the site needs the npm package: {missing}").into());
    }
    wasm::build()?;
    wasm::install(&folder_of_sources())?;
    pages()?;
    run(npm()
        .args(["run", "--silent", "build", "--", "--outDir"])
        .arg(std::path::absolute(folder)?))?;
    println!("The site is in {}.", folder.display());
    Ok(())
}

/// Builds the site into the default folder and tests it in Chromium.
pub(crate) fn test() -> Outcome {
    if let Some(missing) = wasm::missing_browser() {
        return Err(format!("the site is tested in a browser: {missing}").into());
    }
    let folder = default_folder();
    build(&folder)?;
    run(npm().args(["run", "--silent", "test"]).env("SITE", folder))
}

/// The folder that is written if no other is given.
pub(crate) fn default_folder() -> PathBuf {
    root().join("target/site")
}

fn folder_of_sources() -> PathBuf {
    root().join("site")
}

fn npm() -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder_of_sources());
    npm
}

/// Writes every page into `site/pages`.
pub(crate) fn pages() -> Outcome {
    let to = folder_of_sources().join("pages");
    if to.exists() {
        fs::remove_dir_all(&to)?;
    }
    let links = links::Links::new()?;
    let put = |page: &str, text: String| -> Outcome {
        let path = to.join(page);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(fs::write(path, text)?)
    };
    for (source, page) in DOCUMENTS {
        let text = fs::read_to_string(root().join(source))?;
        put(page, links.rewrite(source, &text))?;
    }
    let text = folder_of_sources().join("text");
    for entry in files(&text)? {
        let page = entry.strip_prefix(&text)?.to_string_lossy().into_owned();
        put(&page, fs::read_to_string(&entry)?)?;
    }
    for (page, text) in rules::pages() {
        put(&page, text)?;
    }
    for (page, text) in payloads::pages(&links)? {
        put(&page, text)?;
    }
    Ok(())
}

/// All files in a folder and its subfolders.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
