//! A checker that is used again allocates nothing for a payload with nothing wrong.

use pipelint::contract::Contract;
use pipelint::{Checker, Options};
use pipelint_tests::corpus::cases;
use pipelint_tests::{contract, options};

/// The allocations of a second and third look at a payload, from bytes and from text.
fn allocations(contract: &'static Contract<'static>, bytes: &[u8], options: &Options) -> u64 {
    let mut checker = Checker::new();
    assert!(checker.check(contract, bytes, options).is_empty());
    let text = std::str::from_utf8(bytes).unwrap();
    let measured = allocation_counter::measure(|| {
        assert!(checker.check(contract, bytes, options).is_empty());
        assert!(checker.check_str(contract, text, options).is_ok());
    });
    measured.count_total
}

#[test]
fn a_valid_payload_costs_none() {
    let mut quiet = 0;
    for case in cases() {
        if !case.report().is_empty() {
            continue;
        }
        quiet += 1;
        assert_eq!(
            allocations(case.contract, &case.bytes, &case.options),
            0,
            "{}",
            case.name
        );
    }
    assert!(quiet > 10);
}

#[test]
fn escapes_shuffled_keys_and_free_keys_cost_none() {
    let payloads = [
        (
            "leadlex/create-deal",
            r#"{"curr\u0065ncy":"\u0055SD","estimated_value":5e4,"n\u0061me":"\u0041cme \ud83d\ude80"}"#,
        ),
        (
            "leadlex/create-deal",
            r#"{"tags":["a\u0301","b"],"team_member_ids":[],"priority":"high","name":"Müller"}"#,
        ),
        (
            "slant/create-opportunity",
            r#"{"owner_id":"u1","target_close_date":"2026-06-\u0030\u0031T00:00:00Z","probability":75.0,"name":"A b"}"#,
        ),
        (
            "ruddr/create-opportunity-stage",
            r#"{"isActive":true,"opportunityPipelineId":"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b\u0032","statusId":"ope\u006e","probability":0.4500,"name":"Sent"}"#,
        ),
        (
            "ruddr/create-opportunity-stage/headers",
            r#"{"x-a":"1","x-b":"2","x-c":"3","AUTHORIZATION":"Bearer 3c1f0a9d5e7b4826b1d0c4f8a2e69573","Accept":"*/*"}"#,
        ),
        (
            "acme/create-deal",
            r#"{"attic":{"a":1,"b":[{}],"c":{"d":null}},"mood":"\u00e9\"x","wave":2.0,"fate":"brewing","handle":"Crane lease"}"#,
        ),
    ];
    for (id, text) in payloads {
        let contract = contract(id);
        let options = options(pipelint_tests::NOW);
        assert_eq!(
            allocations(contract, text.as_bytes(), &options),
            0,
            "{text}"
        );
    }
}

#[test]
fn a_checker_keeps_its_memory_after_a_fault() {
    let contract = contract("leadlex/create-deal");
    let options = options(pipelint_tests::NOW);
    let mut checker = Checker::new();
    let wrong = br#"{ "name": "", "probability": 120, "status": "paused", "x": [1,2,3,4] "#;
    assert!(!checker.check(contract, wrong, &options).is_ok());
    assert!(!checker.check(contract, b"\xff", &options).is_ok());
    let measured = allocation_counter::measure(|| {
        assert!(
            checker
                .check(contract, br#"{"name":"A"}"#, &options)
                .is_ok()
        );
        // Finding is cheap too; only words cost memory.
        assert!(!checker.check(contract, wrong, &options).is_ok());
    });
    assert_eq!(measured.count_total, 0);
}
