//! Compares verdicts of pipelint and the crate jsonschema on mutated instances of public schemas:
//!
//! `cargo run --release --features peers --bin mutants -- FOLDER [MUTANTS]`
//!
//! Each folder in FOLDER has a `schema.json` and an `instances.jsonl`, one instance a line. The
//! mutants are the same on every run. Prints each difference, up to ten a schema.

use std::error::Error;
use std::fs;

use pipelint::compile::{CompileOptions, compile};
use pipelint::{Checker, Options, Severity};
use serde_json::{Value, json};

/// A small generator of random numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder of schemas")?;
    let mutants: usize = std::env::args()
        .nth(2)
        .map_or(Ok(20_000), |count| count.parse())?;
    let mut folders: Vec<_> = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("schema.json").is_file())
        .collect();
    folders.sort();
    for folder in &folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let schema = fs::read_to_string(folder.join("schema.json"))?;
        let lines = fs::read_to_string(folder.join("instances.jsonl"))?;
        let instances: Vec<Value> = lines
            .lines()
            .filter(|line| !line.is_empty())
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        let options = CompileOptions {
            formats: false,
            ..CompileOptions::default()
        };
        let contract = compile(&schema, &options).map_err(|error| format!("{name}: {error}"))?;
        let tables = contract.tables();
        let validator = jsonschema::options()
            .should_validate_formats(false)
            .build(&serde_json::from_str(&schema)?)?;
        let check_options = Options::at("2026-03-01T12:00:00Z".parse::<pipelint::Instant>()?);
        let mut checker = Checker::new();
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let (mut valid, mut different) = (0, 0);
        for _ in 0..mutants {
            let mut value = instances[random.below(instances.len())].clone();
            for _ in 0..=random.below(2) {
                let other = instances[random.below(instances.len())].clone();
                mutate(&mut value, &other, &mut random);
            }
            let text = value.to_string();
            let report = checker.check(tables.contract(), text.as_bytes(), &check_options);
            let is_error = |severity| severity == Severity::Error;
            let ours = !report.diagnostics().any(|one| is_error(one.severity()));
            let theirs = validator.is_valid(&value);
            valid += usize::from(theirs);
            if ours != theirs {
                different += 1;
                if different <= 10 {
                    println!("{name}: jsonschema says {theirs}: {text}");
                    for one in report.diagnostics().take(3) {
                        println!(
                            "    {} at {}: {}",
                            one.rule().name,
                            one.pointer(),
                            one.message()
                        );
                    }
                }
            }
        }
        println!("{name}: {mutants} mutants, {valid} valid, {different} verdicts differ");
    }
    Ok(())
}

/// Changes one value somewhere.
fn mutate(value: &mut Value, other: &Value, random: &mut Random) {
    let children = match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if children > 0 && random.below(4) > 0 {
        let at = random.below(children);
        let child = match value {
            Value::Array(items) => items.get_mut(at),
            Value::Object(members) => members.values_mut().nth(at),
            _ => None,
        };
        if let Some(child) = child {
            return mutate(child, other, random);
        }
    }
    match (random.below(8), &mut *value) {
        (0 | 1, Value::Object(members)) => {
            if let Some(key) = members.keys().nth(random.below(children)).cloned() {
                members.remove(&key);
            }
        }
        (2, Value::Object(members)) => {
            if let Some(key) = members.keys().nth(random.below(children)).cloned()
                && let Some(child) = members.remove(&key)
            {
                members.insert(format!("{key}x"), child);
            }
        }
        (0 | 1, Value::Array(items)) if children > 0 => {
            items.remove(random.below(children));
        }
        (2, Value::Array(items)) if children > 0 => {
            let item = items[random.below(children)].clone();
            items.push(item);
        }
        (3, Value::String(text)) => text.push('x'),
        (4, Value::String(text)) => text.clear(),
        (3, Value::Number(number)) => *value = json!(number.as_f64().unwrap_or(0.0) + 0.5),
        (4, Value::Number(number)) => *value = json!(-number.as_i64().unwrap_or(1) - 1),
        (5 | 6, _) => *value = anywhere(other, random).clone(),
        _ => {
            let others = [
                Value::Null,
                json!(true),
                json!(0),
                json!(""),
                json!("x"),
                json!([]),
                json!({}),
                json!([1, "a"]),
                json!({ "a": 1 }),
            ];
            *value = others[random.below(others.len())].clone();
        }
    }
}

/// Some value within another one.
fn anywhere<'v>(value: &'v Value, random: &mut Random) -> &'v Value {
    let child = match value {
        Value::Array(items) if random.below(4) > 0 => items.get(random.below(items.len())),
        Value::Object(members) if random.below(4) > 0 => {
            members.values().nth(random.below(members.len()))
        }
        _ => None,
    };
    child.map_or(value, |child| anywhere(child, random))
}
