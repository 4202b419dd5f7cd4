//! One line a finding: `file:line:column: severity: message [rule]`.

use std::io::{self, Write};

use crate::findings::Findings;
use crate::tally::Tally;
use anstyle::Style;

use super::{At, Renderer, colour, shown, sum};

pub(super) struct Concise {
    pub(super) paint: bool,
}

impl Renderer for Concise {
    fn report(&mut self, out: &mut dyn Write, at: At<'_>, found: &Findings<'_>) -> io::Result<()> {
        let file = shown::plain(at.file);
        for finding in found.iter() {
            let start = at.place(found.report, finding.span().start);
            let severity = finding.severity();
            let style = if self.paint {
                colour(severity)
            } else {
                Style::new()
            };
            writeln!(
                out,
                "{file}:{}:{}: {style}{}{style:#}: {} [{}]",
                start.line,
                start.column,
                severity.name(),
                shown::plain(&finding.message()),
                finding.rule(),
            )?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        writeln!(out, "{}", sum(tally))
    }
}
