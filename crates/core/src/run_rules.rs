//! The verdict: judges what a glance has found doubtful, and calls the rules.

use crate::contract::check;
use crate::contract::{Additional, Contract, Part, Schema};
use crate::document::candidate::{Parent, What};
use crate::document::{
    Candidate, Document, Kind, Node, RecoverableErrorKind, SyntaxError, SyntaxErrorKind, Text,
};
use crate::inspect::{self, Together};
use crate::options::Options;
use crate::policy::EMPTY;
use crate::report::{Finding, Findings};
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
    findings: &mut Findings,
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
        let mut broken: &[Finding] = &document.broken;
        if document.doubts_left_out {
            // The candidates are so many that they were not kept: they are found again, one by one.
            judge.again(0, contract.root, Parent::NOTHING);
        } else {
            for doubt in &document.doubts {
                while let [first, rest @ ..] = broken
                    && first.node < doubt.node
                {
                    judge.findings.push(*first);
                    broken = rest;
                }
                judge.doubt(doubt);
            }
        }
        for last in broken {
            judge.findings.push(*last);
        }
        for (rule, count) in document.broken.left_out() {
            judge.findings.count(rule, *count);
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
pub(crate) fn stopped(document: &Document, stop: SyntaxError, findings: &mut Findings) {
    let rule: &'static Rule = match stop.mistake {
        SyntaxErrorKind::Encoding | SyntaxErrorKind::Utf16 => &json::encoding::RULE,
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
fn flaws(document: &Document, findings: &mut Findings) {
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
pub(crate) fn tidy(findings: &mut Findings, options: &Options) {
    options.levels.apply(findings);
    findings.sort();
    let limit = options.limits.diagnostics.max(1) as usize;
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

struct Judge<'a> {
    document: &'a Document,
    text: Text<'a>,
    contract: &'static Contract,
    now: Instant,
    findings: &'a mut Findings,
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

    /// Judges a value and all that is in it, in the order in which the scanner reads them; the
    /// facts count for the object around it. Each candidate is made again as the scanner made it.
    #[cold]
    fn again(&mut self, at: u32, schema: &'static Schema, around: Parent) -> Facts {
        let Some(node) = self.document.node(at) else {
            return Facts::NONE;
        };
        let candidate = |what| Candidate {
            node: at,
            schema,
            around,
            what,
        };
        let inside = Parent::new(at as usize, schema);
        match node.kind {
            Kind::Array => {
                let items = schema.array.and_then(|limits| limits.items);
                let mut count = 0;
                for (item, _) in self.document.children(at) {
                    self.again(item, items.unwrap_or(&Schema::ANY), inside);
                    count += 1;
                }
                if schema
                    .array
                    .is_some_and(|limits| check::is_doubtful_array(limits, count))
                {
                    self.doubt(&candidate(What::Items(count)));
                }
            }
            Kind::Object => {
                let mut together = Together::default();
                let properties = schema.object.map_or(&[][..], |object| object.properties);
                let is_open = schema
                    .object
                    .is_none_or(|object| object.additional == Additional::Allowed);
                for (member, child) in self.document.children(at) {
                    match properties.get(usize::from(child.property)) {
                        Some(property) => {
                            let facts = self.again(member, property.schema, inside);
                            together.add(child.property, property, facts);
                        }
                        None if is_open => {
                            self.again(member, &Schema::ANY, inside);
                        }
                        None => self.doubt(&Candidate {
                            node: member,
                            schema: &Schema::ANY,
                            around: inside,
                            what: What::UnknownProperty,
                        }),
                    }
                }
                if let Some(known) = schema.object
                    && together.is_doubtful(known)
                {
                    let what = What::Together(together.facts(), together.missing(known));
                    self.doubt(&candidate(what));
                }
            }
            _ => {}
        }
        let inspected = node.with_token(at, self.text, |token| {
            inspect::inspect(token, schema, &self.now)
        });
        let Ok(inspected) = inspected else {
            return Facts::NONE;
        };
        if inspected.doubt {
            let what = What::Value(inspected.broken, inspected.facts);
            self.doubt(&candidate(what));
        }
        inspected.facts
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
