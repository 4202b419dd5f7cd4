//! Runs the rules: from violations and candidates to findings.

use super::candidate::{Candidate, MOST, Subject, Violation, Violations};
use super::{dispatch, inspect};
use crate::contract::program::{ProgramKeyword, SchemaId};
use crate::contract::{Additional, Contract, Facts, Part, Schema};
use crate::document::{
    Document, Kind, NONE, Node, ObjectState, Parent, RecoverableErrorKind, SyntaxError,
    SyntaxErrorKind, Text,
};
use crate::lint::{
    EMPTY, Finding, Findings, Role, Rule, RuleContext, Severity, Sink, member_schema,
};
use crate::options::Options;
use crate::rules::reference::url_character;
use crate::rules::{json, misnamed, policy, schema, text};
use crate::validate::program::Validator;
use crate::validate::{Keyword, keywords};
use crate::values::datetime::Instant;

/// Judges a document that was read to its end, or says why it was not.
#[inline(never)]
pub(crate) fn run_rules<'c>(
    document: &Document,
    violations: &Violations,
    candidates: &[Candidate<'c>],
    text: Text<'_>,
    contract: &'c Contract<'c>,
    options: &Options,
    findings: &mut Findings,
) {
    if !document.flaws.is_empty() {
        report_recoverable_errors(document, findings);
    }
    if let Some(stop) = &document.stop {
        report_syntax_error(document, *stop, findings);
    } else {
        let mut runner = Runner {
            document,
            text,
            contract,
            now: options.now,
            findings,
            programs: Vec::new(),
        };
        // Both lists are in the order of the values' ends, and the findings keep that order.
        let mut left: &[Violation] = violations;
        if candidates.len() > MOST {
            // The candidates are too many to be kept: they are found again, one by one.
            runner.walk(0, contract.root, Parent::NONE);
        } else {
            for candidate in candidates {
                while let [first, rest @ ..] = left
                    && first.node < candidate.node
                {
                    runner.violation(first);
                    left = rest;
                }
                runner.candidate(candidate);
            }
        }
        for last in left {
            runner.violation(last);
        }
        for (keyword, count) in violations.left_out() {
            runner.findings.count(schema::of(*keyword), *count);
        }
        // A program reports what the tables have not reported, so everything else comes first.
        for (at, id, schema) in std::mem::take(&mut runner.programs) {
            runner.program(at, id, schema);
        }
        if contract.part == Part::Path {
            let mut sink = Sink {
                findings: runner.findings,
                rule: &url_character::RULE,
                facts: Facts::NONE,
            };
            let parameters = RuleContext::of_root(document, text, contract, options.now, &EMPTY);
            url_character::check(&parameters, &mut sink);
        }
        if let Some(policy) = options.policy.as_deref() {
            policy::judge(document, text, contract, options, policy, findings);
        }
    }
    if !findings.is_empty() {
        if !contract.part.is_sent() {
            downgrade_response(findings);
        }
        finalize(findings, options);
    }
}

/// What the vendor has sent is no fault of the payload's author, who can only learn of it: all
/// but faults of the JSON itself are warnings, and how the vendor writes its texts is not judged.
/// See `response/drift`.
#[cold]
fn downgrade_response(findings: &mut Findings) {
    let is_style = |rule: &'static Rule| {
        matches!(rule.group(), "name" | "text" | "reference" | "tags")
            && !std::ptr::eq(rule, &raw const text::credential::RULE)
    };
    let keep = |finding: &mut Finding| {
        if finding.severity < Severity::Error {
            return !is_style(finding.rule);
        }
        if finding.rule.group() != "json" {
            finding.severity = Severity::Warning;
        }
        true
    };
    findings.retain(keep, |rule| {
        rule.severity == Severity::Error || !is_style(rule)
    });
}

/// Reports where and why reading stopped.
#[cold]
pub(crate) fn report_syntax_error(document: &Document, stop: SyntaxError, findings: &mut Findings) {
    let rule: &'static Rule = match stop.mistake {
        SyntaxErrorKind::Encoding
        | SyntaxErrorKind::Utf16
        | SyntaxErrorKind::Utf32
        | SyntaxErrorKind::Compressed
        | SyntaxErrorKind::Zip => &json::encoding::RULE,
        SyntaxErrorKind::TooDeep => &json::too_deep::RULE,
        SyntaxErrorKind::TooLarge | SyntaxErrorKind::TooManyValues => &json::too_large::RULE,
        _ => &json::syntax::RULE,
    };
    // The innermost container that was never closed is where it happened.
    let open = document
        .nodes
        .iter()
        .rposition(|node| node.is_container() && node.next == 0);
    findings.push(Finding {
        variant: stop.mistake as u8,
        ..Finding::new(rule, open.unwrap_or(0) as u32, stop.start, stop.end)
    });
}

#[cold]
fn report_recoverable_errors(document: &Document, findings: &mut Findings) {
    let rule = |kind| -> &'static Rule {
        match kind {
            RecoverableErrorKind::DuplicateKey => &json::duplicate_key::RULE,
            RecoverableErrorKind::LoneSurrogate => &json::lone_surrogate::RULE,
            RecoverableErrorKind::ByteOrderMark => &json::byte_order_mark::RULE,
        }
    };
    for flaw in &*document.flaws {
        findings.push(Finding::new(
            rule(flaw.kind),
            flaw.node,
            flaw.start,
            flaw.end,
        ));
    }
    for (kind, count) in document.flaws.left_out() {
        findings.count(rule(*kind), *count);
    }
}

/// Applies the caller's levels, puts findings in the order of the text, and keeps to the limit.
#[cold]
pub(crate) fn finalize(findings: &mut Findings, options: &Options) {
    options.levels.apply(findings);
    findings.sort();
    let limit = options.limits.diagnostics.max(1) as usize;
    if findings.len() <= limit && findings.left_out().is_empty() {
        return;
    }
    // Where the rest begins, if it is known.
    let at = findings.get(limit).or(findings.last()).map(|one| one.start);
    let left_out = findings.truncate(limit);
    if let Some(at) = at
        && left_out > 0
    {
        let rule = &json::too_many_diagnostics::RULE;
        findings.push(Finding {
            detail: left_out,
            ..Finding::new(rule, 0, at, at)
        });
    }
}

struct Runner<'a> {
    document: &'a Document,
    text: Text<'a>,
    contract: &'a Contract<'a>,
    now: Instant,
    findings: &'a mut Findings,
    /// Values over which a program has still to run: node, program and table of each.
    programs: Vec<(u32, SchemaId, &'a Schema<'a>)>,
}

impl<'a> Runner<'a> {
    #[inline(always)]
    fn violation(&mut self, violation: &Violation) {
        let rule = schema::of(violation.keyword);
        let (start, end) = violation.span;
        self.findings
            .push(Finding::new(rule, violation.node, start, end));
    }

    /// Reports what is wrong with a candidate.
    fn candidate(&mut self, candidate: &Candidate<'a>) {
        let at = candidate.node;
        let Some(node) = self.document.node(at) else {
            return;
        };
        match candidate.subject {
            Subject::Value(broken, facts) => {
                if let Some(keyword) = broken {
                    self.report(keyword, at, node.start, node.end, 0);
                }
                self.call_value_rules(candidate, facts);
            }
            Subject::UnknownProperty => self.unknown_property(candidate, node),
            Subject::Object(facts, missing) => {
                self.missing(candidate, node, missing);
                self.call_object_rules(candidate, facts);
            }
            Subject::Items(count) => {
                if let Some(limits) = candidate.schema.array {
                    let (document, text) = (self.document, self.text);
                    for (keyword, node) in keywords::array(document, text, at, limits, count) {
                        let Some(item) = document.node(node) else {
                            continue;
                        };
                        self.report(keyword, node, item.start, item.end, 0);
                    }
                }
            }
            Subject::Program(id) => self.programs.push((at, id, candidate.schema)),
        }
    }

    /// Runs the contract's program over a value, and reports what the tables have not reported.
    #[cold]
    fn program(&mut self, at: u32, id: SchemaId, table: &'a Schema<'a>) {
        let Some(tables) = self.contract.program() else {
            return;
        };
        let validator = Validator::new(tables.program, self.document, self.text);
        let faults = validator.check(at, id);
        if faults.is_empty() {
            return;
        }
        let known: Vec<(u32, &'static Rule, u32)> = self
            .findings
            .iter()
            .map(|finding| (finding.node, finding.rule, finding.detail))
            .collect();
        for fault in faults {
            let Some(node) = self.document.node(fault.node) else {
                continue;
            };
            let keyword = tables
                .program
                .schemas
                .get(fault.schema as usize)
                .and_then(|schema| schema.keywords.get(usize::from(fault.keyword)));
            let rule = schema::of_program(keyword);
            let (mut start, mut end) = (node.start, node.end);
            if fault.is_key && node.key != NONE {
                (start, end) = (node.key, node.key + node.key_length + 2);
            }
            let mut finding = Finding {
                variant: fault.keyword,
                detail: fault.detail,
                schema: fault.schema,
                ..Finding::new(rule, fault.node, start, end)
            };
            if let Some(ProgramKeyword::Required(names)) = keyword {
                finding.end = finding.start + 1;
                let name = names.get(fault.detail as usize);
                let around = self.schema_of(fault.node, at, table);
                let property = name.zip(around.object).and_then(|(name, object)| {
                    let properties = object.properties.iter();
                    let mut names = properties.map(|property| property.name);
                    names.position(|known| *known == **name)
                });
                // A property that the tables have is reported as they report it.
                if let Some(property) = property {
                    finding.detail = property as u32;
                    finding.schema = NONE;
                    finding.variant = 0;
                }
            }
            let is_known = known.iter().any(|(node, rule, detail)| {
                *node == finding.node
                    && (if std::ptr::eq(finding.rule, schema::of(Keyword::Required)) {
                        std::ptr::eq(*rule, finding.rule) && *detail == finding.detail
                    } else {
                        rule.group() == "schema"
                            && !std::ptr::eq(*rule, schema::of(Keyword::Required))
                    })
            });
            if !is_known {
                self.findings.push(finding);
            }
        }
    }

    /// The table of a value that is inside another value.
    fn schema_of(&self, target: u32, mut at: u32, mut schema: &'a Schema<'a>) -> &'a Schema<'a> {
        while at != target {
            let mut children = self.document.children(at);
            let holds = |(node, child): &(u32, &Node)| *node <= target && target < child.next;
            let Some((node, child)) = children.find(holds) else {
                break;
            };
            schema = member_schema(schema, child);
            at = node;
        }
        schema
    }

    /// Judges a value and all that is in it, in the order in which the scanner reads them; the
    /// facts count for the object around it. Each candidate is made as the inspection makes it.
    #[cold]
    fn walk(&mut self, at: u32, schema: &'a Schema<'a>, parent: Parent<'a>) -> Facts {
        static ANY: Schema<'static> = Schema::ANY;
        let Some(node) = self.document.node(at) else {
            return Facts::NONE;
        };
        let candidate = |subject| Candidate {
            node: at,
            schema,
            parent,
            subject,
        };
        let inside = Parent::new(at as usize, schema);
        match node.kind {
            Kind::Array => {
                let items = schema.array.and_then(|limits| limits.items);
                let mut count = 0;
                for (item, _) in self.document.children(at) {
                    self.walk(item, items.unwrap_or(&ANY), inside);
                    count += 1;
                }
                if schema
                    .array
                    .is_some_and(|limits| keywords::may_break_array(limits, count))
                {
                    self.candidate(&candidate(Subject::Items(count)));
                }
            }
            Kind::Object => {
                let mut state = ObjectState::default();
                let properties = schema.object.map_or(&[][..], |object| object.properties);
                let is_open = schema
                    .object
                    .is_none_or(|object| object.additional == Additional::Allowed);
                for (member, child) in self.document.children(at) {
                    match properties.get(usize::from(child.property)) {
                        Some(property) => {
                            let facts = self.walk(member, property.schema, inside);
                            state.add(child.property, property, facts);
                        }
                        None if is_open => {
                            self.walk(member, &ANY, inside);
                        }
                        None => self.candidate(&Candidate {
                            node: member,
                            schema: &ANY,
                            parent: inside,
                            subject: Subject::UnknownProperty,
                        }),
                    }
                }
                if let Some(known) = schema.object {
                    let (facts, missing) = (state.facts(), state.missing(known));
                    if missing != [0; 2] || dispatch::calls_an_object_rule(facts) {
                        self.candidate(&candidate(Subject::Object(facts, missing)));
                    }
                }
            }
            _ => {}
        }
        if let Some(extra) = schema.extra {
            self.candidate(&candidate(Subject::Program(extra)));
        }
        let inspected = node.with_token(at, self.text, |token| {
            inspect::inspect(token, schema, &self.now)
        });
        let Ok(inspected) = inspected else {
            return Facts::NONE;
        };
        if inspected.is_candidate {
            let subject = Subject::Value(inspected.broken, inspected.facts);
            self.candidate(&candidate(subject));
        }
        inspected.facts
    }

    fn unknown_property(&mut self, candidate: &Candidate<'a>, node: &Node) {
        let object = candidate.parent.get().and_then(|(_, schema)| schema.object);
        let keyword = match object.map(|object| object.additional) {
            Some(Additional::Refused) => Keyword::AdditionalProperties,
            _ => Keyword::UnknownProperty,
        };
        let end = node.key + node.key_length + 2;
        self.report(keyword, candidate.node, node.key, end, 0);
    }

    /// Reports the properties that are missing. One that is there under another name, or inside
    /// another object, is one fault: the key is not reported as well.
    fn missing(&mut self, candidate: &Candidate<'a>, node: &Node, missing: [u64; 2]) {
        if missing == [0; 2] {
            return;
        }
        let object = self.context(candidate);
        let wrapper = misnamed::wrapper(&object);
        for (half, mut bits) in missing.into_iter().enumerate() {
            while bits != 0 {
                let property = half as u32 * 64 + bits.trailing_zeros();
                bits &= bits - 1;
                let instead = wrapper
                    .map(|wrapper| (wrapper, schema::required::WRAPPED))
                    .or_else(|| {
                        let instead = misnamed::instead_of(&object, property as usize)?;
                        Some((instead, schema::required::MISNAMED))
                    });
                let (start, end) = match instead {
                    Some((member, _)) => {
                        self.forget_unknown(member.node);
                        member.key_span()
                    }
                    None => (node.start, node.start + 1),
                };
                self.findings.push(Finding {
                    variant: instead.map_or(0, |(_, variant)| variant),
                    detail: property,
                    ..Finding::new(schema::of(Keyword::Required), candidate.node, start, end)
                });
                if wrapper.is_some() {
                    return;
                }
            }
        }
    }

    /// Takes back that a key is not known.
    fn forget_unknown(&mut self, node: u32) {
        let is_it = |finding: &Finding| {
            finding.node == node
                && (std::ptr::eq(finding.rule, &raw const schema::unknown_property::RULE)
                    || std::ptr::eq(finding.rule, &raw const schema::additional_properties::RULE))
        };
        if let Some(at) = self.findings.iter().rposition(is_it) {
            self.findings.remove(at);
        }
    }

    fn report(&mut self, keyword: Keyword, node: u32, start: u32, end: u32, detail: u32) {
        self.findings.push(Finding {
            detail,
            ..Finding::new(schema::of(keyword), node, start, end)
        });
    }

    fn context(&self, candidate: &Candidate<'a>) -> RuleContext<'a> {
        // The rules of the policy run apart from the others.
        let root = RuleContext::of_root(self.document, self.text, self.contract, self.now, &EMPTY);
        RuleContext {
            schema: candidate.schema,
            node: candidate.node,
            parent: candidate.parent.get(),
            ..root
        }
    }

    /// Runs the rules that these facts about one value call.
    fn call_value_rules(&mut self, candidate: &Candidate<'a>, facts: Facts) {
        let context = self.context(candidate);
        for rule in dispatch::about_value(facts, candidate.schema.meaning.number()) {
            if let Role::Value { check, .. } = rule.role {
                self.call(check, rule, &context, facts);
            }
        }
    }

    /// Runs the rules that these facts about an object's values together call.
    fn call_object_rules(&mut self, candidate: &Candidate<'a>, facts: Facts) {
        let context = self.context(candidate);
        for rule in dispatch::about_object(facts) {
            if let Role::Object { check, .. } = rule.role {
                self.call(check, rule, &context, facts);
            }
        }
    }

    fn call(&mut self, check: Check, rule: &'static Rule, context: &RuleContext<'_>, facts: Facts) {
        let mut sink = Sink {
            findings: self.findings,
            rule,
            facts,
        };
        check(context, &mut sink);
    }
}

type Check = fn(&RuleContext<'_>, &mut Sink<'_>);
