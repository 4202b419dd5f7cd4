//! What callgrind counts: each case once, warm. `cargo xtask bench --instructions` runs this.
//!
//! The names of the cases are printed in the order in which `measured` is called.

use std::hint::black_box;

use pipelint::{Checker, RenderedDiagnostic};
use pipelint_benches::{SYSTEMS, options};
use serde::de::IgnoredAny;

fn main() {
    let (mut checker, mut words, options) =
        (Checker::new(), RenderedDiagnostic::default(), options());
    for system in &SYSTEMS {
        let contract = system.contract;
        for (kind, text) in system.valid() {
            count(system.name, kind, "serde_json skips", &mut || skip(text));
            count(system.name, kind, "from bytes", &mut || {
                black_box(
                    checker
                        .check(contract, black_box(text.as_bytes()), &options)
                        .is_ok(),
                );
            });
            count(system.name, kind, "from text", &mut || {
                black_box(
                    checker
                        .check_str(contract, black_box(text), &options)
                        .is_ok(),
                );
            });
        }
        let text = system.invalid;
        count(system.name, "invalid", "serde_json skips", &mut || {
            skip(text)
        });
        count(system.name, "invalid", "compact", &mut || {
            let report = checker.check(contract, black_box(text.as_bytes()), &options);
            black_box(report.is_ok());
        });
        count(system.name, "invalid", "rendered", &mut || {
            let report = checker.check(contract, black_box(text.as_bytes()), &options);
            for diagnostic in report.diagnostics() {
                diagnostic.render_into(&mut words);
                black_box((diagnostic.start(), diagnostic.end(), &words));
            }
        });
    }
}

/// The least that `serde_json` can do with a payload.
fn skip(text: &str) {
    black_box(serde_json::from_slice::<IgnoredAny>(black_box(text.as_bytes())).is_ok());
}

fn count(system: &str, kind: &str, way: &str, case: &mut dyn FnMut()) {
    // Buffers grow and lazy things are made before anything is counted.
    case();
    case();
    measured(case);
    println!("{system}, {kind}, {way}");
}

/// What callgrind is told to collect in.
#[inline(never)]
fn measured(case: &mut dyn FnMut()) {
    case();
    black_box(());
}
