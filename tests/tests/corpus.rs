//! Every case of the corpus gives exactly the diagnostics that are kept beside it.
//!
//! `UPDATE=1 cargo test -p pipelint-tests --test corpus` writes them anew; the change is to be
//! read before it is kept.

use std::fs;

use pipelint_tests::corpus::cases;
use pipelint_tests::{described, sound};
use serde_json::Value;

#[test]
fn every_case_gives_what_is_expected() {
    let update = std::env::var_os("UPDATE").is_some_and(|update| update == "1");
    let mut wrong = Vec::new();
    for case in cases() {
        let report = case.report();
        sound(&report);
        let found = described(&report);
        if update {
            let mut text = serde_json::to_string_pretty(&found).unwrap();
            text.push('\n');
            fs::write(&case.expected, text).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&case.expected)
            .unwrap_or_else(|error| panic!("{}: {error}", case.expected.display()));
        let expected: Value = serde_json::from_str(&expected).unwrap();
        if found != expected {
            wrong.push(format!(
                "{}: expected {expected:#}, found {found:#}",
                case.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn valid_cases_give_no_error() {
    for case in cases() {
        let (_, name) = case.name.rsplit_once('/').unwrap();
        let report = case.report();
        if name.starts_with("valid") {
            assert!(report.is_ok(), "{}: {}", case.name, described(&report));
        }
    }
}

#[test]
fn every_expectation_has_its_case() {
    let known: Vec<_> = cases().into_iter().map(|case| case.expected).collect();
    let mut folders = vec![pipelint_tests::here("corpus")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_str().unwrap().ends_with(".expected.json") {
                assert!(known.contains(&path), "{} has no case", path.display());
            }
        }
    }
}
