//! One line a finding: `file:line:column: severity: message [rule]`.

use std::io::{self, Write};

use crate::findings::Findings;
use crate::summary::Summary;
use anstyle::Style;

use super::{At, Emitter, Part, Renderer, colour, snippet, sum};

#[derive(Debug, Clone, Copy)]
pub(super) struct Concise {
    pub(super) paint: bool,
}

impl Emitter for Concise {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        let file = snippet::plain(at.file);
        for finding in found.iter() {
            let start = at.place(found.report, finding.span().start);
            let severity = finding.severity();
            let style = if self.paint {
                colour(severity)
            } else {
                Style::new()
            };
            part.findings += 1;
            // Memory takes everything.
            let _ = writeln!(
                part.text,
                "{file}:{}:{}: {style}{}{style:#}: {} [{}]",
                start.line,
                start.column,
                severity.name(),
                snippet::plain(&finding.message()),
                finding.rule(),
            );
        }
    }
}

impl Renderer for Concise {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(*self)
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Summary) -> io::Result<()> {
        writeln!(out, "{}", sum(tally))
    }
}
