//! The pages of the payloads, generated from their schemas.

use std::fmt::Write;
use std::fs;

use serde_json::Value;

use super::links::Links;
use crate::run::{Outcome, root};

/// The overview of all payloads and a page for each: their paths and texts.
pub(super) fn pages(links: &Links) -> Outcome<Vec<(String, String)>> {
    let catalogue: Value = read("schemas/catalogue.json")?;
    let mut index = String::from(
        "# Payloads\n\nThe payloads that pipelint knows without configuration. \
         Payloads of other systems are added with [a schema](/guides/own-crm).\n\n\
         | payload | system | request |\n|---|---|---|\n",
    );
    let mut pages = Vec::new();
    for row in catalogue.as_array().into_iter().flatten() {
        let operation = text(row, "operation");
        let call = format!("`{} {}`", text(row, "method"), text(row, "path"));
        for part in row["parts"].as_array().into_iter().flatten() {
            let name = format!("{operation}/{}", part.as_str().unwrap_or_default());
            let _ = writeln!(
                index,
                "| [`{name}`](/payloads/{name}) | {} | {call} |",
                text(row, "system")
            );
            let file = format!("schemas/{name}.schema.json");
            let notes = links.source(&format!("schemas/{operation}/NOTES.md"));
            pages.push((
                format!("payloads/{name}.md"),
                page(&name, &read(&file)?, &links.source(&file), &notes),
            ));
        }
    }
    pages.push(("payloads/index.md".to_owned(), index));
    Ok(pages)
}

fn read(file: &str) -> Outcome<Value> {
    let text = fs::read_to_string(root().join(file))?;
    serde_json::from_str(&text).map_err(|error| format!("{file}: {error}").into())
}

fn page(name: &str, schema: &Value, source: &str, notes: &str) -> String {
    let mut out = format!(
        "# `{name}`\n\n{}\n\n[JSON Schema]({source}) · [statements of the vendor]({notes})",
        text(schema, "description")
    );
    let mut rows = String::new();
    let mut example = serde_json::Map::new();
    properties(schema, "", &mut rows);
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = property["examples"].get(0) {
            example.insert(key.clone(), value.clone());
        }
    }
    let example = serde_json::to_string_pretty(&Value::Object(example)).unwrap_or_default();
    let _ = writeln!(out, " · [try it]({})", playground(name, &example));
    out.push_str("\n## Fields\n\n| field | type | meaning | description |\n|---|---|---|---|\n");
    out.push_str(&rows);
    let unknown = if schema["additionalProperties"] == Value::Bool(false) {
        "Other fields are errors."
    } else {
        "Other fields are reported by [`schema/unknown-property`](/rules/schema/unknown-property)."
    };
    let _ = writeln!(out, "\n{unknown}\n\n## Example\n\n```json\n{example}\n```");
    out
}

/// One row for each property of `schema`, and for the properties of objects in it.
fn properties(schema: &Value, parent: &str, rows: &mut String) {
    let required = schema["required"].as_array();
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{parent}{key}");
        let is_required = required.is_some_and(|all| all.iter().any(|one| one == key.as_str()));
        let mark = if is_required { "<br>required" } else { "" };
        let _ = writeln!(
            rows,
            "| `{path}`{mark} | {} | {} | {} |",
            constraints(property),
            meaning(&property["meaning"]),
            text(property, "description").replace('|', "\\|"),
        );
        properties(property, &format!("{path}."), rows);
        properties(&property["items"], &format!("{path}[]."), rows);
    }
}

/// The type with the keywords that limit it.
fn constraints(property: &Value) -> String {
    let mut out = match &property["type"] {
        Value::String(one) => one.clone(),
        Value::Array(all) => all
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "any".to_owned(),
    };
    if let Some(items) = property.pointer("/items/type").and_then(Value::as_str) {
        let _ = write!(out, " of {items}");
    }
    if let Some(values) = property["enum"].as_array() {
        let values: Vec<_> = values.iter().map(|one| format!("`{one}`")).collect();
        let _ = write!(out, ": {}", values.join(", "));
    }
    for (keyword, words) in [
        ("format", "format"),
        ("minimum", "at least"),
        ("maximum", "at most"),
        ("multipleOf", "multiple of"),
        ("minLength", "min. length"),
        ("maxLength", "max. length"),
        ("default", "default"),
    ] {
        let value = &property[keyword];
        if !value.is_null() {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            let _ = write!(out, "; {words} `{value}`");
        }
    }
    out
}

/// A meaning in words: its name, and its keys in parentheses.
fn meaning(meaning: &Value) -> String {
    let name = text(meaning, "is").replace('-', " ");
    let keys: Vec<String> = meaning
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| *key != "is")
        .map(|(key, value)| {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            format!("{} `{value}`", key.replace('-', " "))
        })
        .collect();
    if keys.is_empty() {
        name
    } else {
        format!("{name} ({})", keys.join(", "))
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The address of the playground with a payload in its fragment.
pub(super) fn playground(payload: &str, json: &str) -> String {
    format!(
        "/playground#payload={}&text={}",
        encode(payload),
        encode(json)
    )
}

/// Percent-encodes everything that is not unreserved in a URL.
fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_of_the_catalogue_has_a_page_that_names_its_fields() {
        let pages = pages(&Links::new().unwrap()).unwrap();
        let schemas = super::super::files(&root().join("schemas")).unwrap();
        let schemas = schemas
            .iter()
            .filter(|path| path.to_string_lossy().ends_with("est.schema.json"));
        assert_eq!(
            schemas.count(),
            pages
                .iter()
                .filter(|(page, _)| page.ends_with("request.md"))
                .count()
        );
        let (_, deal) = pages
            .iter()
            .find(|(page, _)| page == "payloads/leadlex/create-deal/request.md")
            .unwrap();
        assert!(
            deal.contains("| `name`<br>required | string | record name |"),
            "{deal}"
        );
        assert!(
            deal.contains("money (unit `major`, currency in `currency`)"),
            "{deal}"
        );
        assert!(deal.contains("\"active\""), "{deal}");
    }

    #[test]
    fn a_link_to_the_playground_survives_any_text() {
        assert_eq!(encode("{ \"é\" }&#"), "%7B%20%22%C3%A9%22%20%7D%26%23");
    }
}
