//! What policy rules say, and where.

#![allow(clippy::unwrap_used)]

use pipelint::payloads::leadlex::create_deal::REQUEST;
use pipelint::{Options, check, payloads};
use pipelint_overlay::{Keyword, Merged, OverlayError, SchemaOverlays};
use serde_json::Value;

const DEAL: &str = "leadlex/create-deal";

fn options() -> Options {
    Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap())
}

/// `rule pointer text message` of what a schema says of a deal.
fn said(schema: &str, deal: &str) -> Vec<String> {
    let mut policy = SchemaOverlays::new();
    policy.add(DEAL, schema).unwrap();
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    let report = check(payloads::by_id(DEAL).unwrap(), deal.as_bytes(), &options);
    let found = policy.check(&report);
    found
        .iter()
        .map(|found| {
            let known = Keyword::by_rule(&found.rule);
            assert!(known.is_some(), "{} has no page", found.rule);
            let text = &deal[found.span.clone()];
            format!("{} {} {text} {}", found.rule, found.pointer, found.message)
        })
        .collect()
}

#[test]
fn each_error_stands_where_its_text_stands() {
    let schema = r#"{
        "$schema": "http://json-schema.org/draft-07/schema#",
        "required": ["owner_id", "name"],
        "properties": {
            "name": { "pattern": "^[A-Z]", "maxLength": 5 },
            "notes": false,
            "tags": { "items": { "enum": ["a", "b"] }, "uniqueItems": true },
            "probability": { "multipleOf": 5 }
        },
        "propertyNames": { "maxLength": 20 }
    }"#;
    let deal = r#"{"name":"acme corp","notes":"n","tags":["a","z"],
        "probability":7,"a_name/that~is_too_long":1}"#;
    assert_eq!(
        said(schema, deal),
        [
            "policy/required /owner_id { `owner_id` is missing",
            "policy/max-length /name \"acme corp\" `name` is longer than 5 characters",
            "policy/pattern /name \"acme corp\" `name` does not match \"^[A-Z]\"",
            "policy/false-schema /notes \"n\" `notes` is not allowed here",
            "policy/enum /tags/1 \"z\" the item is not one of \"a\" or \"b\"",
            "policy/multiple-of /probability 7 `probability` is not a multiple of 5",
            "policy/property-names /a_name~1that~0is_too_long \"a_name/that~is_too_long\" the name `a_name/that~is_too_long` is longer than 20 characters",
        ]
    );
    let strict = r#"{ "properties": { "name": {} }, "additionalProperties": false }"#;
    assert_eq!(
        said(strict, r#"{"name":"A","stage":"S","n\u006ftes":"n"}"#),
        [
            "policy/additional-properties /stage \"stage\" `stage` is not allowed here",
            "policy/additional-properties /notes \"n\\u006ftes\" `notes` is not allowed here",
        ]
    );
}

#[test]
fn no_value_of_the_payload_is_repeated() {
    let schema = r#"{ "properties": {
        "notes": { "type": "integer", "enum": [1], "not": {}, "format": "uuid" },
        "tags": { "unevaluatedItems": false }, "stage": { "const": 1 } } }"#;
    let deal = r#"{"notes":"SECRET","tags":["SECRET"],"stage":"SECRET"}"#;
    let said = said(schema, deal);
    assert!(said.len() >= 5, "{said:?}");
    for said in said {
        assert!(!said.ends_with("SECRET\""), "{said}");
        assert!(said.matches("SECRET").count() <= 1, "{said}");
    }
}

#[test]
fn a_text_that_is_no_json_gets_no_policy_rules() {
    assert!(said(r#"{ "required": ["owner_id"] }"#, "{").is_empty());
}

#[test]
fn other_payloads_are_left_alone() {
    let mut policy = SchemaOverlays::new();
    policy.add(DEAL, "false").unwrap();
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    let other = payloads::by_id("slant/create-opportunity").unwrap();
    assert!(policy.check(&check(other, b"{}", &options)).is_empty());
}

#[test]
fn a_broken_schema_is_an_error_at_once() {
    let lay = |payload: &str, schema: &str| {
        SchemaOverlays::new()
            .add(payload, schema)
            .map(drop)
            .unwrap_err()
    };
    assert!(matches!(
        lay("leadlex/none", "{}"),
        OverlayError::UnknownPayload { .. }
    ));
    assert!(matches!(lay(DEAL, "{"), OverlayError::Json { .. }));
    let error = lay(DEAL, r#"{ "properties": { "name": { "type": "text" } } }"#);
    assert!(
        error.to_string().contains("/properties/name/type"),
        "{error}"
    );
    // References lead nowhere outside.
    for reference in [
        "https://example.com/s.json",
        "file:///etc/passwd",
        "other.json",
    ] {
        let schema = format!(r#"{{ "$ref": "{reference}" }}"#);
        assert!(matches!(lay(DEAL, &schema), OverlayError::Schema { .. }));
    }
}

#[test]
fn a_record_has_the_fields_of_the_librarys_own() {
    let mut policy = SchemaOverlays::new();
    policy.add(DEAL, r#"{ "required": ["owner_id"] }"#).unwrap();
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    let report = check(payloads::by_id(DEAL).unwrap(), b"{}", &options);
    let fields = |record: Value| {
        record
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let own = report.diagnostics().next().unwrap();
    let found = policy.check(&report);
    let record = found[0].record(Some("deal.json"), Some(3), report.contract().id);
    assert_eq!(
        fields(serde_json::to_value(record).unwrap()),
        fields(serde_json::to_value(own).unwrap())
    );
}

/// Rules and pointers of what is merged.
fn merged(schema: &str, deal: &str) -> Vec<(String, String, Option<String>)> {
    let mut overlays = SchemaOverlays::new();
    overlays.add("leadlex/create-deal", schema).unwrap();
    let report = check(&REQUEST, deal.as_bytes(), &options());
    let merged = overlays.merge(&report);
    let starts: Vec<usize> = merged.iter().map(|one| one.span().start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    merged
        .iter()
        .map(|one| match one {
            Merged::Own(one) => (one.rule().name.to_owned(), one.pointer(), None),
            Merged::Overlay(one) => (one.rule.clone(), one.pointer.clone(), one.help.clone()),
        })
        .collect()
}

#[test]
fn one_fault_gives_one_diagnostic() {
    for (schema, deal, expected) in [
        // The contract reports the same: its diagnostic has the help.
        (
            r#"{ "required": ["name"] }"#,
            r#"{ "probability": 1 }"#,
            &["schema/required"][..],
        ),
        (
            r#"{ "properties": { "probability": { "maximum": 90 } } }"#,
            r#"{ "name": "A", "probability": 120 }"#,
            &["schema/maximum"],
        ),
        (
            r#"{ "properties": { "probability": { "type": "integer", "enum": [10, 20] } } }"#,
            r#"{ "name": "A", "probability": "many" }"#,
            &["schema/type"],
        ),
        (
            r#"{ "properties": { "name": { "minLength": 1 } } }"#,
            r#"{ "name": "" }"#,
            &["name/blank"],
        ),
        // The overlay is stricter.
        (
            r#"{ "properties": { "probability": { "maximum": 90 } } }"#,
            r#"{ "name": "A", "probability": 95 }"#,
            &["policy/maximum"],
        ),
        // An error of the overlay takes the place of a warning about the same.
        (
            r#"{ "properties": { "name": true }, "additionalProperties": false }"#,
            r#"{ "name": "A", "stagee": 1 }"#,
            &["policy/additional-properties"],
        ),
        // Two faults of one value are two diagnostics.
        (
            r#"{ "properties": { "probability": { "multipleOf": 7 } } }"#,
            r#"{ "name": "A", "probability": 120 }"#,
            &["schema/maximum", "policy/multiple-of"],
        ),
    ] {
        let merged = merged(schema, deal);
        let rules: Vec<&str> = merged.iter().map(|(rule, ..)| rule.as_str()).collect();
        assert_eq!(rules, expected, "{schema} {deal}");
    }
}

#[test]
fn title_and_description_of_the_schema_are_the_help() {
    let help = |schema: &str, deal: &str| merged(schema, deal)[0].2.clone();
    let schema = r##"{
        "title": "A deal of ours",
        "required": ["owner_id", "stage"],
        "properties": {
            "name": { "pattern": "^[A-Z]", "description": "Start the name with a capital letter." },
            "owner_id": { "title": "Owner", "description": "Every deal has an owner." },
            "notes": { "$ref": "#/$defs/short" }
        },
        "$defs": { "short": { "title": "Short text", "maxLength": 3 } }
    }"##;
    let full = r#""owner_id": "u", "stage": "Lead""#;
    assert_eq!(
        help(schema, &format!(r#"{{ "name": "acme", {full} }}"#)).as_deref(),
        Some("Start the name with a capital letter.")
    );
    assert_eq!(
        help(schema, r#"{ "name": "Acme", "stage": "Lead" }"#).as_deref(),
        Some("Owner: Every deal has an owner.")
    );
    assert_eq!(
        help(schema, r#"{ "name": "Acme", "owner_id": "u" }"#).as_deref(),
        Some("A deal of ours")
    );
    assert_eq!(
        help(
            schema,
            &format!(r#"{{ "name": "Acme", "notes": "long", {full} }}"#)
        )
        .as_deref(),
        Some("Short text")
    );
    assert_eq!(
        help(r#"{ "required": ["stage"] }"#, r#"{ "name": "Acme" }"#),
        None
    );
}

#[test]
fn a_contract_of_any_kind_takes_overlays() {
    let contract = pipelint::contract::Contract {
        id: "ours/import/request",
        operation: "ours/import",
        part: pipelint::contract::Part::Request,
        system: "Ours",
        title: "Import",
        root: REQUEST.root,
        program: None,
    };
    let mut overlays = SchemaOverlays::new();
    overlays
        .add_to(&contract, r#"{ "required": ["stage"] }"#)
        .unwrap();
    let report = check(&contract, br#"{ "name": "Acme" }"#, &options());
    assert_eq!(overlays.check(&report).len(), 1);
    let other = check(&REQUEST, br#"{ "name": "Acme" }"#, &options());
    assert!(overlays.check(&other).is_empty());
}

#[test]
fn schemas_that_refer_to_themselves_end() {
    for schema in [
        r##"{ "$ref": "#" }"##,
        r##"{ "allOf": [{ "$ref": "#/$defs/a" }], "$defs": { "a": { "$ref": "#/$defs/b" }, "b": { "$ref": "#/$defs/a" } } }"##,
        r##"{ "properties": { "x": { "$ref": "#" } }, "required": ["name"] }"##,
        r##"{ "$dynamicAnchor": "n", "properties": { "x": { "$dynamicRef": "#n" } } }"##,
    ] {
        let mut overlays = SchemaOverlays::new();
        if overlays.add("leadlex/create-deal", schema).is_err() {
            continue;
        }
        // As deep as a payload may be.
        let deal = format!(
            "{}{{}}{}",
            r#"{"name":"A","x":"#.repeat(127),
            "}".repeat(127)
        );
        let report = check(&REQUEST, deal.as_bytes(), &options());
        let _ = overlays.merge(&report);
    }
    // Deeper schemas than JSON may nest are refused.
    let deep = format!("{}{{}}{}", r#"{"not":"#.repeat(5_000), "}".repeat(5_000));
    assert!(
        SchemaOverlays::new()
            .add("leadlex/create-deal", &deep)
            .is_err()
    );
}

#[test]
fn credentials_in_keys_are_not_repeated() {
    let mut overlays = SchemaOverlays::new();
    let schema =
        r#"{ "additionalProperties": { "type": "object", "additionalProperties": false } }"#;
    overlays.add("leadlex/create-deal", schema).unwrap();
    let deal = r#"{ "wbk_4f9a8b7c6d5e4f3a2b1c": { "wbk_4f9a8b7c6d5e4f3a2b1c": 1 }, "AKIAIOSFODNN7EXAMPLE": 1 }"#;
    let report = check(&REQUEST, deal.as_bytes(), &options());
    let refused = overlays.check(&report);
    let out = format!(
        "{refused:?} {}",
        serde_json::to_string(&refused[0].record(None, None, "x")).unwrap()
    );
    assert!(
        refused.len() >= 2 && !out.contains("4f9a8b") && !out.contains("OSFODNN"),
        "{out}"
    );
}
