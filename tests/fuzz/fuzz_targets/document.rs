//! The document reads what serde_json reads, and reads it alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pipelint::{Kind, Options, Value, check, payloads};
use serde_json::Value as Json;

/// What pipelint refuses on purpose, beyond the syntax.
const REFUSED: [&str; 6] = [
    "json/byte-order-mark",
    "json/duplicate-key",
    "json/encoding",
    "json/lone-surrogate",
    "json/too-deep",
    "json/too-many-diagnostics",
];

fn alike(value: Value<'_>, json: &Json) {
    match (value.kind(), json) {
        (Kind::Null, Json::Null) => {}
        (Kind::Boolean, Json::Bool(read)) => assert_eq!(value.boolean(), Some(*read)),
        (Kind::Number, Json::Number(number)) => {
            let read: f64 = value.source().parse().unwrap();
            assert_eq!(Some(read), number.as_f64(), "{}", value.source());
        }
        (Kind::String, Json::String(text)) => assert_eq!(*text, value.string().unwrap()),
        (Kind::Array, Json::Array(items)) => {
            assert_eq!(value.children().count(), items.len());
            for (item, json) in value.children().zip(items) {
                alike(item, json);
            }
        }
        (Kind::Object, Json::Object(members)) => {
            for (key, json) in members {
                alike(value.get(key).unwrap(), json);
            }
        }
        (kind, json) => panic!("{kind:?} is {json}"),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let contract = payloads::ALL[0];
    let options = Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap());
    let report = check(contract, bytes, &options);
    let refused = report
        .diagnostics()
        .any(|one| REFUSED.contains(&one.rule().name));
    let wrong = report
        .diagnostics()
        .any(|one| one.rule().name == "json/syntax");
    match serde_json::from_slice::<Json>(bytes) {
        Ok(json) => {
            assert!(!wrong, "serde_json reads it");
            if !refused {
                alike(report.value().unwrap(), &json);
            }
        }
        // It has no room for numbers beyond the range of f64, and stops at another depth.
        Err(error)
            if ["number out of range", "recursion limit exceeded"]
                .iter()
                .any(|limit| error.to_string().starts_with(limit)) => {}
        Err(error) => assert!(wrong || refused, "serde_json refuses it: {error}"),
    }
});
