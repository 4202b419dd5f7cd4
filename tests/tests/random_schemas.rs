//! Random schemas and values: contracts that are compiled at run time give the verdicts of the crate
//! jsonschema.

use jsonschema::Draft;
use pipelint::compile::{CompileOptions, compile};
use pipelint::{Checker, Options, Severity};
use pipelint_tests::generate::cases;
use serde_json::{Map, Value, json};

/// A small generator of random numbers (xorshift), the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn choose<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize].clone()
    }
}

const NAMES: [&str; 4] = ["a", "b", "op", "x-1"];

/// A value of few words and numbers, so that schemas often take it.
fn value(random: &mut Random, depth: u32) -> Value {
    match random.below(if depth == 0 { 6 } else { 10 }) {
        0 => Value::Null,
        1 => json!(random.one_in(2)),
        2 => json!(random.below(4)),
        3 => random.choose(&[json!(1.5), json!(-1), json!(2.0), json!(10)]),
        4 | 5 => random.choose(&["", "a", "b", "ab", "abc", "é"]).into(),
        6 | 7 => {
            let length = random.below(4);
            (0..length).map(|_| value(random, depth - 1)).collect()
        }
        _ => {
            let mut members = Map::new();
            for name in NAMES {
                if random.one_in(2) {
                    members.insert(name.to_owned(), value(random, depth - 1));
                }
            }
            members.into()
        }
    }
}

/// A schema with a few keywords; `defs` is how many definitions it may refer to.
fn schema(random: &mut Random, depth: u32, defs: u64) -> Value {
    if random.one_in(25) {
        return json!(!random.one_in(4));
    }
    let mut members = Map::new();
    let count = 1 + random.below(3);
    for _ in 0..count {
        let (keyword, value) = keyword(random, depth, defs);
        members.insert(keyword.to_owned(), value);
    }
    // Keywords that the same table holds.
    if members.contains_key("items") && random.one_in(2) {
        let keyword = random.choose(&["minItems", "maxItems"]);
        members.insert(keyword.to_owned(), json!(random.below(3)));
    }
    members.into()
}

fn schemas(random: &mut Random, depth: u32, defs: u64) -> Value {
    let length = 1 + random.below(3);
    (0..length)
        .map(|_| schema(random, depth - 1, defs))
        .collect()
}

fn keyword(random: &mut Random, depth: u32, defs: u64) -> (&'static str, Value) {
    const TYPES: [&str; 7] = [
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    if depth == 0 || random.one_in(3) {
        let number = random.below(4);
        return match random.below(14) {
            0 | 1 => ("type", random.choose(&TYPES).into()),
            2 => (
                "type",
                json!(["string", random.choose(&["array", "object", "integer"])]),
            ),
            3 => ("enum", json!([value(random, 1), value(random, 1), "a"])),
            4 => ("const", value(random, 1)),
            5 => ("minimum", json!(number)),
            6 => ("exclusiveMaximum", json!(number)),
            7 => ("multipleOf", random.choose(&[json!(0.5), json!(2)])),
            8 => ("minLength", json!(number)),
            9 => ("maxLength", json!(number)),
            10 => ("minItems", json!(number)),
            11 => ("maxItems", json!(number)),
            12 => ("uniqueItems", json!(true)),
            _ => ("pattern", random.choose(&["^a", "b$", "."]).into()),
        };
    }
    match random.below(20) {
        0..=3 => {
            let mut members = Map::new();
            for name in NAMES {
                if random.one_in(2) {
                    members.insert(name.to_owned(), schema(random, depth - 1, defs));
                }
            }
            ("properties", members.into())
        }
        4 | 5 => ("required", json!([random.choose(&NAMES)])),
        6 => ("additionalProperties", schema(random, depth - 1, defs)),
        7 => (
            "patternProperties",
            json!({ random.choose(&["^[ab]$", "-"]): schema(random, depth - 1, defs) }),
        ),
        8 | 9 => ("items", schema(random, depth - 1, defs)),
        10 => ("prefixItems", schemas(random, depth, defs)),
        11 => ("contains", schema(random, depth - 1, defs)),
        12 => ("allOf", schemas(random, depth, defs)),
        13 => ("anyOf", schemas(random, depth, defs)),
        14 => ("oneOf", schemas(random, depth, defs)),
        15 => ("not", schema(random, depth - 1, defs)),
        16 if defs > 0 => ("$ref", format!("#/$defs/d{}", random.below(defs)).into()),
        17 => ("unevaluatedProperties", json!(random.one_in(2))),
        18 => (
            "dependentRequired",
            json!({ random.choose(&NAMES): [random.choose(&NAMES)] }),
        ),
        _ => ("if", schema(random, depth - 1, defs)),
    }
}

/// A whole schema: definitions refer to later ones only at their root, so that none contains itself
/// without a value between.
fn document(random: &mut Random) -> Value {
    let mut root = schema(random, 3, 3);
    if let Some(members) = root.as_object_mut() {
        if members.contains_key("if") {
            members.insert("then".to_owned(), schema(random, 2, 3));
            members.insert("else".to_owned(), schema(random, 2, 3));
        }
        let definitions: Map<String, Value> = (0..3)
            .map(|index| {
                let definition = json!({
                    "properties": { "a": schema(random, 2, 3), "b": schema(random, 1, 0) },
                    "items": schema(random, 2, 3),
                    "minItems": random.below(3),
                });
                (format!("d{index}"), definition)
            })
            .collect();
        members.insert("$defs".to_owned(), definitions.into());
        members.insert(
            "$schema".to_owned(),
            "https://json-schema.org/draft/2020-12/schema".into(),
        );
    }
    root
}

#[test]
fn verdicts_are_those_of_jsonschema() {
    let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap());
    let mut checker = Checker::new();
    let mut verdicts = [0_u32; 2];
    let schemas = 10 * u64::from(cases());
    for seed in 1..=schemas {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let schema = document(&mut random);
        let text = schema.to_string();
        let compiled = compile(&text, &CompileOptions::default())
            .unwrap_or_else(|errors| panic!("seed {seed}: {errors}\n{text}"));
        let tables = compiled.tables();
        let oracle = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .build(&schema)
            .unwrap();
        for _ in 0..20 {
            let value = value(&mut random, 3);
            let payload = value.to_string();
            let report = checker.check(tables.contract(), payload.as_bytes(), &options);
            let errors: Vec<_> = report
                .diagnostics()
                .filter(|one| one.severity() == Severity::Error)
                .map(|one| {
                    format!(
                        "{} at {:?}: {}",
                        one.rule().name,
                        one.pointer(),
                        one.message()
                    )
                })
                .collect();
            let expected = oracle.is_valid(&value);
            assert_eq!(
                errors.is_empty(),
                expected,
                "seed {seed}\n{text}\n{payload}\n{errors:#?}"
            );
            verdicts[usize::from(expected)] += 1;
        }
    }
    // Both verdicts are common, so that a difference would show.
    let [invalid, valid] = verdicts;
    assert!(valid * 10 > invalid && invalid * 10 > valid, "{verdicts:?}");
}
