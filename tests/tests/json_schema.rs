//! The JSON Schema Test Suite, through contracts that are compiled at run time.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use pipelint::compile::{CompileOptions, Dialect, compile};
use pipelint::{Checker, Options, Severity};
use pipelint_tests::here;
use serde_json::Value;

/// Cases that are decided otherwise, by file and description, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

fn suite() -> PathBuf {
    here("../crates/overlay/tests/suite")
}

/// The documents that the suite expects to be served, by their URIs.
fn remotes() -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                let uri = format!("http://localhost:1234/{name}");
                found.push((uri, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = suite().join("remotes");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    found
}

/// Runs the files of a folder; returns the number of cases, and what came out otherwise.
fn run(folder: &str, dialect: Dialect, formats: bool) -> (usize, Vec<String>) {
    let remotes = remotes();
    let own = match dialect {
        Dialect::Draft07 => "draft7",
        _ => "draft2020-12",
    };
    // Documents of other drafts would be read in this one.
    let mine = |uri: &str| {
        let path = uri.trim_start_matches("http://localhost:1234/");
        !path.starts_with("draft") || path.starts_with(own)
    };
    let documents: Vec<(&str, &str)> = remotes
        .iter()
        .filter(|(uri, _)| mine(uri))
        .map(|(uri, text)| (uri.as_str(), text.as_str()))
        .collect();
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    let (mut count, mut wrong) = (0, Vec::new());
    let mut files: Vec<PathBuf> = fs::read_dir(suite().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    let mut checker = Checker::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let groups: Vec<Value> = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for group in groups {
            let title = group["description"].as_str().unwrap();
            let schema = group["schema"].to_string();
            let compiled = compile(
                &schema,
                &CompileOptions {
                    dialect,
                    formats,
                    documents: documents.clone(),
                    ..CompileOptions::default()
                },
            );
            let compiled = match compiled {
                Ok(compiled) => compiled,
                Err(errors) => {
                    wrong.push(format!("{name}: {title}: {errors}"));
                    continue;
                }
            };
            let tables = compiled.tables();
            for test in group["tests"].as_array().unwrap() {
                let what = test["description"].as_str().unwrap();
                if EXCEPTIONS
                    .iter()
                    .any(|(file, case, _)| *file == name && (*case == what || *case == title))
                {
                    continue;
                }
                count += 1;
                let data = test["data"].to_string();
                let report = checker.check(tables.contract(), data.as_bytes(), &options);
                let errors: Vec<_> = report
                    .diagnostics()
                    .filter(|one| one.severity() == Severity::Error)
                    .map(|one| {
                        format!(
                            "{} at {:?}: {}",
                            one.rule().name,
                            one.pointer(),
                            one.message()
                        )
                    })
                    .collect();
                let expected = test["valid"].as_bool().unwrap();
                if errors.is_empty() != expected {
                    let mut text = format!("{name}: {title}: {what}: expected {expected}; {data}");
                    for error in errors {
                        let _ = write!(text, "\n    {error}");
                    }
                    wrong.push(text);
                }
            }
        }
    }
    (count, wrong)
}

fn assert_right(folder: &str, dialect: Dialect, formats: bool, least: usize) {
    let (count, wrong) = run(folder, dialect, formats);
    assert!(
        wrong.is_empty(),
        "{} of {count} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= least, "only {count} cases");
}

#[test]
fn draft_2020_12_is_decided_as_required() {
    assert_right("draft2020-12", Dialect::Draft202012, false, 1200);
}

#[test]
fn draft_07_is_decided_as_required() {
    assert_right("draft7", Dialect::Draft07, false, 900);
}

#[test]
fn formats_are_checked() {
    assert_right(
        "draft2020-12/optional/format",
        Dialect::Draft202012,
        true,
        300,
    );
    assert_right("draft7/optional/format", Dialect::Draft07, true, 250);
}

#[test]
fn patterns_are_those_of_ecma_262() {
    assert_right("draft2020-12/optional", Dialect::Draft202012, true, 50);
}

#[test]
fn properties_beyond_the_first_word_of_bits_count_as_evaluated() {
    let schema = r#"{"patternProperties": {"^a": {}}, "unevaluatedProperties": false}"#;
    let contract = compile(schema, &CompileOptions::default()).unwrap();
    let tables = contract.tables();
    let options = Options::at(pipelint_tests::NOW.parse::<pipelint::Instant>().unwrap());
    for odd in [0, 127, 128, 129, 255, 256, 299] {
        let mut payload = String::new();
        for index in 0..300 {
            let name = if index == odd { "b" } else { "a" };
            let _ = write!(payload, ",\"{name}{index}\":1");
        }
        payload.replace_range(..1, "{");
        payload.push('}');
        let mut checker = Checker::new();
        let report = checker.check(tables.contract(), payload.as_bytes(), &options);
        let found: Vec<_> = report.diagnostics().map(|one| one.pointer()).collect();
        assert_eq!(found, [format!("/b{odd}")]);
    }
}
