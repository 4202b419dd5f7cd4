//! Documents in the shape of public CRM APIs: listed, extracted, annotated, linted, and used.

#![allow(clippy::unwrap_used)] // In helpers of tests, too.

use pipelint::compile::{CompileOptions, compile};
use pipelint::{Checker, Options};
use pipelint_discover::annotate::{Confidence, Proposal, apply, apply_file, propose, to_file};
use pipelint_discover::lint::{Kind, lint};
use pipelint_discover::openapi::{OpenApi, OpenApiError, Operation, Part};
use pipelint_discover::read;
use serde_json::{Value, json};

/// OpenAPI 3.0 in YAML, with an envelope, `nullable`, and shared request bodies.
const PIPEDRIVE: &str = include_str!("data/pipedrive.yaml");
/// OpenAPI 3.1 in JSON: everything in `data`, values in arrays, unions with a discriminator.
const ATTIO: &str = include_str!("data/attio.json");
/// OpenAPI 3.0 in YAML: flat fields, amounts in cents, a confidence in percent.
const CLOSE: &str = include_str!("data/close.yaml");

fn open(text: &str) -> OpenApi {
    OpenApi::new(read(text).unwrap()).unwrap()
}

fn operation(document: &OpenApi, name: &str) -> Operation {
    let all = document.operations();
    all.into_iter().find(|one| one.name == name).unwrap()
}

fn request(text: &str, name: &str) -> Value {
    let document = open(text);
    let operation = operation(&document, name);
    document.extract(&operation, &Part::Request).unwrap()
}

fn rules(schema: &Value, payload: &str) -> Vec<&'static str> {
    let contract = compile(&schema.to_string(), &CompileOptions::default()).unwrap();
    let tables = contract.tables();
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    let mut checker = Checker::new();
    let report = checker.check(tables.contract(), payload.as_bytes(), &options);
    report.diagnostics().map(|one| one.rule().name).collect()
}

fn proposal<'p>(proposals: &'p [Proposal], pointer: &str) -> &'p Proposal {
    proposals.iter().find(|one| one.pointer == pointer).unwrap()
}

#[test]
fn lists_operations_with_the_parts_that_have_a_schema() {
    let all = open(PIPEDRIVE).operations();
    let names: Vec<_> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["getDeals", "addDeal", "DELETE /deals/{id}"]);
    assert_eq!(all[0].parts, [Part::Query, Part::Response("200".into())]);
    // The parameters of the path belong to each of its operations.
    let created = Part::Response("201".into());
    assert_eq!(all[1].parts, [Part::Request, Part::Query, created]);
    assert!(all[2].parts.is_empty());
    assert_eq!(all[1].summary, "Add a deal");
    assert_eq!(
        (all[1].method.as_str(), all[1].path.as_str()),
        ("POST", "/deals")
    );
}

#[test]
fn extracts_a_standalone_schema_that_checks_payloads() {
    let schema = request(PIPEDRIVE, "addDeal");
    assert_eq!(
        rules(&schema, r#"{"title":"Acme","value":1,"stage_id":null}"#),
        [""; 0]
    );
    assert_eq!(
        rules(&schema, r#"{"title":"Acme","value":"1"}"#),
        ["schema/type"]
    );
    assert_eq!(rules(&schema, r#"{"value":1}"#), ["schema/required"]);
    // `exclusiveMinimum: true` beside `minimum: 0`.
    assert_eq!(rules(&schema, r#"{"title":"A","probability":0}"#).len(), 1);
}

#[test]
fn read_only_properties_are_required_in_responses_only() {
    let document = open(PIPEDRIVE);
    let add = operation(&document, "addDeal");
    let response = document
        .extract(&add, &Part::Response("201".into()))
        .unwrap();
    assert_eq!(
        response["$defs"]["Deal"]["required"],
        json!(["id", "title"])
    );
    let request = document.extract(&add, &Part::Request).unwrap();
    assert_eq!(request["$defs"]["Deal"]["required"], json!(["title"]));
}

#[test]
fn query_parameters_of_path_and_operation_become_one_object() {
    let document = open(PIPEDRIVE);
    let list = operation(&document, "getDeals");
    let query = document.extract(&list, &Part::Query).unwrap();
    let names: Vec<_> = query["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["limit", "status"]);
    assert_eq!(query["required"], json!(["status"]));
    // The operation's own `limit` replaces that of the path.
    assert_eq!(query["properties"]["limit"]["maximum"], json!(500));
}

#[test]
fn discriminators_and_loops_survive_extraction() {
    let schema = request(ATTIO, "createRecord");
    let payload = r#"{"data":{"values":[{"kind":"text","text":"x","children":[{"kind":"number","number":1}]}]}}"#;
    assert_eq!(rules(&schema, payload), [""; 0]);
    let wrong = payload.replace("\"number\":1", "\"number\":true");
    assert_eq!(rules(&schema, &wrong), ["schema/type"]);
    let mapping = &schema["$defs"]["Value"]["discriminator"]["mapping"];
    assert_eq!(mapping["text"], json!("#/$defs/TextValue"));
}

#[test]
fn a_reference_that_cannot_be_followed_is_an_error_that_names_it() {
    for (target, what) in [
        ("other.yaml#/Deal", "another document"),
        ("#/components/schemas/Missing", "leads nowhere"),
    ] {
        let text = PIPEDRIVE.replace("#/components/schemas/Person", target);
        let document = open(&text);
        let add = operation(&document, "addDeal");
        let error = document
            .extract(&add, &Part::Request)
            .unwrap_err()
            .to_string();
        assert!(error.contains(target) && error.contains(what), "{error}");
    }
}

#[test]
fn other_documents_are_refused_with_what_to_do() {
    let refuse = |text: &str| OpenApi::new(read(text).unwrap()).unwrap_err().to_string();
    assert!(refuse("swagger: '2.0'").contains("convert it to OpenAPI 3.0"));
    assert!(refuse("openapi: 4.0.0").contains("use 3.0 or 3.1"));
    assert!(refuse("{\"type\": \"object\"}").contains("not an OpenAPI document"));
    assert!(read("{\"a\": ").is_err());
    assert!(read("- 1").unwrap_err().to_string().contains("an array"));
    let document = open(PIPEDRIVE);
    let add = operation(&document, "addDeal");
    let missing = document.extract(&add, &Part::Response("404".into()));
    assert!(matches!(missing, Err(OpenApiError::NoSuchPart { .. })));
}

#[test]
fn proposes_meanings_with_reasons_that_the_compiler_accepts() {
    let mut schema = request(CLOSE, "createOpportunity");
    let proposals = propose(&schema);
    let meaning = |name: &str| &proposal(&proposals, &format!("/properties/{name}")).meaning;
    assert_eq!(
        *meaning("value"),
        json!({ "is": "money", "unit": "minor", "currency-in": "value_currency" })
    );
    assert_eq!(*meaning("value_currency"), json!({ "is": "currency-code" }));
    assert_eq!(
        *meaning("confidence"),
        json!({ "is": "probability", "scale": "percent" })
    );
    assert_eq!(
        *meaning("lead_id"),
        json!({ "is": "reference", "to": "lead" })
    );
    assert_eq!(
        *meaning("assignedUserId"),
        json!({ "is": "reference", "to": "user" })
    );
    assert_eq!(
        *meaning("expected_close_date"),
        json!({ "is": "close-date", "form": "date-or-date-time" })
    );
    assert_eq!(
        *meaning("status"),
        json!({ "is": "status", "open": "active", "won": "won", "lost": "lost" })
    );
    assert_eq!(*meaning("note"), json!({ "is": "free-text" }));
    assert!(proposals.iter().all(|one| !one.reason.is_empty()));
    // What a name only resembles gets no meaning.
    for name in [
        "value_count",
        "external_id",
        "currency_symbol_name",
        "realty",
    ] {
        let pointer = format!("/properties/{name}");
        assert!(proposals.iter().all(|one| one.pointer != pointer), "{name}");
    }
    apply(&mut schema, &proposals, "meaning");
    let found = rules(
        &schema,
        r#"{"lead_id":"lead_1","confidence":0.75,"value":100.5}"#,
    );
    assert!(
        found.contains(&"probability/fraction-for-percent"),
        "{found:?}"
    );
    assert_eq!(
        propose(&schema),
        [],
        "a second run has nothing left to propose"
    );
}

#[test]
fn the_scale_of_a_probability_comes_from_what_the_schema_says() {
    for (property, scale, confidence) in [
        (
            json!({ "type": "number", "maximum": 1 }),
            "fraction",
            Confidence::High,
        ),
        (
            json!({ "type": "number", "maximum": 100 }),
            "percent",
            Confidence::High,
        ),
        (
            json!({ "type": "number", "examples": [0.4] }),
            "fraction",
            Confidence::High,
        ),
        (
            json!({ "type": "number", "description": "0 to 100" }),
            "percent",
            Confidence::Medium,
        ),
        (json!({ "type": "number" }), "percent", Confidence::Low),
    ] {
        let schema = json!({ "properties": { "winProbability": property } });
        let proposals = propose(&schema);
        assert_eq!(proposals[0].meaning["scale"], scale, "{schema}");
        assert_eq!(proposals[0].confidence, confidence, "{schema}");
    }
}

#[test]
fn meanings_from_a_separate_file_leave_the_schema_alone() {
    let mut schema = request(CLOSE, "createOpportunity");
    let file = to_file(&propose(&schema));
    apply_file(&mut schema, file.as_object().unwrap()).unwrap();
    assert_eq!(schema["properties"]["note"]["meaning"]["is"], "free-text");
    let wrong = json!({ "/properties/nobody": { "is": "flag" } });
    let faults = apply_file(&mut schema, wrong.as_object().unwrap()).unwrap_err();
    assert!(faults[0].contains("/properties/nobody"));
}

fn faults(schema: &Value) -> Vec<(Kind, String)> {
    let found = lint(schema, &CompileOptions::default());
    found
        .into_iter()
        .map(|one| (one.kind, one.pointer))
        .collect()
}

#[test]
fn limits_that_no_value_meets_are_reported() {
    for limits in [
        json!({ "minimum": 2, "maximum": 1 }),
        json!({ "exclusiveMinimum": 1, "maximum": 1 }),
        json!({ "minLength": 3, "maxLength": 2 }),
        json!({ "type": "string", "enum": [1, 2] }),
        json!({ "type": "integer", "const": 1.5 }),
        json!({ "required": ["a", "b"], "maxProperties": 1 }),
    ] {
        let schema = json!({ "properties": { "x": limits } });
        let place = "/properties/x".to_owned();
        assert_eq!(faults(&schema), [(Kind::Unsatisfiable, place)], "{schema}");
    }
    for limits in [
        json!({ "minimum": 1, "maximum": 1 }),
        json!({ "type": "integer", "const": 1.0 }),
        json!({ "type": ["string", "null"], "enum": [null] }),
    ] {
        assert_eq!(faults(&json!({ "properties": { "x": limits } })), []);
    }
}

#[test]
fn a_required_property_that_the_schema_does_not_name_is_reported() {
    let schema = json!({ "properties": { "amount": {} }, "required": ["ammount"] });
    let found = lint(&schema, &CompileOptions::default());
    assert_eq!(found[0].kind, Kind::UnnamedRequired);
    assert!(
        found[0].message.contains("did you mean `amount`?"),
        "{}",
        found[0]
    );
    for fine in [
        json!({ "required": ["a"] }),
        json!({ "properties": { "a": {} }, "anyOf": [{ "required": ["a"] }, { "required": ["b"], "properties": { "b": {} } }] }),
        json!({ "properties": { "a": {} }, "patternProperties": { "^b": {} }, "required": ["b"] }),
        json!({ "properties": { "a": {} }, "allOf": [{ "$ref": "#/$defs/b" }], "required": ["b"], "$defs": { "b": { "properties": { "b": {} } } } }),
        json!({ "properties": { "not": { "properties": { "a": {} }, "required": ["a"] } } }),
    ] {
        assert_eq!(faults(&fine), [], "{fine}");
    }
}

#[test]
fn misspelt_keywords_and_schemas_that_do_not_compile_are_reported() {
    assert_eq!(
        faults(&json!({ "requird": ["a"] })),
        [(Kind::MisspeltKeyword, String::new())]
    );
    let found = faults(&json!({ "properties": { "a": { "type": "strin" } } }));
    assert_eq!(found[0].0, Kind::Invalid);
}

#[test]
fn examples_and_defaults_that_their_schema_rejects_are_reported() {
    for id in [json!({}), json!({ "$id": "https://crm.example/deal" })] {
        let mut schema = json!({
            "meaning": { "is": "record", "of": "deal" },
            "type": "object",
            "properties": {
                "a/b c": { "type": "string", "maxLength": 3, "examples": ["abc", "abcd"] },
                "b": { "$ref": "#/$defs/number", "default": "one" }
            },
            "examples": [{ "a/b c": 1 }],
            "$defs": { "number": { "type": "number", "examples": [1] } }
        });
        schema
            .as_object_mut()
            .unwrap()
            .extend(id.as_object().unwrap().clone());
        let mut found = faults(&schema);
        found.sort();
        let places: Vec<_> = found.iter().map(|(_, pointer)| pointer.as_str()).collect();
        assert_eq!(
            places,
            [
                "/examples/0/a~1b c",
                "/properties/a~1b c/examples/1",
                "/properties/b/default"
            ]
        );
        assert!(found.iter().all(|(kind, _)| *kind == Kind::RejectedExample));
        let found = lint(&schema, &CompileOptions::default());
        let default = found.iter().find(|one| one.pointer.ends_with("default"));
        let message = &default.unwrap().message;
        assert!(message.contains("`default` must be a number"), "{message}");
    }
}

#[test]
fn hostile_schemas_are_linted_in_bounded_time() {
    // Each definition refers to all later ones, four times.
    let mut definitions = serde_json::Map::new();
    for index in 0..40 {
        let next = index + 1;
        let branch = json!({ "$ref": format!("#/$defs/d{next}") });
        definitions.insert(
            format!("d{index}"),
            json!({ "allOf": [branch, branch, branch, branch] }),
        );
    }
    definitions.insert("d40".to_owned(), json!({ "properties": { "b": {} } }));
    let schema = json!({
        "properties": { "a": {} },
        "required": ["b"],
        "allOf": [{ "$ref": "#/$defs/d0" }],
        "$defs": definitions
    });
    assert_eq!(faults(&schema), []);
    let looping = json!({ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#/$defs/a" } } });
    assert_eq!(faults(&looping), []);
    assert_eq!(propose(&looping), []);
}
