//! Ordinary values call no rule.

use crate::contract::Contract;
use crate::payloads::{leadlex, ruddr, slant};
use crate::{Checker, Options};

use super::classify::{LONG, has_long_run};

/// Whether the payload was beyond doubt once it was read.
fn is_quiet(contract: &'static Contract<'static>, payload: &str) -> bool {
    let now: crate::Instant = "2026-01-15T12:00:00Z".parse().unwrap();
    let mut checker = Checker::new();
    checker.is_quiet(contract, payload.as_bytes(), &Options::at(now))
}

#[test]
fn ordinary_values_call_no_rule() {
    let deal = &leadlex::create_deal::REQUEST;
    let mut loud = Vec::new();
    for members in [
        // Letters outside ASCII, and escapes that stand for nothing odd.
        r#""notes": "Müller & Söhne, “so”, 東京, 🎉""#,
        r#""notes": "a \"quote\", a \\ and \u00fc in it""#,
        r#""notes": "one line\nand two,\tand three\r\nand four""#,
        r#""stage": "Qualification""#,
        r#""stage": "Über""#,
        r#""notes": "A sentence of words that are of a length as is usual in prose.""#,
        r#""contact_id": "contact-001", "owner_id": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2""#,
        r#""estimated_value": 125000, "currency": "EUR", "probability": 75"#,
        r#""follow_up_date": "2026-05-01", "status": "active""#,
        r#""status": "lost", "probability": 0"#,
    ] {
        let payload = format!("{{\"name\": \"Acme\", {members}}}");
        if !is_quiet(deal, &payload) {
            loud.push(payload);
        }
    }
    assert!(loud.is_empty(), "{loud:#?}");
    for (contract, payload) in [
        (
            &slant::create_opportunity::REQUEST,
            r#"{"name": "Acme", "value": 500000, "target_close_date": "2026-06-01T00:00:00Z", "probability": 40}"#,
        ),
        (
            &ruddr::create_opportunity_stage::REQUEST,
            r#"{"name": "Offer", "probability": 0.4567, "statusId": "open",
                "opportunityPipelineId": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2"}"#,
        ),
        (
            &leadlex::create_deal::HEADERS,
            r#"{"Content-Type": "application/json"}"#,
        ),
    ] {
        if contract.part == crate::contract::Part::Headers {
            // A credential is looked at closely each time.
            assert!(!is_quiet(contract, payload), "{payload}");
        } else {
            assert!(is_quiet(contract, payload), "{payload}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn long_runs_are_found(pieces in proptest::collection::vec((0..24_usize, 0..4_usize), 0..8)) {
        let mut text = Vec::new();
        for (letters, spaces) in pieces {
            text.extend(std::iter::repeat_n(b'!', letters));
            text.extend(std::iter::repeat_n(b' ', spaces));
        }
        let found = text.split(|byte| *byte == b' ').any(|run| run.len() >= LONG);
        proptest::prop_assert_eq!(has_long_run(&text), found);
    }
}
