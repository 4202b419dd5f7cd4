//! The JSON Schema of the configuration: up to date, and of one mind with the reader.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![allow(clippy::too_many_lines, reason = "long tables of cases")]

use std::path::Path;
use std::{env, fs};

use pipelint_config::{Config, json_schema};
use serde_json::Value;

fn file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config.schema.json")
}

/// Set `UPDATE=1` to write the file anew.
#[test]
fn the_file_is_up_to_date() {
    let mut text = serde_json::to_string_pretty(&json_schema()).unwrap();
    text.push('\n');
    if env::var_os("UPDATE").is_some() {
        fs::write(file(), &text).unwrap();
    }
    let stored = fs::read_to_string(file()).unwrap_or_default();
    assert!(
        stored == text,
        "config.schema.json is stale: run with UPDATE=1"
    );
}

/// TOML as the JSON that editors check against the schema.
fn json(text: &str) -> Value {
    let value: toml::Value = toml::from_str(text).unwrap();
    plain(&serde_json::to_value(value).unwrap())
}

/// Date-times as their text.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => match map.get("$__toml_private_datetime") {
            Some(text) => text.clone(),
            None => map
                .iter()
                .map(|(key, value)| (key.clone(), plain(value)))
                .collect(),
        },
        Value::Array(items) => items.iter().map(plain).collect(),
        other => other.clone(),
    }
}

#[test]
fn schema_and_reader_agree() {
    let schema = jsonschema::options()
        .should_validate_formats(true)
        .build(&json_schema())
        .unwrap();
    for (text, good) in [
        (Config::default_text(), true),
        ("", true),
        ("fail-on = 'info'", true),
        ("fail-on = 'off'", false),
        ("fail-on = 1", false),
        ("now = '2026-06-01T00:00:00Z'", true),
        ("now = 2026-06-01T00:00:00+02:00", true),
        ("now = 2026-06-01", false),
        ("now = 'soon'", false),
        ("locale = 'de'", true),
        ("locale = 'tlh'", false),
        ("locale = ['de']", false),
        ("new = 1", false),
        (
            "files = { 'a/**' = 'leadlex/create-deal', '*.b' = 'slant/create-opportunity/path' }",
            true,
        ),
        ("files = { 'a' = 'leadlex' }", false),
        ("files = { '' = 'leadlex/create-deal' }", false),
        ("files = { '/a' = 'leadlex/create-deal' }", false),
        ("files = { 'a/../b' = 'leadlex/create-deal' }", false),
        ("files = { 'a..b/c..' = 'leadlex/create-deal' }", true),
        ("files = ['a']", false),
        (
            "rules = { policy = 'warning', 'policy/currency' = 'off' }",
            true,
        ),
        ("rules = { 'policy/' = 'warning' }", false),
        ("rules = { policy = 'fatal' }", false),
        ("rules = { policy = true }", false),
        ("overrides = []", true),
        ("overrides = [{ files = ['a'] }]", true),
        ("overrides = [{ files = [] }]", false),
        ("overrides = [{ rules = {} }]", false),
        ("overrides = [{ files = ['a'], rule = {} }]", false),
        ("overrides = { files = ['a'] }", false),
        ("policy = {}", true),
        (
            "policy = { stages = ['a'], pipelines = [], owners = ['u'], currencies = ['EUR'] }",
            true,
        ),
        ("policy = { stages = [' '] }", false),
        ("policy = { stages = ['a', 1] }", false),
        ("policy = { currencies = ['XAU'] }", false),
        ("policy = { currencies = ['eur'] }", false),
        (
            "policy = { choices = { priority = ['a'], matter_type = [] } }",
            true,
        ),
        ("policy = { choices = { name = ['a'] } }", false),
        ("policy = { choices = { priority = 'a' } }", false),
        (
            "policy = { schemas = { 'leadlex/create-deal' = 'deal.json' } }",
            true,
        ),
        ("policy = { schemas = { 'leadlex' = 'deal.json' } }", false),
        (
            "policy = { schemas = { 'leadlex/create-deal' = '' } }",
            false,
        ),
        ("rules = { 'policy/max-length' = 'info' }", true),
        ("rules = { 'policy/maxlength' = 'info' }", false),
        (
            "policy = { least-value = 1, greatest-value = '10.25' }",
            true,
        ),
        ("policy = { least-value = -0.5 }", true),
        ("policy = { least-value = '1e3' }", false),
        ("policy = { least-value = '1.23456' }", false),
        ("policy = { least-value = '1.' }", false),
        ("policy = { least-value = '.5' }", false),
        ("policy = { least-value = 999999999999999 }", true),
        ("policy = { least-value = 1000000000000000 }", false),
        ("policy = { least-value = '1000000000000000' }", false),
        ("policy = { least-value = inf }", false),
        ("policy = { least-value = false }", false),
        (
            "mask = { properties = ['ssn'], meanings = ['money', 'free-text'] }",
            true,
        ),
        ("mask = { meanings = ['salary'] }", false),
        ("mask = ['notes']", false),
        (
            "limits = { depth = 128, size = 2147483648, diagnostics = 1 }",
            true,
        ),
        ("limits = { depth = 129 }", false),
        ("limits = { size = 2147483649 }", false),
        ("limits = { diagnostics = 0 }", false),
        ("limits = { diagnostics = '1' }", false),
        ("limits = { depth = 0x10 }", true),
    ] {
        let read = Config::parse(text, None);
        assert_eq!(read.is_ok(), good, "{text}: {read:?}");
        let json = json(text);
        let errors: Vec<String> = schema
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors.is_empty(), good, "{text}: {errors:?}");
    }
}

#[test]
fn the_schema_is_a_schema() {
    let schema = json_schema();
    assert!(jsonschema::meta::is_valid(&schema));
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert!(schema["properties"].as_object().unwrap().len() >= 8);
}
