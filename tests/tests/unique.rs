//! Lists in which every item must differ: by value, however many there are.

use std::fmt::Write;
use std::time::{Duration, Instant};

use pipelint::check;
use pipelint_tests::{contract, options};

fn repeated(items: &[String]) -> Vec<usize> {
    let text = format!(
        r#"{{ "handle": "Crane lease", "fate": "brewing", "crew": [{}] }}"#,
        items.join(", ")
    );
    let mut options = options(pipelint_tests::NOW);
    options.limits.diagnostics = u32::MAX;
    let report = check(contract("acme/create-deal"), text.as_bytes(), &options);
    pipelint_tests::findings(&report)
        .into_iter()
        .filter(|(rule, _)| rule == "schema/unique-items")
        .map(|(_, pointer)| pointer.rsplit('/').next().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn values_count_and_not_spellings() {
    let alike = [
        ("1", "1.0"),
        ("100", "1e2"),
        ("0", "-0.0e7"),
        ("1234567890123456789012", "1234567890123456789012.0"),
        ("1234567890123456789012e-3", "1234567890123456789.012"),
        (r#""a""#, r#""\u0061""#),
        (r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#),
        ("null", "null"),
        ("[true]", "[true]"),
    ];
    let apart = [
        ("1", "10"),
        ("1", "-1"),
        ("1", "\"1\""),
        ("0", "false"),
        ("9007199254740993", "9007199254740992"),
        (r#"{"a":1}"#, r#"{"a":1,"b":null}"#),
        ("[1,2]", "[2,1]"),
    ];
    // Few items are compared one by one, many by their digests.
    for padding in [0, 40] {
        let list = |one: &str, other: &str| {
            let mut items = vec![one.to_owned()];
            items.extend((0..padding).map(|number| format!("\"filler {number}\"")));
            items.push(other.to_owned());
            items
        };
        for (one, other) in alike {
            assert_eq!(repeated(&list(one, other)), [padding + 1], "{one} {other}");
        }
        for (one, other) in apart {
            assert!(repeated(&list(one, other)).is_empty(), "{one} {other}");
        }
    }
}

#[test]
fn a_long_list_of_numbers_with_the_same_digits_is_no_trap() {
    let mut items = Vec::new();
    for exponent in 0..60_000 {
        let mut item = String::new();
        write!(item, "1e{exponent}").unwrap();
        items.push(item);
    }
    let text = format!(r#"{{ "crew": [{}] }}"#, items.join(","));
    let mut options = options(pipelint_tests::NOW);
    options.limits.diagnostics = u32::MAX;
    let start = Instant::now();
    let report = check(contract("acme/create-deal"), text.as_bytes(), &options);
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(
        report
            .diagnostics()
            .all(|one| one.rule().name != "schema/unique-items")
    );
}
