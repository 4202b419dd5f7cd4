//! Fixes: each safe one mends its own fault and brings no new one, and all of them together come
//! to an end, whatever the payload. Tried on the corpus and on payloads made up from the schemas.

use pipelint::contract::Contract;
use pipelint::{Applicability, Options, Report, Severity, check, fix};
use pipelint_tests::corpus::cases;
use pipelint_tests::{contracts, edited, findings, generate, options, oracle};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

fn errors(report: &Report<'_>) -> Vec<(String, String)> {
    report
        .diagnostics()
        .filter(|one| one.severity() == Severity::Error)
        .map(|one| (one.rule().name.to_owned(), one.pointer()))
        .collect()
}

/// What is wrong with the safe fixes offered for a payload, each applied alone.
fn alone(contract: &'static Contract, text: &str, options: &Options) -> Option<String> {
    let report = check(contract, text.as_bytes(), options);
    let (all, wrong) = (findings(&report), errors(&report));
    // What is no JSON has other faults that nobody sees before it is mended.
    let readable = serde_json::from_str::<Value>(text).is_ok();
    for diagnostic in report.diagnostics() {
        let Some(fix) = diagnostic.explain().fix else {
            continue;
        };
        if fix.applicability != Applicability::Safe {
            continue;
        }
        let mended = edited(text, &fix.edits);
        let rule = diagnostic.rule().name;
        let place = || format!("{}: {text}\n{rule}: {fix:?}\n{mended}", contract.id);
        if readable && let Err(error) = serde_json::from_str::<Value>(&mended) {
            return Some(format!("{}\n{error}", place()));
        }
        let after = check(contract, mended.as_bytes(), options);
        let own = (rule.to_owned(), diagnostic.pointer());
        let count =
            |findings: &[(String, String)]| findings.iter().filter(|one| **one == own).count();
        if readable && count(&findings(&after)) >= count(&all) {
            return Some(format!("{}\ndoes not help", place()));
        }
        let mut known = wrong.clone();
        for error in errors(&after).into_iter().filter(|_| readable) {
            match known.iter().position(|one| *one == error) {
                Some(at) => drop(known.swap_remove(at)),
                None => return Some(format!("{}\nbrings {error:?}", place())),
            }
        }
    }
    None
}

/// What is wrong with all safe fixes applied until none is left.
fn together(contract: &'static Contract, text: &str, options: &Options) -> Option<String> {
    let mended = fix::mend(contract, text.as_bytes(), options, Applicability::Safe)?;
    let after = mended.text;
    let report = check(contract, after.as_bytes(), options);
    let left = report.diagnostics().any(|diagnostic| {
        let fix = diagnostic.explain().fix;
        fix.is_some_and(|fix| fix.applicability == Applicability::Safe)
    });
    let place = || format!("{}: {text}\n{after}", contract.id);
    if left {
        return Some(format!("{}\nis not mended to the end", place()));
    }
    let before: Result<Value, _> = serde_json::from_str(text);
    if before.is_ok() && serde_json::from_str::<Value>(&after).is_err() {
        return Some(format!("{}\nis no JSON any more", place()));
    }
    None
}

#[test]
fn the_corpus_is_mended() {
    for case in cases() {
        let Ok(text) = std::str::from_utf8(&case.bytes) else {
            continue;
        };
        for wrong in [alone, together] {
            if let Some(wrong) = wrong(case.contract, text, &case.options) {
                panic!("{}: {wrong}", case.name);
            }
        }
    }
}

#[test]
fn generated_payloads_are_mended() {
    let options = options(pipelint_tests::NOW);
    for contract in contracts() {
        let config = Config {
            cases: generate::cases(),
            failure_persistence: None,
            ..Config::default()
        };
        let payloads = generate::payload(oracle::schema(contract));
        let outcome = TestRunner::new(config).run(&payloads, |text| {
            for wrong in [alone, together] {
                if let Some(wrong) = wrong(contract, &text, &options) {
                    return Err(TestCaseError::fail(wrong));
                }
            }
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    }
}

/// Texts with some characters taken out and put in, as a hand does.
#[test]
fn texts_that_are_no_json_are_mended_as_far_as_they_can_be() {
    let options = options(pipelint_tests::NOW);
    let parts = [
        "'", "\"", ",", "//x\n", "#", "True", "None", "+", ".", "}", "\n", "/*", "*/", ": ",
    ];
    for case in cases() {
        let name = case.name.rsplit('/').next().unwrap();
        if !name.starts_with("valid-sample") {
            continue;
        }
        let text = std::str::from_utf8(&case.bytes).unwrap();
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let part = parts[at % parts.len()];
            let text = [&text[..at], part, &text[at..]].concat();
            if let Some(wrong) = together(case.contract, &text, &options) {
                panic!("{wrong}");
            }
        }
    }
}
