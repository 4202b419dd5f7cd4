//! The JSON Schema Test Suite through pipelint's document: the verdict is the expected one, and
//! the errors are those that the validator finds in a `serde_json::Value`.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonschema::json::Json;
use jsonschema::{Draft, Registry, Retrieve, Uri, ValidationOptions, Validator};
use pipelint::contract::{Contract, Part, Schema};
use pipelint::{Options, Report, check};
use pipelint_overlay::{PayloadJson, PayloadNode};
use serde_json::Value;

/// Any JSON: nothing of it is judged but its syntax.
static ANYTHING: Contract = Contract {
    id: "test/anything/request",
    operation: "test/anything",
    part: Part::Request,
    system: "Test",
    title: "Anything",
    root: &Schema::ANY,
    program: None,
};

fn read(text: &str) -> Report<'_> {
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    check(&ANYTHING, text.as_bytes(), &options)
}

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

/// The suite's own documents.
struct Remotes;

impl Retrieve for Remotes {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let path = uri
            .as_str()
            .strip_prefix("http://localhost:1234/")
            .ok_or("not of the suite")?;
        let text = fs::read_to_string(suite().join("remotes").join(path))?;
        Ok(serde_json::from_str(&text)?)
    }
}

/// The validator of a schema of the suite, built as the validator's own tests build it.
fn validator<F: Json>(
    options: ValidationOptions<'_, Arc<dyn Retrieve>, F>,
    schema: &Value,
) -> Validator<F> {
    let uri = schema["$id"].as_str().unwrap_or("json-schema:///");
    let registry = Registry::new()
        .retriever(Remotes)
        .draft(Draft::Draft202012)
        .add(uri, schema)
        .and_then(jsonschema::RegistryBuilder::prepare)
        .unwrap_or_else(|error| panic!("{error}: {schema}"));
    options
        .with_draft(Draft::Draft202012)
        .with_registry(&registry)
        .build(schema)
        .unwrap_or_else(|error| panic!("{error}: {schema}"))
}

/// Every error, by keyword and places.
fn told<'i>(errors: impl Iterator<Item = jsonschema::ValidationError<'i>>) -> Vec<[String; 3]> {
    errors
        .map(|error| {
            [
                error.kind().keyword().to_owned(),
                error.instance_path().to_string(),
                error.schema_path().to_string(),
            ]
        })
        .collect()
}

#[test]
fn the_suite_is_judged_as_it_says_and_as_serde_json_values_are() {
    let mut tests = 0;
    let mut files: Vec<_> = fs::read_dir(suite().join("draft2020-12"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 46);
    for file in files {
        let groups: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for group in groups.as_array().unwrap() {
            let schema = &group["schema"];
            let ours = validator(jsonschema::options_for::<PayloadJson>(), schema);
            let theirs = validator(jsonschema::options(), schema);
            for test in group["tests"].as_array().unwrap() {
                let place = format!(
                    "{}: {}: {}",
                    file.display(),
                    group["description"],
                    test["description"]
                );
                let text = test["data"].to_string();
                let report = read(&text);
                let root = PayloadNode::Value(report.value().unwrap());
                assert_eq!(ours.is_valid(root), test["valid"], "{place}");
                assert_eq!(ours.validate(root).is_ok(), test["valid"], "{place}");
                assert_eq!(
                    told(ours.iter_errors(root)),
                    told(theirs.iter_errors(&test["data"])),
                    "{place}"
                );
                tests += 1;
            }
        }
    }
    println!("{tests} tests of the suite agree");
    assert!(tests > 1_200, "{tests}");
}

#[test]
fn the_representation_keeps_the_validators_contract() {
    let text = jsonschema::json::conformance::document().to_string();
    let report = read(&text);
    let root = PayloadNode::Value(report.value().unwrap());
    jsonschema::json::conformance::assert_conformance::<PayloadJson>(&root);
}
