//! `check --schema FILE`: payloads of a system that the program does not know.

mod common;

use common::{Folder, NOW};

const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["title"],
  "additionalProperties": false,
  "properties": {
    "title": {"type": "string", "minLength": 1, "x-meaning": {"is": "record-name"}},
    "chance": {"type": "number", "x-meaning": {"is": "probability", "scale": "percent"}},
    "closes": {"type": "string", "format": "date", "x-meaning": {"is": "close-date", "form": "date-or-date-time", "future": true}},
    "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}
  }
}"#;

fn folder(schema: &str) -> Folder {
    Folder::new(&[("opportunity.schema.json", schema)])
}

#[test]
fn a_valid_payload_passes() {
    let folder = folder(SCHEMA);
    folder.write(
        "payload.json",
        br#"{"title": "Acme", "chance": 40, "tags": ["a"]}"#,
    );
    let ran = folder.run(&format!(
        "check --now {NOW} --schema opportunity.schema.json payload.json"
    ));
    assert_eq!(ran.status, 0, "{}", ran.all());
}

#[test]
fn keywords_and_meanings_are_both_checked() {
    let folder = folder(SCHEMA);
    folder.write(
        "payload.json",
        br#"{"titel": "Acme", "chance": 0.4, "closes": "2020-01-01", "tags": ["a", "a"]}"#,
    );
    let ran = folder.run(&format!(
        "check --now {NOW} --schema opportunity.schema.json payload.json"
    ));
    insta::assert_snapshot!(ran.all());
}

/// Each keyword is in a branch, and then reported by the tables or by a program: the message names
/// the limit, and a fault is reported once.
#[test]
fn every_keyword_of_a_branch_is_explained_once() {
    let folder = folder(
        r#"{"type": "object", "allOf": [{"properties": {
            "a": {"maximum": 10}, "b": {"exclusiveMinimum": 5}, "c": {"multipleOf": 0.25},
            "d": {"minLength": 3}, "e": {"maxLength": 3}, "f": {"enum": ["x", "y"]},
            "g": {"const": 5}, "h": {"type": ["string", "null"]}, "i": {"minItems": 1},
            "j": {"maxItems": 1}, "k": {"uniqueItems": true}, "l": {"required": ["z"]},
            "m": {"format": "email"}, "n": {"format": "uri"}, "o": {"minProperties": 1},
            "p": {"anyOf": [{"format": "ipv4"}, {"format": "hostname"}]},
            "q": {"anyOf": [{"format": "time"}]},
            "r": {"additionalProperties": false, "properties": {"name": {}}},
            "s": {"format": "date-time"}, "t": {"const": "won"}, "u": {"type": "integer"}
        }}]}"#,
    );
    folder.write(
        "payload.json",
        br#"{"a": 11, "b": 5, "c": 0.3, "d": "a", "e": "abcd", "f": "X", "g": 6, "h": 1, "i": [],
            "j": [1, 2], "k": [1, 1], "l": {}, "m": "anna", "n": "a b", "o": {}, "p": "a b",
            "q": "noon", "r": {"nam": 1}, "s": "noon", "t": "WON", "u": 1.5}"#,
    );
    let ran = folder.run(&format!(
        "check --now {NOW} --schema opportunity.schema.json --output-format concise payload.json"
    ));
    insta::assert_snapshot!(ran.all());
}

#[test]
fn every_fault_of_the_schema_is_named_with_its_place() {
    let folder = folder(
        r##"{"type": "strnig", "properties": {"a": {"minLength": -1}, "b": {"$ref": "#/$defs/none"}}}"##,
    );
    folder.write("payload.json", b"{}");
    let ran = folder.run("check --schema opportunity.schema.json payload.json");
    insta::assert_snapshot!(ran.all());
}

#[test]
fn a_schema_that_is_not_there_is_an_error() {
    let folder = folder("{}");
    folder.write("payload.json", b"{}");
    let ran = folder.run("check --schema other.json payload.json");
    assert_eq!(ran.status, 2, "{}", ran.all());
    assert!(
        ran.stderr.contains("cannot read the schema other.json"),
        "{}",
        ran.all()
    );
}

#[test]
fn a_misspelt_keyword_is_noted_unless_the_run_is_quiet() {
    let folder = folder(r#"{"properties": {"a": {"minLenght": 1}}}"#);
    folder.write("payload.json", b"{}");
    let ran = folder.run("check --schema opportunity.schema.json payload.json");
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(ran.stderr.contains("minLength"), "{}", ran.all());
    let ran = folder.run("check --quiet --schema opportunity.schema.json payload.json");
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
}

/// Each definition refers to the next one four times: 4 to the power of 40 ways to the last.
#[test]
fn a_schema_with_very_many_ways_is_decided_in_bounded_time() {
    let mut definitions = serde_json::Map::new();
    for index in 0..40 {
        let next = serde_json::json!({ "$ref": format!("#/$defs/d{}", index + 1) });
        let all = serde_json::json!({ "allOf": [next, next, next, { "anyOf": [next, next] }] });
        definitions.insert(format!("d{index}"), all);
    }
    let last = serde_json::json!({ "properties": { "a": { "type": "string" } } });
    definitions.insert("d40".to_owned(), last);
    let schema = serde_json::json!({ "$ref": "#/$defs/d0", "$defs": definitions });
    let folder = folder(&schema.to_string());
    folder.write("valid.json", br#"{"a": "b"}"#);
    folder.write("invalid.json", br#"{"a": 5}"#);
    let check = |name: &str| {
        folder.run(&format!(
            "check --schema opportunity.schema.json --output-format concise {name}"
        ))
    };
    assert_eq!(check("valid.json").status, 0);
    let ran = check("invalid.json");
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.stdout.matches("[schema/type]").count(),
        1,
        "{}",
        ran.all()
    );
}
