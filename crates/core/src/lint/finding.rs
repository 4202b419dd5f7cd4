//! Findings: what rules report, before messages are written.

use super::{Rule, RuleContext, Severity};
use crate::contract::Facts;
use crate::document::{Capped, Item, NONE};

/// What a rule found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding {
    pub(crate) rule: &'static Rule,
    /// The rule's severity, or the one that the options set.
    pub(crate) severity: Severity,
    /// The value concerned.
    pub(crate) node: u32,
    /// Byte offsets of the text concerned.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Which of the rule's faults.
    pub(crate) variant: u8,
    /// A number with a meaning of the rule's own; for a missing property, its index.
    pub(crate) detail: u32,
    /// The schema of the contract's program that the value breaks, at the keyword `variant`; `NONE`
    /// if the tables decided it.
    pub(crate) schema: u32,
}

impl Finding {
    /// A finding of the rule's own severity.
    #[inline]
    pub(crate) const fn new(rule: &'static Rule, node: u32, start: u32, end: u32) -> Self {
        Self {
            rule,
            severity: rule.severity,
            node,
            start,
            end,
            variant: 0,
            detail: 0,
            schema: NONE,
        }
    }
}

impl Item for Finding {
    type Kind = &'static Rule;

    fn kind(&self) -> &'static Rule {
        self.rule
    }

    fn start(&self) -> u32 {
        self.start
    }

    fn node(&self) -> u32 {
        self.node
    }
}

/// The findings of one payload, of each rule no more than a report shows.
pub(crate) type Findings = Capped<Finding>;

/// Takes a rule's findings.
#[derive(Debug)]
pub struct Sink<'a> {
    pub(crate) findings: &'a mut Findings,
    pub(crate) rule: &'static Rule,
    /// The facts that have called the rule.
    pub(crate) facts: Facts,
}

impl Sink<'_> {
    /// Whether one of those rules has reported the value at `place`, which is the last that was
    /// judged.
    pub(crate) fn has_reported(&self, rules: &[&'static Rule], place: &RuleContext<'_>) -> bool {
        let own = self.findings.iter().rev();
        own.take_while(|finding| finding.node == place.node)
            .any(|finding| rules.iter().any(|rule| std::ptr::eq(finding.rule, *rule)))
    }

    /// Reports the value at `place`.
    pub fn report(&mut self, place: &RuleContext<'_>) {
        self.report_as(place, 0);
    }

    /// Reports the value at `place`, with the number of one of the rule's several faults.
    pub fn report_as(&mut self, place: &RuleContext<'_>, variant: u8) {
        let node = place.node();
        self.report_span(place, variant, node.start, node.end);
    }

    /// Reports the value at `place`, with another severity than the rule's own.
    pub(crate) fn report_at(&mut self, place: &RuleContext<'_>, severity: Severity) {
        let node = place.node();
        self.findings.push(Finding {
            severity,
            ..Finding::new(self.rule, place.node, node.start, node.end)
        });
    }

    /// Reports a part of the text of `place`.
    pub(crate) fn report_span(
        &mut self,
        place: &RuleContext<'_>,
        variant: u8,
        start: u32,
        end: u32,
    ) {
        self.report_with(place, variant, start, end, 0);
    }

    /// Reports a part of the text of `place`, with a number that the explanation gets back.
    pub(crate) fn report_with(
        &mut self,
        place: &RuleContext<'_>,
        variant: u8,
        start: u32,
        end: u32,
        detail: u32,
    ) {
        self.findings.push(Finding {
            variant,
            detail,
            ..Finding::new(self.rule, place.node, start, end)
        });
    }
}
