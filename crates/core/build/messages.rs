//! Gathers the wording from the rules' pages.
//!
//! A page holds, under the heading `## Words`, one line a template: `` - `key`: text ``.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The Rust source of the English table.
pub(crate) fn source(rules: &Path) -> Result<String, Box<dyn Error>> {
    let mut templates = Vec::new();
    for page in pages(rules)? {
        let text = fs::read_to_string(&page)?;
        let rule = name(&page).ok_or_else(|| format!("{}: not a rule's page", page.display()))?;
        for (key, template) in words(&text) {
            templates.push((rule.clone(), key.to_owned(), template.to_owned()));
        }
    }
    let mut out = String::new();
    for (number, (rule, key, template)) in templates.iter().enumerate() {
        let constant = format!("{rule}_{key}")
            .replace(['/', '-'], "_")
            .to_uppercase();
        writeln!(
            out,
            "/// `{rule}`, `{key}`: {}",
            template.replace('[', "\\[")
        )?;
        writeln!(out, "pub(crate) const {constant}: Text = Text({number});")?;
    }
    // One text and the places where templates end: a table of texts would hold a pointer for each.
    let (mut all, mut ends) = (String::new(), String::new());
    for (_, _, template) in &templates {
        all.push_str(template);
        write!(ends, "{}, ", all.len())?;
    }
    writeln!(out, "static ENGLISH: &str = {all:?};")?;
    writeln!(out, "static ENDS: [u16; {}] = [{ends}];", templates.len())?;
    Ok(out)
}

/// `(key, template)` of each line under `## Words`.
fn words(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.lines()
        .skip_while(|line| *line != "## Words")
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("- `")?.split_once("`: "))
}

/// `src/rules/name/too_long.md` is the page of `name/too-long`.
fn name(page: &Path) -> Option<String> {
    let stem = page
        .file_stem()?
        .to_str()?
        .trim_end_matches('_')
        .replace('_', "-");
    let group = page.parent()?.file_name()?.to_str()?;
    Some(format!("{group}/{stem}"))
}

/// All pages, in a fixed order.
fn pages(rules: &Path) -> io::Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for group in fs::read_dir(rules)? {
        let group = group?.path();
        if group.is_dir() {
            for file in fs::read_dir(group)? {
                let file = file?.path();
                if file.extension().is_some_and(|extension| extension == "md") {
                    pages.push(file);
                }
            }
        }
    }
    pages.sort();
    Ok(pages)
}
