//! Runs the comparison with other crates, and writes its tables into docs/performance.md.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::generated;
use crate::run::{Outcome, run};

use super::{benches, build};

const SYSTEMS: [(&str, &str); 3] = [
    ("leadlex", "LeadLex"),
    ("slant", "Slant"),
    ("ruddr", "Ruddr"),
];

/// The name of a kind of payload in the table.
const KINDS: [(&str, &str); 8] = [
    ("sample", "the vendor's sample, as printed"),
    ("full", "every field, compact"),
    ("shuffled", "its keys in another order"),
    ("pretty", "indented"),
    ("escapes", "with escapes"),
    ("long", "with long texts"),
    ("minimal", "only what is required"),
    ("invalid", "six to eight faults, compact report"),
];

/// What is not raced by all ways.
const APART: [&str; 2] = ["messages", "reports"];

const OURS: &str = "**pipelint**, from bytes";
const OURS_TEXT: &str = "**pipelint**, from `&str`";

/// The lines that a bench prints: system, kind, way, and figures.
struct Figures {
    /// By system, kind and way.
    by: BTreeMap<(String, String, String), f64>,
    /// The ways, in their order.
    ways: Vec<String>,
}

impl Figures {
    fn read(text: &str) -> Outcome<Self> {
        let mut figures = Self {
            by: BTreeMap::new(),
            ways: Vec::new(),
        };
        for line in text.lines() {
            let mut parts = line.split('\t').map(str::to_owned);
            let (Some(system), Some(kind), Some(way), Some(figure)) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                return Err(format!("not a line of figures: {line}").into());
            };
            if !APART.contains(&kind.as_str()) && !figures.ways.contains(&way) {
                figures.ways.push(way.clone());
            }
            figures.by.insert((system, kind, way), figure.parse()?);
        }
        Ok(figures)
    }

    fn of(&self, system: &str, kind: &str, way: &str) -> Outcome<f64> {
        let key = (system.to_owned(), kind.to_owned(), way.to_owned());
        let figure = self.by.get(&key).copied();
        figure.ok_or_else(|| format!("no figure for {system}, {kind}, {way}").into())
    }
}

/// Runs all, and writes the tables.
pub(crate) fn peers() -> Outcome {
    let allocations = Figures::read(&output(&mut Command::new(build("allocations")?))?)?;
    let times = Figures::read(&output(&mut Command::new(build("compare")?))?)?;
    let tables = tables(&times, &allocations)?;
    println!("{tables}");
    generated::put("docs/performance.md", "peers", &tables)
}

fn output(command: &mut Command) -> Outcome<String> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!(
            "{command:?} failed: {}",
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn tables(times: &Figures, allocations: &Figures) -> Outcome<String> {
    let heads = SYSTEMS.map(|(_, name)| name).join(" | ");
    let mut text = format!(
        "| from bytes to verdict, a valid payload with every field | {heads} | allocations |\n|---|---:|---:|---:|---:|\n"
    );
    for way in &times.ways {
        write!(text, "| {way} |")?;
        for (system, _) in SYSTEMS {
            write!(text, " {:.2} |", times.of(system, "full", way)?)?;
        }
        writeln!(text, " {} |", allocations.of("leadlex", "full", way)?)?;
    }
    writeln!(
        text,
        "\nTimes as a multiple of the first row's, which judges nothing; allocations for LeadLex's.\n"
    )?;

    writeln!(
        text,
        "| **pipelint**, from bytes / from `&str` | {heads} |\n|---|---:|---:|---:|"
    )?;
    for (kind, name) in KINDS {
        write!(text, "| {name} |")?;
        for (system, _) in SYSTEMS {
            let (bytes, str) = (
                times.of(system, kind, OURS)?,
                times.of(system, kind, OURS_TEXT)?,
            );
            write!(text, " {bytes:.2} / {str:.2} |")?;
        }
        text.push('\n');
    }
    writeln!(
        text,
        "\nTimes as a multiple of what serde_json needs to skip the same payload.\n"
    )?;

    apart(
        times,
        "reports",
        "a report of **pipelint**, from bytes",
        &mut text,
    )?;
    writeln!(text, "\nTimes as a multiple of the first row's.\n")?;
    let title = "all messages on the payload with faults";
    apart(times, "messages", title, &mut text)?;
    writeln!(
        text,
        "\nTimes as a multiple of pipelint's.\n\n{}",
        versions()?
    )?;
    Ok(text)
}

/// Writes the table of one kind, from the fastest way to the slowest.
fn apart(times: &Figures, kind: &str, title: &str, text: &mut String) -> Outcome {
    let heads = SYSTEMS.map(|(_, name)| name).join(" | ");
    writeln!(text, "| {title} | {heads} |\n|---|---:|---:|---:|")?;
    let figures = times.by.iter();
    let mut ways: Vec<_> = figures
        .filter(|((system, own, _), _)| system == "leadlex" && own == kind)
        .map(|((_, _, way), figure)| (figure, way))
        .collect();
    ways.sort_by(|one, other| one.0.total_cmp(other.0));
    for (_, way) in ways {
        write!(text, "| {way} |")?;
        for (system, _) in SYSTEMS {
            write!(text, " {:.2} |", times.of(system, kind, way)?)?;
        }
        text.push('\n');
    }
    Ok(())
}

/// What was compared, and when.
fn versions() -> Outcome<String> {
    const CRATES: [&str; 9] = [
        "boon",
        "garde",
        "jiter",
        "jsonschema",
        "serde",
        "serde_json",
        "simd-json",
        "sonic-rs",
        "validator",
    ];
    let lock = fs::read_to_string(benches("Cargo.lock"))?;
    let mut versions = Vec::new();
    for name in CRATES {
        let after = lock
            .split(&format!("name = \"{name}\"\nversion = \""))
            .nth(1);
        let version = after.and_then(|rest| rest.split('"').next());
        versions.push(format!("{name} {}", version.unwrap_or("?")));
    }
    Ok(format!(
        "Measured on {} with {}.",
        super::today()?,
        versions.join(", ")
    ))
}

/// Tests what is compared: a way that takes anything would be fast.
pub(crate) fn test() -> Outcome {
    let mut command = crate::run::cargo();
    command
        .current_dir(benches(""))
        .env("CARGO_TARGET_DIR", benches("target"))
        .args(["test", "--quiet", "--lib", "--features", "peers"]);
    run(&mut command)
}
