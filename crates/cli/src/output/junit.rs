//! `JUnit` XML, which every CI system shows in a table: an input is a suite, a finding a test.
//!
//! It keeps to the schema that Jenkins publishes, which is the narrowest of those in use.

use std::io::{self, Seek, Write};

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::BytesText;
use tempfile::SpooledTempFile;

use crate::findings::Findings;
use crate::summary::Summary;

use super::path::Root;
use super::{At, Emitter, Part, Renderer, snippet};

#[derive(Debug)]
pub(super) struct JUnit {
    root: Root,
    /// The input that is being checked. It is written when it is done, since a suite begins with
    /// its counts.
    suite: Option<Suite>,
    /// The inputs that could not be checked.
    troubles: Suite,
}

/// How much of an input's tests is kept in memory; more goes to a temporary file.
const IN_MEMORY: usize = 4 << 20;

#[derive(Debug)]
struct Suite {
    name: String,
    tests: u64,
    failures: u64,
    errors: u64,
    /// The tests, as XML.
    cases: SpooledTempFile,
}

/// What came of a test.
enum Outcome<'a> {
    Passed,
    /// Passed, and said something.
    Said(&'a str),
    Failed {
        severity: &'a str,
        message: &'a str,
        text: &'a str,
    },
    /// Could not be run.
    Stopped {
        message: &'a str,
    },
}

impl JUnit {
    pub(super) fn new() -> Self {
        Self {
            root: Root::of("GITHUB_WORKSPACE"),
            suite: None,
            troubles: Suite::new("not checked"),
        }
    }

    /// Writes the suite of the input before.
    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.suite.take() {
            Some(mut suite) => {
                if suite.tests == 0 {
                    suite.add("nothing found", &Outcome::Passed)?;
                }
                suite.write(out)
            }
            None => Ok(()),
        }
    }
}

impl Renderer for JUnit {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(Tests {
            root: self.root.clone(),
        })
    }

    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pipelint\">\n",
        )
    }

    fn input(&mut self, out: &mut dyn Write, file: &str) -> io::Result<()> {
        self.close(out)?;
        self.suite = Some(Suite::new(&snippet::plain(&self.root.name(file))));
        Ok(())
    }

    fn unchecked(&mut self, _out: &mut dyn Write, why: &str) -> io::Result<()> {
        let message = &snippet::plain(why);
        self.troubles.errors += 1;
        self.troubles.add(message, &Outcome::Stopped { message })
    }

    fn part(&mut self, _out: &mut dyn Write, part: &Part) -> io::Result<()> {
        let suite = match &mut self.suite {
            Some(suite) => suite,
            none => none.insert(Suite::new("pipelint")),
        };
        suite.tests += part.findings;
        suite.failures += part.failures;
        suite.cases.write_all(&part.text)
    }

    fn finish(&mut self, out: &mut dyn Write, _tally: &Summary) -> io::Result<()> {
        self.close(out)?;
        if self.troubles.tests > 0 {
            self.troubles.write(out)?;
        }
        out.write_all(b"</testsuites>\n")
    }
}

/// Writes a test for each finding.
struct Tests {
    root: Root,
}

impl Emitter for Tests {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        let file = snippet::plain(&self.root.name(at.file));
        for finding in found.iter() {
            let said = finding.explain(at);
            let start = at.place(found.report, finding.span().start);
            let severity = finding.severity();
            let message = snippet::plain(&said.message);
            let mut text = format!(
                "{file}:{}:{}: {}: {message}",
                start.line,
                start.column,
                severity.name()
            );
            let fix = said.fix.map(|fix| fix.title);
            for (kind, more) in [("help", said.help), ("fix", fix)] {
                if let Some(more) = more {
                    text.extend(["\n", kind, ": ", &snippet::plain(&more)]);
                }
            }
            let pointer = if said.pointer.is_empty() {
                "/"
            } else {
                &said.pointer
            };
            let name = format!(
                "{} at {} ({}:{})",
                finding.rule(),
                snippet::plain(pointer),
                start.line,
                start.column
            );
            // What does not fail the check is a test that passed, with something to say.
            let outcome = if severity >= at.fail_on {
                Outcome::Failed {
                    severity: severity.name(),
                    message: &message,
                    text: &text,
                }
            } else {
                Outcome::Said(&text)
            };
            part.findings += 1;
            part.failures += u64::from(severity >= at.fail_on);
            // Memory takes everything.
            let _ = case(&mut part.text, &name, found.report.contract().id, &outcome);
        }
    }
}

/// Writes one test as XML.
fn case(out: &mut Vec<u8>, name: &str, class: &str, outcome: &Outcome<'_>) -> io::Result<()> {
    out.extend_from_slice(b"\n    ");
    let mut writer = Writer::new(out);
    let case = writer
        .create_element("testcase")
        .with_attributes([("name", name), ("classname", class)]);
    match outcome {
        Outcome::Passed => case.write_empty()?,
        Outcome::Said(text) => case.write_inner_content(|writer| {
            let said = writer.create_element("system-out");
            said.write_text_content(BytesText::new(text)).map(drop)
        })?,
        Outcome::Failed {
            severity,
            message,
            text,
        } => case.write_inner_content(|writer| {
            writer
                .create_element("failure")
                .with_attributes([("type", *severity), ("message", *message)])
                .write_text_content(BytesText::new(text))
                .map(drop)
        })?,
        Outcome::Stopped { message } => case.write_inner_content(|writer| {
            let error = writer.create_element("error");
            error
                .with_attribute(("message", *message))
                .write_empty()
                .map(drop)
        })?,
    };
    Ok(())
}

impl Suite {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            tests: 0,
            failures: 0,
            errors: 0,
            cases: SpooledTempFile::new(IN_MEMORY),
        }
    }

    /// Adds a test that found nothing in a payload.
    fn add(&mut self, name: &str, outcome: &Outcome<'_>) -> io::Result<()> {
        let mut text = Vec::new();
        case(&mut text, name, "pipelint", outcome)?;
        self.tests += 1;
        self.cases.write_all(&text)
    }

    fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
            escape(&self.name),
            self.tests,
            self.failures,
            self.errors
        )?;
        self.cases.rewind()?;
        io::copy(&mut self.cases, out)?;
        out.write_all(b"\n  </testsuite>\n")
    }
}
