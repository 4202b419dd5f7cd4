//! `JUnit` XML, which every CI system shows in a table: an input is a suite, a finding a test.
//!
//! It keeps to the schema that Jenkins publishes, which is the narrowest of those in use.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::BytesText;

use crate::findings::Findings;
use crate::tally::Tally;

use super::path::Root;
use super::{At, Renderer, shown};

#[derive(Debug)]
pub(super) struct JUnit {
    root: Root,
    /// The input that is being checked. It is written when it is done, since a suite begins with
    /// its counts.
    suite: Option<Suite>,
    /// The inputs that could not be checked.
    troubles: Suite,
}

#[derive(Debug, Default)]
struct Suite {
    name: String,
    tests: u64,
    failures: u64,
    errors: u64,
    /// The tests, as XML.
    cases: Vec<u8>,
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

    fn add(&mut self, name: &str, class: &str, outcome: &Outcome<'_>) -> io::Result<()> {
        self.suite
            .get_or_insert_with(|| Suite::new("pipelint"))
            .add(name, class, outcome)
    }

    /// Writes the suite of the input before.
    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.suite.take() {
            Some(mut suite) => {
                if suite.tests == 0 {
                    suite.add("nothing found", "pipelint", &Outcome::Passed)?;
                }
                suite.write(out)
            }
            None => Ok(()),
        }
    }
}

impl Renderer for JUnit {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pipelint\">\n",
        )
    }

    fn input(&mut self, out: &mut dyn Write, file: &str) -> io::Result<()> {
        self.close(out)?;
        self.suite = Some(Suite::new(&shown::plain(&self.root.name(file))));
        Ok(())
    }

    fn unchecked(&mut self, _out: &mut dyn Write, why: &str) -> io::Result<()> {
        let message = &shown::plain(why);
        self.troubles
            .add(message, "pipelint", &Outcome::Stopped { message })
    }

    fn report(&mut self, _out: &mut dyn Write, at: At<'_>, found: &Findings<'_>) -> io::Result<()> {
        let file = shown::plain(&self.root.name(at.file));
        for finding in found.iter() {
            let said = finding.explain();
            let start = at.place(found.report, finding.span().start);
            let severity = finding.severity();
            let message = shown::plain(&said.message);
            let mut text = format!(
                "{file}:{}:{}: {}: {message}",
                start.line,
                start.column,
                severity.name()
            );
            let fix = said.fix.map(|fix| fix.title);
            for (kind, more) in [("help", said.help), ("fix", fix)] {
                if let Some(more) = more {
                    text.extend(["\n", kind, ": ", &shown::plain(&more)]);
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
                shown::plain(pointer),
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
            self.add(&name, found.report.contract().id, &outcome)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        self.close(out)?;
        if self.troubles.tests > 0 {
            self.troubles.write(out)?;
        }
        out.write_all(b"</testsuites>\n")
    }
}

impl Suite {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn add(&mut self, name: &str, class: &str, outcome: &Outcome<'_>) -> io::Result<()> {
        self.tests += 1;
        self.cases.extend_from_slice(b"\n    ");
        let mut writer = Writer::new(&mut self.cases);
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
            } => {
                self.failures += 1;
                case.write_inner_content(|writer| {
                    writer
                        .create_element("failure")
                        .with_attributes([("type", *severity), ("message", *message)])
                        .write_text_content(BytesText::new(text))
                        .map(drop)
                })?
            }
            Outcome::Stopped { message } => {
                self.errors += 1;
                case.write_inner_content(|writer| {
                    let error = writer.create_element("error");
                    error
                        .with_attribute(("message", *message))
                        .write_empty()
                        .map(drop)
                })?
            }
        };
        Ok(())
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
            escape(&self.name),
            self.tests,
            self.failures,
            self.errors
        )?;
        out.write_all(&self.cases)?;
        out.write_all(b"\n  </testsuite>\n")
    }
}
