//! Every schema against the meta-schemas, by `jsonschema`.

use jsonschema::{Draft, Validator};
use pipelint_tests::{contracts, schema_text};
use serde_json::{Value, json};

fn vocabulary() -> Validator {
    let meta: Value =
        serde_json::from_str(pipelint_schemas::schema("meta/vocabulary").unwrap()).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&meta));
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&meta)
        .unwrap()
}

fn schema(id: &str) -> Value {
    serde_json::from_str(&schema_text(id)).unwrap()
}

#[test]
fn every_schema_obeys_the_standard_and_our_vocabulary() {
    let vocabulary = vocabulary();
    for contract in contracts() {
        let schema = schema(contract.id);
        jsonschema::draft202012::meta::validate(&schema)
            .unwrap_or_else(|error| panic!("{}: {error}", contract.id));
        let faults: Vec<String> = vocabulary
            .iter_errors(&schema)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", contract.id);
    }
}

/// `(pointer into LeadLex's request, the new value)`.
fn faults() -> Vec<(&'static str, Value)> {
    vec![
        ("/properties/name/meaning", json!({ "is": "nickname" })),
        ("/properties/name/meaning", json!({})),
        (
            "/properties/name/meaning",
            json!({ "is": "record-name", "of": "deal" }),
        ),
        (
            "/properties/status/meaning",
            json!({ "is": "status", "open": "active", "won": "won" }),
        ),
        ("/properties/status/meaning/open", json!("")),
        (
            "/properties/probability/meaning",
            json!({ "is": "probability" }),
        ),
        ("/properties/probability/meaning/scale", json!("permille")),
        ("/properties/probability/type", json!("string")),
        ("/properties/estimated_value/meaning/unit", json!("cents")),
        (
            "/properties/estimated_value/meaning",
            json!({ "is": "money", "unit": "major", "currency-in": "currency", "currency-is": "USD" }),
        ),
        (
            "/properties/estimated_value/meaning",
            json!({ "is": "money", "unit": "major", "currency-is": "usd" }),
        ),
        (
            "/properties/estimated_value/meaning",
            json!({ "is": "money", "unit": "minor", "disputed": false }),
        ),
        (
            "/properties/follow_up_date/meaning",
            json!({ "is": "follow-up-date" }),
        ),
        ("/properties/follow_up_date/meaning/form", json!("time")),
        (
            "/properties/follow_up_date/meaning",
            json!({ "is": "follow-up-date", "form": "date-time", "future": true }),
        ),
        (
            "/properties/contact_id/meaning",
            json!({ "is": "reference" }),
        ),
        ("/properties/contact_id/meaning/to", json!("Contact")),
        ("/properties/tags/items", json!({ "type": "object" })),
        ("/properties/tags/type", json!("string")),
        ("/properties/priority/meaning/known", json!([])),
        ("/properties/name/format", json!("uri")),
        ("/properties/name/source", json!("Not An Id")),
        ("/properties/name", json!({ "type": "string" })),
        ("/properties/name/meaning", json!({ "is": "credential" })),
        ("/meaning", json!({ "is": "record" })),
        ("/meaning", json!({ "is": "free-text" })),
        ("/type", json!("array")),
        ("/$id", json!("urn:other:leadlex")),
        ("/additionalProperties", json!({ "type": "string" })),
    ]
}

#[test]
fn wrong_meanings_are_refused_by_the_vocabulary() {
    let vocabulary = vocabulary();
    let right = schema("leadlex/create-deal/request");
    for (pointer, instead) in faults() {
        let mut wrong = right.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        wrong.pointer_mut(parent).unwrap()[key] = instead.clone();
        assert!(!vocabulary.is_valid(&wrong), "{pointer} takes {instead}");
    }
    for keyword in ["pattern", "minProperties", "oneOf", "if", "x-ours"] {
        let mut wrong = right.clone();
        wrong["properties"]["name"][keyword] = json!(1);
        assert!(!vocabulary.is_valid(&wrong), "{keyword} is taken");
    }
    for keyword in [
        "$schema",
        "$id",
        "title",
        "type",
        "properties",
        "meaning",
        "source",
    ] {
        let mut wrong = right.clone();
        wrong.as_object_mut().unwrap().shift_remove(keyword);
        assert!(!vocabulary.is_valid(&wrong), "{keyword} is not missed");
    }
}

#[test]
fn the_compiler_refuses_wrong_meanings_too() {
    let right = schema("leadlex/create-deal/request");
    let compile = |schema: &Value| {
        pipelint_compiler::Compiler::new()
            .schema("x", "x/y/request", "X", "Y", &schema.to_string())
            .map(|_| ())
    };
    compile(&right).unwrap();
    for (pointer, instead) in faults() {
        // These are the data's policy rules: a system of somebody else may do otherwise.
        let policy = ["/source", "/$id", "/meaning/to", "/tags/items"];
        if policy.iter().any(|end| pointer.ends_with(end))
            || pointer == "/properties/name"
            || instead["disputed"] == false
        {
            continue;
        }
        let mut wrong = right.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        wrong.pointer_mut(parent).unwrap()[key] = instead.clone();
        assert!(compile(&wrong).is_err(), "{pointer} takes {instead}");
    }
}

#[test]
fn every_source_is_a_heading_of_the_notes() {
    fn walk(schema: &Value, found: &mut Vec<String>) {
        found.extend(schema["source"].as_str().map(str::to_owned));
        for (_, child) in ["properties", "$defs"]
            .iter()
            .filter_map(|group| schema[group].as_object())
            .flatten()
        {
            walk(child, found);
        }
        if schema["items"].is_object() {
            walk(&schema["items"], found);
        }
    }
    for contract in pipelint::payloads::ALL {
        let notes = pipelint_schemas::file(&format!("{}/NOTES.md", contract.operation)).unwrap();
        let mut sources = Vec::new();
        walk(&schema(contract.id), &mut sources);
        assert!(!sources.is_empty());
        for source in sources {
            let heading = format!("### {source}");
            assert!(
                notes.text.lines().any(|line| line == heading),
                "{}: {source}",
                contract.id
            );
        }
    }
}
