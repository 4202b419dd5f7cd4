//! Compares contracts that are compiled at run time with the crate jsonschema, on public schemas:
//!
//! `cargo run --release --features peers --bin schemas -- FOLDER [NAME]`
//!
//! Each folder in FOLDER has a `schema.json` and an `instances.jsonl`, one instance a line. Both
//! sides go from bytes to a verdict with a prepared schema. They run in turn, and the fastest of
//! several rounds counts.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use pipelint::compile::{CompileOptions, compile};
use pipelint::{Checker, Options};

const ROUNDS: usize = 30;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder of schemas")?;
    let only = std::env::args().nth(2);
    let mut folders: Vec<_> = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("schema.json").is_file())
        .filter(|path| only.as_deref().is_none_or(|only| path.ends_with(only)))
        .collect();
    folders.sort();
    println!(
        "| schema | instances | pipelint | jsonschema | ratio | compile | jsonschema | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut product = (1.0, 1.0);
    let mut slower = 0;
    for folder in &folders {
        let (ratio, compiled) = measure(folder)?;
        product = (product.0 * ratio, product.1 * compiled);
        slower += usize::from(ratio < 1.0);
    }
    let root = 1.0 / folders.len() as f64;
    println!(
        "geometric means: {:.2} times as fast, compiled in {:.2} of the time; slower on {slower} of {}",
        product.0.powf(root),
        1.0 / product.1.powf(root),
        folders.len()
    );
    Ok(())
}

fn measure(folder: &Path) -> Result<(f64, f64), Box<dyn Error>> {
    let schema = fs::read_to_string(folder.join("schema.json"))?;
    let instances = fs::read_to_string(folder.join("instances.jsonl"))?;
    let instances: Vec<&str> = instances.lines().filter(|line| !line.is_empty()).collect();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();

    let options = CompileOptions {
        formats: false,
        ..CompileOptions::default()
    };
    let ours = || compile(&schema, &options).map(|contract| contract.tables());
    let theirs = || {
        let value: serde_json::Value = serde_json::from_str(&schema).ok()?;
        jsonschema::options()
            .should_validate_formats(false)
            .build(&value)
            .ok()
    };
    let tables = ours().map_err(|error| format!("{name}: {error}"))?;
    let validator = theirs().ok_or_else(|| format!("{name}: jsonschema refuses the schema"))?;
    let contract = tables.contract();
    let now = "2026-03-01T12:00:00Z".parse::<pipelint::Instant>()?;
    let check_options = Options::at(now);
    let mut checker = Checker::new();
    for (line, instance) in instances.iter().enumerate() {
        let report = checker.check(contract, instance.as_bytes(), &check_options);
        let value: serde_json::Value = serde_json::from_str(instance)?;
        if report.is_ok() != validator.is_valid(&value) {
            eprintln!("{name}, line {}: the verdicts differ", line + 1);
            for one in report.diagnostics().take(3) {
                eprintln!(
                    "    {} at {}: {}",
                    one.rule().name,
                    one.pointer(),
                    one.message()
                );
            }
        }
    }
    let (check_ours, check_theirs) = best(
        || {
            for instance in &instances {
                black_box(
                    checker
                        .check(contract, instance.as_bytes(), &check_options)
                        .is_ok(),
                );
            }
        },
        || {
            for instance in &instances {
                let value = serde_json::from_str::<serde_json::Value>(instance);
                black_box(value.is_ok_and(|value| validator.is_valid(&value)));
            }
        },
    );
    let (compile_ours, compile_theirs) =
        best(|| drop(black_box(ours())), || drop(black_box(theirs())));
    let ratio = |ours: Duration, theirs: Duration| theirs.as_secs_f64() / ours.as_secs_f64();
    let (checks, compiles) = (
        ratio(check_ours, check_theirs),
        ratio(compile_ours, compile_theirs),
    );
    let each = |time: Duration| time / instances.len().max(1) as u32;
    println!(
        "| {name} | {} | {:?} | {:?} | {checks:.2} | {compile_ours:?} | {compile_theirs:?} | {compiles:.2} |",
        instances.len(),
        each(check_ours),
        each(check_theirs),
    );
    Ok((checks, compiles))
}

/// The shortest time of each, which run in turn.
fn best(mut first: impl FnMut(), mut second: impl FnMut()) -> (Duration, Duration) {
    let mut time = (Duration::MAX, Duration::MAX);
    let timed = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    for _ in 0..ROUNDS {
        time.0 = time.0.min(timed(&mut first));
        time.1 = time.1.min(timed(&mut second));
    }
    time
}
