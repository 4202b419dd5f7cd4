//! Lists the schema and notes files of this folder, so that `src/lib.rs` can embed them.
//!
//! A new system needs no line here: its folder is found.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders that hold no data.
const SKIPPED: [&str; 2] = ["src", "target"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);

    let mut paths = Vec::new();
    walk(&root, "", &mut paths)?;
    paths.sort();

    // The path is joined by the compiler, so that a moved checkout needs no new list.
    let mut list = String::from("&[\n");
    for path in &paths {
        let rooted = format!("/{path}");
        writeln!(
            list,
            "    File {{ path: {path:?}, text: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {rooted:?})) }},"
        )?;
    }
    list.push_str("]\n");
    fs::write(out.join("files.rs"), list)?;
    Ok(())
}

/// Adds the data files under `folder`, each by its path from the crate's root with forward slashes.
fn walk(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !(prefix.is_empty() && SKIPPED.contains(&name)) {
                walk(&entry.path(), &format!("{path}/"), paths)?;
            }
        } else if name == "NOTES.md" || name.ends_with(".schema.json") {
            paths.push(path);
        }
    }
    Ok(())
}
