//! The forms for programs. `output.schema.json` describes them.

use std::io::{self, Write};

use pipelint::{Record, Report};
use serde_json::json;

use crate::tally::Tally;

use super::{At, Renderer};

/// The version of the form: it grows when a reader of the old form would stumble.
const VERSION: u32 = 1;

/// One JSON document, written as the findings come.
#[derive(Debug, Default)]
pub(super) struct Document {
    begun: bool,
}

impl Renderer for Document {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\n\"version\": {VERSION},\n\"diagnostics\": [")
    }

    fn report(&mut self, out: &mut dyn Write, at: At<'_>, report: &Report<'_>) -> io::Result<()> {
        for record in records(at, report) {
            out.write_all(if self.begun { b",\n" } else { b"\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, &record)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        let end = if self.begun { "\n" } else { "" };
        writeln!(out, "{end}],\n\"summary\": {}\n}}", json!(tally))
    }
}

/// One JSON object a line.
pub(super) struct Lines;

impl Renderer for Lines {
    fn report(&mut self, out: &mut dyn Write, at: At<'_>, report: &Report<'_>) -> io::Result<()> {
        for record in records(at, report) {
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

fn records<'r>(at: At<'r>, report: &'r Report<'_>) -> impl Iterator<Item = Record<'r>> {
    report.diagnostics().map(move |diagnostic| Record {
        file: Some(at.file),
        record: at.record,
        diagnostic,
    })
}
