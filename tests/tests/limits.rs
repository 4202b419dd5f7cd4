//! Each keyword of each property of each schema, at its limit and just past it.

use std::fmt::Write;

use pipelint::check;
use pipelint::contract::Contract;
use pipelint_tests::oracle::{self, compare};
use pipelint_tests::{contracts, options, sound};
use serde_json::{Map, Value, json};

const MARK: &str = "\u{1}here\u{1}";

/// One property: where it is, and a payload with a mark in its place.
struct Site {
    contract: &'static Contract<'static>,
    pointer: String,
    schema: Value,
    text: String,
}

impl Site {
    /// Whether the rule fires at the property when `source` is the value.
    fn fires(&self, rule: &str, source: &str) -> bool {
        self.fires_at(rule, source, &self.pointer)
    }

    fn fires_at(&self, rule: &str, source: &str, pointer: &str) -> bool {
        let mark = serde_json::to_string(MARK).unwrap();
        assert_eq!(self.text.matches(&mark).count(), 1, "{}", self.text);
        let text = self.text.replacen(&mark, source, 1);
        let options = options(pipelint_tests::NOW);
        let report = check(self.contract, text.as_bytes(), &options);
        sound(&report);
        if let Err(difference) = compare(self.contract, text.as_bytes(), &options) {
            panic!("{difference}");
        }
        pipelint_tests::findings(&report)
            .iter()
            .any(|(name, at)| name == rule && at == pointer)
    }

    fn takes(&self, rule: &str, source: &str) {
        assert!(
            !self.fires(rule, source),
            "{rule} at {} of {}: {source}",
            self.pointer,
            self.contract.id
        );
    }

    fn refuses(&self, rule: &str, source: &str) {
        assert!(
            self.fires(rule, source),
            "no {rule} at {} of {}: {source}",
            self.pointer,
            self.contract.id
        );
    }

    fn types(&self) -> Vec<&str> {
        match &self.schema["type"] {
            Value::String(one) => vec![one],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

fn resolved<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
    match schema["$ref"].as_str() {
        Some(name) => resolved(root.pointer(&name[1..]).unwrap(), root),
        None => schema,
    }
}

/// A value that the schema allows.
fn sample(schema: &Value, root: &Value, depth: u32) -> Value {
    let schema = resolved(schema, root);
    for key in ["examples", "enum"] {
        if let Some(first) = schema[key].get(0) {
            return first.clone();
        }
    }
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    let name = schema["type"]
        .as_str()
        .or_else(|| schema["type"][0].as_str());
    match name.unwrap_or("null") {
        "string" => match schema["format"].as_str() {
            Some("date-time") => json!("2026-06-01T00:00:00Z"),
            Some("date") => json!("2026-06-01"),
            Some("uuid") => json!("b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2"),
            _ => json!("some text"),
        },
        "integer" => json!(1),
        "number" => schema.get("multipleOf").cloned().unwrap_or(json!(1)),
        "boolean" => json!(true),
        "array" if depth > 0 && schema["items"].is_object() => {
            json!([sample(&schema["items"], root, depth - 1)])
        }
        "array" => json!([]),
        "object" if depth > 0 => object(schema, root, depth),
        "object" => json!({}),
        _ => Value::Null,
    }
}

fn object(schema: &Value, root: &Value, depth: u32) -> Value {
    let members = schema["properties"].as_object().into_iter().flatten();
    let members: Map<String, Value> = members
        .map(|(name, property)| (name.clone(), sample(property, root, depth - 1)))
        .collect();
    Value::Object(members)
}

/// Every property of a payload, and every item.
fn sites(contract: &'static Contract<'static>) -> Vec<Site> {
    fn walk(
        contract: &'static Contract<'static>,
        (schema, root): (&Value, &Value),
        pointer: &str,
        whole: &Value,
        depth: u32,
        found: &mut Vec<Site>,
    ) {
        let schema = resolved(schema, root);
        let mut marked = whole.clone();
        *marked.pointer_mut(pointer).unwrap() = json!(MARK);
        found.push(Site {
            contract,
            pointer: pointer.to_owned(),
            schema: schema.clone(),
            text: marked.to_string(),
        });
        if depth == 0 {
            return;
        }
        let here = whole.pointer(pointer).unwrap();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if here.get(name).is_some() {
                let below = format!("{pointer}/{name}");
                walk(contract, (property, root), &below, whole, depth - 1, found);
            }
        }
        if schema["items"].is_object() && here.get(0).is_some() {
            let below = format!("{pointer}/0");
            walk(
                contract,
                (&schema["items"], root),
                &below,
                whole,
                depth - 1,
                found,
            );
        }
    }
    let root = oracle::schema(contract);
    let whole = object(root, root, 5);
    let mut found = Vec::new();
    walk(contract, (root, root), "", &whole, 5, &mut found);
    found
}

fn every(mut each: impl FnMut(&Site)) {
    for contract in contracts() {
        for site in sites(contract) {
            each(&site);
        }
    }
}

#[test]
fn the_payloads_that_are_changed_are_right() {
    for contract in contracts() {
        let root = oracle::schema(contract);
        let text = object(root, root, 5).to_string();
        let report = check(contract, text.as_bytes(), &options(pipelint_tests::NOW));
        let broken: Vec<_> = pipelint_tests::findings(&report)
            .into_iter()
            .filter(|(rule, _)| rule.starts_with("schema/") || rule.starts_with("json/"))
            .collect();
        assert!(broken.is_empty(), "{}: {text}: {broken:?}", contract.id);
    }
}

#[test]
fn types() {
    let values = [
        ("null", "null"),
        ("boolean", "true"),
        ("boolean", "false"),
        ("integer", "1"),
        ("integer", "1.0"),
        ("integer", "10e-1"),
        ("integer", "1e0"),
        ("number", "1.5"),
        ("number", "1e-1"),
        ("string", "\"\""),
        ("string", "\"1\""),
        ("array", "[]"),
        ("object", "{}"),
    ];
    every(|site| {
        let types = site.types();
        for (name, source) in values {
            let allowed = types.is_empty()
                || types.contains(&name)
                || name == "integer" && types.contains(&"number");
            if allowed {
                site.takes("schema/type", source);
            } else {
                site.refuses("schema/type", source);
            }
        }
    });
}

#[test]
fn words() {
    every(|site| {
        let words: Vec<Value> = site.schema["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .chain(site.schema.get("const"))
            .cloned()
            .collect();
        for word in &words {
            site.takes("schema/enum", &word.to_string());
            let Some(text) = word.as_str() else { continue };
            let escaped = text.chars().fold(String::new(), |mut out, character| {
                let _ = write!(out, "\\u{:04X}", u32::from(character));
                out
            });
            site.takes("schema/enum", &format!("\"{escaped}\""));
            let others = [
                format!("{text} "),
                format!(" {text}"),
                text.to_uppercase(),
                text.chars().skip(1).collect(),
                format!("{text}\u{0}"),
                String::new(),
                format!("{text}{}", "x".repeat(100)),
            ];
            for other in others {
                if !words.contains(&json!(other)) {
                    site.refuses("schema/enum", &json!(other).to_string());
                }
            }
        }
    });
}

/// A number's text, shifted by a step too small for a double to show.
fn nudged(limit: &Value, up: bool) -> Vec<String> {
    let text = limit.to_string();
    let value: f64 = text.parse().unwrap();
    let sign = if up { 1.0 } else { -1.0 };
    let mut texts = vec![format!("{}", value + sign)];
    if value == 0.0 {
        let minus = if up { "" } else { "-" };
        texts.push(format!("{minus}0.00000000000000000000000000001"));
        texts.push(format!("{minus}1e-400"));
    } else if (value > 0.0) == up {
        let point = if text.contains('.') { "" } else { "." };
        texts.push(format!("{text}{point}00000000000000000000000000001"));
    }
    texts
}

#[test]
fn bounds() {
    let bounds = [
        ("minimum", "schema/minimum", false, false),
        ("maximum", "schema/maximum", true, false),
        ("exclusiveMinimum", "schema/minimum", false, true),
        ("exclusiveMaximum", "schema/maximum", true, true),
    ];
    every(|site| {
        for (keyword, rule, up, exclusive) in bounds {
            let Some(limit) = site.schema.get(keyword) else {
                continue;
            };
            let text = limit.to_string();
            let mut spellings = vec![text.clone(), format!("{text}.000"), format!("{text}e0")];
            if text != "0" {
                spellings.push(format!("{text}0e-1"));
            }
            for spelling in spellings {
                if exclusive {
                    site.refuses(rule, &spelling);
                } else {
                    site.takes(rule, &spelling);
                }
            }
            let integer = site.types().contains(&"integer");
            for past in nudged(limit, up) {
                // A fraction is not an integer, whatever its size.
                if integer && past.contains(['.', 'e']) {
                    site.refuses("schema/type", &past);
                } else {
                    site.refuses(rule, &past);
                }
            }
            for within in nudged(limit, !up) {
                site.takes(rule, &within);
            }
            site.refuses(rule, if up { "1e400" } else { "-1e400" });
        }
    });
}

#[test]
fn steps() {
    every(|site| {
        let Some(step) = site.schema["multipleOf"].as_f64() else {
            return;
        };
        for times in [0.0, 1.0, 2.0] {
            site.takes("schema/multiple-of", &format!("{}", step * times));
        }
        site.takes(
            "schema/multiple-of",
            &format!("{step}000").replace("2.5000", "2.50"),
        );
        for off in [step / 2.0, step / 10.0] {
            site.refuses("schema/multiple-of", &format!("{off}"));
        }
        site.refuses(
            "schema/multiple-of",
            &format!("{step}00000000000000000000000000001"),
        );
        site.refuses("schema/multiple-of", "0.30000000000000004");
        site.refuses("schema/multiple-of", "1e-400");
    });
}

#[test]
fn lengths() {
    let units = [
        "a",
        "é",
        "\u{1f680}",
        "\\n",
        "\\u00e9",
        "\\ud83d\\ude80",
        "e\u{301}",
    ];
    every(|site| {
        for unit in units {
            let points = if unit == "e\u{301}" { 2 } else { 1 };
            let text = |count: usize| format!("\"{}\"", unit.repeat(count / points));
            if let Some(most) = site.schema["maxLength"].as_u64().map(|most| most as usize) {
                site.takes("schema/max-length", &text(most));
                site.refuses("schema/max-length", &text(most + 2));
                if points == 1 {
                    site.refuses("schema/max-length", &text(most + 1));
                }
            }
            if let Some(least) = site.schema["minLength"]
                .as_u64()
                .map(|least| least as usize)
            {
                site.takes("schema/min-length", &text(least + 1));
                site.refuses("schema/min-length", &text(least - 1));
                if points == 1 {
                    site.takes("schema/min-length", &text(least));
                }
            }
        }
    });
}

#[test]
fn formats() {
    let forms = [
        (
            "date-time",
            vec![
                "2026-06-01T00:00:00Z",
                "2026-06-01t00:00:00z",
                "2026-06-01T00:00:00+00:00",
                "2026-06-01T00:00:00-23:59",
                "2024-02-29T23:59:59.999999999Z",
                "2026-06-30T23:59:60Z",
                "2027-01-01T01:59:60+02:00",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2000-02-29T00:00:00Z",
            ],
            vec![
                "",
                "2026-06-01",
                "2026-06-01T00:00:00",
                "2026-06-01 00:00:00Z",
                "2026-06-01T00:00Z",
                "2026-6-1T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-06-00T00:00:00Z",
                "2026-06-01T24:00:00Z",
                "2026-06-01T00:60:00Z",
                "2026-06-01T00:00:61Z",
                "2026-06-01T12:00:60Z",
                "2026-06-01T00:00:00.Z",
                "2026-06-01T00:00:00+24:00",
                "2026-06-01T00:00:00+0000",
                "2026-06-01T00:00:00\u{2212}01:00",
                "+2026-06-01T00:00:00Z",
                "2026-06-01T00:00:00Z ",
                " 2026-06-01T00:00:00Z",
                "2028-0,-21T01:28:53Z",
                "20260601T000000Z",
                "２026-06-01T00:00:00Z",
            ],
        ),
        (
            "date",
            vec!["2026-06-01", "2024-02-29", "0001-01-01", "9999-12-31"],
            vec![
                "",
                "2026-6-1",
                "2026-02-29",
                "2026-13-01",
                "2026-06-31",
                "20260601",
                "2026-06-01T00:00:00Z",
                "01/06/2026",
                "2026-06",
                " 2026-06-01",
            ],
        ),
        (
            "uuid",
            vec![
                "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
                "B9C85AC3-1A1D-4F31-A0C5-6E7D3D8EE0B2",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
            ],
            vec![
                "",
                "b9c85ac3",
                "b9c85ac31a1d4f31a0c56e7d3d8ee0b2",
                "{b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2}",
                "urn:uuid:b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
                "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b",
                "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b22",
                "g9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
                "b9c85ac3-1a1d4-f31-a0c5-6e7d3d8ee0b2",
                "b9c85ac3\u{2011}1a1d-4f31-a0c5-6e7d3d8ee0b2",
            ],
        ),
    ];
    every(|site| {
        for (format, right, wrong) in &forms {
            if site.schema["format"] != *format {
                continue;
            }
            for text in right {
                site.takes("schema/format", &json!(text).to_string());
                let first = u32::from(text.chars().next().unwrap());
                let rest: String = text.chars().skip(1).collect();
                site.takes("schema/format", &format!("\"\\u{first:04x}{rest}\""));
            }
            for text in wrong {
                site.refuses("schema/format", &json!(text).to_string());
            }
        }
    });
}

#[test]
fn lists() {
    every(|site| {
        let list = |count: usize| {
            let items: Vec<String> = (0..count)
                .map(|number| format!("\"item {number}\""))
                .collect();
            format!("[{}]", items.join(","))
        };
        if let Some(most) = site.schema["maxItems"].as_u64().map(|most| most as usize) {
            site.takes("schema/max-items", &list(most));
            site.refuses("schema/max-items", &list(most + 1));
        }
        if let Some(least) = site.schema["minItems"].as_u64().map(|least| least as usize) {
            site.takes("schema/min-items", &list(least));
            site.refuses("schema/min-items", &list(least - 1));
        }
        if site.schema["uniqueItems"] == true {
            let second = format!("{}/1", site.pointer);
            assert!(site.fires_at("schema/unique-items", r#"["a", "\u0061"]"#, &second));
            assert!(!site.fires_at("schema/unique-items", r#"["a", "A"]"#, &second));
        }
    });
}

#[test]
fn presence() {
    every(|site| {
        for (name, _) in site.schema["properties"].as_object().into_iter().flatten() {
            let root = oracle::schema(site.contract);
            let mut here = object(resolved(&site.schema, root), root, 4);
            here.as_object_mut().unwrap().shift_remove(name);
            let required = site.schema["required"]
                .as_array()
                .is_some_and(|names| names.contains(&json!(name)));
            let pointer = format!("{}/{name}", site.pointer);
            assert_eq!(
                site.fires_at("schema/required", &here.to_string(), &pointer),
                required,
                "{pointer}"
            );
        }
    });
}

#[test]
fn strangers() {
    every(|site| {
        if !site.schema["properties"].is_object() {
            return;
        }
        let root = oracle::schema(site.contract);
        let mut here = object(&site.schema, root, 4);
        here["no~such/key"] = json!(1);
        let here = here.to_string();
        let pointer = format!("{}/no~0such~1key", site.pointer);
        let additional = site
            .schema
            .get("additionalProperties")
            .and_then(Value::as_bool);
        let fires = |rule: &str| site.fires_at(rule, &here, &pointer);
        assert_eq!(
            fires("schema/additional-properties"),
            additional == Some(false)
        );
        assert_eq!(fires("schema/unknown-property"), additional.is_none());
    });
}
