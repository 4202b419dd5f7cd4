//! Runs the rules: from violations and candidates to findings.

use super::candidate::{Candidate, Subject, Violation};
use super::dispatch;
use crate::contract::{Additional, Contract, Facts, Part};
use crate::document::{Document, Node, RecoverableErrorKind, SyntaxError, SyntaxErrorKind, Text};
use crate::lint::{EMPTY, Finding, Role, Rule, RuleContext, Severity, Sink};
use crate::options::Options;
use crate::rules::{json, policy, schema, text};
use crate::validate::{Keyword, keywords};
use crate::values::datetime::Instant;

/// Judges a document that was read to its end, or says why it was not.
#[inline(never)]
pub(crate) fn run_rules<'c>(
    document: &Document,
    violations: &[Violation],
    candidates: &[Candidate<'c>],
    text: Text<'_>,
    contract: &'c Contract<'c>,
    options: &Options,
    findings: &mut Vec<Finding>,
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
        };
        // Both lists are in the order of the values' ends, and the findings keep that order.
        let mut violations = violations;
        for candidate in candidates {
            while let [first, rest @ ..] = violations
                && first.node < candidate.node
            {
                runner.violation(first);
                violations = rest;
            }
            runner.candidate(candidate);
        }
        for last in violations {
            runner.violation(last);
        }
        if let Some(policy) = options.policy.as_deref() {
            policy::judge(document, text, contract, options, policy, findings);
        }
    }
    if !findings.is_empty() {
        if matches!(contract.part, Part::Response | Part::Error) {
            downgrade_response(findings);
        }
        finalize(findings, options);
    }
}

/// What the vendor has sent is no fault of the payload's author, who can only learn of it: all
/// but faults of the JSON itself are warnings, and how the vendor writes its texts is not judged.
/// See `response/drift`.
#[cold]
fn downgrade_response(findings: &mut Vec<Finding>) {
    findings.retain_mut(|finding| {
        let group = finding.rule.group();
        let is_style = matches!(group, "name" | "text" | "reference" | "tags")
            && !std::ptr::eq(finding.rule, &raw const text::credential::RULE);
        if finding.severity < Severity::Error {
            return !is_style;
        }
        if group != "json" {
            finding.severity = Severity::Warning;
        }
        true
    });
}

/// Reports where and why reading stopped.
#[cold]
pub(crate) fn report_syntax_error(
    document: &Document,
    stop: SyntaxError,
    findings: &mut Vec<Finding>,
) {
    let rule: &'static Rule = match stop.mistake {
        SyntaxErrorKind::Encoding | SyntaxErrorKind::Utf16 => &json::encoding::RULE,
        SyntaxErrorKind::TooDeep => &json::too_deep::RULE,
        SyntaxErrorKind::TooLarge => &json::too_large::RULE,
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
fn report_recoverable_errors(document: &Document, findings: &mut Vec<Finding>) {
    for flaw in &document.flaws {
        let rule = match flaw.kind {
            RecoverableErrorKind::DuplicateKey => &json::duplicate_key::RULE,
            RecoverableErrorKind::LoneSurrogate => &json::lone_surrogate::RULE,
            RecoverableErrorKind::ByteOrderMark => &json::byte_order_mark::RULE,
        };
        findings.push(Finding::new(rule, flaw.node, flaw.start, flaw.end));
    }
}

/// Applies the caller's levels, puts findings in the order of the text, and keeps to the limit.
#[cold]
pub(crate) fn finalize(findings: &mut Vec<Finding>, options: &Options) {
    options.levels.apply(findings);
    if !findings.is_sorted_by_key(|finding| finding.start) {
        findings.sort_by_key(|finding| finding.start);
    }
    let limit = options.limits.diagnostics.max(1) as usize;
    if let Some(first_left_out) = findings.get(limit).copied() {
        let left_out = (findings.len() - limit) as u32;
        findings.truncate(limit);
        let rule = &json::too_many_diagnostics::RULE;
        findings.push(Finding {
            detail: left_out,
            ..Finding::new(rule, 0, first_left_out.start, first_left_out.start)
        });
    }
}

struct Runner<'a> {
    document: &'a Document,
    text: Text<'a>,
    contract: &'a Contract<'a>,
    now: Instant,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Runner<'a> {
    #[inline(always)]
    fn violation(&mut self, violation: &Violation) {
        let rule = schema::of(violation.keyword);
        let (start, end) = violation.span;
        // The capacity is checked first, so that the finding is written in its place.
        if self.findings.len() == self.findings.capacity() {
            self.findings.reserve(1);
        }
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
                self.missing(at, node, missing);
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
        }
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

    fn missing(&mut self, at: u32, node: &Node, missing: [u64; 2]) {
        for (half, mut bits) in missing.into_iter().enumerate() {
            while bits != 0 {
                let property = half as u32 * 64 + bits.trailing_zeros();
                bits &= bits - 1;
                let (start, end) = (node.start, node.start + 1);
                self.report(Keyword::Required, at, start, end, property);
            }
        }
    }

    fn report(&mut self, keyword: Keyword, node: u32, start: u32, end: u32, detail: u32) {
        self.findings.push(Finding {
            detail,
            ..Finding::new(schema::of(keyword), node, start, end)
        });
    }

    fn context(&self, candidate: &Candidate<'a>) -> RuleContext<'a> {
        RuleContext {
            text: self.text,
            document: self.document,
            contract: self.contract,
            schema: candidate.schema,
            node: candidate.node,
            parent: candidate.parent.get(),
            now: self.now,
            // The rules of the policy run apart from the others.
            policy: &EMPTY,
            rule: None,
            variant: 0,
            detail: 0,
            span: (0, 0),
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
