//! What a policy says of its own records, and what it hides.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::sync::Arc;

use pipelint::contract::{Contract, Meanings};
use pipelint::fix::apply_fixes;
use pipelint::payloads::{leadlex, slant};
use pipelint::rules;
use pipelint::{Applicability, Level, Mask, Options, Policy, Report, check};

const DEAL: &Contract = &leadlex::create_deal::REQUEST;
const OPPORTUNITY: &Contract = &slant::create_opportunity::REQUEST;

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn policy() -> Policy {
    Policy {
        stages: words(&["Lead", "Proposal", "Closed Won"]),
        pipelines: words(&["Sales", "Renewals"]),
        owners: words(&["user-001", "user-002"]),
        currencies: words(&["EUR", "USD"]),
        choices: vec![
            ("priority".to_owned(), words(&["low", "high"])),
            ("fee_model".to_owned(), words(&["hourly", "fixed"])),
        ],
        least_value: Some("100".parse().unwrap()),
        greatest_value: Some("250000".parse().unwrap()),
    }
}

fn bare() -> Options {
    Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap())
}

fn in_policy(policy: Policy) -> Options {
    bare().with_policy(Arc::new(policy))
}

/// The rules and pointers of the errors.
fn errors(report: &Report<'_>) -> Vec<(&'static str, String)> {
    report
        .diagnostics()
        .filter(|one| one.severity() == pipelint::Severity::Error)
        .map(|one| (one.rule().name, one.pointer()))
        .collect()
}

fn found(
    contract: &'static Contract<'static>,
    text: &str,
    options: &Options,
) -> Vec<(&'static str, String)> {
    errors(&check(contract, text.as_bytes(), options))
}

fn one(rule: &'static str, pointer: &str) -> Vec<(&'static str, String)> {
    vec![(rule, pointer.to_owned())]
}

#[test]
fn each_list_is_law() {
    let options = in_policy(policy());
    for (key, good, bad, rule) in [
        ("stage", "Proposal", "Negotiation", "policy/unknown-stage"),
        ("pipeline", "Renewals", "Hiring", "policy/unknown-pipeline"),
        ("priority", "high", "medium", "policy/unknown-choice"),
        ("fee_model", "fixed", "retainer", "policy/unknown-choice"),
        ("owner_id", "user-002", "user-003", "policy/unknown-owner"),
        ("currency", "EUR", "JPY", "policy/currency"),
    ] {
        let deal = |word: &str| format!(r#"{{ "name": "Acme", "{key}": "{word}" }}"#);
        assert_eq!(found(DEAL, &deal(good), &options), [], "{key}");
        let pointer = format!("/{key}");
        assert_eq!(found(DEAL, &deal(bad), &options), one(rule, &pointer));
        assert_eq!(
            found(DEAL, &deal(bad), &bare()),
            [],
            "{key} without a policy"
        );
        assert_eq!(found(DEAL, &deal(bad), &in_policy(Policy::default())), []);
    }
}

#[test]
fn every_item_of_a_list_of_users_is_judged() {
    let text = r#"{ "name": "Acme", "team_member_ids": ["user-001", "user-009", "user-002"] }"#;
    assert_eq!(
        found(DEAL, text, &in_policy(policy())),
        one("policy/unknown-owner", "/team_member_ids/1")
    );
}

#[test]
fn other_references_and_choices_are_not_the_policies() {
    let text = r#"{ "name": "Acme", "contact_id": "contact-77", "deal_type": "employment" }"#;
    assert_eq!(found(DEAL, text, &in_policy(policy())), []);
}

#[test]
fn limits_are_exact_and_hold_in_whole_units() {
    let options = in_policy(policy());
    let deal = |value: &str| {
        format!(r#"{{ "name": "A", "estimated_value": {value}, "currency": "EUR" }}"#)
    };
    for value in ["100", "100.0", "250000", "2.5e5"] {
        assert_eq!(found(DEAL, &deal(value), &options), [], "{value}");
    }
    for value in [
        "99.99",
        "250000.01",
        "250000.000000000000000000001",
        "1e300",
    ] {
        let found = found(DEAL, &deal(value), &options);
        assert_eq!(
            found,
            one("policy/value-out-of-range", "/estimated_value"),
            "{value}"
        );
    }
    let cents = |value: &str| format!(r#"{{ "name": "Acme", "value": {value} }}"#);
    for value in ["10000", "25000000"] {
        assert_eq!(found(OPPORTUNITY, &cents(value), &options), [], "{value}");
    }
    for (value, message) in [
        ("9999", "`value` is 9999, below the minimum of 10000"),
        (
            "25000001",
            "`value` is 25000001, above the maximum of 25000000",
        ),
    ] {
        let text = cents(value);
        let report = check(OPPORTUNITY, text.as_bytes(), &options);
        let said = report
            .diagnostics()
            .find(|one| one.rule().group() == "policy");
        assert_eq!(said.unwrap().message(), message);
    }
}

#[test]
fn a_value_with_an_error_is_left_alone_unless_that_rule_is_off() {
    let text = r#"{ "name": "Acme", "stage": 5, "currency": "JPY" }"#;
    let mut options = in_policy(policy());
    let found_at = |options: &Options, pointer: &str| {
        let all = found(DEAL, text, options);
        all.iter().filter(|(_, at)| at == pointer).count()
    };
    assert_eq!(found_at(&options, "/stage"), 1);
    assert_eq!(found_at(&options, "/currency"), 1);
    let rule = rules::by_name("policy/currency").unwrap();
    options.levels.set(rule, Level::Off);
    assert_eq!(found_at(&options, "/currency"), 0);
}

#[test]
fn another_case_is_mended_and_a_near_word_is_only_named() {
    let options = in_policy(policy());
    let text = r#"{ "name": "Acme", "stage": "closed WON", "priority": "HIGH" }"#;
    let mended = apply_fixes(DEAL, text.as_bytes(), &options, Applicability::Safe).unwrap();
    assert_eq!(
        mended.text,
        r#"{ "name": "Acme", "stage": "Closed Won", "priority": "high" }"#
    );
    let report = check(DEAL, br#"{ "name": "Acme", "stage": "Propsal" }"#, &options);
    let said = report.diagnostics().next().unwrap().explain();
    assert_eq!(said.fix, None);
    assert_eq!(
        said.help.as_deref(),
        Some("Write `Proposal`, or add the stage to the list.")
    );
    // The case of an ID may matter.
    let text = br#"{ "name": "Acme", "owner_id": "User-001" }"#;
    assert!(apply_fixes(DEAL, text, &options, Applicability::Safe).is_none());
    assert!(apply_fixes(DEAL, text, &options, Applicability::Unsafe).is_some());
}

#[test]
fn words_with_marks_of_json_are_written_as_json() {
    let options = in_policy(Policy {
        stages: words(&["Say \"Yes\"\\No\u{1}"]),
        ..Policy::default()
    });
    let text = r#"{ "name": "Acme", "stage": "SAY \"yes\"\\no\u0001" }"#;
    let report = check(DEAL, text.as_bytes(), &options);
    let fixes = report.diagnostics().filter_map(|one| one.explain().fix);
    let edits: Vec<_> = fixes.flat_map(|fix| fix.edits).collect();
    assert!(
        edits
            .iter()
            .any(|edit| edit.text == r#""Say \"Yes\"\\No\u0001""#),
        "{edits:?}"
    );
}

#[test]
fn which_of_two_twins_is_meant_is_open() {
    let options = in_policy(Policy {
        stages: words(&["won", "Won"]),
        ..Policy::default()
    });
    let text = br#"{ "name": "Acme", "stage": "WON" }"#;
    assert!(apply_fixes(DEAL, text, &options, Applicability::Unsafe).is_none());
}

#[test]
fn space_around_a_word_is_not_the_policys_business() {
    let text = r#"{ "name": "Acme", "stage": " Proposal " }"#;
    let found = found(DEAL, text, &in_policy(policy()));
    assert!(found.iter().all(|(rule, _)| !rule.starts_with("policy/")));
}

#[test]
fn long_lists_are_not_recited() {
    let stages: Vec<String> = (0..50)
        .map(|number| format!("Stage number {number}"))
        .collect();
    let options = in_policy(Policy {
        stages,
        ..Policy::default()
    });
    let report = check(DEAL, br#"{ "name": "Acme", "stage": "x" }"#, &options);
    let help = report.diagnostics().next().unwrap().explain().help.unwrap();
    assert!(help.contains("`Stage number 9`, …"), "{help}");
    assert!(!help.contains("number 10"), "{help}");
}

#[test]
fn an_answer_is_not_judged_by_the_policy() {
    let answer = &leadlex::create_deal::RESPONSE;
    let text = br#"{ "data": { "stage": "Negotiation" } }"#;
    let report = check(answer, text, &in_policy(policy()));
    assert!(
        report
            .diagnostics()
            .all(|one| one.rule().group() != "policy")
    );
}

#[test]
fn an_adviser_that_is_off_does_not_advise() {
    let text = br#"{ "stage": "Lead" }"#;
    let mut options = bare();
    let adviser = |options: &Options| {
        let report = check(DEAL, text, options);
        let one = report.diagnostics().next().unwrap();
        one.explain().adviser.map(|rule| rule.name)
    };
    assert_eq!(adviser(&options), Some("name/missing"));
    options
        .levels
        .set(rules::by_name("name/missing").unwrap(), Level::Off);
    assert_eq!(adviser(&options), None);
}

#[test]
fn a_masked_value_is_in_no_text() {
    let mask = |properties: &[&str], meanings| Mask::new(words(properties), meanings);
    let text = r#"{ "name": "Acme", "stage": "SecretSoup", "status": "Hidden", "estimated_value": 77777777,
        "tags": ["Mystery", 55555], "unheard_of": "Mystery" }"#;
    let options = in_policy(Policy {
        stages: words(&["SecretSoap"]),
        ..policy()
    })
    .with_mask(mask(&["stage", "tags", "status"], Meanings::MONEY));
    let report = check(DEAL, text.as_bytes(), &options);
    assert!(report.len() >= 4);
    for one in report.diagnostics() {
        let said = one.explain();
        for secret in ["Secret", "Hidden", "7777", "Mystery", "55555"] {
            assert!(!format!("{said:?}").contains(secret), "{said:#?}");
        }
    }
    let stage = |mask: Mask| {
        let options = in_policy(policy()).with_mask(mask);
        let report = check(DEAL, br#"{ "name": "Acme", "stage": "X1" }"#, &options);
        report.diagnostics().next().unwrap().message()
    };
    let hidden = "`stage` is (not shown), which is not an allowed stage";
    assert_eq!(stage(mask(&["stage"], Meanings::EMPTY)), hidden);
    assert_eq!(stage(mask(&[], Meanings::STAGE)), hidden);
    assert_ne!(stage(mask(&["name"], Meanings::MONEY)), hidden);
    assert!(mask(&[], Meanings::EMPTY).is_empty());
}

#[test]
fn what_is_masked_is_a_secret_wherever_it_is_repeated() {
    let text = r#"{ "name": "Acme", "stage": "Closed Won", "status": "active",
        "tags": ["x", { "a": "Hush" }], "unheard_of": "Hush" }"#;
    let mask = Mask::new(words(&["stage", "tags", "unheard_of"]), Meanings::EMPTY);
    let options = bare().with_mask(mask);
    let report = check(DEAL, text.as_bytes(), &options);
    let secrets: Vec<&str> = report
        .secrets()
        .iter()
        .map(|span| &text[span.clone()])
        .collect();
    assert_eq!(
        secrets,
        ["\"Closed Won\"", r#"["x", { "a": "Hush" }]"#, "\"Hush\""]
    );
    // Rules about several values repeat one at another's place.
    assert!(report.len() >= 3);
    for one in report.diagnostics() {
        let said = format!("{:?}", one.explain());
        assert!(!said.contains("Hush"), "{said}");
        assert!(!said.contains("Closed Won"), "{said}");
    }
    assert!(check(DEAL, text.as_bytes(), &bare()).secrets().is_empty());
}
