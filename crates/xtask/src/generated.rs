//! The parts of README.md that are written from the code.
//!
//! A part stands between `<!-- generated: name -->` and `<!-- end: name -->`.

use pipelint::rules::{Fixes, Role};
use std::fmt::Write;
use std::fs;

use crate::run::{Outcome, cargo, root};

/// Writes the generated parts anew.
pub(crate) fn write() -> Outcome {
    let file = root().join("README.md");
    let text = fs::read_to_string(&file)?;
    fs::write(&file, renewed(&text)?)?;
    Ok(())
}

/// Writes one part that takes too long to be written with the others.
pub(crate) fn put(name: &str, part: &str) -> Outcome {
    let file = root().join("README.md");
    let text = fs::read_to_string(&file)?;
    fs::write(&file, replace(&text, name, part)?)?;
    Ok(())
}

/// Fails if a generated part is not what would be written now.
pub(crate) fn check() -> Outcome {
    let text = fs::read_to_string(root().join("README.md"))?;
    if renewed(&text)? == text {
        Ok(())
    } else {
        Err("README.md is behind the code: run `cargo xtask generate`".into())
    }
}

fn renewed(text: &str) -> Outcome<String> {
    let text = replace(text, "example", &example(&[])?)?;
    let text = replace(&text, "diff", &example(&["--diff"])?)?;
    replace(&text, "rules", &rules())
}

fn replace(text: &str, name: &str, part: &str) -> Outcome<String> {
    let (start, end) = (
        format!("<!-- generated: {name} -->"),
        format!("<!-- end: {name} -->"),
    );
    let missing = || format!("README.md has no part between {start} and {end}");
    let (before, rest) = text.split_once(&start).ok_or_else(missing)?;
    let (_, behind) = rest.split_once(&end).ok_or_else(missing)?;
    Ok(format!("{before}{start}\n\n{part}\n{end}{behind}"))
}

/// What the command line says of a wrong deal.
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
            "the example of README.md cannot be run: {}",
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
        let page = rule.page.lines().skip(1).skip_while(|line| line.is_empty());
        let summary = page
            .take_while(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let summary = summary
            .split_inclusive(". ")
            .next()
            .unwrap_or_default()
            .trim();
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
        let link = format!("crates/core/src/rules/{}.md", file(rule.name));
        let _ = writeln!(
            table,
            "| [`{}`]({link}) | {severity} | {fix} | {summary} |",
            rule.name
        );
    }
    table
}

/// The path of a rule's page without its ending: `schema/type` is `schema/type_`, since `type` is
/// a word of the language.
fn file(rule: &str) -> String {
    let path = rule.replace('-', "_");
    match rule {
        "schema/type" | "schema/enum" | "schema/const" => path + "_",
        _ => path,
    }
}
