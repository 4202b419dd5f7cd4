//! Reports and diagnostics as text: for logs, panics and snapshot tests.
//!
//! `Debug` and `Display` write the same lines. They hold what every message holds, and nothing
//! else of the payload, so neither a credential nor a masked value gets into a log.

use std::fmt;

use crate::Severity;

use super::{Diagnostic, OwnedDiagnostic, OwnedFix, RenderedDiagnostic, Report};

/// Writes the payload's name, the number of errors, warnings and infos, and one line for each
/// diagnostic.
impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.contract.id)?;
        let mut some = false;
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            let findings = self.findings().iter();
            let count = findings.filter(|one| one.severity == severity).count();
            if count > 0 {
                let (comma, name) = (if some { ", " } else { "" }, severity.name());
                let plural = if count == 1 { "" } else { "s" };
                write!(f, "{comma}{count} {name}{plural}")?;
                some = true;
            }
        }
        if !some {
            f.write_str("no diagnostics")?;
        }
        let mut rendered = RenderedDiagnostic::default();
        for diagnostic in self.diagnostics() {
            diagnostic.render_into(&mut rendered);
            f.write_str("\n  ")?;
            line(&diagnostic, &rendered, f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes place, severity, rule, pointer and message, on one line.
impl fmt::Display for Diagnostic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rendered = RenderedDiagnostic::default();
        self.render_into(&mut rendered);
        line(self, &rendered, f)
    }
}

impl fmt::Debug for Diagnostic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn line(
    diagnostic: &Diagnostic<'_>,
    rendered: &RenderedDiagnostic,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (start, severity) = (diagnostic.start(), diagnostic.severity().name());
    write!(f, "{}:{} {severity} ", start.line, start.column)?;
    let rule = diagnostic.rule().name;
    parts(f, rule, rendered.pointer(), rendered.message())
}

/// Writes a rule, a pointer and a message. Control characters of a key are escaped, so that a
/// diagnostic stays on its line.
fn parts(f: &mut fmt::Formatter<'_>, rule: &str, pointer: &str, message: &str) -> fmt::Result {
    f.write_str(rule)?;
    if !pointer.is_empty() {
        f.write_str(" ")?;
        for character in pointer.chars() {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                write!(f, "{character}")?;
            }
        }
    }
    write!(f, ": {message}")
}

/// Writes pointer, message and help; of a fix its title alone, because edits repeat the payload.
impl fmt::Debug for OwnedDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedDiagnostic")
            .field("pointer", &self.pointer)
            .field("message", &self.message)
            .field("help", &self.help)
            .field("source", &self.source)
            .field("fix", &self.fix)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for OwnedFix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedFix")
            .field("title", &self.title)
            .field("applicability", &self.applicability)
            .field("edits", &self.edits)
            .finish()
    }
}

impl fmt::Debug for RenderedDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenderedDiagnostic")
            .field("pointer", &self.pointer())
            .field("message", &self.message())
            .field("help", &self.help())
            .finish_non_exhaustive()
    }
}
