//! `cargo xtask ready`: whether the tree can be handed on.

use crate::generated;
use crate::run::{Outcome, cargo, run, run_lines};

/// Checks format, lints, tests, documentation and generated files, and counts the tests.
pub(crate) fn ready() -> Outcome {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    generated::check()?;
    run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))?;
    let mut tests = Tests::default();
    // The same tree gives the same answer here; a plain `cargo test` tries other values each time.
    let mut test = cargo();
    test.args(["test", "--workspace", "--quiet"])
        .env("PROPTEST_RNG_SEED", "20261122");
    let tested = run_lines(&mut test, |line| tests.count(line));
    if tested.is_ok() {
        run(cargo()
            .args(["doc", "--workspace", "--no-deps", "--quiet"])
            // What is not published has no readers but ours.
            .args([
                "--exclude",
                "pipelint-tests",
                "--exclude",
                "acme",
                "--exclude",
                "xtask",
            ])
            .env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    println!(
        "\n{} passed, {} failed, {} skipped",
        tests.passed, tests.failed, tests.skipped
    );
    tested
}

/// How many tests ran, over all programs.
#[derive(Debug, Default)]
struct Tests {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Tests {
    /// Adds up a line such as `test result: ok. 5 passed; 0 failed; 1 ignored; …`.
    fn count(&mut self, line: &str) {
        let Some(counts) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in counts.split(['.', ';']) {
            let mut words = part.split_whitespace();
            if let (Some(Ok(number)), Some(what)) =
                (words.next().map(str::parse::<u64>), words.next())
            {
                match what {
                    "passed" => self.passed += number,
                    "failed" => self.failed += number,
                    "ignored" => self.skipped += number,
                    _ => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_add_up() {
        let mut tests = Tests::default();
        tests.count("test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s");
        tests.count("running 3 tests");
        tests.count(
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
        );
        assert_eq!((tests.passed, tests.failed, tests.skipped), (7, 1, 1));
    }
}
