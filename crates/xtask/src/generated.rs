//! The parts of the documents that are generated from the code.
//!
//! A part is the text between `<!-- generated: NAME -->` and `<!-- end: NAME -->`.

use pipelint::rules::{Fixes, Role, Rule};
use std::fmt::Write;
use std::fs;

use crate::run::{Outcome, cargo, root, run};

/// The documents with generated parts, and the parts that [`write`] renews in each. The parts that
/// a benchmark measures are written by [`put`].
const DOCUMENTS: [(&str, &[&str]); 2] = [
    ("README.md", &["example", "diff"]),
    ("docs/rules.md", &["rules"]),
];

/// Regenerates every generated file and part of a document.
pub(crate) fn write() -> Outcome {
    for (file, parts) in DOCUMENTS {
        let path = root().join(file);
        let text = fs::read_to_string(&path)?;
        fs::write(&path, renewed(file, text, parts)?)?;
    }
    // The JSON Schema of the configuration file is written by the test that compares it.
    run(cargo()
        .args(["test", "--quiet", "--package", "pipelint-config"])
        .args(["--test", "schema", "the_file_is_up_to_date"])
        .env("UPDATE", "1"))
}

/// Writes one part of a document that takes too long to be regenerated with the others.
pub(crate) fn put(file: &str, name: &str, part: &str) -> Outcome {
    let path = root().join(file);
    let text = fs::read_to_string(&path)?;
    fs::write(&path, replace(file, &text, name, part)?)?;
    Ok(())
}

/// Fails if a generated part differs from what would be written now.
pub(crate) fn check() -> Outcome {
    for (file, parts) in DOCUMENTS {
        let text = fs::read_to_string(root().join(file))?;
        if renewed(file, text.clone(), parts)? != text {
            return Err(format!("{file} is out of date: run `cargo xtask generate`").into());
        }
    }
    Ok(())
}

fn renewed(file: &str, mut text: String, parts: &[&str]) -> Outcome<String> {
    for name in parts {
        let part = match *name {
            "example" => example(&[])?,
            "diff" => example(&["--diff"])?,
            "rules" => rules(),
            _ => return Err(format!("nothing generates the part {name} of {file}").into()),
        };
        text = replace(file, &text, name, &part)?;
    }
    Ok(text)
}

fn replace(file: &str, text: &str, name: &str, part: &str) -> Outcome<String> {
    let (start, end) = (
        format!("<!-- generated: {name} -->"),
        format!("<!-- end: {name} -->"),
    );
    let missing = || format!("{file} has no part between {start} and {end}");
    let (before, rest) = text.split_once(&start).ok_or_else(missing)?;
    let (_, after) = rest.split_once(&end).ok_or_else(missing)?;
    Ok(format!("{before}{start}\n\n{part}\n{end}{after}"))
}

/// The output of the command line for a deal with faults.
fn example(flags: &[&str]) -> Outcome<String> {
    const NOW: [&str; 2] = ["--now", "2026-03-01T00:00:00Z"];
    let words = [&["check"], flags, &NOW, &["examples/leadlex-deal.json"]].concat();
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--package", "pipelint-cli", "--"])
        .args(&words);
    let output = command.output()?;
    if output.status.code() != Some(1) {
        return Err(format!(
            "the example of README.md does not run: {}",
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    let shown = String::from_utf8(output.stdout)?;
    Ok(format!(
        "```console\n$ pipelint {}\n{shown}```\n",
        words.join(" ")
    ))
}

/// The table of all rules.
fn rules() -> String {
    let mut table = String::from("| rule | severity | fix | what it flags |\n|---|---|---|---|\n");
    for rule in pipelint::rules::all() {
        let summary = summary(rule);
        let severity = match rule.role {
            Role::Advises(_) => "advice",
            _ => rule.severity.name(),
        };
        let fix = match rule.fixes {
            Fixes::None => "",
            Fixes::Safe => "safe",
            Fixes::Unsafe => "unsafe",
            Fixes::Either => "safe or unsafe",
        };
        let link = format!("../crates/core/src/rules/{}.md", file(rule.name));
        let _ = writeln!(
            table,
            "| [`{}`]({link}) | {severity} | {fix} | {summary} |",
            rule.name
        );
    }
    table
}

/// What a rule flags: the first sentence of its page.
pub(crate) fn summary(rule: &Rule) -> String {
    let page = rule.page.lines().skip(1).skip_while(|line| line.is_empty());
    let paragraph = page
        .take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let sentence = paragraph.split_inclusive(". ").next();
    sentence.unwrap_or_default().trim().to_owned()
}

/// The path of a rule's page without its extension: `schema/type` is `schema/type_`, because `type`
/// is a keyword of Rust.
pub(crate) fn file(rule: &str) -> String {
    let path = rule.replace('-', "_");
    match rule {
        "schema/type" | "schema/enum" | "schema/const" => path + "_",
        _ => path,
    }
}
