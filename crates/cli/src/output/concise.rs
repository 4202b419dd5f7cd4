//! One line a finding: `file:line:column: severity: message [rule]`.

use std::io::{self, Write};

use anstyle::Style;
use pipelint::Report;

use crate::tally::Tally;

use super::{At, Renderer, colour, shown, sum};

pub(super) struct Concise {
    pub(super) paint: bool,
}

impl Renderer for Concise {
    fn report(&mut self, out: &mut dyn Write, at: At<'_>, report: &Report<'_>) -> io::Result<()> {
        let file = shown::name(at.file);
        for diagnostic in report.diagnostics() {
            let (start, severity) = (diagnostic.start(), diagnostic.severity());
            let style = if self.paint {
                colour(severity)
            } else {
                Style::new()
            };
            writeln!(
                out,
                "{file}:{}:{}: {style}{}{style:#}: {} [{}]",
                at.line(start.line),
                start.column,
                severity.name(),
                diagnostic.message(),
                diagnostic.rule().name,
            )?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        writeln!(out, "{}", sum(tally))
    }
}
