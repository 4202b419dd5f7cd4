//! A Code Quality report of GitLab.

use std::io::{self, Write};

use pipelint::Severity;
use serde_json::json;

use crate::findings::Findings;
use crate::tally::Tally;

use super::identity::Identities;
use super::path::Root;
use super::{At, Renderer, shown};

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
    fn report(&mut self, out: &mut dyn Write, at: At<'_>, found: &Findings<'_>) -> io::Result<()> {
        let file = self.root.name(at.file);
        for finding in found.iter() {
            let said = finding.explain();
            let places = at.places(found.report, finding.span());
            let mut description = said.message;
            if let Some(help) = said.help {
                description.push_str(". ");
                description.push_str(&help);
            }
            let issue = json!({
                "type": "issue",
                "check_name": finding.rule(),
                "description": shown::plain(&description),
                "categories": ["Bug Risk"],
                "severity": match finding.severity() {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                "fingerprint": self.identities.name(&file, finding, found.report),
                "location": {
                    "path": file,
                    "lines": { "begin": places.start.line, "end": places.end.line },
                },
            });
            out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, &issue)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
