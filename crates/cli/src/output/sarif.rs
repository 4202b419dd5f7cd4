//! SARIF 2.1.0, for code scanning and editors.
//!
//! Results are written as they come; their rules follow.

use std::io::{self, Write};
use std::ops::Range;

use pipelint::{Edit, OwnedFix, Report, Rule, Severity};
use pipelint_overlay::Keyword;
use serde_json::{Value, json};

use crate::explain;
use crate::findings::{Finding, Findings};
use crate::summary::Summary;

use super::emitter::Placeholder;
use super::identity::{Identities, marks};
use super::path::Root;
use super::{At, Emitter, Part, Place, Renderer, snippet};

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

    /// The place of a rule among those that are written.
    fn index(&mut self, rule: &Descriptor) -> usize {
        let known = self.rules.iter().position(|one| one.name == rule.name);
        known.unwrap_or_else(|| {
            self.rules.push(rule.clone());
            self.rules.len() - 1
        })
    }
}

/// Writes each result with the comma before it, and without its name and the place of its rule.
struct Results {
    root: Root,
}

impl Emitter for Results {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        for finding in found.iter() {
            part.findings += 1;
            self.result(part, at, found.report, finding);
        }
    }
}

impl Results {
    fn result(&self, part: &mut Part, at: At<'_>, report: &Report<'_>, finding: &Finding<'_>) {
        let said = finding.explain(at);
        let mut text = format!("{}.", said.message);
        if let Some(help) = &said.help {
            text.push(' ');
            text.push_str(help);
        }
        let name = self.root.name(at.file);
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": self.file(at),
                "region": region(&at.places(report, finding.span())),
            },
        });
        if !said.pointer.is_empty() {
            let pointer = snippet::plain(&said.pointer);
            add(
                &mut location,
                "logicalLocations",
                json!([{ "fullyQualifiedName": pointer }]),
            );
        }
        part.text.extend_from_slice(b",\n{");
        part.properties(&json!({ "ruleId": finding.rule() }));
        part.text.extend_from_slice(b",\"ruleIndex\":");
        part.gap(Placeholder::Rule(Descriptor {
            name: finding.rule().to_owned(),
            rule: finding.known_rule(),
        }));
        part.text.push(b',');
        part.properties(&json!({
            "level": level(finding.severity()),
            "message": { "text": snippet::plain(&text) },
            "locations": [location],
        }));
        part.text
            .extend_from_slice(b",\"partialFingerprints\":{\"pipelint/v1\":\"");
        part.gap(Placeholder::Name(marks(&name, finding, report)));
        part.text.extend_from_slice(b"\"},");
        let mut more = json!({
            "properties": { "payload": report.contract().id, "source": said.source },
        });
        if let Some(fix) = said.fix.filter(|fix| !finding.reveals(fix)) {
            add(&mut more, "fixes", json!([self.fix(at, report, &fix)]));
        }
        part.properties(&more);
        part.text.push(b'}');
    }

    fn fix(&self, at: At<'_>, report: &Report<'_>, fix: &OwnedFix) -> Value {
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
            "description": { "text": snippet::plain(&title) },
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
}

/// A rule of pipelint, or the keyword of a policy's schema.
#[derive(Debug, Clone)]
pub(super) struct Descriptor {
    name: String,
    rule: Option<&'static Rule>,
}

impl Renderer for Sarif {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(Results {
            root: self.root.clone(),
        })
    }

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
            "message": { "text": snippet::plain(why) },
        }));
        Ok(())
    }

    fn part(&mut self, out: &mut dyn Write, part: &Part) -> io::Result<()> {
        for (number, (text, gap)) in part.pieces().enumerate() {
            let comma = number == 0 && !std::mem::replace(&mut self.begun, true);
            out.write_all(text.get(usize::from(comma)..).unwrap_or_default())?;
            match gap {
                Some(Placeholder::Rule(rule)) => write!(out, "{}", self.index(rule))?,
                Some(Placeholder::Name(marks)) => {
                    write!(out, "{:016x}", self.identities.name(*marks))?;
                }
                None => {}
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _tally: &Summary) -> io::Result<()> {
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
            let Some(keyword) = Keyword::by_rule(&self.name) else {
                return json!({ "id": self.name });
            };
            return json!({
                "id": self.name,
                "shortDescription": { "text": format!("{}.", keyword.about) },
                "help": { "text": format!("{}.", keyword.about), "markdown": keyword.page() },
                "defaultConfiguration": { "level": level(Severity::Error) },
                "properties": { "tags": ["policy"], "problem.severity": problem(Severity::Error) },
            });
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
        _ => "note",
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
