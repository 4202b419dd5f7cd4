//! The forms for programs. `output.schema.json` describes them.

use std::io::{self, Write};

use serde_json::json;

use crate::findings::Findings;
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

    fn report(&mut self, out: &mut dyn Write, at: At<'_>, found: &Findings<'_>) -> io::Result<()> {
        for finding in found.iter() {
            out.write_all(if self.begun { b",\n" } else { b"\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, &finding.record(at))?;
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
    fn report(&mut self, out: &mut dyn Write, at: At<'_>, found: &Findings<'_>) -> io::Result<()> {
        for finding in found.iter() {
            serde_json::to_writer(&mut *out, &finding.record(at))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
