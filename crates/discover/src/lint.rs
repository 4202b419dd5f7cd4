//! The schema linter: faults of a schema, whether it compiles or not.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use pipelint::compile::{CompileOptions, compile};
use pipelint::{Checker, Instant, Options, Severity};
use pipelint_contract::json_pointer::escape;
use pipelint_contract::values::nearest::nearest;
use serde_json::{Map, Number, Value, json};

use crate::walk::{each_schema_mut, resolve, schemas};

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// The schema cannot be compiled.
    Invalid,
    /// No value can meet both keywords.
    Unsatisfiable,
    /// `required` lists a property that the schema does not name.
    UnnamedRequired,
    /// A keyword does not exist, and one of a similar name does.
    MisspeltKeyword,
    /// The schema rejects its own example or default.
    RejectedExample,
}

impl Kind {
    /// The kind's name, in kebab case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Unsatisfiable => "unsatisfiable",
            Self::UnnamedRequired => "unnamed-required",
            Self::MisspeltKeyword => "misspelt-keyword",
            Self::RejectedExample => "rejected-example",
        }
    }
}

/// One fault of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaFault {
    /// Its kind.
    pub kind: Kind,
    /// The JSON pointer to the schema, or to the example.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.kind.name();
        write!(f, "#{}: {name}: {}", self.pointer, self.message)
    }
}

/// Checks a JSON Schema.
///
/// `options` say how the schema would be compiled: its dialect, its further documents, whether
/// formats are checked. A schema that does not compile is reported with all reasons, and its
/// examples are not checked.
#[must_use]
pub fn lint(root: &Value, options: &CompileOptions<'_>) -> Vec<SchemaFault> {
    let mut faults = Vec::new();
    let text = root.to_string();
    let compiled = compile(&text, options);
    match &compiled {
        Ok(contract) => faults.extend(contract.notes().iter().map(|note| SchemaFault {
            kind: Kind::MisspeltKeyword,
            pointer: note.pointer.clone(),
            message: note.what.clone(),
        })),
        Err(errors) => faults.extend(errors.0.iter().map(|problem| SchemaFault {
            kind: Kind::Invalid,
            pointer: problem.pointer.clone(),
            message: problem.what.clone(),
        })),
    }
    let pointers = schemas(root);
    let all: HashSet<&str> = pointers.iter().map(String::as_str).collect();
    for pointer in &pointers {
        if let Some(Value::Object(schema)) = root.pointer(pointer) {
            limits(schema, pointer, &mut faults);
            values(schema, pointer, &mut faults);
            required(root, &all, schema, pointer, &mut faults);
        }
    }
    if compiled.is_ok() {
        faults.extend(examples(root, &pointers, options));
    }
    faults
}

fn compare(low: &Number, high: &Number) -> Option<Ordering> {
    match (low.as_i128(), high.as_i128()) {
        (Some(low), Some(high)) => Some(low.cmp(&high)),
        _ => low.as_f64()?.partial_cmp(&high.as_f64()?),
    }
}

fn limits(schema: &Map<String, Value>, pointer: &str, faults: &mut Vec<SchemaFault>) {
    const PAIRS: &[(&str, &str, bool)] = &[
        ("minimum", "maximum", false),
        ("exclusiveMinimum", "maximum", true),
        ("minimum", "exclusiveMaximum", true),
        ("exclusiveMinimum", "exclusiveMaximum", true),
        ("minLength", "maxLength", false),
        ("minItems", "maxItems", false),
        ("minProperties", "maxProperties", false),
        ("minContains", "maxContains", false),
    ];
    for (low, high, is_strict) in PAIRS {
        let (Some(Value::Number(from)), Some(Value::Number(to))) =
            (schema.get(*low), schema.get(*high))
        else {
            continue;
        };
        let is_empty = match compare(from, to) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => *is_strict,
            _ => false,
        };
        if is_empty {
            faults.push(SchemaFault {
                kind: Kind::Unsatisfiable,
                pointer: pointer.to_owned(),
                message: format!("no value meets both `{low}` {from} and `{high}` {to}"),
            });
        }
    }
    let names = schema.get("required").and_then(Value::as_array);
    let most = schema.get("maxProperties").and_then(Value::as_u64);
    if let (Some(names), Some(most)) = (names, most) {
        let different: BTreeSet<&str> = names.iter().filter_map(Value::as_str).collect();
        if different.len() as u64 > most {
            faults.push(SchemaFault {
                kind: Kind::Unsatisfiable,
                pointer: pointer.to_owned(),
                message: format!(
                    "`required` lists {} properties, and `maxProperties` allows {most}",
                    different.len()
                ),
            });
        }
    }
}

/// `enum` and `const` beside a `type` that none of their values has.
fn values(schema: &Map<String, Value>, pointer: &str, faults: &mut Vec<SchemaFault>) {
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let has_type = |value: &Value| {
        types.iter().any(|one| match *one {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "number" => value.is_number(),
            "integer" => {
                value.is_i64()
                    || value.is_u64()
                    || value.as_f64().is_some_and(|one| one.fract() == 0.0)
            }
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            // The compiler reports unknown types.
            _ => true,
        }) || nullable && value.is_null()
    };
    let (keyword, none) = match (schema.get("const"), schema.get("enum")) {
        (Some(value), _) => ("const", !has_type(value)),
        (None, Some(Value::Array(list))) => {
            ("enum", !list.is_empty() && !list.iter().any(has_type))
        }
        _ => return,
    };
    if none {
        faults.push(SchemaFault {
            kind: Kind::Unsatisfiable,
            pointer: pointer.to_owned(),
            message: format!(
                "no value of `{keyword}` has the `type` {}",
                types.join(" or ")
            ),
        });
    }
}

/// The keywords whose schemas apply to the same value as the schema around.
const IN_PLACE: &[&str] = &["allOf", "anyOf", "oneOf", "if", "then", "else", "not"];

/// How deep schemas for the same value are followed.
const DEPTH: usize = 128;

/// The properties that a schema names for the value that it applies to; `None` if it allows names
/// by pattern, so that any may be meant.
fn named<'v>(
    root: &'v Value,
    schema: &'v Value,
    depth: usize,
    seen: &mut HashSet<*const Value>,
    names: &mut BTreeSet<&'v str>,
) -> Option<()> {
    if depth > DEPTH {
        return None;
    }
    if !seen.insert(std::ptr::from_ref(schema)) {
        return Some(());
    }
    if schema.get("patternProperties").is_some()
        || schema
            .get("additionalProperties")
            .is_some_and(Value::is_object)
        || schema
            .get("unevaluatedProperties")
            .is_some_and(Value::is_object)
    {
        return None;
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    names.extend(
        properties
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str()),
    );
    if schema.get("$ref").is_some() {
        let target = resolve(root, schema);
        if target.get("$ref").is_some() {
            // It leads to another document.
            return None;
        }
        named(root, target, depth + 1, seen, names)?;
    }
    if schema.get("$dynamicRef").is_some() || schema.get("$recursiveRef").is_some() {
        return None;
    }
    for keyword in IN_PLACE {
        match schema.get(*keyword) {
            Some(Value::Array(list)) => {
                for one in list {
                    named(root, one, depth + 1, seen, names)?;
                }
            }
            Some(one) => named(root, one, depth + 1, seen, names)?,
            None => {}
        }
    }
    let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
    for (_, one) in dependent.into_iter().flatten() {
        named(root, one, depth + 1, seen, names)?;
    }
    Some(())
}

/// The schema that is outermost among those that apply to the same value.
fn outermost<'v>(root: &'v Value, all: &HashSet<&str>, pointer: &str) -> Option<&'v Value> {
    let mut segments: Vec<&str> = pointer.split('/').collect();
    loop {
        let count = segments.len();
        let cut = match (
            segments.last(),
            count.checked_sub(2).and_then(|at| segments.get(at)),
        ) {
            (Some(last), _) if matches!(*last, "if" | "then" | "else" | "not") => 1,
            (Some(_), Some(list))
                if matches!(*list, "allOf" | "anyOf" | "oneOf" | "dependentSchemas") =>
            {
                2
            }
            _ => break,
        };
        let parent = segments.get(..count - cut)?.join("/");
        // `properties` may have a member called `not`.
        if !all.contains(parent.as_str()) {
            break;
        }
        segments.truncate(count - cut);
    }
    root.pointer(&segments.join("/"))
}

fn required(
    root: &Value,
    all: &HashSet<&str>,
    schema: &Map<String, Value>,
    pointer: &str,
    faults: &mut Vec<SchemaFault>,
) {
    let Some(Value::Array(list)) = schema.get("required") else {
        return;
    };
    let Some(around) = outermost(root, all, pointer) else {
        return;
    };
    let mut names = BTreeSet::new();
    if named(root, around, 0, &mut HashSet::new(), &mut names).is_none() || names.is_empty() {
        return;
    }
    // A schema in `$defs` may be combined with another, so only a likely slip counts there.
    let is_shared = pointer.starts_with("/$defs/") || pointer.starts_with("/definitions/");
    for name in list.iter().filter_map(Value::as_str) {
        if names.contains(name) {
            continue;
        }
        let near = nearest(name, names.iter().copied());
        if is_shared && near.is_none() {
            continue;
        }
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        faults.push(SchemaFault {
            kind: Kind::UnnamedRequired,
            pointer: pointer.to_owned(),
            message: format!("`required` lists `{name}`, which is not among `properties`{hint}"),
        });
    }
}

/// Checks all examples and defaults at once: each is a property of one payload, whose schema is a
/// reference to the schema that the example belongs to.
fn examples(root: &Value, pointers: &[String], options: &CompileOptions<'_>) -> Vec<SchemaFault> {
    const URI: &str = "urn:pipelint:linted-schema";
    /// What may not be in the fragment of a URI (RFC 3986, section 3.5).
    const NOT_OF_FRAGMENTS: &AsciiSet = &CONTROLS
        .add(b'%')
        .add(b'^')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'`')
        .add(b'{')
        .add(b'}')
        .add(b'|')
        .add(b' ')
        .add(b'[')
        .add(b']')
        .add(b'#');
    let base = root.get("$id").and_then(Value::as_str);
    let base = base.map_or(URI, |id| id.trim_end_matches('#'));
    let mut places = Vec::new();
    let mut properties = Map::new();
    let mut payload = Map::new();
    for pointer in pointers {
        let Some(Value::Object(schema)) = root.pointer(pointer) else {
            continue;
        };
        let mut add = |below: String, value: &Value| {
            let name = places.len().to_string();
            let encoded = utf8_percent_encode(pointer, NOT_OF_FRAGMENTS);
            let keyword = if below == "/default" {
                "default"
            } else {
                "example"
            };
            let reference = json!({ "$ref": format!("{base}#{encoded}") });
            // Messages name the innermost key.
            properties.insert(
                name.clone(),
                json!({ "properties": { keyword: reference } }),
            );
            payload.insert(name, json!({ keyword: value }));
            places.push(format!("{pointer}{below}"));
        };
        if let Some(Value::Array(list)) = schema.get("examples") {
            for (index, value) in list.iter().enumerate() {
                add(format!("/examples/{index}"), value);
            }
        }
        for key in ["example", "default"] {
            if let Some(value) = schema.get(key) {
                add(format!("/{}", escape(key)), value);
            }
        }
    }
    if places.is_empty() {
        return Vec::new();
    }
    let mut linted = root.clone();
    each_schema_mut(&mut linted, |schema| {
        // Semantic rules say nothing of the schema.
        schema.remove("meaning");
        schema.remove("x-meaning");
    });
    let linted = linted.to_string();
    let wrapper = json!({ "properties": properties }).to_string();
    let mut options = options.clone();
    options.documents.push((base, &linted));
    let Ok(contract) = compile(&wrapper, &options) else {
        return Vec::new();
    };
    let tables = contract.tables();
    let payload = Value::Object(payload).to_string();
    let Ok(now) = "2026-01-01T00:00:00Z".parse::<Instant>() else {
        return Vec::new();
    };
    let mut checker = Checker::new();
    let report = checker.check(tables.contract(), payload.as_bytes(), &Options::at(now));
    let found = report.diagnostics().filter_map(|one| {
        if one.severity() != Severity::Error || !one.rule().name.starts_with("schema/") {
            return None;
        }
        let pointer = one.pointer();
        let mut segments = pointer.splitn(4, '/').skip(1);
        let place = segments.next()?.parse::<usize>().ok()?;
        let _keyword = segments.next()?;
        let rest = segments
            .next()
            .map_or_else(String::new, |rest| format!("/{rest}"));
        Some(SchemaFault {
            kind: Kind::RejectedExample,
            pointer: format!("{}{rest}", places.get(place)?),
            message: format!("the schema rejects this value: {}", one.message()),
        })
    });
    let mut faults: Vec<SchemaFault> = found.collect();
    // Two keywords that reject a value in the same words are one fault.
    faults.dedup();
    faults
}
