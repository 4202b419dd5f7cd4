//! Contracts from OpenAPI documents: operations are listed, and the schemas of chosen ones are
//! extracted as standalone JSON Schemas of draft 2020-12.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde_json::{Map, Value, json};

use crate::document::kind;
use crate::walk::{each_schema_mut, fragment, local};

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
/// The longest chain of references between the objects of a document (not between schemas).
const HOPS: usize = 16;

/// Why an OpenAPI document, or a part of it, cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenApiError {
    /// The document is not OpenAPI 3.0 or 3.1.
    #[error("{0}")]
    Version(String),
    /// A reference leads outside of the document or nowhere.
    #[error("{pointer}: {what}")]
    Reference {
        /// The JSON pointer to the object that holds the reference, as far as it is known.
        pointer: String,
        /// What is wrong and what to do.
        what: String,
    },
    /// The operation has no such part.
    #[error("{operation} has no {part} as JSON")]
    NoSuchPart {
        /// The operation's name.
        operation: String,
        /// The part that was asked for.
        part: String,
    },
}

/// A part of an operation that has a schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// The JSON request body.
    Request,
    /// The JSON response with this status: `200`, `2XX` or `default`.
    Response(String),
    /// The query parameters, as one object.
    Query,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request => f.write_str("request"),
            Self::Response(status) => write!(f, "response {status}"),
            Self::Query => f.write_str("query"),
        }
    }
}

/// One operation of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`; without one, method and path.
    pub name: String,
    /// The method, in upper case.
    pub method: String,
    /// The path with its `{parameters}`.
    pub path: String,
    /// The summary, or the first line of the description.
    pub summary: String,
    /// The parts that have a schema.
    pub parts: Vec<Part>,
}

/// An OpenAPI document.
#[derive(Debug, Clone)]
pub struct OpenApi {
    root: Value,
    /// Version 3.0, whose schemas are a dialect of their own.
    is_30: bool,
}

impl OpenApi {
    /// Takes a document that was read with [`read`](crate::read).
    ///
    /// # Errors
    ///
    /// [`OpenApiError::Version`] unless it is OpenAPI 3.0 or 3.1.
    pub fn new(root: Value) -> Result<Self, OpenApiError> {
        let version = match (root.get("openapi"), root.get("swagger")) {
            (Some(Value::String(version)), _) => version.clone(),
            // YAML reads an unquoted `3.0` as a number.
            (Some(Value::Number(version)), _) => version.to_string(),
            (None, Some(_)) => {
                return Err(OpenApiError::Version(
                    "this is a Swagger 2.0 document; convert it to OpenAPI 3.0 first".to_owned(),
                ));
            }
            (Some(other), _) => {
                let what = format!("`openapi` must be a string, not {}", kind(other));
                return Err(OpenApiError::Version(what));
            }
            (None, None) => {
                return Err(OpenApiError::Version(
                    "this is not an OpenAPI document: the property `openapi` is missing".to_owned(),
                ));
            }
        };
        let is = |minor: &str| version == minor || version.starts_with(&format!("{minor}."));
        if !is("3.0") && !is("3.1") {
            return Err(OpenApiError::Version(format!(
                "OpenAPI {version} is not supported; use 3.0 or 3.1"
            )));
        }
        let is_30 = is("3.0");
        Ok(Self { root, is_30 })
    }

    /// All operations, in document order. Operations whose parts cannot be reached because of a
    /// broken reference are listed without those parts.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        let mut found = Vec::new();
        let Some(Value::Object(paths)) = self.root.get("paths") else {
            return found;
        };
        for (path, item) in paths {
            let Ok(item) = self.follow(item) else {
                continue;
            };
            let own = item.as_object().into_iter().flatten();
            for (method, operation) in own.filter(|(key, _)| METHODS.contains(&key.as_str())) {
                let text = |key: &str| operation.get(key).and_then(Value::as_str);
                let method = method.to_ascii_uppercase();
                let summary = text("summary").or_else(|| text("description"));
                let summary = summary.unwrap_or_default().lines().next();
                let name = text("operationId").filter(|name| !name.is_empty());
                found.push(Operation {
                    name: name.map_or_else(|| format!("{method} {path}"), str::to_owned),
                    path: path.clone(),
                    summary: summary.unwrap_or_default().trim().to_owned(),
                    parts: self.parts(item, operation),
                    method,
                });
            }
        }
        found
    }

    /// The schema of a part, as a standalone JSON Schema of draft 2020-12: what it refers to is in
    /// its `$defs`. Of a request's `required` the read-only properties are left out, of a
    /// response's the write-only ones.
    ///
    /// # Errors
    ///
    /// If the operation has no such part, or a reference leads outside of the document or nowhere.
    pub fn extract(&self, operation: &Operation, part: &Part) -> Result<Value, OpenApiError> {
        let missing = || OpenApiError::NoSuchPart {
            operation: operation.name.clone(),
            part: part.to_string(),
        };
        let paths = self.root.get("paths").ok_or_else(missing)?;
        let item = paths.get(&operation.path).ok_or_else(missing)?;
        let item = self.follow(item)?;
        let own = item
            .get(operation.method.to_ascii_lowercase())
            .ok_or_else(missing)?;
        let mut schema = match part {
            Part::Request => {
                let body = own.get("requestBody").ok_or_else(missing)?;
                self.json_schema(body)?.ok_or_else(missing)?.clone()
            }
            Part::Response(status) => {
                let responses = own.get("responses").ok_or_else(missing)?;
                let response = responses.get(status).ok_or_else(missing)?;
                self.json_schema(response)?.ok_or_else(missing)?.clone()
            }
            Part::Query => self.query(item, own)?.ok_or_else(missing)?,
        };
        if !schema.is_object() && !schema.is_boolean() {
            return Err(OpenApiError::Reference {
                pointer: operation.path.clone(),
                what: format!("a schema must be an object, not {}", kind(&schema)),
            });
        }
        let mut definitions = self.bundle(&mut schema)?;
        for one in definitions.values_mut().chain([&mut schema]) {
            self.modernize(one, part);
        }
        let mut whole = Map::new();
        whole.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        whole.insert(
            "title".to_owned(),
            json!(format!("{}: {part}", operation.name)),
        );
        match schema {
            Value::Object(members) => {
                whole.extend(members.into_iter().filter(|(key, _)| key != "$schema"));
            }
            other => drop(whole.insert("allOf".to_owned(), json!([other]))),
        }
        if !definitions.is_empty() {
            // Nested `$defs` of the schema itself were bundled with the rest.
            whole.insert(
                "$defs".to_owned(),
                Value::Object(definitions.into_iter().collect()),
            );
        }
        Ok(Value::Object(whole))
    }

    fn parts(&self, item: &Value, operation: &Value) -> Vec<Part> {
        let mut parts = Vec::new();
        let has = |holder: &Value| matches!(self.json_schema(holder), Ok(Some(_)));
        if operation.get("requestBody").is_some_and(has) {
            parts.push(Part::Request);
        }
        if matches!(self.query(item, operation), Ok(Some(_))) {
            parts.push(Part::Query);
        }
        if let Some(Value::Object(responses)) = operation.get("responses") {
            let with_schema = responses.iter().filter(|(_, response)| has(response));
            parts.extend(with_schema.map(|(status, _)| Part::Response(status.clone())));
        }
        parts
    }

    /// Follows the references of an object that is not a schema.
    fn follow<'v>(&'v self, mut object: &'v Value) -> Result<&'v Value, OpenApiError> {
        for _ in 0..HOPS {
            let Some(Value::String(reference)) = object.get("$ref") else {
                return Ok(object);
            };
            object = self.target(reference)?;
        }
        Err(OpenApiError::Reference {
            pointer: String::new(),
            what: format!("more than {HOPS} references in a row; they may form a loop"),
        })
    }

    fn target(&self, reference: &str) -> Result<&Value, OpenApiError> {
        local(&self.root, reference).ok_or_else(|| {
            let what = if reference.starts_with('#') {
                "leads nowhere in this document"
            } else {
                "leads to another document, which is never fetched; bundle the documents into one"
            };
            OpenApiError::Reference {
                pointer: reference.to_owned(),
                what: format!("the reference {what}"),
            }
        })
    }

    /// The schema of the JSON content of a request body, response or parameter.
    fn json_schema<'v>(&'v self, holder: &'v Value) -> Result<Option<&'v Value>, OpenApiError> {
        let holder = self.follow(holder)?;
        let Some(Value::Object(content)) = holder.get("content") else {
            return Ok(None);
        };
        let media = content.iter().find(|(name, _)| is_json(name));
        Ok(media.and_then(|(_, media)| media.get("schema")))
    }

    /// The query parameters as the properties of an object.
    fn query(&self, item: &Value, operation: &Value) -> Result<Option<Value>, OpenApiError> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        // The operation's own parameters replace those of its path.
        for holder in [item, operation] {
            let list = holder.get("parameters").and_then(Value::as_array);
            for parameter in list.into_iter().flatten() {
                let parameter = self.follow(parameter)?;
                let text = |key: &str| parameter.get(key).and_then(Value::as_str);
                let (Some("query"), Some(name)) = (text("in"), text("name")) else {
                    continue;
                };
                let schema = match parameter.get("schema") {
                    Some(schema) => Some(schema),
                    None => self.json_schema(parameter)?,
                };
                let mut schema = schema.cloned().unwrap_or_else(|| json!({}));
                let has_reference = schema.get("$ref").is_some();
                if let (Value::Object(members), Some(text)) = (&mut schema, text("description"))
                    && !members.contains_key("description")
                    && !has_reference
                {
                    members.insert("description".to_owned(), json!(text));
                }
                required.retain(|one| one != name);
                if parameter.get("required") == Some(&Value::Bool(true)) {
                    required.push(name.to_owned());
                }
                properties.insert(name.to_owned(), schema);
            }
        }
        if properties.is_empty() {
            return Ok(None);
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        if let (false, Value::Object(members)) = (required.is_empty(), &mut schema) {
            members.insert("required".to_owned(), json!(required));
        }
        Ok(Some(schema))
    }

    /// Points every local reference into `$defs`, and collects what goes there.
    fn bundle(&self, schema: &mut Value) -> Result<BTreeMap<String, Value>, OpenApiError> {
        let mut names: HashMap<String, String> = HashMap::new();
        let mut taken: HashSet<String> = HashSet::new();
        let mut waiting: Vec<String> = Vec::new();
        let mut fault = None;
        let mut point = |schema: &mut Value, waiting: &mut Vec<String>| {
            each_schema_mut(schema, |members| {
                let mut redirect = |value: &mut Value| {
                    let Value::String(reference) = value else {
                        return;
                    };
                    if let Err(error) = self.target(reference) {
                        fault.get_or_insert(error);
                        return;
                    }
                    let pointer = fragment(reference).unwrap_or_default().into_owned();
                    let name = names.entry(pointer.clone()).or_insert_with(|| {
                        let last = pointer.rsplit('/').next().unwrap_or_default();
                        let plain: String = last
                            .chars()
                            .map(|one| match one {
                                'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' => one,
                                _ => '_',
                            })
                            .collect();
                        let plain = if plain.is_empty() {
                            "root".to_owned()
                        } else {
                            plain
                        };
                        let mut name = plain.clone();
                        let mut count = 2;
                        while !taken.insert(name.clone()) {
                            name = format!("{plain}-{count}");
                            count += 1;
                        }
                        waiting.push(pointer);
                        name
                    });
                    *value = Value::String(format!("#/$defs/{name}"));
                };
                if let Some(reference) = members.get_mut("$ref") {
                    redirect(reference);
                }
                // A mapping holds references, or names that need no change.
                let mapping = members
                    .get_mut("discriminator")
                    .and_then(|one| one.get_mut("mapping"))
                    .and_then(Value::as_object_mut);
                for (_, target) in mapping.into_iter().flatten() {
                    if target.as_str().is_some_and(|text| text.starts_with('#')) {
                        redirect(target);
                    }
                }
                // Their targets get their places through the references.
                members.remove("$defs");
            });
        };
        point(schema, &mut waiting);
        let mut found: Vec<(String, Value)> = Vec::new();
        while let Some(pointer) = waiting.pop() {
            let mut target = self.root.pointer(&pointer).cloned().unwrap_or_default();
            point(&mut target, &mut waiting);
            found.push((pointer, target));
        }
        match fault {
            Some(fault) => Err(fault),
            None => Ok(found
                .into_iter()
                .filter_map(|(pointer, target)| Some((names.get(&pointer)?.clone(), target)))
                .collect()),
        }
    }

    /// Rewrites a schema into draft 2020-12, for one direction.
    fn modernize(&self, schema: &mut Value, part: &Part) {
        let hidden = match part {
            Part::Response(_) => "writeOnly",
            Part::Request | Part::Query => "readOnly",
        };
        each_schema_mut(schema, |members| {
            if self.is_30 {
                from_30(members);
            }
            if let Some(example) = members.remove("example")
                && !members.contains_key("examples")
            {
                members.insert("examples".to_owned(), json!([example]));
            }
            let one_way: Vec<String> = members
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .filter(|(_, property)| property.get(hidden) == Some(&Value::Bool(true)))
                .map(|(name, _)| name.clone())
                .collect();
            let required = members.get_mut("required").and_then(Value::as_array_mut);
            if let Some(required) = required {
                let is_sent = |name: &str| !one_way.iter().any(|one| one == name);
                required.retain(|name| name.as_str().is_none_or(is_sent));
                if required.is_empty() {
                    members.remove("required");
                }
            }
        });
    }
}

/// The keywords of OpenAPI 3.0 that mean something else in JSON Schema.
fn from_30(members: &mut Map<String, Value>) {
    // Beside a reference nothing else applies.
    if members.contains_key("$ref") {
        members.retain(|key, _| {
            matches!(key.as_str(), "$ref" | "title" | "description") || key.starts_with("x-")
        });
    }
    let nullable = members.remove("nullable") == Some(Value::Bool(true));
    // `nullable` widens a `type` beside it, and nothing else.
    if nullable && let Some(Value::String(one)) = members.get("type") {
        let types = json!([one, "null"]);
        members.insert("type".to_owned(), types);
        if let Some(Value::Array(values)) = members.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    }
    for (limit, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        match members.get(exclusive) {
            Some(Value::Bool(true)) => {
                members.remove(exclusive);
                if let Some(value) = members.remove(limit) {
                    members.insert(exclusive.to_owned(), value);
                }
            }
            Some(Value::Bool(false)) => drop(members.remove(exclusive)),
            _ => {}
        }
    }
}

fn is_json(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or_default().trim();
    let name = name.to_ascii_lowercase();
    name == "application/json" || name == "text/json" || name.ends_with("+json")
}
