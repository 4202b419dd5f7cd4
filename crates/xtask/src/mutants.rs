//! `cargo xtask mutants`: tests whether the tests notice a wrong rule.

use std::fs;

use crate::run::{Outcome, cargo, root};

/// How long a mutant may take, in seconds: a loop that no longer ends is noticed, too.
const TEST: &str = "--timeout=60";
const BUILD: &str = "--build-timeout=600";

/// Mutates the rules, one place at a time, with cargo-mutants. The quick tests, which are one
/// program, see nearly every mutant; all other tests are tried on what is left. What survives
/// is in `mutants.out/missed.txt`. Further arguments go to cargo-mutants, such as
/// `--shard 1/8 --sharding round-robin`, a sample of all rules, or `--file '**/money/**'`.
pub(crate) fn mutants(further: &[&str]) -> Outcome {
    let quick = [
        "--test-package=pipelint-tests",
        "--",
        "--features=pipelint-tests/mutants",
        "--test=mutants",
    ];
    let further: Vec<_> = further
        .iter()
        .map(|argument| (*argument).to_owned())
        .collect();
    if pass(&further, &quick)? {
        return Ok(());
    }
    let missed = fs::read_to_string(root().join("mutants.out/missed.txt"))?;
    let missed: Vec<_> = missed.lines().map(exactly).collect();
    if missed.is_empty() {
        // Some ran out of time, which is noticed, too.
        return Ok(());
    }
    let all = [
        "--test-package=pipelint,pipelint-tests",
        "--",
        "--lib",
        "--tests",
    ];
    if pass(&missed, &all)? {
        Ok(())
    } else {
        Err("mutants survive: see mutants.out/missed.txt, and tests/MUTANTS.md for those that are known".into())
    }
}

/// The argument that picks the mutant of that name, and no other.
fn exactly(name: &str) -> String {
    let mut pattern = String::from("--re=^");
    for character in name.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('$');
    pattern
}

/// Whether no mutant was missed.
fn pass(which: &[String], tests: &[&str]) -> Outcome<bool> {
    let mut command = cargo();
    command
        .args(["mutants", "--baseline=skip", TEST, BUILD])
        .args(which)
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

#[cfg(test)]
mod tests {
    #[test]
    fn a_mutant_is_picked_by_its_name() {
        let name = "src/rules/calls.rs:76:9: replace + with |= in <impl Iterator for Bits>::next";
        let expected = r"--re=^src/rules/calls\.rs:76:9: replace \+ with \|= in <impl Iterator for Bits>::next$";
        assert_eq!(super::exactly(name), expected);
    }
}
