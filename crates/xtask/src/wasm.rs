//! `cargo xtask wasm`: builds the WebAssembly module and the npm package.

mod bindings;
mod toolchain;
mod types;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, cargo, root, run, run_lines};
use crate::tally::Tests;

#[cfg(feature = "bindgen")]
pub(crate) use bindings::make as bindgen;

/// Builds the WebAssembly module, its bindings and the npm package.
pub(crate) fn build() -> Outcome {
    install(&package())?;
    let module = toolchain::build()?;
    let generated = package().join("src/generated");
    fs::create_dir_all(&generated)?;
    bind(&module, &generated)?;
    optimise(
        &generated.join("pipelint_bg.wasm"),
        &generated.join("pipelint.wasm"),
    )?;
    types::write(&generated)?;
    run(npm().args(["run", "--silent", "build"]))
}

/// Builds the package, tests it, and checks what would be published.
pub(crate) fn test(tests: &mut Tests) -> Outcome {
    build()?;
    toolchain::browser()?;
    let script = |name: &str| {
        let mut npm = npm();
        npm.args(["run", "--silent", name]);
        npm
    };
    run(&mut script("types"))?;
    // Colours would separate a count from its word.
    run_lines(script("test").env("NO_COLOR", "1"), |line| {
        tests.count(line);
    })?;
    run(&mut script("size"))?;
    run(&mut script("contents"))
}

/// What is missing for tests in a browser and cannot be installed automatically, in a sentence.
pub(crate) fn missing_browser() -> Option<String> {
    toolchain::missing_browser()
}

/// What is missing for the package and cannot be installed automatically, in a sentence.
pub(crate) fn missing() -> Option<String> {
    if node_version() < Some(20) {
        let sentence = "it needs Node 20 or newer with npm: install `nodejs` and `npm`";
        return Some(sentence.to_owned());
    }
    toolchain::missing().or_else(toolchain::missing_browser)
}

/// The first number of Node's version, if Node and npm are there.
fn node_version() -> Option<u32> {
    let version = |program: &str| {
        let output = Command::new(program).arg("--version").output().ok()?;
        String::from_utf8(output.stdout).ok()
    };
    version("npm")?;
    let node = version("node")?;
    node.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// The folder of the npm package.
fn package() -> PathBuf {
    root().join("pkg")
}

fn npm() -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(package());
    npm
}

/// Installs the packages that the lock file of `folder` names, unless they are installed.
pub(crate) fn install(folder: &Path) -> Outcome {
    let changed = |path: &str| fs::metadata(folder.join(path))?.modified();
    if let (Ok(lock), Ok(installed)) = (
        changed("package-lock.json"),
        changed("node_modules/.package-lock.json"),
    ) && lock <= installed
    {
        return Ok(());
    }
    run(npm()
        .current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"]))
    .map_err(|error| format!("{error}; the package needs Node 20 or newer with npm").into())
}

/// Writes the bindings with wasm-bindgen at the version that Cargo.lock names.
///
/// It is a large dependency and therefore an optional feature; this program runs itself again with it.
fn bind(module: &Path, generated: &Path) -> Outcome {
    run(cargo()
        .args([
            "run",
            "--quiet",
            "--package",
            "xtask",
            "--features",
            "bindgen",
            "--",
            "bindgen",
        ])
        .arg(module)
        .arg(generated))
}

/// Shrinks the module with wasm-opt of the npm package `binaryen`.
fn optimise(from: &Path, to: &Path) -> Outcome {
    // A second round of Binaryen still shrinks the result of the first.
    run(Command::new("node")
        .arg(package().join("node_modules/binaryen/bin/wasm-opt"))
        .args([
            "-Oz",
            "--converge",
            // The lowest KiB of the memory is never addressed: the stack ends above it.
            "--low-memory-unused",
            // A call compresses better than the inlined function, a repeated expression better than
            // a variable, and one data segment better than many with gaps.
            "--always-inline-max-function-size=0",
            "--one-caller-inline-max-function-size=0",
            "--skip-pass=local-cse",
            "--skip-pass=memory-packing",
            // Flatten nested expressions, rebuild the control flow, and shrink the result again.
            "--flatten",
            "--rereloop",
            "-Oz",
            "-Oz",
            "--reorder-locals",
            // Functions that are called often get short numbers.
            "--reorder-functions",
            "--strip-debug",
            "--strip-producers",
            "--strip-target-features",
        ])
        .args([
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
            "--enable-sign-ext",
        ])
        .args(["--enable-mutable-globals", "--enable-multivalue"])
        .arg(from)
        .arg("-o")
        .arg(to))?;
    fs::remove_file(from)?;
    Ok(())
}
