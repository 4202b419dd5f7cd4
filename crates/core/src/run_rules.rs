//! The verdict: judges what a glance has found doubtful, and calls the rules.

use crate::contract::check;
use crate::contract::{Additional, Contract, Part};
use crate::document::candidate::What;
use crate::document::{
    Candidate, Document, Node, RecoverableErrorKind, SyntaxError, SyntaxErrorKind, Text,
};
use crate::options::Options;
use crate::policy::EMPTY;
use crate::report::Finding;
use crate::rules::{
    Facts, Role, Rule, RuleContext, Severity, Sink, dispatch, json, policy, schema as rules, text,
};
use crate::values::datetime::Instant;

/// Judges a document that was read to its end, or says why it was not.
#[inline(never)]
pub(crate) fn judge(
    document: &Document,
    text: Text<'_>,
    contract: &'static Contract,
    options: &Options,
    findings: &mut Vec<Finding>,
) {
    if !document.flaws.is_empty() {
        flaws(document, findings);
    }
    if let Some(stop) = &document.stop {
        stopped(document, *stop, findings);
    } else {
        let mut judge = Judge {
            document,
            text,
            contract,
            now: options.now,
            findings,
        };
        // Both are in the order of the values' ends, and so shall the findings be.
        let mut broken = document.broken.as_slice();
        for doubt in &document.doubts {
            while let [first, rest @ ..] = broken
                && first.node < doubt.node
            {
                add(judge.findings, first);
                broken = rest;
            }
            judge.doubt(doubt);
        }
        for last in broken {
            add(judge.findings, last);
        }
        if let Some(policy) = options.policy.as_deref() {
            policy::judge(document, text, contract, options, policy, findings);
        }
    }
    if !findings.is_empty() {
        if matches!(contract.part, Part::Response | Part::Error) {
            downgrade_response(findings);
        }
        tidy(findings, options);
    }
}

/// [`Vec::push`] of a copy, which so goes straight to its place and not by way of the stack.
#[inline(always)]
fn add(findings: &mut Vec<Finding>, finding: &Finding) {
    if findings.len() == findings.capacity() {
        findings.reserve(1);
    }
    findings.push(*finding);
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
pub(crate) fn stopped(document: &Document, stop: SyntaxError, findings: &mut Vec<Finding>) {
    let rule: &'static Rule = match stop.mistake {
        SyntaxErrorKind::Encoding
        | SyntaxErrorKind::Utf16
        | SyntaxErrorKind::Utf32
        | SyntaxErrorKind::Compressed
        | SyntaxErrorKind::Zip => &json::encoding::RULE,
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
fn flaws(document: &Document, findings: &mut Vec<Finding>) {
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
pub(crate) fn tidy(findings: &mut Vec<Finding>, options: &Options) {
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

struct Judge<'a> {
    document: &'a Document,
    text: Text<'a>,
    contract: &'static Contract,
    now: Instant,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Judge<'a> {
    /// Judges what is doubtful of one value.
    fn doubt(&mut self, doubt: &Candidate) {
        let (at, schema) = (doubt.node, doubt.schema);
        let Some(node) = self.document.node(at) else {
            return;
        };
        match doubt.what {
            What::Value(broken, facts) => {
                if let Some(rule) = broken {
                    self.report(rule, at, node.start, node.end, 0);
                }
                self.ask(doubt, facts);
            }
            What::UnknownProperty => self.stranger(doubt, node),
            What::Together(facts, missing) => {
                self.missing(at, node, missing);
                self.ask_together(doubt, facts);
            }
            What::Items(count) => {
                if let Some(limits) = schema.array {
                    let place = self.place(doubt);
                    check::array(&place, limits, count, self.findings);
                }
            }
        }
    }

    fn stranger(&mut self, doubt: &Candidate, node: &Node) {
        let around = doubt.around.parent().and_then(|(_, schema)| schema.object);
        let rule = match around.map(|object| object.additional) {
            Some(Additional::Refused) => &rules::additional_properties::RULE,
            _ => &rules::unknown_property::RULE,
        };
        let end = node.key + node.key_length + 2;
        self.report(rule, doubt.node, node.key, end, 0);
    }

    fn missing(&mut self, at: u32, node: &Node, missing: [u64; 2]) {
        for (half, mut bits) in missing.into_iter().enumerate() {
            while bits != 0 {
                let property = half as u32 * 64 + bits.trailing_zeros();
                bits &= bits - 1;
                let (start, end) = (node.start, node.start + 1);
                self.report(&rules::required::RULE, at, start, end, property);
            }
        }
    }

    fn report(&mut self, rule: &'static Rule, node: u32, start: u32, end: u32, detail: u32) {
        self.findings.push(Finding {
            detail,
            ..Finding::new(rule, node, start, end)
        });
    }

    fn place(&self, doubt: &Candidate) -> RuleContext<'a> {
        RuleContext {
            text: self.text,
            document: self.document,
            contract: self.contract,
            schema: doubt.schema,
            node: doubt.node,
            parent: doubt.around.parent(),
            now: self.now,
            // The policy's own rules are asked apart from the others.
            policy: &EMPTY,
            rule: None,
            variant: 0,
            detail: 0,
            span: (0, 0),
        }
    }

    /// Asks the rules that these facts about one value call.
    fn ask(&mut self, doubt: &Candidate, facts: Facts) {
        let place = self.place(doubt);
        for rule in dispatch::about_value(facts, doubt.schema.meaning.number()) {
            if let Role::Value { check, .. } = rule.role {
                self.call(check, rule, &place, facts);
            }
        }
    }

    /// Asks the rules that these facts about an object's values call.
    fn ask_together(&mut self, doubt: &Candidate, facts: Facts) {
        let place = self.place(doubt);
        for rule in dispatch::about_object(facts) {
            if let Role::Object { check, .. } = rule.role {
                self.call(check, rule, &place, facts);
            }
        }
    }

    fn call(&mut self, check: Check, rule: &'static Rule, place: &RuleContext<'_>, facts: Facts) {
        let mut sink = Sink {
            findings: self.findings,
            rule,
            facts,
        };
        check(place, &mut sink);
    }
}

type Check = fn(&RuleContext<'_>, &mut Sink<'_>);
