//! Both OpenAPI documents: of the form that OpenAPI asks for, with schemas that are schemas,
//! references that lead somewhere, and examples that pass.

#![allow(clippy::unwrap_used, clippy::panic)]

use pipelint_serve::{openapi, service_openapi};
use serde_json::{Value, json};

fn documents() -> [(&'static str, Value); 2] {
    [("operations", openapi()), ("service", service_openapi())]
}

/// Calls `found` with every object of a document.
fn walk<'v>(value: &'v Value, found: &mut impl FnMut(&'v Value)) {
    match value {
        Value::Object(members) => {
            found(value);
            members.values().for_each(|member| walk(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        _ => {}
    }
}

#[test]
fn documents_have_the_form_of_openapi() {
    let schema = include_str!("oas/schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for (name, document) in documents() {
        let errors = schema.iter_errors(&document);
        let errors: Vec<_> = errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    let mut broken = service_openapi();
    broken["paths"]["/rules"]["get"]["responses"] = json!([]);
    assert!(!schema.is_valid(&broken));
}

#[test]
fn schemas_are_schemas_and_references_lead_somewhere() {
    for (name, document) in documents() {
        let schemas = document["components"]["schemas"].as_object().unwrap();
        assert!(!schemas.is_empty());
        for (key, schema) in schemas {
            if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
                panic!("{name}: {key}: {error}");
            }
        }
        let mut count = 0;
        walk(&document, &mut |object| {
            let Some(reference) = object.get("$ref").and_then(Value::as_str) else {
                return;
            };
            count += 1;
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{name}: {reference}");
        });
        assert!(count > 0);
    }
}

#[test]
fn examples_are_what_their_schemas_say() {
    for (name, document) in documents() {
        let mut count = 0;
        walk(&document, &mut |object| {
            let (Some(schema), Some(example)) = (object.get("schema"), object.get("example"))
            else {
                return;
            };
            let whole = json!({ "allOf": [schema], "components": document["components"] });
            let schema = jsonschema::options()
                .should_validate_formats(true)
                .build(&whole)
                .unwrap();
            let errors: Vec<_> = schema
                .iter_errors(example)
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "{name}: {example}: {errors:?}");
            count += 1;
        });
        assert!(count > 2, "{name}: {count} examples");
    }
}

#[test]
fn operations_have_names_of_their_own() {
    for (name, document) in documents() {
        let mut names = Vec::new();
        walk(&document["paths"], &mut |object| {
            names.extend(object.get("operationId"));
        });
        let count = names.len();
        names.sort_by_key(ToString::to_string);
        names.dedup();
        assert_eq!(names.len(), count, "{name}");
    }
}
