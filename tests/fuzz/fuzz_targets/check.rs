//! Checking never panics, and whatever is said of a payload is about the payload.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pipelint::{Checker, Options, check, payloads};

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let contract = payloads::ALL[usize::from(*choice) % payloads::ALL.len()];
    let options = Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap());
    let report = check(contract, bytes, &options);
    let mut before = 0;
    for diagnostic in report.diagnostics() {
        let span = diagnostic.span();
        assert!(before <= span.start && span.start <= span.end && span.end <= bytes.len());
        before = span.start;
        let said = diagnostic.explain();
        assert!(!said.message.is_empty());
        assert!(diagnostic.start() <= diagnostic.end());
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            let mut at = 0;
            for edit in said.fix.iter().flat_map(|fix| &fix.edits) {
                let (start, end) = (edit.start as usize, edit.end as usize);
                assert!(at <= start && start <= end && text.get(start..end).is_some());
                at = end;
            }
        }
    }
    // A checker that was used before says the same.
    let mut checker = Checker::new();
    let _ = checker.check(contract, b"{\"name\": \"A\", \"tags\": [[[1", &options);
    let again = checker.check(contract, bytes, &options);
    let rules = |report: &pipelint::Report<'_>| -> Vec<_> {
        let found = report.diagnostics();
        found.map(|one| (one.rule().name, one.span())).collect()
    };
    assert_eq!(rules(&report), rules(&again));
});
