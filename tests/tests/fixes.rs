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
fn alone(contract: &'static Contract<'static>, text: &str, options: &Options) -> Option<String> {
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
fn together(contract: &'static Contract<'static>, text: &str, options: &Options) -> Option<String> {
    let mended = fix::apply_fixes(contract, text.as_bytes(), options, Applicability::Safe)?;
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
    // Items that are gone move those behind them, so errors are compared by their rules.
    let rules = |report: &Report<'_>| {
        let mut rules: Vec<String> = errors(report).into_iter().map(|(rule, _)| rule).collect();
        rules.sort();
        rules
    };
    let mut known = rules(&check(contract, text.as_bytes(), options));
    for rule in rules(&report) {
        match known.iter().position(|one| *one == rule) {
            _ if before.is_err() => {}
            Some(at) => drop(known.remove(at)),
            None => return Some(format!("{}\nbrings {rule}", place())),
        }
    }
    None
}

/// What the fixes of a deal come to, the safe ones and all of them.
fn fixed(contract: &str, text: &str) -> [String; 2] {
    [Applicability::Safe, Applicability::Unsafe].map(|least| {
        let (contract, options) = (
            pipelint_tests::contract(contract),
            options(pipelint_tests::NOW),
        );
        let fixed = fix::apply_fixes(contract, text.as_bytes(), &options, least);
        fixed.map_or_else(|| text.to_owned(), |fixed| fixed.text)
    })
}

#[test]
fn a_percentage_in_quotes_becomes_a_fraction_at_once() {
    let hunch = |value: &str| {
        let text = format!(r#"{{ "handle": "A", "hunch": {value} }}"#);
        let [safe, all] = fixed("acme/create-deal", &text);
        let value = |text: String| text.split(&[':', '}']).nth(2).unwrap().trim().to_owned();
        (value(safe), value(all))
    };
    let pair = |safe: &str, all: &str| (safe.to_owned(), all.to_owned());
    assert_eq!(hunch("\"0.6\""), pair("0.6", "0.6"));
    assert_eq!(hunch("\"60%\""), pair("0.6", "0.6"));
    assert_eq!(hunch("\"60\""), pair("\"60\"", "0.6"));
    assert_eq!(hunch("\"1\""), pair("\"1\"", "1"));
}

#[test]
fn what_becomes_the_same_as_another_item_goes() {
    for (before, after) in [
        (r#"["a", " a"]"#, r#"["a"]"#),
        (r#"[" a", "b", "a"]"#, r#"["b", "a"]"#),
        (r#"[" a", "a ", "b"]"#, r#"["a", "b"]"#),
        (r#"["a\u200b", "b", " a", "\u200ba "]"#, r#"["a", "b"]"#),
        (r#"["a", "A "]"#, r#"["a", "A"]"#),
    ] {
        for (contract, name, list) in [
            ("leadlex/create-deal", "name", "tags"),
            ("leadlex/create-deal", "name", "team_member_ids"),
            ("acme/create-deal", "handle", "stickers"),
        ] {
            if list == "team_member_ids" && before.contains("u200b") {
                continue;
            }
            let deal = |items: &str| format!(r#"{{ "{name}": "Acme", "{list}": {items} }}"#);
            assert_eq!(
                fixed(contract, &deal(before))[0],
                deal(after),
                "{contract} {list}"
            );
        }
    }
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
