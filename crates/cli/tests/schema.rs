//! The JSON output holds to `output.schema.json`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Folder, NOW};
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!("../output.schema.json")).unwrap()
}

/// Inputs with faults of many kinds.
fn folder() -> Folder {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let folder = Folder::new(&[]);
    for entry in std::fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        folder.write(name, &std::fs::read(&path).unwrap());
    }
    folder.write(
        "lines.ndjson",
        b"{\"statusId\": 1}\n\n{\"statusId\": \"Won\",}\n",
    );
    folder.write("bytes.ndjson", b"{\"statusId\": \"\xff\"}\n");
    folder
}

#[test]
fn the_schema_is_one() {
    jsonschema::meta::validate(&schema()).unwrap();
}

#[test]
fn the_document_is_as_described() {
    let folder = folder();
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for inputs in [".", "missing.json", "lines.ndjson missing.json"] {
        let ran = folder.run(&format!("check --now {NOW} --output-format json {inputs}"));
        let document: Value = serde_json::from_str(&ran.stdout).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn each_line_is_a_diagnostic() {
    let mut schema = schema();
    let whole = schema.as_object_mut().unwrap();
    for keyword in ["type", "required", "properties", "additionalProperties"] {
        whole.remove(keyword);
    }
    whole.insert("$ref".to_owned(), json!("#/$defs/diagnostic"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let ran = folder().run(&format!("check --now {NOW} --output-format json-lines ."));
    // One of the files cannot be decoded; the others are checked all the same.
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("bytes.ndjson: cannot read it"),
        "{}",
        ran.stderr
    );
    assert!(ran.stdout.lines().count() > 1, "{}", ran.stdout);
    for line in ran.stdout.lines() {
        let diagnostic: Value = serde_json::from_str(line).unwrap();
        assert!(validator.is_valid(&diagnostic), "{line}");
    }
}

#[test]
fn the_summary_counts_what_was_written() {
    let ran = folder().run(&format!("check --now {NOW} --output-format json ."));
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    let count = |severity: &str| {
        let all = document["diagnostics"].as_array().unwrap();
        all.iter().filter(|one| one["severity"] == severity).count()
    };
    assert_eq!(document["summary"]["errors"], count("error"));
    assert_eq!(document["summary"]["warnings"], count("warning"));
    assert_eq!(document["summary"]["infos"], count("info"));
}
