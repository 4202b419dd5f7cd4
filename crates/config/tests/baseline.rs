//! The baseline: what is known stays quiet, what is new does not.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use pipelint::contract::Meanings;
use pipelint::payloads::leadlex::create_deal::{HEADERS, REQUEST};
use pipelint::{Mask, Options, Report, check};
use pipelint_config::{Baseline, BaselineError, Config, Matcher, Settings};

fn options() -> Options {
    Options::at("2026-06-01T00:00:00Z".parse::<pipelint::Instant>().unwrap())
}

fn report<'t>(text: &'t str, options: &Options) -> Report<'t> {
    check(&REQUEST, text.as_bytes(), options)
}

fn baseline(records: &[&str]) -> Baseline {
    let mut baseline = Baseline::default();
    for record in records {
        baseline.add("deals.ndjson", &report(record, &options()));
    }
    baseline
}

/// The rules of what is new.
fn new(matcher: &mut Matcher, record: &str) -> Vec<&'static str> {
    let report = report(record, &options());
    report
        .diagnostics()
        .filter(|one| !matcher.knows("./deals.ndjson", one, &report))
        .map(|one| one.rule().name)
        .collect()
}

const LATE: &str = r#"{ "name": "Acme", "probability": 120 }"#;
const PAUSED: &str = r#"{ "name": "Bolt", "status": "paused" }"#;
const NAMELESS: &str = r#"{ "stage": "Lead" }"#;

#[test]
fn what_is_known_stays_quiet_wherever_it_stands() {
    let known = baseline(&[LATE, PAUSED, NAMELESS]);
    assert!(!known.is_empty());
    let mut matcher = known.matcher();
    // Other lines, another order.
    assert!(new(&mut matcher, "{\n\n\"stage\":\t\"Lead\" }").is_empty());
    assert!(new(&mut matcher, PAUSED).is_empty());
    assert!(new(&mut matcher, r#"{ "probability": 120, "name": "Acme 2" }"#).is_empty());
    assert_eq!(matcher.unused(), []);
}

#[test]
fn what_is_new_is_not_known() {
    let known = baseline(&[LATE]);
    let mut matcher = known.matcher();
    assert_eq!(
        new(&mut matcher, r#"{ "name": "A", "probability": 130 }"#).len(),
        1
    );
    assert_eq!(new(&mut matcher, PAUSED).len(), 1);
    assert_eq!(new(&mut matcher, LATE).len(), 0);
    assert_eq!(new(&mut matcher, LATE).len(), 1, "known once");
    let mut matcher = known.matcher();
    let other = report(LATE, &options());
    let one = other.diagnostics().next().unwrap();
    assert!(!matcher.knows("other.ndjson", &one, &other));
}

#[test]
fn entries_that_match_less_than_they_count_are_told() {
    let known = baseline(&[LATE, LATE, PAUSED]);
    let mut matcher = known.matcher();
    assert!(new(&mut matcher, LATE).is_empty());
    let unused = matcher.unused();
    let told: Vec<_> = unused
        .iter()
        .map(|one| (one.rule.as_str(), one.pointer.as_str(), one.count))
        .collect();
    assert_eq!(
        told,
        [
            ("schema/enum", "/status", 1),
            ("schema/maximum", "/probability", 1)
        ]
    );
}

#[test]
fn the_text_is_stable_and_comes_back() {
    let known = baseline(&[LATE, NAMELESS, PAUSED, LATE]);
    let text = known.to_text();
    assert_eq!(text, baseline(&[PAUSED, LATE, LATE, NAMELESS]).to_text());
    assert_eq!(Baseline::parse(&text).unwrap(), known);
    assert!(text.ends_with("}\n"));
    let maximum = known
        .entries()
        .into_iter()
        .find(|one| one.rule == "schema/maximum")
        .unwrap();
    assert_eq!((maximum.count, maximum.file.as_str()), (2, "deals.ndjson"));
    // Stored files depend on it.
    assert_eq!(maximum.fingerprint, "456fc3181822c68e");
}

#[test]
fn what_is_no_baseline_is_refused() {
    assert!(matches!(Baseline::parse("[]"), Err(BaselineError::Json(_))));
    let later = Baseline::parse(r#"{ "version": 2, "entries": [] }"#).unwrap_err();
    assert!(later.to_string().contains("format 2"));
    assert!(
        Baseline::parse(r#"{ "version": 1, "entries": [] }"#)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn another_key_at_the_same_place_is_new() {
    let leak = |key: &str| format!(r#"{{ "name": "Acme", "notes": "use {key} for it" }}"#);
    let (one, other) = ("wbk_4f9a8b7c6d5e4f3a2b1c", "wbk_0a1b2c3d4e5f6a7b8c9d");
    let known = baseline(&[&leak(one)]);
    let text = known.to_text();
    assert!(
        text.contains("text/credential") && !text.contains("4f9a8b"),
        "{text}"
    );
    let mut matcher = known.matcher();
    assert_eq!(new(&mut matcher, &leak(other)), ["text/credential"]);
    assert_eq!(new(&mut matcher, &leak(one)), Vec::<&str>::new());
    // No more than 20 bits of the key's hash are in the file.
    let entries = known.entries();
    let fingerprint = u64::from_str_radix(&entries[0].fingerprint, 16).unwrap();
    assert!(fingerprint < 1 << 20, "{fingerprint}");
}

#[test]
fn a_key_in_the_place_of_a_property_is_not_stored() {
    let payload = r#"{ "name": "Acme", "wbk_4f9a8b7c6d5e4f3a2b1c": 1 }"#;
    let text = baseline(&[payload]).to_text();
    assert!(text.contains("/***") && !text.contains("4f9a8b"), "{text}");
}

#[test]
fn secrets_leave_no_trace() {
    let mut fingerprints = Vec::new();
    for secret in ["111", "222"] {
        let headers = format!(r#"{{ "Authorization": "Bearer {secret}" }}"#);
        let headers = check(&HEADERS, headers.as_bytes(), &options());
        let deal =
            format!(r#"{{ "name": "Acme", "probability": {secret}, "status": "{secret}" }}"#);
        let mask = Mask::new(vec!["status".to_owned()], Meanings::PROBABILITY);
        let masked = options().with_mask(mask);
        let deal = report(&deal, &masked);
        assert_eq!(deal.len(), 2);
        let mut baseline = Baseline::default();
        baseline.add("headers.json", &headers);
        baseline.add("deal.json", &deal);
        fingerprints.push(baseline.to_text());
    }
    assert_eq!(fingerprints.first(), fingerprints.last());
}

#[test]
fn texts_that_are_no_json_can_be_known_too() {
    let known = baseline(&["{ \"name\": ", ""]);
    let mut matcher = known.matcher();
    assert!(new(&mut matcher, "{ \"name\": ").is_empty());
    assert!(new(&mut matcher, "").is_empty());
    assert_eq!(new(&mut matcher, "{ \"other\": ").len(), 1);
}

#[test]
fn a_baseline_counts_what_the_settings_let_through() {
    let config = Config::parse("rules = { schema = 'off' }", None).unwrap();
    let settings = Settings::of(&config, Path::new("")).unwrap();
    let options = settings
        .for_file(Path::new("deal.json"), options().now)
        .options;
    let mut baseline = Baseline::default();
    baseline.add("deal.json", &report(PAUSED, &options));
    assert!(baseline.is_empty());
}
