//! The configuration's JSON Schema, written from the table.

use serde_json::{Map, Value, json};

use crate::table::{CONFIG, DECIMALS, Key, Shape, WHOLE_DIGITS, Word};

/// The JSON Schema (2020-12) of `pipelint.toml`, for editors.
///
/// It refuses what [`Config::parse`](crate::Config::parse) refuses, but for what a schema cannot
/// say: whether a glob can be read, how a number is written, and which of two limits is greater.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    schema.insert("$id".to_owned(), "urn:pipelint:config".into());
    schema.insert("title".to_owned(), "pipelint.toml".into());
    schema.insert(
        "description".to_owned(),
        "How payloads are to be checked.".into(),
    );
    merge(&mut schema, of(&CONFIG));
    let mut words = Map::new();
    for word in [
        Word::Payload,
        Word::RuleOrGroup,
        Word::Level,
        Word::Severity,
        Word::Locale,
        Word::Choice,
        Word::Meaning,
        Word::Currency,
    ] {
        let list = json!({ "enum": word.list().unwrap_or_default() });
        words.insert(name(word).to_owned(), list);
    }
    schema.insert("$defs".to_owned(), Value::Object(words));
    Value::Object(schema)
}

fn merge(into: &mut Map<String, Value>, from: Value) {
    if let Value::Object(from) = from {
        into.extend(from);
    }
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Table(keys) => table(keys),
        Shape::Map(word, shape) => json!({
            "type": "object",
            "propertyNames": of_word(*word),
            "additionalProperties": of(shape)
        }),
        Shape::List(0, shape) => json!({ "type": "array", "items": of(shape) }),
        Shape::List(least, shape) => {
            json!({ "type": "array", "minItems": least, "items": of(shape) })
        }
        Shape::Text(word) => of_word(*word),
        Shape::Whole(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Amount => {
            let beyond = 10_i64.pow(WHOLE_DIGITS as u32);
            json!({
                "type": ["number", "string"],
                "exclusiveMinimum": -beyond,
                "exclusiveMaximum": beyond,
                "pattern": format!("^-?[0-9]{{1,{WHOLE_DIGITS}}}(\\.[0-9]{{1,{DECIMALS}}})?$")
            })
        }
    }
}

fn table(keys: &[Key]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut property = Map::new();
        property.insert("description".to_owned(), key.about.into());
        merge(&mut property, of(&key.shape));
        properties.insert(key.name.to_owned(), Value::Object(property));
    }
    let required: Vec<&str> = keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    let mut table = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false
    });
    if let (Some(table), false) = (table.as_object_mut(), required.is_empty()) {
        table.insert("required".to_owned(), required.into());
    }
    table
}

/// The name of a payload of the configuration's own; the same as `is_payload_name` in `check.rs`.
const OWN_PAYLOAD: &str = "^[a-z0-9-]+/[a-z0-9-]+(/(request|response|headers|path|error))?$";

fn of_word(word: Word) -> Value {
    match word {
        Word::Any => json!({ "type": "string", "pattern": "\\S" }),
        Word::Glob => json!({
            "type": "string",
            "pattern": "\\S",
            "not": { "pattern": "^/|(^|/)\\.\\.(/|$)" }
        }),
        Word::Instant => json!({ "type": "string", "format": "date-time" }),
        Word::OwnPayload => json!({
            "type": "string",
            "pattern": OWN_PAYLOAD,
            "not": { "$ref": "#/$defs/payload" }
        }),
        Word::AnyPayload => json!({
            "anyOf": [
                { "$ref": "#/$defs/payload" },
                { "type": "string", "pattern": OWN_PAYLOAD }
            ]
        }),
        _ => json!({ "$ref": format!("#/$defs/{}", name(word)) }),
    }
}

/// The name under which the schema defines the words.
const fn name(word: Word) -> &'static str {
    match word {
        Word::Payload => "payload",
        Word::RuleOrGroup => "rule-or-group",
        Word::Level => "level",
        Word::Severity => "severity",
        Word::Locale => "language",
        Word::Choice => "choice",
        Word::Meaning => "meaning",
        Word::Currency => "currency",
        Word::Any | Word::Glob | Word::Instant | Word::OwnPayload | Word::AnyPayload => "",
    }
}
