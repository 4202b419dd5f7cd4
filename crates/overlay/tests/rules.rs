//! What policy rules say, and where.

#![allow(clippy::unwrap_used)]

use pipelint::{Options, check, payloads};
use pipelint_overlay::{Keyword, OverlayError, SchemaOverlays};
use serde_json::Value;

const DEAL: &str = "leadlex/create-deal";

/// `rule pointer text message` of what a schema says of a deal.
fn said(schema: &str, deal: &str) -> Vec<String> {
    let mut policy = SchemaOverlays::new();
    policy.lay(DEAL, schema).unwrap();
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
    policy.lay(DEAL, "false").unwrap();
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    let other = payloads::by_id("slant/create-opportunity").unwrap();
    assert!(policy.check(&check(other, b"{}", &options)).is_empty());
}

#[test]
fn a_broken_schema_is_an_error_at_once() {
    let lay = |payload: &str, schema: &str| {
        SchemaOverlays::new()
            .lay(payload, schema)
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
    policy.lay(DEAL, r#"{ "required": ["owner_id"] }"#).unwrap();
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
