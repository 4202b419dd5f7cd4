//! The verdict: judges what a glance has found doubtful, and calls the rules.

use crate::contract::check;
use crate::contract::{Additional, Contract, Object, Part, Schema};
use crate::document::{Document, FlawKind, Kind, Mistake, Node, STRANGER, Stop, flag};
use crate::house::SILENT;
use crate::options::Options;
use crate::report::Finding;
use crate::rules::place::member_schema;
use crate::rules::{
    Facts, Place, Role, Rule, Severity, Sink, calls, house, json, look, schema as rules, text,
};
use crate::values::moment::Instant;

/// Judges a document that was read to its end, or says why it was not.
pub(crate) fn judge(
    document: &Document,
    text: &str,
    contract: &'static Contract,
    options: &Options,
    findings: &mut Vec<Finding>,
) {
    if !document.flaws.is_empty() {
        flaws(document, findings);
    }
    if let Some(stop) = &document.stop {
        stopped(document, *stop, findings);
    } else if let Some(root) = document.node(0) {
        let mut walk = Walk {
            document,
            text,
            contract,
            now: options.now,
            findings,
        };
        walk.value(0, root, contract.root, None);
        if let Some(house) = options.house.as_deref() {
            house::judge(document, text, contract, options, house, findings);
        }
    }
    if !findings.is_empty() {
        if matches!(contract.part, Part::Response | Part::Error) {
            lessen(findings);
        }
        tidy(findings, options);
    }
}

/// What the vendor has sent is no fault of the payload's author, who can only learn of it: all
/// but faults of the JSON itself are warnings, and how the vendor writes its texts is not judged.
/// See `response/drift`.
#[cold]
fn lessen(findings: &mut Vec<Finding>) {
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
pub(crate) fn stopped(document: &Document, stop: Stop, findings: &mut Vec<Finding>) {
    let rule: &'static Rule = match stop.mistake {
        Mistake::Encoding | Mistake::Utf16 => &json::encoding::RULE,
        Mistake::TooDeep => &json::too_deep::RULE,
        Mistake::TooLarge => &json::too_large::RULE,
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
            FlawKind::DuplicateKey => &json::duplicate_key::RULE,
            FlawKind::LoneSurrogate => &json::lone_surrogate::RULE,
            FlawKind::ByteOrderMark => &json::byte_order_mark::RULE,
        };
        findings.push(Finding::new(rule, flaw.node, flaw.start, flaw.end));
    }
}

/// Applies the caller's levels, puts findings in the order of the text, and keeps to the limit.
#[cold]
pub(crate) fn tidy(findings: &mut Vec<Finding>, options: &Options) {
    options.levels.apply(findings);
    findings.sort_by_key(|finding| finding.start);
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

struct Walk<'a> {
    document: &'a Document,
    text: &'a str,
    contract: &'static Contract,
    now: Instant,
    findings: &'a mut Vec<Finding>,
}

type Parent = Option<(u32, &'static Schema)>;

impl<'a> Walk<'a> {
    /// Judges one value, and what is doubtful of all that it holds.
    fn value(&mut self, at: u32, node: &'a Node, schema: &'static Schema, parent: Parent) {
        let (broken, facts) = node.with_token(at, self.text, |token| {
            let broken = check::whole(token, schema);
            (broken, look::look(token, schema, &self.now))
        });
        if let Some(rule) = broken {
            self.report(rule, at, node.start, node.end, 0);
            if !rules::leaves_the_value_to_be_judged(rule) {
                return;
            }
        }
        if look::calls_a_rule(facts, schema) {
            self.ask(at, facts, schema, parent);
        }
        match node.kind {
            Kind::Object => self.object(at, node, schema, parent),
            Kind::Array => self.array(at, node, schema, parent),
            _ => {}
        }
    }

    fn object(&mut self, at: u32, node: &'a Node, schema: &'static Schema, parent: Parent) {
        let object = schema.object;
        let mut seen = 0u128;
        for (child, value) in self.document.children(at) {
            if value.property != STRANGER {
                seen |= 1 << (value.property & 127);
            } else if let Some(object) = object
                && object.additional != Additional::Allowed
            {
                self.stranger(child, value, object);
                continue;
            }
            if value.has(flag::DOUBT) {
                let within = member_schema(schema, value);
                self.value(child, value, within, Some((at, schema)));
            }
        }
        if let Some(object) = object
            && node.has(flag::TOGETHER)
        {
            self.missing(at, node, object.required & !seen);
            self.ask_together(at, self.document.together(at), schema, parent);
        }
    }

    fn array(&mut self, at: u32, node: &'a Node, schema: &'static Schema, parent: Parent) {
        let Some(array) = schema.array else {
            return;
        };
        let mut count = 0;
        for (child, value) in self.document.children(at) {
            if let Some(items) = array.items
                && value.has(flag::DOUBT)
            {
                self.value(child, value, items, Some((at, schema)));
            }
            count += 1;
        }
        if node.has(flag::TOGETHER) {
            let place = self.place(at, schema, parent);
            check::array(&place, array, count, self.findings);
        }
    }

    #[cold]
    fn stranger(&mut self, at: u32, node: &Node, object: &Object) {
        let rule = if object.additional == Additional::Refused {
            &rules::additional_properties::RULE
        } else {
            &rules::unknown_property::RULE
        };
        self.report(rule, at, node.key, node.key + node.key_length + 2, 0);
    }

    #[cold]
    fn missing(&mut self, at: u32, node: &Node, mut missing: u128) {
        while missing != 0 {
            let property = missing.trailing_zeros();
            missing &= missing - 1;
            self.report(
                &rules::required::RULE,
                at,
                node.start,
                node.start + 1,
                property,
            );
        }
    }

    #[cold]
    fn report(&mut self, rule: &'static Rule, node: u32, start: u32, end: u32, detail: u32) {
        self.findings.push(Finding {
            detail,
            ..Finding::new(rule, node, start, end)
        });
    }

    fn place(&self, node: u32, schema: &'static Schema, parent: Parent) -> Place<'a> {
        Place {
            text: self.text,
            document: self.document,
            contract: self.contract,
            schema,
            node,
            parent,
            now: self.now,
            // The house's own rules are asked apart from the others.
            house: &SILENT,
            rule: None,
            variant: 0,
            detail: 0,
            span: (0, 0),
        }
    }

    /// Asks the rules that these facts about one value call.
    #[inline(never)]
    fn ask(&mut self, at: u32, facts: Facts, schema: &'static Schema, parent: Parent) {
        let place = self.place(at, schema, parent);
        for rule in calls::about_value(facts, schema.meaning.number()) {
            if let Role::Value { check, .. } = rule.role {
                self.call(check, rule, &place);
            }
        }
    }

    /// Asks the rules that these facts about an object's values call.
    #[inline(never)]
    fn ask_together(&mut self, at: u32, facts: Facts, schema: &'static Schema, parent: Parent) {
        let place = self.place(at, schema, parent);
        for rule in calls::about_object() {
            if let Role::Object {
                when,
                unless,
                check,
            } = rule.role
                && facts.holds(when)
                && !facts.meets(unless)
            {
                self.call(check, rule, &place);
            }
        }
    }

    fn call(&mut self, check: Check, rule: &'static Rule, place: &Place<'_>) {
        let findings = &mut *self.findings;
        check(place, &mut Sink { findings, rule });
    }
}

type Check = fn(&Place<'_>, &mut Sink<'_>);
