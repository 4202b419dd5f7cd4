//! Fixes come to an end, and leave a payload no worse than it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pipelint::{Applicability, Options, Report, Severity, check, fix, payloads};
use serde_json::Value;

fn errors(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let errors = report.diagnostics();
    let errors = errors.filter(|one| one.severity() == Severity::Error);
    errors.map(|one| (one.rule().name, one.pointer())).collect()
}

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let contract = payloads::ALL[usize::from(*choice) % payloads::ALL.len()];
    let options = Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap());
    let _ = fix::apply_fixes(contract, bytes, &options, Applicability::Unsafe);
    let Some(mended) = fix::apply_fixes(contract, bytes, &options, Applicability::Safe) else {
        return;
    };
    let text = mended.text;
    let again = fix::apply_fixes(contract, text.as_bytes(), &options, Applicability::Safe);
    assert!(again.is_none(), "mended again: {text}");
    // What is not JSON has other faults that nobody sees before it is fixed.
    if serde_json::from_slice::<Value>(bytes).is_err() {
        return;
    }
    assert!(serde_json::from_str::<Value>(&text).is_ok(), "no JSON any more: {text}");
    let mut known = errors(&check(contract, bytes, &options));
    for error in errors(&check(contract, text.as_bytes(), &options)) {
        let place = known.iter().position(|one| *one == error);
        known.swap_remove(place.unwrap_or_else(|| panic!("brings {error:?}: {text}")));
    }
});
