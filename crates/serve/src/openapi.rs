//! The operations of the catalogue as one OpenAPI document.

use serde_json::{Map, Value, json};

/// The vendors' servers, as their pages give them.
const SERVERS: [(&str, &str); 3] = [
    (
        "LeadLex",
        "https://data.leadlex.com/functions/v1/api-gateway",
    ),
    ("Slant", "https://api.slant.app"),
    ("Ruddr", "https://www.ruddr.io/api/workspace"),
];

/// Every operation of the catalogue, with its schemas, as one OpenAPI 3.1 document.
///
/// The keywords `meaning` and `source` become `x-pipelint-meaning` and `x-pipelint-source`.
#[must_use]
pub fn openapi() -> Value {
    let rows: Vec<Value> = serde_json::from_str(pipelint_schemas::CATALOGUE).unwrap_or_default();
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let mut tags: Vec<Value> = Vec::new();
    for row in &rows {
        let system = text(row, "system");
        if !tags.iter().any(|tag| text(tag, "name") == system) {
            let description = format!("Operations of {system}.");
            tags.push(json!({ "name": system, "description": description }));
        }
        let operation = operation(row, &mut schemas);
        let path = paths.entry(text(row, "path")).or_insert(json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(text(row, "method").to_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Sales-pipeline operations that pipelint knows",
            "summary": "Requests and answers of CRM vendors, with the meaning of every field.",
            "description": "Made from pipelint's schemas. It describes the vendors' APIs; it is not published by them.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": server("LeadLex"),
        "tags": tags,
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The vendor's key or token.",
                },
            },
        },
    })
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn server(system: &str) -> Value {
    SERVERS
        .iter()
        .filter(|(known, _)| *known == system)
        .map(|(system, url)| json!({ "url": url, "description": system }))
        .collect()
}

/// One row of the catalogue as an operation; its bodies' schemas go among the components.
fn operation(row: &Value, schemas: &mut Map<String, Value>) -> Value {
    let name = text(row, "operation");
    let schema = |part: &str| -> Option<Value> {
        let text = pipelint_schemas::schema(&format!("{name}/{part}"))?;
        serde_json::from_str(text).ok()
    };
    let mut operation = Map::new();
    operation.insert("operationId".into(), name.replace('/', "-").into());
    operation.insert("tags".into(), json!([text(row, "system")]));
    operation.insert("summary".into(), text(row, "title").into());
    let about = format!("{} in {}.", text(row, "title"), text(row, "system"));
    operation.insert("description".into(), about.into());
    let servers = server(text(row, "system"));
    if servers
        .as_array()
        .is_some_and(|servers| !servers.is_empty())
    {
        operation.insert("servers".into(), servers);
    }

    let mut parameters = Vec::new();
    for (part, place) in [("path", "path"), ("headers", "header")] {
        let Some(schema) = schema(part) else {
            continue;
        };
        let required = schema.get("required").and_then(Value::as_array);
        let properties = schema.get("properties").and_then(Value::as_object);
        for (property, mut of) in properties.cloned().unwrap_or_default() {
            // OpenAPI describes these elsewhere: by security schemes and media types.
            if ["Authorization", "Content-Type", "Accept"].contains(&property.as_str()) {
                continue;
            }
            let description = text(&of, "description").to_owned();
            let needed = required.is_some_and(|names| names.iter().any(|name| *name == property));
            rename(&mut of);
            parameters.push(json!({
                "name": property,
                "in": place,
                "required": needed || place == "path",
                "description": description,
                "schema": of,
            }));
        }
    }
    if !parameters.is_empty() {
        operation.insert("parameters".into(), parameters.into());
    }

    let mut body = |part: &str| {
        let mut schema = schema(part)?;
        rename(&mut schema);
        let key = component(name, part);
        let example = example(&schema);
        schemas.insert(key.clone(), schema);
        Some(json!({
            "application/json": {
                "schema": { "$ref": format!("#/components/schemas/{key}") },
                "example": example,
            },
        }))
    };
    if let Some(content) = body("request") {
        let required = json!({ "required": true, "content": content });
        operation.insert("requestBody".into(), required);
    }
    let mut responses = Map::new();
    let mut success = Map::new();
    success.insert("description".into(), "It was made.".into());
    if let Some(content) = body("response") {
        success.insert("content".into(), content);
    }
    responses.insert("2XX".into(), success.into());
    let mut failure = Map::new();
    failure.insert("description".into(), "It was refused.".into());
    if let Some(content) = body("error") {
        failure.insert("content".into(), content);
    }
    responses.insert("4XX".into(), failure.into());
    operation.insert("responses".into(), responses.into());
    operation.into()
}

/// `leadlex/create-deal`, `request`: `LeadlexCreateDealRequest`.
fn component(operation: &str, part: &str) -> String {
    let mut name = String::new();
    for word in operation.split(['/', '-']).chain([part]) {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    name
}

/// Gives pipelint's own keywords the names of extensions, and drops what names the file.
fn rename(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    object.remove("$schema");
    object.remove("$id");
    for keyword in ["meaning", "source"] {
        if let Some(value) = object.remove(keyword) {
            object.insert(format!("x-pipelint-{keyword}"), value);
        }
    }
    for group in ["properties", "$defs"] {
        let children = object.get_mut(group).and_then(Value::as_object_mut);
        children
            .into_iter()
            .flatten()
            .for_each(|(_, child)| rename(child));
    }
    if let Some(items) = object.get_mut("items") {
        rename(items);
    }
}

/// A body made of the properties' own examples.
fn example(schema: &Value) -> Value {
    if let Some(example) = schema.pointer("/examples/0") {
        return example.clone();
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let members = properties
            .iter()
            // Another name for a property that is listed anyway would repeat it.
            .filter(|(_, of)| of.pointer("/x-pipelint-meaning/alias-of").is_none())
            .map(|(name, of)| (name.clone(), example(of)))
            .filter(|(_, value)| !value.is_null());
        return Value::Object(members.collect());
    }
    match schema.get("items") {
        Some(items) => json!([example(items)]),
        None => schema.get("default").cloned().unwrap_or_default(),
    }
}
