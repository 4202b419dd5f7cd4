//! The forms for programs. `output.schema.json` describes them.

use std::io::{self, Write};

use pipelint::RenderedDiagnostic;
use serde_json::json;

use crate::findings::Findings;
use crate::summary::Summary;

use super::{At, Emitter, Part, Renderer};

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

    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(Entry)
    }

    fn part(&mut self, out: &mut dyn Write, part: &Part) -> io::Result<()> {
        let comma = usize::from(!std::mem::replace(&mut self.begun, true));
        out.write_all(part.text.get(comma..).unwrap_or_default())
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Summary) -> io::Result<()> {
        let end = if self.begun { "\n" } else { "" };
        writeln!(out, "{end}],\n\"summary\": {}\n}}", json!(tally))
    }
}

/// Each with the comma before it; the first one's is left out.
struct Entry;

impl Emitter for Entry {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        let mut words = RenderedDiagnostic::default();
        for finding in found.iter() {
            part.findings += 1;
            part.text.extend_from_slice(b",\n");
            part.json(&finding.record(at, &mut words));
        }
    }
}

/// One JSON object a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines;

impl Renderer for Lines {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(*self)
    }
}

impl Emitter for Lines {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        let mut words = RenderedDiagnostic::default();
        for finding in found.iter() {
            part.findings += 1;
            part.json(&finding.record(at, &mut words));
            part.text.push(b'\n');
        }
    }
}
