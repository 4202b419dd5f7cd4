//! A made-up system of schemas alone: every keyword and every meaning works on it.

use std::collections::BTreeSet;

use pipelint::check;
use pipelint_tests::{contract, options, schema_text, sound};
use serde_json::Value;

/// A deal with nothing wrong, and the faults put into it one at a time.
const DEAL: &str = r#"{
  "handle": "Crane lease",
  "fate": "brewing",
  "blurb": "Two cranes for the summer.",
  "flavour": "lease",
  "heat": "warm",
  "rung": "Offer sent",
  "ladder": "Harbours",
  "ladder_ref": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
  "odds": 0.25,
  "haul": 1250050,
  "toll": 9000,
  "coin": "EUR",
  "curtain": "2026-06-01T00:00:00Z",
  "knock": "2026-05-01",
  "hatched": "2026-01-02",
  "pal": "contact-17",
  "crew": ["user-1", "user-2"],
  "stickers": ["harbour", "summer"],
  "loud": false,
  "post": "ann@example.com",
  "bout": 1,
  "crates": 7.5,
  "wave": 2,
  "mood": -1.5,
  "branch": { "leaf": "a", "twigs": [null, { "twigs": [] }] },
  "attic": { "anything": [1, {}] },
  "rumour": { "hunch": 0.4 },
  "forecast": { "chance": 40, "end": "brewing" }
}"#;

/// `(old text, new text, rule, pointer)`. The rule may be the adviser of a
/// `schema` rule.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    ("0.25", "25", "probability/percent-for-fraction", "/odds"),
    ("0.25", "0.255", "probability/too-many-decimals", "/odds"),
    ("0.25", "-0.01", "probability/out-of-range", "/odds"),
    (
        "\"hunch\": 0.4",
        "\"hunch\": 40",
        "probability/percent-for-fraction",
        "/rumour/hunch",
    ),
    (
        "\"hunch\": 0.4",
        "\"hunch\": 400",
        "probability/out-of-range",
        "/rumour/hunch",
    ),
    (
        "\"chance\": 40",
        "\"chance\": 0.4",
        "probability/fraction-for-percent",
        "/forecast/chance",
    ),
    ("\"EUR\"", "\"eur\"", "currency/wrong-case", "/coin"),
    ("\"EUR\"", "\"EUX\"", "currency/unknown", "/coin"),
    ("\"EUR\"", "\"HRK\"", "currency/withdrawn", "/coin"),
    ("\"EUR\"", "\"XAU\"", "currency/not-tender", "/coin"),
    (
        "2026-06-01T00:00:00Z",
        "2026-01-15T12:00:00Z",
        "date/not-future",
        "/curtain",
    ),
    (
        "2026-06-01T00:00:00Z",
        "2026-06-31T00:00:00Z",
        "date/malformed",
        "/curtain",
    ),
    (
        "2026-06-01T00:00:00Z",
        "2026-06-01",
        "date/missing-time",
        "/curtain",
    ),
    (
        "2026-06-01T00:00:00Z",
        "2026-06-01T00:00:00",
        "date/missing-zone",
        "/curtain",
    ),
    ("2026-05-01", "1 May 2026", "date/other-form", "/knock"),
    ("2026-05-01", "2025-05-01", "date/past-follow-up", "/knock"),
    (
        "\"fate\": \"brewing\"",
        "\"fate\": \"won\"",
        "status/unknown-word",
        "/fate",
    ),
    (
        r#""Crane lease""#,
        r#""Ox""#,
        "schema/min-length",
        "/handle",
    ),
    (r#""Crane lease""#, r#""   ""#, "name/blank", "/handle"),
    (
        r#""Crane lease""#,
        r#""0123456789012345678901234567890123456789+""#,
        "name/too-long",
        "/handle",
    ),
    (r#""fate": "brewing","#, "", "schema/required", "/fate"),
    (
        r#""fate": "brewing""#,
        r#""fate": "brewed""#,
        "schema/enum",
        "/fate",
    ),
    ("0.25", "0.255", "schema/multiple-of", "/odds"),
    ("0.25", "1.01", "schema/maximum", "/odds"),
    ("0.25", "-0.01", "schema/minimum", "/odds"),
    ("1250050", "1250050.5", "schema/type", "/haul"),
    (
        r#""2026-06-01T00:00:00Z""#,
        r#""2026-06-31T00:00:00Z""#,
        "schema/format",
        "/curtain",
    ),
    (
        r#""2026-01-02""#,
        r#""2026-1-2""#,
        "schema/format",
        "/hatched",
    ),
    (
        r#""b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2""#,
        r#""b9c85ac3""#,
        "schema/format",
        "/ladder_ref",
    ),
    (r#"["user-1", "user-2"]"#, "[]", "schema/min-items", "/crew"),
    (
        r#"["user-1", "user-2"]"#,
        r#"["a", "b", "c", "d", "e"]"#,
        "schema/max-items",
        "/crew",
    ),
    (
        r#"["user-1", "user-2"]"#,
        r#"["a", "b", "a"]"#,
        "schema/unique-items",
        "/crew/2",
    ),
    (
        r#"["user-1", "user-2"]"#,
        r#"["a", 2]"#,
        "schema/type",
        "/crew/1",
    ),
    (
        r#"["harbour", "summer"]"#,
        r#"["harbour", {}]"#,
        "schema/type",
        "/stickers/1",
    ),
    (
        r#""loud": false"#,
        r#""loud": "no""#,
        "schema/type",
        "/loud",
    ),
    (r#""bout": 1"#, r#""bout": 13"#, "schema/maximum", "/bout"),
    (r#""bout": 1"#, r#""bout": 0.0"#, "schema/minimum", "/bout"),
    (r#""wave": 2"#, r#""wave": 3"#, "schema/enum", "/wave"),
    (
        r#""mood": -1.5"#,
        r#""mood": false"#,
        "schema/enum",
        "/mood",
    ),
    (
        r#""leaf": "a""#,
        r#""leaf": """#,
        "schema/min-length",
        "/branch/leaf",
    ),
    (
        r#"{ "twigs": [] }"#,
        r#"{ "twig": [] }"#,
        "schema/additional-properties",
        "/branch/twigs/1/twig",
    ),
    (
        r#""chance": 40"#,
        r#""chance": 101"#,
        "schema/maximum",
        "/forecast/chance",
    ),
    (
        r#""chance": 40"#,
        r#""chanse": 40"#,
        "schema/unknown-property",
        "/forecast/chanse",
    ),
    (
        r#""heat": "warm""#,
        r#""heath": "warm""#,
        "schema/additional-properties",
        "/heath",
    ),
];

#[test]
fn a_deal_with_nothing_wrong_passes() {
    let report = check(
        contract("acme/create-deal"),
        DEAL.as_bytes(),
        &options("2026-01-15T12:00:00Z"),
    );
    let found = pipelint_tests::findings(&report);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_rule_works_on_it_without_a_line_of_its_own() {
    let mut wrong = Vec::new();
    for (there, instead, rule, pointer) in FAULTS {
        assert_eq!(DEAL.matches(there).count(), 1, "{there}");
        let text = DEAL.replacen(there, instead, 1);
        let report = check(
            contract("acme/create-deal"),
            text.as_bytes(),
            &options("2026-01-15T12:00:00Z"),
        );
        sound(&report);
        let found = report.diagnostics().any(|diagnostic| {
            let explained = diagnostic.explain();
            explained.pointer == *pointer
                && (diagnostic.rule().name == *rule
                    || explained
                        .adviser
                        .is_some_and(|adviser| adviser.name == *rule))
        });
        if !found {
            wrong.push(format!(
                "{instead}: no {rule} at {pointer}, but {:?}",
                pipelint_tests::findings(&report)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_may_need_more_than_ascii_or_escapes() {
    let told = |cargo: &str| -> Vec<_> {
        let text = format!(r#"{{"handle":"Crane lease","fate":"brewing","cargo":{cargo}}}"#);
        let options = options("2026-01-15T12:00:00Z");
        let report = check(contract("acme/create-deal"), text.as_bytes(), &options);
        sound(&report);
        let diagnostics = report.diagnostics();
        diagnostics
            .map(|one| {
                let before = text.get(..one.span().start).unwrap();
                assert_eq!(one.start().column as usize, before.chars().count() + 1);
                (one.rule().name, one.pointer())
            })
            .collect()
    };
    let names = r#"{"größe":1,"say \"no\"":true,"two\nlines":false}"#;
    assert_eq!(told(names), []);
    let wrong = r#"{"größe":1,"say \"no\"":2,"two\nlines":3}"#;
    assert_eq!(
        told(wrong),
        [
            ("schema/type", "/cargo/say \"no\"".to_owned()),
            ("schema/type", "/cargo/two\nlines".to_owned()),
        ]
    );
    // A character of a name is part of a key only if it is escaped there.
    for broken in [r#"{"say "no"":true}"#, "{\"two\nlines\":true}"] {
        assert_eq!(
            told(broken).first().map(|one| one.0),
            Some("json/syntax"),
            "{broken}"
        );
    }
}

#[test]
fn it_uses_every_keyword_and_every_meaning() {
    fn walk(schema: &Value, keywords: &mut BTreeSet<String>, meanings: &mut BTreeSet<String>) {
        keywords.extend(
            schema
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone()),
        );
        if let Some(meaning) = schema["meaning"]["is"].as_str() {
            meanings.insert(meaning.to_owned());
        }
        for group in ["properties", "$defs"] {
            for (_, child) in schema[group].as_object().into_iter().flatten() {
                walk(child, keywords, meanings);
            }
        }
        if schema["items"].is_object() {
            walk(&schema["items"], keywords, meanings);
        }
    }
    let (mut keywords, mut meanings) = (BTreeSet::new(), BTreeSet::new());
    for part in ["request", "headers"] {
        let schema = schema_text(&format!("acme/create-deal/{part}"));
        walk(
            &serde_json::from_str(&schema).unwrap(),
            &mut keywords,
            &mut meanings,
        );
    }
    let meta: Value =
        serde_json::from_str(pipelint_schemas::schema("meta/vocabulary").unwrap()).unwrap();
    let known = |pointer: &str| -> BTreeSet<String> {
        let words = meta.pointer(pointer).and_then(Value::as_array).unwrap();
        words
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect()
    };
    let mut all = known("/$defs/keywords/propertyNames/enum");
    // Notes that change no verdict.
    all.retain(|keyword| !matches!(keyword.as_str(), "deprecated" | "readOnly"));
    let idle: Vec<_> = all.difference(&keywords).collect();
    assert!(
        idle.is_empty(),
        "keywords that the schemas do not use: {idle:?}"
    );
    let mut all = known("/$defs/meaning/properties/is/enum");
    all.extend(known("/$defs/rootMeaning/properties/is/enum"));
    let idle: Vec<_> = all.difference(&meanings).collect();
    assert!(
        idle.is_empty(),
        "meanings that the schemas do not use: {idle:?}"
    );
}
