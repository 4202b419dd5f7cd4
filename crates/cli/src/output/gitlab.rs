//! A Code Quality report of GitLab.

use std::io::{self, Write};

use pipelint::Severity;
use serde_json::json;

use crate::findings::Findings;
use crate::summary::Summary;

use super::emitter::Placeholder;
use super::identity::{Identities, marks};
use super::path::Root;
use super::{At, Emitter, Part, Renderer, snippet};

#[derive(Debug)]
pub(super) struct GitLab {
    root: Root,
    identities: Identities,
    begun: bool,
}

impl GitLab {
    pub(super) fn new() -> Self {
        Self {
            root: Root::of("CI_PROJECT_DIR"),
            identities: Identities::default(),
            begun: false,
        }
    }
}

impl Renderer for GitLab {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(Issues {
            root: self.root.clone(),
        })
    }

    fn part(&mut self, out: &mut dyn Write, part: &Part) -> io::Result<()> {
        for (number, (text, gap)) in part.pieces().enumerate() {
            if number == 0 && !std::mem::replace(&mut self.begun, true) {
                // Instead of the comma.
                out.write_all(b"[")?;
                out.write_all(text.get(1..).unwrap_or_default())?;
            } else {
                out.write_all(text)?;
            }
            if let Some(Placeholder::Name(marks)) = gap {
                write!(out, "{:016x}", self.identities.name(*marks))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _tally: &Summary) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}

/// Writes each issue with the comma before it, and without its name.
struct Issues {
    root: Root,
}

impl Emitter for Issues {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        let file = self.root.name(at.file);
        for finding in found.iter() {
            let said = finding.explain(at);
            let places = at.places(found.report, finding.span());
            let mut description = said.message;
            if let Some(help) = said.help {
                description.push_str(". ");
                description.push_str(&help);
            }
            part.findings += 1;
            part.text.extend_from_slice(b",\n{");
            part.properties(&json!({
                "type": "issue",
                "check_name": finding.rule(),
                "description": snippet::plain(&description),
                "categories": ["Bug Risk"],
                "severity": match finding.severity() {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    _ => "info",
                },
            }));
            part.text.extend_from_slice(b",\"fingerprint\":\"");
            part.gap(Placeholder::Name(marks(&file, finding, found.report)));
            part.text.extend_from_slice(b"\",");
            part.properties(&json!({
                "location": {
                    "path": file,
                    "lines": { "begin": places.start.line, "end": places.end.line },
                },
            }));
            part.text.push(b'}');
        }
    }
}
