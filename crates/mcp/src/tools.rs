//! The tools. An answer is text; an error tells the model what to do instead.

use std::fmt::Write;
use std::sync::Arc;

use pipelint::contract::Contract;
use pipelint::fix::apply_fixes;
use pipelint::rules;
use pipelint::values::nearest::nearest;
use pipelint::{Applicability, Checker, Inference, Rule, Severity, payloads};
use pipelint_config::{Projects, Terms};
use pipelint_overlay::{AgentText, KEYWORDS, Keyword};
use serde_json::Value;

use crate::arguments::{Check, Explain, Fix, Format, Schema};
use crate::options::McpOptions;
use crate::source::{Asked, Source, broken_config, contract, no_such};

/// The number of findings in an answer unless the model sets a limit.
const FINDINGS: usize = 20;

/// The most findings in an answer.
const MOST_FINDINGS: usize = 200;

/// The largest text that an answer repeats, in bytes.
const LARGEST_TEXT: usize = 32 << 10;

/// The tools of one server.
#[derive(Debug)]
pub(crate) struct Tools {
    options: McpOptions,
    projects: Projects,
}

/// The text of an answer, or of an error.
pub(crate) type Answer = Result<String, String>;

impl Tools {
    pub(crate) fn new(options: McpOptions) -> Self {
        let mut projects = Projects::new(options.config.clone(), options.clock);
        projects.now = options.now;
        projects.locale = options.locale;
        Self { options, projects }
    }

    /// Checks a text.
    pub(crate) fn check(&mut self, arguments: Check) -> Answer {
        let limit = arguments.limit.unwrap_or(FINDINGS);
        if !(1..=MOST_FINDINGS).contains(&limit) {
            return Err(format!("`limit` must be from 1 to {MOST_FINDINGS}"));
        }
        let asked = Asked {
            text: arguments.text,
            path: arguments.path,
            payload: arguments.payload.as_deref(),
            format: arguments.format,
        };
        let source = Source::read(asked, &self.options.folder, &mut self.projects)?;
        let mut findings = Findings::new(&source, limit)?;
        for (record, span) in source.payloads() {
            findings.check(record, source.payload(&span));
        }
        Ok(findings.finish("No findings"))
    }

    /// Fixes a text.
    pub(crate) fn fix(&mut self, arguments: Fix) -> Answer {
        let asked = Asked {
            text: arguments.text,
            path: arguments.path,
            payload: arguments.payload.as_deref(),
            format: arguments.format,
        };
        let source = Source::read(asked, &self.options.folder, &mut self.projects)?;
        let least = if arguments.with_unsafe {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        let mut left = Findings::new(&source, FINDINGS)?;
        let (mut applied, mut count) = (String::new(), 0);
        // The text between payloads is kept.
        let (mut fixed, mut done, mut hides) = (Vec::new(), 0, false);
        for (record, span) in source.payloads() {
            let payload = source.payload(&span);
            let contract = left.contract_of(payload);
            let options = &source.terms.options;
            let new = apply_fixes(contract, payload, options, least);
            fixed.extend_from_slice(source.payload(&(done..span.start)));
            done = span.end;
            let text = new.as_ref().map_or(payload, |new| new.text.as_bytes());
            fixed.extend_from_slice(text);
            for fix in new.iter().flat_map(|new| &new.applied) {
                count += 1;
                if count <= FINDINGS {
                    let line = record.map_or_else(String::new, |line| format!("line {line} "));
                    let (rule, pointer, title) = (fix.rule.name, &fix.pointer, &fix.title);
                    // Memory takes everything.
                    let _ = writeln!(applied, "- {line}{rule} {pointer}: {title}");
                }
            }
            hides |= left.check(record, text);
        }
        fixed.extend_from_slice(source.payload(&(done..source.bytes.len())));
        let mut answer = match count {
            0 if arguments.with_unsafe => "No fix can be applied.\n".to_owned(),
            0 => "No safe fix can be applied.\n".to_owned(),
            1 => format!("Applied 1 fix:\n{applied}"),
            _ => format!("Applied {count} fixes:\n{applied}"),
        };
        if count > FINDINGS {
            let _ = writeln!(answer, "and {} more", count - FINDINGS);
        }
        let _ = write!(answer, "\n{}", left.finish("Nothing is left to fix"));
        if count == 0 {
            return Ok(answer);
        }
        let instead = match &source.name {
            Some(_) => {
                "apply the edits that `check` lists, or run `pipelint check --fix` on the file"
            }
            None => "apply the edits that `check` lists",
        };
        if hides {
            let _ = writeln!(
                answer,
                "\nThe text is not repeated, because it holds a credential or a masked value: {instead}."
            );
        } else if fixed.len() > LARGEST_TEXT {
            let _ = writeln!(
                answer,
                "\nThe text is not repeated, because it is longer than 32 KiB: {instead}."
            );
        } else {
            let text = String::from_utf8_lossy(&fixed);
            let _ = write!(answer, "\nThe fixed text:\n{text}");
        }
        Ok(answer)
    }

    /// Explains a rule, or lists the rules of a group.
    pub(crate) fn explain(arguments: &Explain) -> Answer {
        let name = arguments.rule.trim_end_matches('/');
        let mut of_group = rules::all().filter(|rule| rule.group() == name).peekable();
        if of_group.peek().is_some() {
            let mut list = String::new();
            for rule in of_group {
                let _ = writeln!(
                    list,
                    "{} ({}): {}",
                    rule.name,
                    rule.severity.name(),
                    summary(rule)
                );
            }
            return Ok(list);
        }
        if let Some(rule) = rules::by_name(name) {
            let page = rule.page.split("\n## Words").next().unwrap_or_default();
            return Ok(format!("{}\n", page.trim_end()));
        }
        if let Some(keyword) = Keyword::by_rule(name) {
            return Ok(keyword.page());
        }
        let names = rules::all().map(|rule| rule.name);
        let groups = rules::all().map(Rule::group);
        let keywords = KEYWORDS.iter().map(|keyword| keyword.rule);
        let nearest = nearest(name, names.chain(groups).chain(keywords));
        Err(no_such(
            "rule",
            name,
            nearest,
            "a finding names its rule, and a group such as `money` lists its own",
        ))
    }

    /// Lists the built-in payloads and those of the folder's configuration.
    pub(crate) fn payloads(&mut self) -> Answer {
        let terms = self.terms_of_folder()?;
        let own = terms.own.iter().map(|own| own.contract);
        let mut list = String::new();
        for payload in payloads::ALL.iter().copied().chain(own) {
            let (system, title, part) = (payload.system, payload.title, payload.part.name());
            let _ = writeln!(list, "{}: {system}: {title} ({part})", payload.id);
        }
        Ok(list)
    }

    /// The terms of the server's folder.
    fn terms_of_folder(&mut self) -> Result<Terms, String> {
        let terms = self.projects.terms(None, Some(&self.options.folder));
        terms.map_err(|broken| broken_config(&broken))
    }

    /// Prints the JSON Schema of a payload, or of one of its properties.
    pub(crate) fn schema(&mut self, arguments: &Schema) -> Answer {
        let terms = self.terms_of_folder()?;
        let contract = contract(&terms, &arguments.payload)?;
        let own = terms.own.iter().find(|own| own.contract.id == contract.id);
        let whole = if let Some(own) = own {
            Arc::clone(&own.schema)
        } else {
            let text = pipelint_schemas::schema(contract.id).unwrap_or_default();
            let schema = serde_json::from_str(text);
            Arc::new(schema.map_err(|_| format!("there is no schema of {}", contract.id))?)
        };
        let Some(pointer) = &arguments.property else {
            return bounded(&whole);
        };
        let mut here = &*whole;
        for token in pointer.trim_start_matches('/').split('/') {
            let name = token.replace("~1", "/").replace("~0", "~");
            let is_item = name == "*" || name.bytes().all(|byte| byte.is_ascii_digit());
            let items = here.get("items").filter(|_| is_item);
            let properties = here.get("properties").and_then(Value::as_object);
            let member = properties.and_then(|properties| properties.get(&name));
            let Some(next) = member.or(items) else {
                let known = properties.into_iter().flat_map(|known| known.keys());
                let nearest = nearest(&name, known.map(String::as_str));
                return Err(no_such(
                    "property",
                    &name,
                    nearest,
                    "leave `property` out to see all",
                ));
            };
            here = next;
        }
        bounded(here)
    }
}

/// A schema as text, if it is not too long for an answer.
fn bounded(schema: &Value) -> Answer {
    let text = format!("{schema:#}\n");
    if text.len() > LARGEST_TEXT {
        return Err("the schema is longer than 32 KiB; ask for one property".to_owned());
    }
    Ok(text)
}

/// The first sentence of a rule's page.
fn summary(rule: &Rule) -> String {
    let paragraph = rule.page.split("\n\n").nth(1).unwrap_or_default();
    let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    paragraph.get(..end).unwrap_or_default().to_owned()
}

/// Collects findings for an answer.
struct Findings<'s> {
    source: &'s Source,
    contract: &'static Contract<'static>,
    checker: Checker,
    limit: usize,
    text: String,
    written: usize,
    payloads: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

impl<'s> Findings<'s> {
    fn new(source: &'s Source, limit: usize) -> Result<Self, String> {
        Ok(Self {
            contract: source.contract()?,
            source,
            checker: Checker::new(),
            limit,
            text: String::new(),
            written: 0,
            payloads: 0,
            errors: 0,
            warnings: 0,
            infos: 0,
        })
    }

    /// The payload of a record. A line can be another payload than the first one.
    fn contract_of(&self, payload: &[u8]) -> &'static Contract<'static> {
        if self.source.terms.payload.is_some() || self.source.format == Format::Json {
            return self.contract;
        }
        match self.source.terms.infer(payload) {
            Inference::One(contract) => contract,
            _ => self.contract,
        }
    }

    /// Checks a payload. Returns whether it holds a credential or a masked value.
    fn check(&mut self, record: Option<u64>, payload: &[u8]) -> bool {
        self.payloads += 1;
        let contract = self.contract_of(payload);
        let report = self
            .checker
            .check(contract, payload, &self.source.terms.options);
        let text = AgentText {
            report: &report,
            before: "",
            record,
        };
        for diagnostic in self.source.terms.diagnostics(&report) {
            *match diagnostic.severity() {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                _ => &mut self.infos,
            } += 1;
            if self.written < self.limit {
                self.written += 1;
                text.write(&diagnostic, &mut self.text);
            }
        }
        !report.secrets().is_empty()
    }

    /// The answer; `nothing` if there are no findings.
    fn finish(self, nothing: &str) -> String {
        let id = self.contract.id;
        let place = match self.payloads {
            1 => String::new(),
            count => format!(" in {count} payloads"),
        };
        let counts: Vec<_> = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.infos, "info"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
        if counts.is_empty() {
            return format!("{nothing}{place} (checked as {id}).\n");
        }
        let mut answer = format!(
            "{}{place} (checked as {id}):\n{}",
            counts.join(", "),
            self.text
        );
        let left = self.errors + self.warnings + self.infos - self.written;
        if left > 0 {
            let _ = writeln!(
                answer,
                "{left} more are left out; fix these first, and check again."
            );
        }
        answer
    }
}
