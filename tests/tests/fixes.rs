//! Fixes: each safe one keeps its promise, and all of them together come to an end, whatever the
//! payload. Run on the corpus and on generated payloads.

use pipelint::contract::Contract;
use pipelint::{Applicability, Options, Report, Severity, check, fix};
use pipelint_tests::corpus::cases;
use pipelint_tests::promise::broken;
use pipelint_tests::{contracts, generate, options, oracle};
use proptest::prelude::*;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

fn errors(report: &Report<'_>) -> Vec<(String, String)> {
    report
        .diagnostics()
        .filter(|one| one.severity() == Severity::Error)
        .map(|one| (one.rule().name.to_owned(), one.pointer()))
        .collect()
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
    // Items that are gone move those after them, so errors are compared by their rules.
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
fn a_name_with_quotes_is_written_as_json() {
    let text = r#"{ "handle": "A", "cargo": { "SAY \"NO\"": true } }"#;
    let [safe, all] = fixed("acme/create-deal", text);
    assert_eq!(safe, text.replace("SAY", "say").replace("NO", "no"));
    assert_eq!(all, safe);
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
        for wrong in [broken, together] {
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
            for wrong in [broken, together] {
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

/// Payloads with values of every type in every place, twisted for the rules. `PIPELINT_CASES` sets
/// how many; a run of its own takes a million: `PIPELINT_CASES=100000 cargo test --release
/// -p pipelint-tests --test fixes safe_fixes`, for each of the payloads.
#[test]
fn safe_fixes_keep_their_promise() {
    let options = options("2026-11-30T12:00:00Z");
    let (mut count, mut fixes) = (0, 0);
    for contract in contracts() {
        let config = Config {
            cases: generate::cases(),
            failure_persistence: None,
            ..Config::default()
        };
        let payloads = generate::twisted(oracle::schema(contract));
        let outcome = TestRunner::new(config).run(&payloads, |text| {
            match broken(contract, &text, &options) {
                Some(wrong) => Err(TestCaseError::fail(wrong)),
                None => Ok(()),
            }
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
        count += 1;
        let mut runner = TestRunner::deterministic();
        for _ in 0..200 {
            let text = payloads.new_tree(&mut runner).unwrap().current();
            let report = check(contract, text.as_bytes(), &options);
            let safe = report.diagnostics().filter(|one| {
                let fix = one.explain().fix;
                fix.is_some_and(|fix| fix.applicability == Applicability::Safe)
            });
            fixes += safe.count();
        }
    }
    assert!(
        count > 10 && fixes > 200,
        "{count} payloads with {fixes} safe fixes"
    );
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
