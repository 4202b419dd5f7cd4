//! Each finding with its line, underlined, and what to do.
//!
//! The layout is that of the Rust compiler. It is painted here, because only a part of a long
//! line is shown, and secrets are masked: what is shown is not the text at the place named.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use pipelint::Report;
use unicode_width::UnicodeWidthStr;

use crate::findings::{Finding, Findings};
use crate::summary::Summary;

use super::snippet::{self, Excerpt};
use super::{At, Emitter, Part, Renderer, colour, sum};

#[derive(Debug, Clone, Copy)]
pub(super) struct Full {
    pub(super) paint: bool,
    /// How many columns there are.
    pub(super) width: usize,
}

impl Emitter for Full {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        for finding in found.iter() {
            part.findings += 1;
            // Memory takes everything.
            let _ = self.write(&mut part.text, at, found.report, finding);
        }
    }
}

impl Renderer for Full {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(*self)
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Summary) -> io::Result<()> {
        writeln!(out, "{}", sum(tally))
    }
}

impl Full {
    fn write(
        &self,
        out: &mut Vec<u8>,
        at: At<'_>,
        report: &Report<'_>,
        finding: &Finding<'_>,
    ) -> io::Result<()> {
        let said = finding.explain(at);
        let severity = finding.severity();
        let (name, rule) = (severity.name(), finding.rule());
        let tone = self.style(colour(severity));
        let bold = self.style(Style::new().bold());
        let frame = self.style(AnsiColor::BrightBlue.on_default().bold());

        let start = at.place(report, finding.span().start);
        let line = start.line.to_string();
        let gutter = line.len();
        let excerpt = Excerpt::new(
            report,
            finding.span(),
            self.width.saturating_sub(gutter + 3),
        );
        let indent = " ".repeat(excerpt.indent);
        let underline = "^".repeat(excerpt.marked.max(1));

        writeln!(
            out,
            "{tone}{name}[{rule}]{tone:#}{bold}: {}{bold:#}",
            snippet::plain(&said.message)
        )?;
        writeln!(
            out,
            "{:gutter$}{frame}-->{frame:#} {}:{line}:{}",
            "",
            snippet::plain(at.file),
            start.column
        )?;
        writeln!(out, "{:gutter$} {frame}|{frame:#}", "")?;
        writeln!(out, "{frame}{line} |{frame:#} {}", excerpt.text.trim_end())?;
        writeln!(
            out,
            "{:gutter$} {frame}|{frame:#} {indent}{tone}{underline}{tone:#}",
            ""
        )?;
        let mut note = |kind: &str, text: &dyn Display| {
            let text = self.wrap(&snippet::plain(&text.to_string()), gutter + 5 + kind.len());
            writeln!(
                out,
                "{:gutter$} {frame}={frame:#} {bold}{kind}{bold:#}: {text}",
                ""
            )
        };
        if let Some(help) = &said.help {
            note("help", help)?;
        }
        if let Some(fix) = &said.fix {
            let kind = fix.applicability.name();
            note("fix", &format_args!("{} ({kind})", fix.title))?;
        }
        writeln!(out)
    }

    fn style(&self, style: Style) -> Style {
        if self.paint { style } else { Style::new() }
    }

    /// Breaks a text into lines, each with that indentation.
    fn wrap(&self, text: &str, indent: usize) -> String {
        let room = self.width.saturating_sub(indent);
        let mut wrapped = String::with_capacity(text.len() + 8);
        let mut used = 0;
        for word in text.split(' ') {
            let length = word.width();
            if used > 0 && used + 1 + length > room {
                wrapped.push('\n');
                wrapped.extend(std::iter::repeat_n(' ', indent));
                used = 0;
            } else if used > 0 {
                wrapped.push(' ');
                used += 1;
            }
            wrapped.push_str(word);
            used += length;
        }
        wrapped
    }
}
