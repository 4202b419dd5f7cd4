//! Times whole command lines on files of deals, each as its users would run it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::generated;
use crate::run::{Outcome, cargo, root, run};

use super::deals;

/// How many deals are in the file for the commands that take lines, and in the folder of files for
/// those that do not. With as many as the first, the others would take hours.
const LINES: u32 = 1_000_000;
const FILES: u32 = 10_000;

/// How often each command runs; the best counts.
const TIMES: u32 = 3;

const SCHEMA: &str = "schemas/leadlex/create-deal/request.schema.json";

/// One row of the table.
struct Row {
    name: String,
    how: &'static str,
    deals: u32,
    took: Duration,
}

impl Row {
    fn rate(&self) -> f64 {
        f64::from(self.deals) / self.took.as_secs_f64()
    }
}

/// Installs the others, times all, and writes the table of README.md.
pub(crate) fn command_lines() -> Outcome {
    let folder = root().join("target/command-lines");
    let tools = install(&folder)?;
    let lines = folder.join("deals.jsonl");
    deals(LINES, &lines)?;
    let (part, files) = (folder.join("part.jsonl"), folder.join("files"));
    deals(FILES, &part)?;
    let files = split(&part, &files)?;
    let schema = root().join(SCHEMA);

    let mut rows = Vec::new();
    let cores = std::thread::available_parallelism()?.get();
    for (how, jobs) in [("lines, one core", 1), ("lines, all cores", cores)] {
        let mut command = Command::new(&tools.pipelint);
        command
            .args([
                "check",
                "--now",
                "2026-01-15T00:00:00Z",
                "--payload",
                "leadlex/create-deal",
            ])
            .arg(format!("--jobs={jobs}"))
            .arg(&lines);
        rows.push(time("**pipelint**".to_owned(), how, LINES, &mut command)?);
    }
    let mut command = Command::new(&tools.sourcemeta);
    command
        .args(["validate", "--fast", "--format-assertion"])
        .arg(&schema)
        .arg(&lines);
    rows.push(time(
        npm(&folder, "@sourcemeta/jsonschema")?,
        "lines",
        LINES,
        &mut command,
    )?);
    let mut command = Command::new(&tools.jsonschema);
    command
        .args(["validate", "--assert-format", "--errors-only"])
        .arg(&schema);
    command.args(files.iter().flat_map(|file| [Path::new("-i"), file]));
    rows.push(time(
        said(&tools.jsonschema)?,
        "files",
        FILES,
        &mut command,
    )?);
    let mut command = Command::new(&tools.ajv);
    command
        .args([
            "validate",
            "--spec=draft2020",
            "--strict=false",
            "-c",
            "ajv-formats",
            "-s",
        ])
        .arg(&schema)
        .arg("-d")
        .arg(folder.join("files/*.json"));
    rows.push(time(
        npm(&folder, "ajv-cli")?,
        "files",
        FILES,
        &mut command,
    )?);
    let mut command = Command::new(&tools.check);
    command.arg("--schemafile").arg(&schema).args(&files);
    rows.push(time(said(&tools.check)?, "files", FILES, &mut command)?);

    let table = table(&rows, &super::today()?)?;
    println!("{table}");
    generated::put("command-lines", &table)
}

/// The programs.
struct Tools {
    pipelint: PathBuf,
    sourcemeta: PathBuf,
    jsonschema: PathBuf,
    ajv: PathBuf,
    check: PathBuf,
}

fn install(folder: &Path) -> Outcome<Tools> {
    run(cargo().args(["build", "--release", "--quiet", "--package", "pipelint-cli"]))?;
    let rust = folder.join("cargo");
    run(cargo()
        .args(["install", "--quiet", "--locked", "jsonschema-cli", "--root"])
        .arg(&rust)
        // So that it goes on where it was broken off.
        .env("CARGO_TARGET_DIR", folder.join("cargo-target")))?;
    let npm = folder.join("npm");
    fs::create_dir_all(&npm)?;
    run(Command::new("npm")
        .args(["install", "--no-fund", "--no-audit", "--prefix"])
        .arg(&npm)
        .args(["@sourcemeta/jsonschema", "ajv-cli", "ajv-formats"]))?;
    let venv = folder.join("venv");
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    run(Command::new(venv.join("bin/pip")).args(["install", "--quiet", "check-jsonschema"]))?;
    Ok(Tools {
        pipelint: root().join("target/release/pipelint"),
        sourcemeta: npm.join("node_modules/.bin/jsonschema"),
        jsonschema: rust.join("bin/jsonschema-cli"),
        ajv: npm.join("node_modules/.bin/ajv"),
        check: venv.join("bin/check-jsonschema"),
    })
}

/// Writes each line of a file into a file of its own; returns them all.
fn split(lines: &Path, folder: &Path) -> Outcome<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let text = fs::read_to_string(lines)?;
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            let file = folder.join(format!("{number:05}.json"));
            fs::write(&file, line)?;
            Ok(file)
        })
        .collect()
}

fn time(name: String, how: &'static str, deals: u32, command: &mut Command) -> Outcome<Row> {
    let mut took = Duration::MAX;
    for _ in 0..TIMES {
        let start = Instant::now();
        // A program that refuses a deal, or its arguments, has not done the work.
        let output = command.stdin(Stdio::null()).output()?;
        took = took.min(start.elapsed());
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said: String = said.chars().take(500).collect();
            return Err(format!("{name} failed: {}: {said}", output.status).into());
        }
    }
    eprintln!("{name}, {how}: {deals} deals in {took:?}");
    Ok(Row {
        name,
        how,
        deals,
        took,
    })
}

/// A package of npm with the version that is installed.
fn npm(folder: &Path, name: &str) -> Outcome<String> {
    let file = folder
        .join("npm/node_modules")
        .join(name)
        .join("package.json");
    let text = fs::read_to_string(file)?;
    let version = text
        .split("\"version\": \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    Ok(format!("{name} {}", version.unwrap_or_default()))
}

/// What a program says of itself: `name version`, or `name, version version`.
fn said(program: &Path) -> Outcome<String> {
    let output = Command::new(program).arg("--version").output()?;
    let said = String::from_utf8(output.stdout)?;
    let version = said.split_whitespace().last().unwrap_or_default();
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{name} {version}"))
}

fn table(rows: &[Row], today: &str) -> Outcome<String> {
    let yardstick = rows.first().map_or(f64::NAN, Row::rate);
    let mut table = String::from(
        "| command line | reads | deals | pipelint on one core is faster |\n|---|---|---:|---:|\n",
    );
    for row in rows {
        let times = yardstick / row.rate();
        let times = if times < 10.0 {
            format!("{times:.1} ×")
        } else {
            format!("{times:.0} ×")
        };
        writeln!(
            table,
            "| {} | {} | {} | {times} |",
            row.name, row.how, row.deals
        )?;
    }
    writeln!(
        table,
        "\nDeals a second, whole command, best of {TIMES} runs, {today}; all take the deals for valid. \
         Those that read no lines got {FILES} of the same deals as files."
    )?;
    Ok(table)
}
