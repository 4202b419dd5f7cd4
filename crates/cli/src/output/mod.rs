//! The forms in which findings are written.

mod agent;
mod concise;
mod emitter;
mod full;
mod github;
mod gitlab;
mod identity;
mod json;
mod json_escape;
mod junit;
mod markdown;
mod path;
mod sarif;
pub(crate) mod snippet;
mod statistics;

use std::io::{self, Write};
use std::ops::Range;

use anstyle::AnsiColor;
use pipelint::{Report, Severity};

use crate::args::OutputFormat;
use crate::summary::Summary;

pub(crate) use emitter::{Emitter, Part};

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
    /// The place in the file of a byte offset in the payload. A record is one line of its file,
    /// whatever is in it.
    fn place(self, report: &Report<'_>, offset: usize) -> Place {
        let Some(record) = self.record else {
            let position = report.position(offset);
            return Place {
                line: u64::from(position.line),
                column: position.column.into(),
            };
        };
        let before = report.bytes().get(..offset).unwrap_or(report.bytes());
        // Every code point has one byte that is not a continuation byte.
        let column = before.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        Place {
            line: record,
            column: column as u64 + 1,
        }
    }

    /// The places in the file where a part of the payload begins and ends.
    fn places(self, report: &Report<'_>, span: Range<usize>) -> Range<Place> {
        self.place(report, span.start)..self.place(report, span.end)
    }
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// From 1.
    line: u64,
    /// From 1, in Unicode code points.
    column: u64,
}

/// Writes the output of emitters in the order of the input, and the text around it.
pub(crate) trait Renderer {
    /// One that puts findings into words for this renderer. Each worker has one.
    fn scribe(&self) -> Box<dyn Emitter>;

    /// The text before all findings.
    fn start(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// An input is about to be checked.
    fn input(&mut self, _out: &mut dyn Write, _file: &str) -> io::Result<()> {
        Ok(())
    }

    /// An input could not be checked; standard error says so, too.
    fn unchecked(&mut self, _out: &mut dyn Write, _why: &str) -> io::Result<()> {
        Ok(())
    }

    /// The findings in some payloads of one input; there is at least one.
    fn part(&mut self, out: &mut dyn Write, part: &Part) -> io::Result<()> {
        out.write_all(&part.text)
    }

    /// The text after all findings.
    fn finish(&mut self, _out: &mut dyn Write, _tally: &Summary) -> io::Result<()> {
        Ok(())
    }
}

/// How findings are to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) format: OutputFormat,
    /// Whether to write in colour.
    pub(crate) paint: bool,
    /// How many columns there are.
    pub(crate) width: usize,
    /// Whether rules are counted instead.
    pub(crate) statistics: bool,
}

/// What writes in that style.
pub(crate) fn renderer(style: Style) -> Box<dyn Renderer> {
    let Style { paint, width, .. } = style;
    if style.statistics {
        let is_json = style.format == OutputFormat::Json;
        return Box::new(statistics::Statistics::new(is_json));
    }
    match style.format {
        OutputFormat::Agent => Box::new(agent::Agent::default()),
        OutputFormat::Full => Box::new(full::Full { paint, width }),
        OutputFormat::Concise => Box::new(concise::Concise { paint }),
        OutputFormat::Json => Box::new(json::Document::default()),
        OutputFormat::JsonLines => Box::new(json::Lines),
        OutputFormat::Sarif => Box::new(sarif::Sarif::new()),
        OutputFormat::Github => Box::new(github::GitHub::new()),
        OutputFormat::Gitlab => Box::new(gitlab::GitLab::new()),
        OutputFormat::Junit => Box::new(junit::JUnit::new()),
        OutputFormat::Markdown => Box::new(markdown::Markdown::new()),
    }
}

/// A text in which characters that would steer the terminal are shown by pictures; tabs stay.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(snippet::visible).collect()
}

/// The line that sums up.
pub(crate) fn sum(tally: &Summary) -> String {
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
    if let Some(known) = tally.known.filter(|known| *known > 0) {
        sum.push_str("; ");
        sum.push_str(&counted(known, "known finding", "known findings"));
        sum.push_str(" left out");
    }
    if tally.unchecked > 0 && tally.payloads > 0 {
        sum.push_str("; ");
        sum.push_str(&counted(tally.unchecked, "input", "inputs"));
        sum.push_str(" could not be checked");
    }
    sum
}

pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// How a severity is painted.
fn colour(severity: Severity) -> anstyle::Style {
    let colour = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        _ => AnsiColor::BrightBlue,
    };
    colour.on_default().bold()
}
