//! `cargo xtask ready`: every check of CI.

use std::process::Command;

use crate::generated;
use crate::run::{Outcome, cargo, root, run, run_lines};
use crate::tally::Tests;
use crate::{vscode, wasm};

/// Checks format, lints, tests, documentation, generated files and the npm package, and counts the
/// tests.
pub(crate) fn ready() -> Outcome {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    spelling()?;
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
    let packaged = tested.and_then(|()| package(&mut tests));
    println!("\n{tests}");
    packaged
}

/// Checks the spelling, where `typos` is installed.
fn spelling() -> Outcome {
    let mut typos = Command::new("typos");
    typos.current_dir(root());
    if Command::new("typos").arg("--version").output().is_ok() {
        return run(&mut typos);
    }
    println!("The spelling is not checked: `cargo install typos-cli` installs what it takes");
    Ok(())
}

/// Builds and tests the npm package. Where a tool for that is missing and cannot be installed, all
/// of it counts as one test that is skipped.
fn package(tests: &mut Tests) -> Outcome {
    let Some(missing) = wasm::missing() else {
        wasm::test(tests)?;
        return vscode::test(tests);
    };
    println!("\nThe npm package is not built: {missing}");
    tests.skipped += 1;
    Ok(())
}
