//! What a help or a fix proposes can be sent: the contract takes it in that place. Tried on the
//! corpus, on its mutants, on the pages' examples, and with odd values in the place of each
//! property.

use std::collections::BTreeSet;
use std::sync::Arc;

use pipelint::contract::Contract;
use pipelint::rules::{self, Param};
use pipelint::{Diagnostic, Kind, Options, OwnedDiagnostic, Policy, Report, Value, check};
use pipelint_tests::{contracts, corpus, edited, faults, options, page};

/// Values as people write them, each in many a place where it means nothing.
const ODD: &[&str] = &[
    // Amounts and chances.
    "\"$500,000\"",
    "\"500,000\"",
    "\"500.000\"",
    "\"1.500\"",
    "\"1,5\"",
    "\"-5\"",
    "\"-1,500\"",
    "\"50k\"",
    "\"1.5m\"",
    "\"¥1,234.56\"",
    "\"€ 1.234,567\"",
    "\"0.005\"",
    "\"75%\"",
    "\"0.75\"",
    "\"7,5 %\"",
    "\"120\"",
    "\"99999999999999999999\"",
    "-5",
    "0",
    "1",
    "0.5",
    "0.755",
    "12.345678",
    "99.999",
    "100.5",
    "120",
    "1234.567",
    "5000",
    "123456789012300",
    "9007199254740993",
    "1e400",
    // Dates.
    "\"03/04/2026\"",
    "\"03/04/2016\"",
    "\"13/04/2026\"",
    "\"1 June 2026\"",
    "\"1 June 2016\"",
    "\"2026-06-01\"",
    "\"2016-06-01\"",
    "\"2026-01-15\"",
    "\"2026/06/01 10:00\"",
    "\"2016/06/01 10:00\"",
    "\"2026-06-01T10:00\"",
    "\"2016-06-01T10:00\"",
    "\"20260601\"",
    "\"2016-12-31T23:59:60Z\"",
    "\"2026-06-01T23:59:60Z\"",
    "1780000000",
    "1780000000000",
    "1480000000",
    // Words.
    "\"Won\"",
    "\"closed\"",
    "\"closed lost\"",
    "\"actve\"",
    "\"opne\"",
    "\"bagd\"",
    "\"usd\"",
    "\"xau\"",
    "\"DEM\"",
    "\"VEB\"",
    "\"US$\"",
    "\"Euro\"",
    "\"€\"",
    "\"EUX\"",
    "\"dem\"",
    // Texts, references and lists.
    "\"\"",
    "\"  \"",
    "\" a \"",
    "\"a\\u200bb\"",
    "\"a\\u0000b\"",
    "\"Ã¼ber\"",
    "\"Ã¼b\"",
    "\"\\u202eab\"",
    "42",
    "42.0",
    "true",
    "null",
    "{ \"id\": \"a\" }",
    "{ \"name\": \"a\" }",
    "{ \"id\": 7 }",
    "[\"a\", \"a\", \" a\", \"\", 7, { \"name\": \"b\" }]",
    "\"00000000-0000-0000-0000-000000000000\"",
    "\"key\"",
    "\"bearer wbk_1\"",
    "\"text/plain\"",
];

/// The values that a help names, as JSON.
fn proposed(diagnostic: &Diagnostic<'_>, explained: &OwnedDiagnostic) -> Vec<String> {
    let group = diagnostic.rule().group();
    let adviser = explained.adviser.map_or(group, pipelint::Rule::group);
    let help = explained.help.as_deref().unwrap_or_default();
    let values = explained.params.iter().filter_map(|(name, value)| {
        let text = match *name {
            // Another name for the property, not for its value.
            _ if diagnostic.rule().name == "schema/unknown-property" => return None,
            "iso" | "code" | "word" | "won" | "lost" | "successor" | "nearest" => true,
            "other" => adviser == "date",
            "number" | "rounded" | "minor" | "major" | "percent" | "fraction" | "end" => false,
            _ => return None,
        };
        let Param::Text(value) = value else {
            return None;
        };
        let shown = help.contains(value.as_ref());
        let json = serde_json::Value::from(value.as_ref()).to_string();
        shown.then(|| if text { json } else { value.to_string() })
    });
    values.collect()
}

/// What the contract refuses at that pointer.
fn refused(report: &Report<'_>, pointer: &str) -> BTreeSet<&'static str> {
    let at = report.diagnostics().filter(|one| {
        one.rule().group() == "schema"
            && one.rule().name != "schema/unknown-property"
            && one.pointer() == pointer
    });
    at.map(|one| one.rule().name).collect()
}

/// Proposals for that payload that the contract refuses; and how many there were.
fn bad(
    contract: &'static Contract<'static>,
    text: &str,
    options: &Options,
    bad: &mut BTreeSet<String>,
) -> usize {
    let report = check(contract, text.as_bytes(), options);
    let mut count = 0;
    for diagnostic in report.diagnostics() {
        let explained = diagnostic.explain();
        let pointer = &explained.pointer;
        let span = diagnostic.span();
        let proposals = proposed(&diagnostic, &explained)
            .into_iter()
            .map(|json| [&text[..span.start], &json, &text[span.end..]].concat());
        // An item that goes leaves its place to the next one.
        let removes = |edit: &pipelint::Edit| {
            edit.text.is_empty()
                && edit.start as usize <= span.start
                && edit.end as usize >= span.end
        };
        let offered = explained.fix.iter();
        let kept = offered.filter(|fix| !fix.edits.iter().any(removes));
        let fixed = kept.map(|fix| edited(text, &fix.edits));
        for after in proposals.chain(fixed) {
            count += 1;
            let mut before = refused(&report, pointer);
            before.remove(diagnostic.rule().name);
            let after_report = check(contract, after.as_bytes(), options);
            let left = refused(&after_report, pointer);
            if !left.is_subset(&before) {
                let value: Option<serde_json::Value> = serde_json::from_str(&after).ok();
                bad.insert(format!(
                    "{} at {pointer}: {} with {}\n  help: {:?}\n  {left:?} of {:?}",
                    contract.id,
                    explained.adviser.unwrap_or(diagnostic.rule()).name,
                    &text[span.clone()],
                    explained.help,
                    value.as_ref().and_then(|value| value.pointer(pointer)),
                ));
            }
        }
    }
    count
}

fn assert_none(bad: &BTreeSet<String>) {
    let first: Vec<&str> = bad.iter().take(20).map(String::as_str).collect();
    assert!(bad.is_empty(), "{} bad:\n{}", bad.len(), first.join("\n"));
}

#[test]
fn in_the_corpus_its_mutants_and_the_pages() {
    let (mut wrong, mut count) = (BTreeSet::new(), 0);
    for case in corpus::cases() {
        if let Ok(text) = std::str::from_utf8(&case.bytes) {
            count += bad(case.contract, text, &case.options, &mut wrong);
        }
    }
    let now = options(pipelint_tests::NOW);
    faults::mutants(20, |mutant| {
        count += bad(mutant.contract, &mutant.faulty, &now, &mut wrong);
    });
    for rule in rules::all() {
        for example in page::examples(rule) {
            if let Ok(text) = std::str::from_utf8(&example.bytes) {
                count += bad(example.contract, text, &example.options, &mut wrong);
            }
        }
    }
    assert!(count > 1000, "{count}");
    assert_none(&wrong);
}

/// A policy whose words are near those that people write, and some of which no vendor takes.
fn policy() -> Policy {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Policy {
        stages: words(&["CLOSED LOST", "Won", "Euro"]),
        pipelines: words(&["KEY", "50K"]),
        owners: words(&["A", "KEY", "00000000-0000-0000-0000-000000000001"]),
        currencies: words(&["EUR", "JPY"]),
        ..Policy::EMPTY
    }
}

#[test]
fn with_odd_values_in_each_place() {
    let mut settings = [options(pipelint_tests::NOW), options(pipelint_tests::NOW)];
    settings[1].policy = Some(Arc::new(policy()));
    let (mut wrong, mut count) = (BTreeSet::new(), 0);
    for contract in contracts() {
        let longest = corpus::cases()
            .into_iter()
            .filter(|case| std::ptr::eq(case.contract, contract) && case.is_valid())
            .max_by_key(|case| case.report().value().map(|value| leaves(value).len()))
            .unwrap_or_else(|| panic!("no valid case of {}", contract.id));
        let text = std::str::from_utf8(&longest.bytes).unwrap();
        let places = leaves(longest.report().value().unwrap());
        let properties = contract
            .root
            .object
            .map_or(&[][..], |object| object.properties);
        for value in ODD {
            let replaced = places
                .iter()
                .map(|span| [&text[..span.start], value, &text[span.end..]].concat());
            let alone = properties
                .iter()
                .map(|property| format!("{{ \"{}\": {value} }}", property.name));
            for text in replaced.chain(alone) {
                for options in &settings {
                    count += bad(contract, &text, options, &mut wrong);
                }
            }
        }
    }
    assert!(count > 5000, "{count}");
    assert_none(&wrong);
}

/// Where the values stand that hold no others.
fn leaves(value: Value<'_>) -> Vec<std::ops::Range<usize>> {
    match value.kind() {
        Kind::Object | Kind::Array => value.children().flat_map(leaves).collect(),
        _ => vec![value.span()],
    }
}
