//! Counts instructions with callgrind: the same on every run, whatever else the machine does.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::Outcome;

use super::{benches, build};

/// The figures to compare with.
const COMMITTED: &str = "instructions.txt";

/// A count that is higher by more percent than this is a regression.
const TOLERANCE: u64 = 3;

/// What the measured program says of the way in which `serde_json` skips a payload.
const YARDSTICK: &str = "serde_json skips";

/// Counts, shows, and compares with the committed figures, or commits these with `write`.
pub(crate) fn instructions(write: bool) -> Outcome {
    let counted = count(&build("instructions")?)?;
    let before = match fs::read_to_string(benches(COMMITTED)) {
        Ok(text) => read(&text)?,
        Err(_) if write => BTreeMap::new(),
        Err(error) => return Err(format!("benches/{COMMITTED}: {error}").into()),
    };
    let (table, worse) = compare(&counted, &before);
    print!("{table}");
    if write {
        let mut text = String::new();
        for (case, count) in counted.iter().filter(|(case, _)| !is_yardstick(case)) {
            writeln!(text, "{count:>8}  {case}")?;
        }
        fs::write(benches(COMMITTED), text)?;
        println!("\nwritten to benches/{COMMITTED}");
        return Ok(());
    }
    if worse.is_empty() {
        return Ok(());
    }
    Err(format!(
        "more instructions than benches/{COMMITTED} has, by over {TOLERANCE} %:\n  {}\n\
         If that is the price of something better, `cargo xtask bench --instructions --write` keeps it.",
        worse.join("\n  ")
    )
    .into())
}

/// The cases with their counts, in the order in which they ran.
fn count(program: &Path) -> Outcome<Vec<(String, u64)>> {
    let folder = benches("target/callgrind");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet"])
        .arg("--toggle-collect=instructions::measured")
        .arg("--dump-after=instructions::measured")
        .arg(format!("--callgrind-out-file={}", folder.join("part").display()))
        .arg(program)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("valgrind cannot be started: {error}; install it, for instance with `apt-get install valgrind`"))?;
    if !output.status.success() {
        return Err(format!("valgrind failed: {}", output.status).into());
    }
    let mut counted = Vec::new();
    for (index, case) in String::from_utf8(output.stdout)?.lines().enumerate() {
        // Each call is a part of its own, numbered from one.
        let part = fs::read_to_string(folder.join(format!("part.{}", index + 1)))?;
        let total = part
            .lines()
            .find_map(|line| line.strip_prefix("totals: "))
            .ok_or("callgrind gave no total")?;
        counted.push((case.to_owned(), total.trim().parse()?));
    }
    Ok(counted)
}

fn read(text: &str) -> Outcome<BTreeMap<String, u64>> {
    text.lines()
        .map(|line| {
            let (count, case) = line
                .trim_start()
                .split_once("  ")
                .ok_or_else(|| format!("benches/{COMMITTED}: not a count and a case: {line}"))?;
            Ok((case.to_owned(), count.parse()?))
        })
        .collect()
}

/// The table for people, and the cases that got worse.
fn compare(counted: &[(String, u64)], before: &BTreeMap<String, u64>) -> (String, Vec<String>) {
    let mut table = String::from("     now    before  change  × skipping  case\n");
    let mut worse = Vec::new();
    let mut skipping = None;
    for (case, now) in counted {
        if is_yardstick(case) {
            skipping = Some((payload(case), *now));
            continue;
        }
        let (shown, change) = if let Some(before) = before.get(case) {
            if now * 100 > before * (100 + TOLERANCE) {
                worse.push(format!("{case}: {before} → {now}"));
            }
            let change = ratio(*now, *before) - 1.0;
            (before.to_string(), format!("{:+.1} %", change * 100.0))
        } else {
            worse.push(format!("{case}: not known → {now}"));
            ("–".to_owned(), "–".to_owned())
        };
        let skipping = match skipping {
            Some((of, count)) if of == payload(case) => format!("{:.2}", ratio(*now, count)),
            _ => "–".to_owned(),
        };
        let _ = writeln!(
            table,
            "{now:>8}  {shown:>8}  {change:>6}  {skipping:>10}  {case}"
        );
    }
    (table, worse)
}

fn is_yardstick(case: &str) -> bool {
    case.ends_with(YARDSTICK)
}

/// The part of a case that names the payload.
fn payload(case: &str) -> &str {
    case.rsplit_once(", ").map_or(case, |(payload, _)| payload)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts of instructions are far below 2^53"
)]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(count: u64) -> Vec<(String, u64)> {
        vec![
            (format!("acme, full, {YARDSTICK}"), 500),
            ("acme, full, from bytes".to_owned(), count),
        ]
    }

    #[test]
    fn over_three_percent_is_worse() {
        let before = read("    1000  acme, full, from bytes\n").unwrap();
        let (table, worse) = compare(&counted(1030), &before);
        assert!(worse.is_empty(), "{worse:?}");
        assert!(table.contains("+3.0 %        2.06"), "{table}");
        assert_eq!(
            compare(&counted(1031), &before).1,
            ["acme, full, from bytes: 1000 → 1031"]
        );
        assert!(compare(&counted(1), &before).1.is_empty());
        // A case that nobody committed a figure for cannot pass unseen.
        assert_eq!(compare(&counted(1), &BTreeMap::new()).1.len(), 1);
    }

    #[test]
    fn what_is_no_figure_is_said() {
        assert!(read("many  acme\n").is_err());
        assert!(read("1000\n").is_err());
    }
}
