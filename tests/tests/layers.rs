//! The layers of the core: a module imports only from its own layer and from those below it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pipelint_tests::here;

/// The layers of `crates/core/src` from the top down. A file or folder that is not listed fails the
/// test, so that a new one gets its place.
const LAYERS: &[&[&str]] = &[
    // What users call.
    &["lib", "typed", "compile"],
    &["fix", "infer"],
    &["checker"],
    &["report"],
    &["engine"],
    &["rules"],
    &["options"],
    &["lint", "messages"],
    &["validate"],
    &["facts"],
    &["document"],
    // Re-exported from the crate `pipelint-contract`.
    &["contract", "values", "payloads"],
];

/// Names at the root of the crate that are re-exported for users, and the layers that they are from.
const AT_THE_ROOT: &[(&str, &str)] = &[
    ("Checker", "checker"),
    ("check", "checker"),
    ("Options", "options"),
    ("Report", "report"),
    ("Diagnostic", "report"),
    ("RenderedDiagnostic", "report"),
    ("OwnedDiagnostic", "report"),
    ("OwnedFix", "report"),
    ("Record", "report"),
    ("Rule", "lint"),
    ("Severity", "lint"),
    ("Instant", "values"),
    ("redacted", "report"),
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without its comments and tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line.to_owned() + "\n")
        .collect()
}

/// The modules or names that follow `crate::` in a text, with groups taken apart.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            let names = group.split(',').map(str::trim);
            found.extend(names.filter(|name| !name.is_empty()).map(first));
        } else {
            found.push(first(rest));
        }
    }
    found
}

fn first(path: &str) -> String {
    path.chars()
        .take_while(|one| one.is_alphanumeric() || *one == '_')
        .collect()
}

#[test]
fn no_module_of_the_core_imports_from_a_layer_above() {
    let root = here("../crates/core/src");
    let mut sources = Vec::new();
    files(&root, &mut sources);
    let at_the_root: BTreeMap<_, _> = AT_THE_ROOT.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in sources {
        let relative = path.strip_prefix(&root).unwrap();
        let top = relative.iter().next().unwrap().to_str().unwrap();
        let module = top.trim_end_matches(".rs");
        let shown = relative.display();
        let Some(own) = layer(module) else {
            wrong.push(format!("{shown}: add `{module}` to the layers"));
            continue;
        };
        // A module of tests may look anywhere.
        if relative.ends_with("rules/quiet.rs") {
            continue;
        }
        for name in imports(&code(&path)) {
            let target = at_the_root.get(&*name).copied().unwrap_or(&name);
            match layer(target) {
                Some(other) if other < own => {
                    wrong.push(format!(
                        "{shown} (in {module}) imports crate::{name} from above"
                    ));
                }
                Some(_) => seen += 1,
                None => wrong.push(format!("{shown}: `{name}` has no layer")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 200, "only {seen} imports were seen");
}

#[test]
fn the_architecture_names_the_layers_in_their_order() {
    let text = fs::read_to_string(here("../ARCHITECTURE.md")).unwrap();
    let table = text
        .split("<!-- layers -->")
        .nth(1)
        .expect("ARCHITECTURE.md marks its table of layers");
    let mut at = 0;
    for module in LAYERS.iter().flat_map(|layer| layer.iter()) {
        if matches!(
            *module,
            "lib" | "typed" | "compile" | "fix" | "infer" | "payloads"
        ) {
            continue;
        }
        let found = table[at..]
            .find(&format!("`{module}`"))
            .unwrap_or_else(|| panic!("ARCHITECTURE.md lacks `{module}` in its place"));
        at += found;
    }
}

/// The crates on which a crate depends, apart from those that only its tests need.
fn dependencies(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).unwrap();
    let (mut found, mut counts) = (Vec::new(), false);
    for line in text.lines() {
        if line.starts_with('[') {
            counts = line == "[dependencies]" || line == "[build-dependencies]";
        } else if counts && let Some(name) = line.strip_prefix("pipelint") {
            let name = name.split([' ', '.', '=']).next().unwrap();
            found.push(name.trim_start_matches('-').to_owned());
        }
    }
    found
}

#[test]
fn a_crate_depends_only_on_crates_above_it_in_the_architecture() {
    let text = fs::read_to_string(here("../ARCHITECTURE.md")).unwrap();
    let table = text.split("## Crates").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let mut row_of = BTreeMap::new();
    for (row, line) in table.lines().enumerate() {
        let Some(cell) = line.strip_prefix("| `") else {
            continue;
        };
        for name in cell.split('|').next().unwrap().split('`') {
            if let Some(name) = name.strip_prefix("crates/") {
                row_of.insert(name.to_owned(), row);
            }
        }
    }
    let mut seen = 0;
    for folder in fs::read_dir(here("../crates")).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap();
        let manifest = folder.join("Cargo.toml");
        if !manifest.is_file() || name == "python" {
            continue;
        }
        let own = row_of.get(name);
        let own = *own.unwrap_or_else(|| panic!("ARCHITECTURE.md lacks `crates/{name}`"));
        for other in dependencies(&manifest) {
            let other = match &*other {
                "" => "core",
                "schemas" => continue,
                other => other,
            };
            let row = row_of[other];
            assert!(
                row < own,
                "crates/{name} depends on crates/{other}, which is not above it"
            );
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen} dependencies were seen");
}
