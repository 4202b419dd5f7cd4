//! The forms in which findings are written.

mod concise;
mod full;
mod json;
mod shown;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use pipelint::Severity;

use crate::args::OutputFormat;
use crate::findings::Findings;
use crate::tally::Tally;

/// Where a payload was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) file: &'a str,
    /// The line of an input with one payload a line, from 1.
    pub(crate) record: Option<u64>,
    /// The least severity that makes the check fail.
    pub(crate) fail_on: Severity,
}

impl At<'_> {
    /// The line in the file of a line of the payload.
    fn line(self, line: u32) -> u64 {
        self.record
            .map_or(u64::from(line), |record| record + u64::from(line) - 1)
    }
}

/// Writes findings as they come.
pub(crate) trait Renderer {
    /// What stands before all findings.
    fn start(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// The findings in one payload; there is at least one.
    fn report(&mut self, out: &mut dyn Write, at: At<'_>, found: &Findings<'_>) -> io::Result<()>;

    /// What stands behind all findings.
    fn finish(&mut self, _out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

/// The renderer of that name.
pub(crate) fn renderer(format: OutputFormat, paint: bool, width: usize) -> Box<dyn Renderer> {
    match format {
        OutputFormat::Full => Box::new(full::Full { paint, width }),
        OutputFormat::Concise => Box::new(concise::Concise { paint }),
        OutputFormat::Json => Box::new(json::Document::default()),
        OutputFormat::JsonLines => Box::new(json::Lines),
    }
}

/// Characters that would steer the terminal, shown by pictures.
pub(crate) fn visible(text: &str) -> String {
    shown::name(text)
}

/// The line that sums up.
pub(crate) fn sum(tally: &Tally) -> String {
    let payloads = |count| counted(count, "payload", "payloads");
    let fixed = tally.fixed.filter(|fixed| *fixed > 0);
    let left = if fixed.is_some() { " left" } else { "" };
    let mut sum = if tally.payloads == 0 {
        "nothing was checked".to_owned()
    } else if tally.faulty == 0 {
        let found = if fixed.is_some() { left } else { " found" };
        format!("nothing{found} in {}", payloads(tally.payloads))
    } else {
        let found: Vec<_> = [
            (tally.errors, "error", "errors"),
            (tally.warnings, "warning", "warnings"),
            (tally.infos, "piece of advice", "pieces of advice"),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
        let where_ = if tally.faulty == tally.payloads {
            payloads(tally.payloads)
        } else {
            format!("{} of {}", tally.faulty, payloads(tally.payloads))
        };
        format!("{}{left} in {where_}", found.join(", "))
    };
    if let Some(fixed) = fixed {
        let faults = counted(fixed, "fault", "faults");
        let verb = if tally.dry { "would be fixed" } else { "fixed" };
        sum = format!("{faults} {verb}; {sum}");
    }
    if tally.unchecked > 0 && tally.payloads > 0 {
        sum.push_str("; ");
        sum.push_str(&counted(tally.unchecked, "input", "inputs"));
        sum.push_str(" could not be checked");
    }
    sum
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// How a severity is painted.
fn colour(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::BrightBlue,
    };
    colour.on_default().bold()
}
