//! SARIF 2.1.0, for code scanning and editors.
//!
//! Results are written as they come; the rules that they are of stand behind them.

use std::io::{self, Write};
use std::ops::Range;

use pipelint::{Edit, ExplainedFix, Report, Rule, Severity};
use serde_json::{Value, json};

use crate::explain;
use crate::findings::{Finding, Findings};
use crate::tally::Tally;

use super::identity::Identities;
use super::path::Root;
use super::{At, Place, Renderer, shown};

#[derive(Debug)]
pub(super) struct Sarif {
    root: Root,
    identities: Identities,
    /// The rules of the results so far.
    rules: Vec<Descriptor>,
    troubles: Vec<Value>,
    begun: bool,
}

impl Sarif {
    pub(super) fn new() -> Self {
        Self {
            root: Root::of("GITHUB_WORKSPACE"),
            identities: Identities::default(),
            rules: Vec::new(),
            troubles: Vec::new(),
            begun: false,
        }
    }

    fn result(&mut self, at: At<'_>, report: &Report<'_>, finding: &Finding<'_>) -> Value {
        let said = finding.explain();
        let file = self.file(at);
        let mut text = format!("{}.", said.message);
        if let Some(help) = &said.help {
            text.push(' ');
            text.push_str(help);
        }
        let name = self.root.name(at.file);
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": file,
                "region": region(&at.places(report, finding.span())),
            },
        });
        if !said.pointer.is_empty() {
            let pointer = shown::plain(&said.pointer);
            add(
                &mut location,
                "logicalLocations",
                json!([{ "fullyQualifiedName": pointer }]),
            );
        }
        let mut result = json!({
            "ruleId": finding.rule(),
            "ruleIndex": self.index(finding),
            "level": level(finding.severity()),
            "message": { "text": shown::plain(&text) },
            "locations": [location],
            "partialFingerprints": {
                "pipelint/v1": self.identities.name(&name, finding, report),
            },
            "properties": { "payload": report.contract().id, "source": said.source },
        });
        if let Some(fix) = said.fix.filter(|fix| !finding.reveals(fix)) {
            add(&mut result, "fixes", json!([self.fix(at, report, &fix)]));
        }
        result
    }

    fn fix(&self, at: At<'_>, report: &Report<'_>, fix: &ExplainedFix) -> Value {
        let replacement = |edit: &Edit| {
            let deleted = at.places(report, edit.start as usize..edit.end as usize);
            let mut replacement = json!({ "deletedRegion": region(&deleted) });
            if !edit.text.is_empty() {
                add(
                    &mut replacement,
                    "insertedContent",
                    json!({ "text": edit.text }),
                );
            }
            replacement
        };
        let title = format!("{} ({})", fix.title, fix.applicability.name());
        json!({
            "description": { "text": shown::plain(&title) },
            "artifactChanges": [{
                "artifactLocation": self.file(at),
                "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
            }],
        })
    }

    fn file(&self, at: At<'_>) -> Value {
        let uri = self.root.uri(at.file);
        if uri.starts_with("file:") {
            json!({ "uri": uri })
        } else {
            json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
        }
    }

    /// The place of a finding's rule among those that are written.
    fn index(&mut self, finding: &Finding<'_>) -> usize {
        let known = self.rules.iter().position(|one| one.name == finding.rule());
        known.unwrap_or_else(|| {
            self.rules.push(Descriptor {
                name: finding.rule().to_owned(),
                rule: finding.known_rule(),
            });
            self.rules.len() - 1
        })
    }
}

/// A rule of pipelint, or the keyword of a house's schema.
#[derive(Debug)]
struct Descriptor {
    name: String,
    rule: Option<&'static Rule>,
}

impl Renderer for Sarif {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(
            br#"{
"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
"version": "2.1.0",
"runs": [{
"columnKind": "unicodeCodePoints",
"results": ["#,
        )
    }

    fn unchecked(&mut self, _out: &mut dyn Write, why: &str) -> io::Result<()> {
        self.troubles.push(json!({
            "level": "error",
            "message": { "text": shown::plain(why) },
        }));
        Ok(())
    }

    fn report(&mut self, out: &mut dyn Write, at: At<'_>, found: &Findings<'_>) -> io::Result<()> {
        for finding in found.iter() {
            out.write_all(if self.begun { b",\n" } else { b"\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, &self.result(at, found.report, finding))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        let tool = json!({
            "driver": {
                "name": "pipelint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": self.rules.iter().map(Descriptor::value).collect::<Vec<_>>(),
            },
        });
        let mut invocation = json!({ "executionSuccessful": self.troubles.is_empty() });
        if !self.troubles.is_empty() {
            let troubles = std::mem::take(&mut self.troubles);
            add(
                &mut invocation,
                "toolExecutionNotifications",
                troubles.into(),
            );
        }
        let end = if self.begun { "\n" } else { "" };
        writeln!(
            out,
            "{end}],\n\"tool\": {tool},\n\"invocations\": [{invocation}]\n}}]\n}}"
        )
    }
}

impl Descriptor {
    fn value(&self) -> Value {
        let Some(rule) = self.rule else {
            return json!({ "id": self.name });
        };
        let part = |heading| explain::section(rule, heading);
        let summary = part("");
        let markdown = format!(
            "{summary}\n\n## What to do\n\n{}\n\n## Why\n\n{}\n\n## Source\n\n{}",
            part("What to do"),
            part("Why"),
            part("Source")
        );
        json!({
            "id": rule.name,
            "shortDescription": { "text": summary },
            "fullDescription": { "text": part("Why") },
            "help": { "text": part("What to do"), "markdown": markdown },
            "defaultConfiguration": { "level": level(rule.severity) },
            "properties": { "tags": [rule.group()], "problem.severity": problem(rule.severity) },
        })
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The same in the words of GitHub's code scanning.
fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "recommendation",
        other => level(other),
    }
}

/// Gives an object one more property.
fn add(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn region(places: &Range<Place>) -> Value {
    json!({
        "startLine": places.start.line,
        "startColumn": places.start.column,
        "endLine": places.end.line,
        "endColumn": places.end.column,
    })
}
