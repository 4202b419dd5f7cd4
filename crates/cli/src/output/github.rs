//! Workflow commands of GitHub Actions, which become annotations.

use std::fmt::Write as _;
use std::io::{self, Write};

use pipelint::Severity;

use crate::findings::Findings;

use super::path::Root;
use super::{At, Emitter, Part, Renderer, snippet};

#[derive(Debug, Clone)]
pub(super) struct GitHub {
    root: Root,
}

impl GitHub {
    pub(super) fn new() -> Self {
        Self {
            root: Root::of("GITHUB_WORKSPACE"),
        }
    }
}

impl Renderer for GitHub {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(self.clone())
    }

    fn unchecked(&mut self, out: &mut dyn Write, why: &str) -> io::Result<()> {
        writeln!(
            out,
            "::error title=pipelint::{}",
            data(&snippet::plain(why))
        )
    }
}

impl Emitter for GitHub {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        let file = snippet::plain(&self.root.name(at.file));
        for finding in found.iter() {
            let said = finding.explain(at);
            let places = at.places(found.report, finding.span());
            let (start, end) = (places.start, places.end);
            let rule = finding.rule();
            let command = match finding.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                _ => "notice",
            };
            let mut place = format!("line={}", start.line);
            // Columns are taken only of what is on one line.
            let _ = if start.line == end.line {
                write!(place, ",col={},endColumn={}", start.column, end.column)
            } else {
                write!(place, ",endLine={}", end.line)
            };
            // The log shows the message alone, so it repeats the place.
            let mut message = format!(
                "{file}:{}:{}: {}",
                start.line,
                start.column,
                snippet::plain(&said.message)
            );
            if let Some(help) = &said.help {
                message.push('\n');
                message.push_str(&snippet::plain(help));
            }
            part.findings += 1;
            // Memory takes everything.
            let _ = writeln!(
                part.text,
                "::{command} title=pipelint ({}),file={},{place}::{}",
                property(rule),
                property(&file),
                data(&message)
            );
        }
    }
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text between the two.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
