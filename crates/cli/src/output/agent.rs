//! Compact text for a language model: each finding with its pointer, help and edits.

use std::io::{self, Write};

use pipelint_overlay::AgentText;

use crate::findings::Findings;
use crate::summary::Summary;

use super::{At, Emitter, Part, Renderer, counted, snippet, sum};

/// The most findings that are written. A model fixes the first ones and runs the check again.
const MOST: u64 = 200;

#[derive(Debug, Default)]
pub(super) struct Agent {
    written: u64,
    left_out: u64,
}

/// Writes findings.
struct Words;

impl Emitter for Words {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        // A line that begins with a space belongs to the finding above it.
        let here = if at.file.starts_with(' ') { "./" } else { "" };
        let before = format!("{here}{}:", snippet::plain(at.file));
        let agent = AgentText {
            report: found.report,
            before: &before,
            record: at.record,
        };
        let mut text = String::new();
        for finding in found.iter() {
            text.clear();
            let mut words = finding.explain(at);
            words.fix = words.fix.filter(|fix| !finding.reveals(fix));
            let (rule, start) = (finding.rule(), finding.span().start);
            agent.write_words(rule, finding.severity(), start, &words, &mut text);
            part.findings += 1;
            part.text.extend_from_slice(text.as_bytes());
        }
    }
}

impl Renderer for Agent {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(Words)
    }

    fn part(&mut self, out: &mut dyn Write, part: &Part) -> io::Result<()> {
        let mut left = MOST.saturating_sub(self.written);
        self.left_out += part.findings.saturating_sub(left);
        if part.findings <= left {
            self.written += part.findings;
            return out.write_all(&part.text);
        }
        let text = String::from_utf8_lossy(&part.text);
        for line in text.split_inclusive('\n') {
            // The lines after a finding's first line are indented.
            if !line.starts_with(' ') {
                if left == 0 {
                    break;
                }
                left -= 1;
                self.written += 1;
            }
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Summary) -> io::Result<()> {
        if self.left_out > 0 {
            let findings = counted(self.left_out, "finding is", "findings are");
            writeln!(out, "{findings} left out; fix these first, and check again")?;
        }
        writeln!(out, "{}", sum(tally))
    }
}
