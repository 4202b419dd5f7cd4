//! `cargo xtask mutants`: whether the tests notice when a rule is wrong.

use crate::run::{Outcome, cargo};

/// How long a mutant may take, in seconds: a loop that no longer ends is noticed, too.
const TEST: &str = "--timeout=60";
const BUILD: &str = "--build-timeout=600";

/// Mutates the rules, one place at a time, with cargo-mutants. The quick tests, which are one
/// program, see nearly every mutant; all other tests are tried on what is left. What survives
/// stands in `mutants.out/missed.txt`. Further arguments go to cargo-mutants, such as
/// `--shard 1/8` or `--file '**/money/**'`.
pub(crate) fn mutants(further: &[&str]) -> Outcome {
    let quick = [
        "--test-package=pipelint-tests",
        "--",
        "--features=pipelint-tests/mutants",
        "--test=mutants",
    ];
    if pass(&[], further, &quick)? {
        return Ok(());
    }
    let all = [
        "--test-package=pipelint,pipelint-tests",
        "--",
        "--lib",
        "--tests",
    ];
    if pass(&["--iterate"], further, &all)? {
        Ok(())
    } else {
        Err("mutants survive: see mutants.out/missed.txt, and tests/MUTANTS.md for those that are known".into())
    }
}

/// Whether no mutant was missed.
fn pass(how: &[&str], further: &[&str], tests: &[&str]) -> Outcome<bool> {
    let mut command = cargo();
    command
        .args(["mutants", "--baseline=skip", TEST, BUILD])
        .args(how)
        .args(further)
        .args(tests)
        // The same mutants survive each time.
        .env("PROPTEST_RNG_SEED", "20261122");
    match command.status()?.code() {
        Some(0) => Ok(true),
        // Some were missed; some ran out of time.
        Some(2 | 3) => Ok(false),
        _ => Err("cargo-mutants failed; `cargo install cargo-mutants --locked` installs it".into()),
    }
}
