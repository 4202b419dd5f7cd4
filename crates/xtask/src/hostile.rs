//! `cargo xtask hostile`: what hostile payloads cost the command line, in every output format.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{Outcome, cargo, root, run};

/// The sizes of a payload: each is twice the one before.
const SIZES: [usize; 3] = [48 << 10, 96 << 10, 192 << 10];
/// Large enough that the payload counts beside the 8 MiB that every check may take.
const LARGE: usize = 4 << 20;

/// Instructions may grow by this factor from one size to the next, in percent.
const GROWTH: u64 = 220;
/// Fewer instructions beyond those for an empty payload tell nothing.
const LEAST: u64 = 2_000_000;

const FORMATS: [&str; 9] = [
    "full",
    "concise",
    "json",
    "json-lines",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "markdown",
];

/// Checks the shapes whose names contain `filter`.
pub(crate) fn hostile(filter: &str) -> Outcome {
    run(cargo().args(["build", "--release", "--quiet", "-p", "pipelint-cli"]))?;
    run(cargo().args([
        "test",
        "--release",
        "--quiet",
        "-p",
        "pipelint-tests",
        "--test",
        "hostile",
        "--",
        "--include-ignored",
    ]))?;
    let folder = root().join("target/hostile");
    fs::create_dir_all(&folder)?;
    let mut faults = Vec::new();
    let empty = folder.join("empty.json");
    fs::write(&empty, "{\"name\":\"Acme\"}")?;
    for (payload, name) in shapes(&folder)? {
        if !name.contains(filter) {
            continue;
        }
        for format in FORMATS {
            let file = |size: usize| folder.join(format!("{name}-{size}.json"));
            let base = instructions(&payload, format, &empty)?;
            let mut counts = Vec::new();
            for size in SIZES {
                let all = instructions(&payload, format, &file(size))?;
                counts.push(all.saturating_sub(base));
            }
            let grows = |pair: &[u64]| match pair {
                [one, other] => *other > LEAST && other * 100 > one.max(&LEAST) * GROWTH,
                _ => false,
            };
            let too_fast = counts.windows(2).any(grows);
            let heap = heap(&payload, format, &file(LARGE))?;
            let length = fs::metadata(file(LARGE))?.len();
            // The check takes twice the size and 8 MiB; the program holds the payload itself,
            // and up to 4 MiB of what it writes.
            let too_large = heap > 3 * length + (12 << 20);
            let line =
                format!("{name}, {format}: {counts:?} instructions, {heap} bytes for {length}");
            println!("{line}");
            if too_fast || too_large {
                faults.push(line);
            }
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!("these cost too much:\n  {}", faults.join("\n  ")).into())
}

/// Writes the payloads; returns what each is checked as, and its name.
fn shapes(folder: &Path) -> Outcome<Vec<(String, String)>> {
    let output = cargo()
        .args(["run", "--quiet", "--release", "-p", "pipelint-tests"])
        .args(["--example", "hostile", "--"])
        .arg(folder)
        .args(SIZES.iter().chain([&LARGE]).map(ToString::to_string))
        .stderr(Stdio::inherit())
        .output()?;
    let lines = String::from_utf8(output.stdout)?;
    let pairs = lines.lines().filter_map(|line| line.split_once(' '));
    let pairs: Vec<_> = pairs
        .map(|(payload, name)| (payload.to_owned(), name.to_owned()))
        .collect();
    if pairs.is_empty() {
        return Err("no payloads were written".into());
    }
    Ok(pairs)
}

/// The command line under a tool of valgrind.
fn checked(tool: &[String], payload: &str, format: &str, file: &Path) -> Outcome {
    let status = Command::new("valgrind")
        .arg("--quiet")
        .args(tool)
        .arg(root().join("target/release/pipelint"))
        .args(["check", "--no-config", "--jobs", "1", "--payload", payload])
        .args(["--now", "2026-01-15T12:00:00Z"])
        .args(["--output-format", format])
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("valgrind cannot be started: {error}; install it, for instance with `apt-get install valgrind`"))?;
    match status.code() {
        Some(0 | 1) => Ok(()),
        _ => Err(format!("{}, {format}: {status}", file.display()).into()),
    }
}

fn out(name: &str) -> PathBuf {
    root().join("target/hostile").join(name)
}

/// The instructions of one run, all of the program's.
fn instructions(payload: &str, format: &str, file: &Path) -> Outcome<u64> {
    let to = out("callgrind.out");
    let tool = [
        "--tool=callgrind".to_owned(),
        format!("--callgrind-out-file={}", to.display()),
    ];
    checked(&tool, payload, format, file)?;
    let text = fs::read_to_string(&to)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(total.ok_or("callgrind gave no total")?.trim().parse()?)
}

/// The most bytes on the heap at one time.
fn heap(payload: &str, format: &str, file: &Path) -> Outcome<u64> {
    let to = out("massif.out");
    let tool = [
        "--tool=massif".to_owned(),
        "--peak-inaccuracy=0.5".to_owned(),
        format!("--massif-out-file={}", to.display()),
    ];
    checked(&tool, payload, format, file)?;
    let text = fs::read_to_string(&to)?;
    let bytes = text
        .lines()
        .filter_map(|line| line.strip_prefix("mem_heap_B="))
        .filter_map(|bytes| bytes.parse().ok());
    Ok(bytes.max().ok_or("massif gave no snapshot")?)
}
