//! `pipelint payloads` and `pipelint rules`.

use std::io::{self, Write};
use std::path::Path;

use pipelint::rules::{Fixes, Role, Source};
use pipelint::{Rule, Severity, payloads, rules};
use pipelint_config::Config;
use pipelint_overlay::Keyword;
use serde_json::json;

use crate::args::ListFormat;
use crate::config::{Loaded, near};
use crate::error::CliError;
use crate::{CLEAN, explain};

/// Lists the payloads: the built-in ones, and those of the nearest configuration.
pub(crate) fn payloads(format: ListFormat, out: &mut dyn Write) -> Result<u8, CliError> {
    let loaded = Config::find(Path::new("."))
        .map(|file| Loaded::read(&near(&file), true))
        .transpose()?;
    let own = loaded.as_ref().map_or(&[][..], |loaded| &*loaded.own);
    let all = || payloads::ALL.iter().chain(own);
    let rows = all().map(|payload| {
        let what = format!(
            "{}: {} ({})",
            payload.system,
            payload.title,
            payload.part.name()
        );
        [payload.id.to_owned(), what]
    });
    let written = match format {
        ListFormat::Text => table(out, &rows.collect::<Vec<_>>()),
        ListFormat::Json => {
            let list = all().map(|payload| {
                json!({
                    "id": payload.id,
                    "operation": payload.operation,
                    "part": payload.part.name(),
                    "system": payload.system,
                    "title": payload.title,
                })
            });
            json_array(out, list)
        }
    };
    written.map_err(CliError::Write)?;
    Ok(CLEAN)
}

/// Prints the pages of all rules.
pub(crate) fn pages(out: &mut dyn Write) -> Result<u8, CliError> {
    for rule in rules::all() {
        writeln!(out, "{}", explain::page(rule)).map_err(CliError::Write)?;
    }
    Ok(CLEAN)
}

/// Lists the rules.
pub(crate) fn rules(format: ListFormat, out: &mut dyn Write) -> Result<u8, CliError> {
    let written = match format {
        ListFormat::Text => rule_table(rules::all(), [].iter(), out),
        ListFormat::Json => {
            let list = rules::all().map(|rule| {
                json!({
                    "name": rule.name,
                    "group": rule.group(),
                    "severity": rule.severity.name(),
                    "advice": matches!(rule.role, Role::Advises(_)),
                    "fixes": fixes(rule.fixes),
                    "summary": explain::summary(rule.page),
                    "source": match rule.source {
                        Source::Vendor => "the vendor's documentation",
                        Source::Standard(name) => name,
                        Source::Meaning => "pipelint",
                        Source::Policy => "the policy",
                    },
                    "since": rule.since,
                    "page": explain::page(rule),
                })
            });
            json_array(out, list)
        }
    };
    written.map_err(CliError::Write)?;
    Ok(CLEAN)
}

/// Lists rules, each with its severity, or that it is advice, and with what it flags; and those
/// of schemas of the policy.
pub(crate) fn rule_table(
    rules: impl Iterator<Item = &'static Rule>,
    schemas: impl Iterator<Item = &'static Keyword>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = rules.map(|rule| {
        let severity = match rule.role {
            Role::Advises(_) => "advice",
            _ => rule.severity.name(),
        };
        let summary = explain::summary(rule.page);
        [rule.name.to_owned(), severity.to_owned(), summary]
    });
    let schemas = schemas.map(|keyword| {
        let severity = Severity::Error.name();
        [keyword.rule, severity, keyword.about].map(str::to_owned)
    });
    table(out, &rows.chain(schemas).collect::<Vec<_>>())
}

/// The words for the fixes that a rule offers.
fn fixes(fixes: Fixes) -> &'static [&'static str] {
    match fixes {
        Fixes::None => &[],
        Fixes::Safe => &["safe"],
        Fixes::Unsafe => &["unsafe"],
        Fixes::Either => &["safe", "unsafe"],
    }
}

/// Writes columns as wide as their widest cell, the last as it is.
fn table<const N: usize>(out: &mut dyn Write, rows: &[[String; N]]) -> io::Result<()> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in rows {
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            if column + 1 == N {
                writeln!(out, "{cell}")?;
            } else {
                write!(out, "{cell:width$}  ")?;
            }
        }
    }
    Ok(())
}

/// Writes a JSON array, one item a line.
fn json_array(
    out: &mut dyn Write,
    items: impl Iterator<Item = serde_json::Value>,
) -> io::Result<()> {
    let mut before = "[\n  ";
    for item in items {
        out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut *out, &item)?;
        before = ",\n  ";
    }
    out.write_all(b"\n]\n")
}
