//! Hostile payloads cost no more time and memory than their size explains.
//!
//! `cargo xtask hostile` counts instructions, in every output format; here time is measured, with room
//! for the noise of a busy machine.

use std::time::{Duration, Instant};

use pipelint::{Options, RenderedDiagnostic, check};
use pipelint_tests::hostile::{SHAPES, Shape};
use pipelint_tests::{contract, options};

/// Checks a payload and renders its report; returns the number of diagnostics.
fn work(shape: &Shape, payload: &str, options: &Options) -> usize {
    let report = check(contract(shape.payload), payload.as_bytes(), options);
    let mut rendered = RenderedDiagnostic::default();
    let mut bytes = 0;
    for diagnostic in report.diagnostics() {
        diagnostic.render_into(&mut rendered);
        bytes += rendered.texts().0.len() + diagnostic.start().line as usize;
        bytes += usize::from(diagnostic.is_secret());
    }
    bytes += report.secrets().len();
    assert!(bytes < 4 << 20, "{}: messages of {bytes} bytes", shape.name);
    report.len()
}

#[test]
fn time_grows_with_the_size_and_not_with_its_square() {
    const SMALL: usize = 16 << 10;
    const TIMES: u32 = 16;
    let options = options(pipelint_tests::NOW);
    for shape in SHAPES {
        let least = |size, tries: u32| {
            let payload = (shape.make)(size);
            let once = || {
                let start = Instant::now();
                work(shape, &payload, &options);
                start.elapsed()
            };
            (0..tries).map(|_| once()).min().unwrap()
        };
        let small = least(SMALL, 5);
        // Four times in proportion: a square would be sixteen times.
        let allowed = small * 4 * TIMES + Duration::from_millis(40);
        let mut large = Duration::MAX;
        // Other programs can only make it slower: one good run of many is enough.
        for _ in 0..60 {
            large = large.min(least(SMALL * TIMES as usize, 1));
            if large <= allowed {
                break;
            }
        }
        assert!(
            large <= allowed,
            "{}: {small:?} for {SMALL} bytes, and {large:?} for {TIMES} times as many",
            shape.name
        );
    }
}

/// The payloads of about that size whose check takes more memory than it may.
fn too_much_memory(size: usize) -> Vec<String> {
    let options = options(pipelint_tests::NOW);
    let measured = |shape: &Shape| {
        let payload = (shape.make)(size);
        let measured = allocation_counter::measure(|| {
            work(shape, &payload, &options);
        });
        let (needed, length) = (measured.bytes_max, payload.len() as u64);
        let allowed = 2 * length + (8 << 20);
        (needed > allowed).then(|| format!("{}: {needed} bytes for {length}", shape.name))
    };
    SHAPES.iter().filter_map(measured).collect()
}

#[test]
fn memory_is_at_most_twice_the_size_and_8_mib() {
    for size in [300 << 10, 1 << 20] {
        assert_eq!(too_much_memory(size), Vec::<String>::new());
    }
}

#[test]
#[ignore = "takes a minute without optimisation; `cargo xtask hostile` runs it"]
fn memory_is_at_most_twice_the_size_and_8_mib_at_the_limit_of_size() {
    for size in [4 << 20, (8 << 20) - 1024] {
        assert_eq!(too_much_memory(size), Vec::<String>::new());
    }
}

#[test]
fn findings_beyond_the_limit_are_counted() {
    let payload = format!(r#"{{"name":"Acme","tags":[{}"vip"]}}"#, "1,".repeat(20_000));
    let mut options = options(pipelint_tests::NOW);
    let report = check(
        contract("leadlex/create-deal"),
        payload.as_bytes(),
        &options,
    );
    assert_eq!(report.len(), 501);
    let last = report.diagnostics().last().unwrap();
    assert_eq!(last.rule().name, "json/too-many-diagnostics");
    assert!(last.message().contains("19500"), "{}", last.message());
    let pointers: Vec<String> = report.diagnostics().map(|one| one.pointer()).collect();
    assert_eq!(pointers[..2], ["/tags/0", "/tags/1"]);
    assert_eq!(pointers[499], "/tags/499");

    // A rule that is switched off hides no other one, and is not counted.
    let type_ = pipelint::rules::by_name("schema/type").unwrap();
    options.levels.set(type_, pipelint::Level::Off);
    let payload = payload.replace("\"vip\"", "\"vip\",\"vip\"");
    let report = check(
        contract("leadlex/create-deal"),
        payload.as_bytes(),
        &options,
    );
    let rules: Vec<&str> = report.diagnostics().map(|one| one.rule().name).collect();
    assert_eq!(rules, ["tags/repeated"]);
}

#[test]
fn candidates_that_are_not_kept_are_judged_all_the_same() {
    // More than are kept, of every kind: values, unknown keys, lists, and what is missing.
    let blank = "\"\",".repeat(40_000);
    let payload = format!(
        r#"{{"tags":[{blank}"vip","vip"],"stagee":1,"notes":" x ","currency":"usd","estimated_value":1,"probability":101}}"#
    );
    let mut options = options(pipelint_tests::NOW);
    options.limits.diagnostics = 50_000;
    let report = check(
        contract("leadlex/create-deal"),
        payload.as_bytes(),
        &options,
    );
    let mut rules: Vec<&str> = report.diagnostics().map(|one| one.rule().name).collect();
    assert_eq!(
        rules.iter().filter(|rule| **rule == "tags/blank").count(),
        40_000
    );
    rules.retain(|rule| *rule != "tags/blank");
    let short = payload.replace(&blank, "");
    let report = check(contract("leadlex/create-deal"), short.as_bytes(), &options);
    let expected: Vec<&str> = report.diagnostics().map(|one| one.rule().name).collect();
    assert_eq!(rules, expected);
    assert!(expected.len() > 4, "{expected:?}");
}

#[test]
fn a_payload_of_too_many_values_is_refused_as_too_large() {
    let check = |items: usize| {
        let payload = format!(r#"{{"name":"Acme","x":[{}1]}}"#, "1,".repeat(items));
        let report = check(
            contract("leadlex/create-deal"),
            payload.as_bytes(),
            &options(pipelint_tests::NOW),
        );
        let rules: Vec<String> = report
            .diagnostics()
            .map(|one| format!("{}: {}", one.rule().name, one.message()))
            .collect();
        rules.concat()
    };
    assert!(check(150_000).starts_with("schema/unknown-property"));
    let many = check(1_000_000);
    assert!(
        many.starts_with("json/too-large: the payload has too many values"),
        "{many}"
    );
}

#[test]
fn keys_of_any_length_leave_messages_and_pointers_short() {
    let key = "k".repeat(100_000);
    let payload = format!(r#"{{"name":"Acme","{key}":{{"{key}":[{{"a":1,"a":2}}]}}}}"#);
    let report = check(
        contract("leadlex/create-deal"),
        payload.as_bytes(),
        &options(pipelint_tests::NOW),
    );
    for diagnostic in report.diagnostics() {
        assert!(diagnostic.pointer().len() < 1000);
        assert!(diagnostic.message().len() < 1000);
        assert!(diagnostic.pointer().contains("kkk…"));
    }
    assert_eq!(report.len(), 2);
}
