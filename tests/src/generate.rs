//! Payloads made up from a schema: mostly what it asks for, often just not.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// How many cases a generating test runs: `PIPELINT_CASES`, or a quick few.
pub fn cases() -> u32 {
    std::env::var("PIPELINT_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(150)
}

/// Texts for a payload with that schema.
pub fn payload(schema: &'static Value) -> BoxedStrategy<String> {
    prop_oneof![
        60 => value(schema, schema, 3),
        1 => junk(),
    ]
    .boxed()
}

/// Payloads with that schema's keys, and with any value in any place: of every JSON type, and with
/// the texts and numbers that rules look at.
pub fn twisted(schema: &'static Value) -> BoxedStrategy<String> {
    members(schema, schema, 3)
}

/// An object with the keys of a schema, and any values.
fn members(schema: &'static Value, root: &'static Value, depth: u32) -> BoxedStrategy<String> {
    let schema = match schema["$ref"].as_str() {
        Some(name) => root.pointer(&name[1..]).unwrap(),
        None => schema,
    };
    let mut all: Vec<BoxedStrategy<Option<String>>> = Vec::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let inner = if depth > 0 && property["properties"].is_object() {
            members(property, root, depth - 1)
        } else {
            Just("{}".to_owned()).boxed()
        };
        let strategy = prop_oneof![5 => odd(), 2 => odd_list(), 1 => inner,
            3 => value(property, root, depth.saturating_sub(1))];
        let spellings = [
            name.clone(),
            name.to_uppercase(),
            name.replace('_', "-"),
            format!("{name}s"),
            format!("\u{feff}{name}"),
        ];
        let spellings = spellings.map(|name| Value::from(name).to_string());
        let [known, others @ ..] = spellings;
        let name = prop_oneof![9 => Just(known), 1 => select(others.to_vec())];
        all.push(
            weighted(
                0.4,
                (name, strategy).prop_map(|(name, value)| format!("{name}: {value}")),
            )
            .boxed(),
        );
    }
    all.prop_map(|members| {
        let members: Vec<String> = members.into_iter().flatten().collect();
        format!("{{ {} }}", members.join(", "))
    })
    .boxed()
}

/// A list of such values.
fn odd_list() -> BoxedStrategy<String> {
    let few = select(vec![
        "\"\"",
        "\" \"",
        "\"a\"",
        "\" a\"",
        "\"a \"",
        "\"A\"",
        "\"a\\u200b\"",
        "\"\\u0061\"",
        "2026",
        "null",
        "[]",
        "{\"name\": \"a\"}",
        "\"b\"",
        "\" b\\u200b\"",
    ]);
    let item = prop_oneof![3 => few.prop_map(str::to_owned), 1 => odd()];
    vec(item, 0..6)
        .prop_map(|items| format!("[{}]", items.join(", ")))
        .boxed()
}

/// A value that some rule looks at.
#[allow(clippy::too_many_lines, reason = "tables of values")]
fn odd() -> BoxedStrategy<String> {
    let text = |texts: &[&str]| {
        let texts: Vec<String> = texts
            .iter()
            .map(|text| Value::from(*text).to_string())
            .collect();
        select(texts)
    };
    let dates = prop_oneof![
        text(&[
            "Monday, 1 December 2026", "Tue 12/01/2026", "-2027-12-13", ".2027-12-13", "2027/3/4",
            "1 June 2027", "06/13/2027", "2027-06-01 10:00:00Z", " 2027-06-01", "20270601",
            "1780308000", "2027-06-01T9:05Z", "2027-06-01 10:00 PM", "12/25/27", "2020/1/1",
            "2027-06-01T10:00:00+02:00[Europe/Berlin]", "2027-06-01T10:00+0200",
        ]),
        "(Mon |Friday, |)[0-3]?[0-9][/. -](0?[1-9]|1[0-2]|Jun|December)[/. -]20[23][0-9]( 1?[0-9]:[0-5][0-9]( ?[AP]M|Z|))?"
            .prop_map(|text| Value::from(text).to_string()),
    ];
    let numbers = prop_oneof![
        "[-+(]?(0|[1-9][0-9]{0,2})([., ][0-9]{3}){0,3}([.,][0-9]{1,3})?[)%€-]?"
            .prop_map(|text| Value::from(text).to_string()),
        text(&[
            "1",
            "1.0",
            "0",
            "0.5",
            "100",
            "101",
            "0123",
            "1 23 456",
            "9007199254740993",
            "$5",
            "5.000",
            "0.75%",
            "50 percent",
            "1e5",
            "€ 1.234,50",
            "10000000000",
            "500",
            "9.99",
            "12.505",
            "-5",
            "5k",
            "Rs. 500",
            "５００",
            "75",
            "007",
        ]),
        "-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,5})?",
        select(vec![
            "1.0000000000000002",
            "0.995",
            "0.125",
            "0.004",
            "9.99",
            "0.30000000000000004",
            "1e400",
            "9007199254740993",
            "100.00000000000001",
            "-0.0",
            "1",
        ])
        .prop_map(str::to_owned),
    ];
    let words = text(&[
        "usd",
        " usd ",
        "GBp",
        "GBX",
        "ZAc",
        "dem",
        "Euro",
        "€",
        "Kč",
        "EUX",
        "XAU",
        "Usd",
        "Won",
        "won ",
        "WON",
        "closed won",
        "lost",
        "Open",
        "ACTIVE",
        "Closed",
        "",
        " ",
        " Acme",
        "Acme\u{200b}",
        "\u{200b}",
        "a\u{0}b",
        "\tAcme\n",
        "Ã¼ber",
        "<name>",
        "TODO",
        " string",
        "null",
        "…",
        "token=wbk_0000aaaa1111bbbb",
        "user:pass",
        "wbk_0000aaaa1111bbbb",
        "Bearer: wbk_0000aaaa1111",
        "bearer wbk_0000aaaa1111bbbb",
        "Bearer Bearer slnt_pat_0000aaaa1111",
        "Bearer a, Bearer b",
        "slnt_pat_0000aaaa1111bbbb",
        "json",
        "text/json",
        " application/json",
        "application/json; charset=utf8",
        "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
        " b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
        "contact-001",
        "a/b",
        "undefined",
        "${uuid}",
        "AT&amp;T",
        "#REF!",
        "%s",
        "Bearer",
        "key\r\n",
    ]);
    prop_oneof![
        3 => dates,
        4 => numbers,
        5 => words,
        1 => (0..300usize).prop_map(|length| format!("\" {}\"", "a".repeat(length))),
        1 => junk(),
    ]
    .boxed()
}

fn value(schema: &'static Value, root: &'static Value, depth: u32) -> BoxedStrategy<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(&name[1..]).unwrap();
        return value(target, root, depth);
    }
    let mut right: Vec<(u32, BoxedStrategy<String>)> = Vec::new();
    let words: Vec<String> = ["enum", "examples"]
        .iter()
        .filter_map(|key| schema[key].as_array())
        .flatten()
        .chain(schema.get("const"))
        .map(Value::to_string)
        .collect();
    if !words.is_empty() {
        right.push((
            4,
            select(words).prop_flat_map(|word| respelled(&word)).boxed(),
        ));
    }
    for name in types(schema) {
        right.push((2, of_type(&name, schema, root, depth)));
    }
    let right = proptest::strategy::Union::new_weighted(right);
    prop_oneof![12 => right, 1 => junk()].boxed()
}

/// The types that a schema names; all if it names none.
fn types(schema: &Value) -> Vec<String> {
    match &schema["type"] {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => several
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
        _ => ["string", "number", "boolean", "null"]
            .map(str::to_owned)
            .to_vec(),
    }
}

fn of_type(
    name: &str,
    schema: &'static Value,
    root: &'static Value,
    depth: u32,
) -> BoxedStrategy<String> {
    match name {
        "null" => Just("null".to_owned()).boxed(),
        "boolean" => select(vec!["true".to_owned(), "false".to_owned()]).boxed(),
        "integer" | "number" => number(schema),
        "string" => string(schema),
        "array" => array(schema, root, depth),
        _ => object(schema, root, depth),
    }
}

fn number(schema: &Value) -> BoxedStrategy<String> {
    let mut near: Vec<String> = [
        "0", "-0.0", "1", "0.5", "1e2", "75.0", "7.5e1", "0.1234", "0.12345",
    ]
    .map(str::to_owned)
    .to_vec();
    for key in [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ] {
        if let Some(limit) = schema[key].as_f64() {
            let more = [
                limit,
                limit + 1.0,
                limit - 1.0,
                limit + 0.01,
                limit - 0.01,
                limit * 3.0,
            ];
            near.extend(more.iter().map(|number| format!("{number}")));
            near.push(format!("{limit}00000000000000000001").replacen("00000", ".00000", 1));
        }
    }
    near.retain(|text| serde_json::from_str::<Value>(text).is_ok());
    prop_oneof![
        4 => select(near),
        2 => (any::<i32>(), 0..6usize).prop_map(|(units, places)| {
            let digits = format!("{:07}", units.unsigned_abs());
            let (whole, fraction) = digits.split_at(digits.len() - places);
            let whole = whole.trim_start_matches('0');
            let sign = if units < 0 { "-" } else { "" };
            let whole = if whole.is_empty() { "0" } else { whole };
            if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
        }),
        2 => "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?",
        1 => "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?",
    ]
    .boxed()
}

fn string(schema: &Value) -> BoxedStrategy<String> {
    let format = match schema["format"].as_str() {
        Some("date-time") => prop_oneof![
            6 => "20[0-9]{2}-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])[Tt ]([01][0-9]|2[0-4]):[0-6][0-9]:([0-5][0-9]|60)(\\.[0-9]{0,3})?(Z|z|[+-](0[0-9]|2[0-4]):[0-6][0-9]|)",
            1 => "[0-9,+./-]{4}-[0-9 -]{2}-[0-9,-]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
        ]
        .boxed(),
        Some("date") => prop_oneof![
            4 => "[0-9]{4}-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])",
            1 => "[0-9,+]{4}-[0-9-]{1,2}-[0-9]{1,2}",
        ]
        .boxed(),
        Some("uuid") => prop_oneof![
            4 => "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-fA-F]{4}-[0-9A-F]{12}",
            1 => "[{]?[0-9a-g]{8}-?[0-9a-f]{4}-?[0-9a-f]{3,4}-?[0-9a-fA-F]{4}-?[0-9A-F]{12}",
        ]
        .boxed(),
        _ => Just("Proposal".to_owned()).boxed(),
    };
    let limit = schema["maxLength"].as_u64().unwrap_or(20) as usize;
    let least = schema["minLength"].as_u64().unwrap_or(1) as usize;
    let long = (
        select(vec!["a", "é", "🚀", "e\u{301}"]),
        select(vec![limit, limit + 1, least, least.saturating_sub(1)]),
    )
        .prop_map(|(unit, count)| unit.repeat(count));
    prop_oneof![
        4 => format,
        2 => long,
        2 => ".{0,12}",
        1 => "[ \\t\\u{a0}\\u{200b}]{0,3}",
    ]
    .prop_flat_map(|text| respelled(&Value::String(text).to_string()))
    .boxed()
}

/// A JSON text spelled otherwise: strings with some characters escaped.
fn respelled(json: &str) -> BoxedStrategy<String> {
    let plain = json.to_owned();
    let Ok(Value::String(text)) = serde_json::from_str(json) else {
        return Just(plain).boxed();
    };
    let escaped = vec(any::<bool>(), text.chars().count()).prop_map(move |which| {
        let mut out = String::from("\"");
        for (character, escape) in text.chars().zip(which) {
            if escape || character.is_control() || matches!(character, '"' | '\\') {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            } else {
                out.push(character);
            }
        }
        out.push('"');
        out
    });
    prop_oneof![4 => Just(plain), 1 => escaped].boxed()
}

fn array(schema: &'static Value, root: &'static Value, depth: u32) -> BoxedStrategy<String> {
    if depth == 0 {
        return Just("[]".to_owned()).boxed();
    }
    let item = schema
        .get("items")
        .map_or_else(junk, |items| value(items, root, depth - 1));
    let most = schema["maxItems"].as_u64().unwrap_or(3) as usize + 2;
    let list = |item: BoxedStrategy<String>| {
        vec(item, 0..most).prop_map(|items| format!("[{}]", items.join(", ")))
    };
    // Few different items, so that some occur twice.
    let few = select(vec!["\"a\"", "\"\\u0061\"", "\"b\"", "\"c\""]).prop_map(str::to_owned);
    prop_oneof![3 => list(item), 1 => list(few.boxed())].boxed()
}

fn object(schema: &'static Value, root: &'static Value, depth: u32) -> BoxedStrategy<String> {
    if depth == 0 {
        return Just("{}".to_owned()).boxed();
    }
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut members: Vec<BoxedStrategy<Option<(String, String)>>> = Vec::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let share = if required.contains(&name.as_str()) {
            0.95
        } else {
            0.4
        };
        let key = respelled(&Value::String(name.clone()).to_string());
        members.push(weighted(share, (key, value(property, root, depth - 1))).boxed());
    }
    let stranger = ("\"[a-z~/]{1,6}\"", junk());
    members.push(weighted(0.1, stranger).boxed());
    let spaces = select(vec!["", " ", "\n  ", "\r\n\t"]);
    (members, any::<u64>(), spaces)
        .prop_map(|(members, turn, space)| {
            let mut members: Vec<_> = members.into_iter().flatten().collect();
            if turn % 3 == 0 && !members.is_empty() {
                let middle = turn as usize / 3 % members.len();
                members.rotate_left(middle);
            }
            let members: Vec<String> = members
                .into_iter()
                .map(|(key, value)| format!("{space}{key}:{space}{value}"))
                .collect();
            format!("{{{}{space}}}", members.join(","))
        })
        .boxed()
}

/// Any small JSON value.
fn junk() -> BoxedStrategy<String> {
    select(vec![
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1.5",
        "1e400",
        "1e-400",
        "42",
        "\"\"",
        "\"x\"",
        "\"60\"",
        "[]",
        "[null]",
        "[{}]",
        "{}",
        "{\"a\":{}}",
        "9007199254740993",
        "100.00000000000000000001",
        "0.30000000000000004",
        "\"2028-0,-21T01:28:53Z\"",
    ])
    .prop_map(str::to_owned)
    .boxed()
}
