//! One diagnostic: what is wrong, where, why, and how to fix it.

use std::ops::Range;

use crate::contract::{Property, Schema};
use crate::rules::{self, Applicability, Edit, Param, Rule, RuleContext, Severity};

use super::json_pointer::{self, Step};
use super::render::RenderedDiagnostic;
use super::{Finding, Position, Report};

/// One diagnostic of a report. Asking it for words costs some work each time: [`Self::explain`]
/// gives all of them at once, and [`Self::render_into`] those of many without an allocation each.
#[derive(Clone, Copy)]
pub struct Diagnostic<'r> {
    pub(super) report: &'r Report<'r>,
    /// The report's text, which is bytes until somebody reads it.
    pub(super) text: &'r str,
    pub(super) finding: &'r Finding,
}

/// The words of a diagnostic, to keep.
#[derive(Clone)]
pub struct OwnedDiagnostic {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The JSON pointer (RFC 6901) of the value or key concerned. A missing property is reported
    /// at the place where it would be.
    pub pointer: String,
    /// What the message and the help were filled in with.
    pub params: Vec<(&'static str, Param<'static>)>,
    /// Who says so: a statement of the vendor by its id in the operation's notes, or a standard.
    pub source: String,
    /// An edit that fixes it.
    pub fix: Option<OwnedFix>,
    /// The rule that knew more about the fault than the one that reported it.
    pub adviser: Option<&'static Rule>,
}

/// An edit that fixes a fault, with its title.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnedFix {
    /// What the edit does.
    pub title: String,
    /// Whether it can be applied without asking.
    pub applicability: Applicability,
    /// The edits, in the order of the text; none overlaps another.
    pub edits: Vec<Edit>,
}

impl<'r> Diagnostic<'r> {
    /// The rule that found it.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.finding.rule
    }

    /// How bad it is: the rule's severity, or the one that the options set for it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.finding.severity
    }

    /// The byte offsets of the text concerned. A missing property is shown at the opening brace
    /// of the object that lacks it.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.finding.start as usize..self.finding.end as usize
    }

    /// Where the text concerned starts.
    #[must_use]
    pub fn start(&self) -> Position {
        self.report.position(self.finding.start as usize)
    }

    /// Where the text concerned ends: the place after its last character.
    #[must_use]
    pub fn end(&self) -> Position {
        self.report.position(self.finding.end as usize)
    }

    /// Whether the text concerned holds a secret, which must not be shown. Who shows lines of the
    /// payload, too, asks [`Report::secrets`].
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.report.is_secret(self.span())
    }

    /// What is wrong, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        let mut words = RenderedDiagnostic::default();
        self.render_into(&mut words);
        words.message().to_owned()
    }

    /// The JSON pointer (RFC 6901) of the value or key concerned.
    #[must_use]
    pub fn pointer(&self) -> String {
        let (mut steps, mut pointer) = (Vec::new(), String::new());
        self.walk(&mut steps);
        let last = steps.last().map(|step| step.schema);
        let missing = last.and_then(|schema| self.missing(schema));
        json_pointer::pointer(
            self.report.document(),
            self.text,
            &steps,
            missing,
            &mut pointer,
        );
        pointer
    }

    /// All that is to be said of it, to keep.
    #[must_use]
    pub fn explain(&self) -> OwnedDiagnostic {
        let mut words = RenderedDiagnostic::default();
        self.render_into(&mut words);
        OwnedDiagnostic {
            fix: words.take_fix().map(|fix| OwnedFix {
                title: words.fix_title().to_owned(),
                applicability: fix.applicability,
                edits: fix.edits.into(),
            }),
            message: words.message().to_owned(),
            help: words.help().map(str::to_owned),
            pointer: words.pointer().to_owned(),
            params: words
                .params()
                .map(|(name, param)| (name, param.into_owned()))
                .collect(),
            source: words.source().to_owned(),
            adviser: words.adviser(),
        }
    }

    /// The way to the value.
    pub(super) fn walk(&self, steps: &mut Vec<Step<'r>>) {
        json_pointer::trail(
            self.report.document(),
            self.text,
            self.report.contract.root,
            self.finding.node,
            &self.report.hint,
            steps,
        );
    }

    /// The property that is missing in the object which that schema describes, if that is the
    /// fault.
    pub(super) fn missing<'c>(&self, schema: &'c Schema<'c>) -> Option<&'c Property<'c>> {
        if !std::ptr::eq(self.finding.rule, &raw const rules::schema::required::RULE) {
            return None;
        }
        let properties = schema.object?.properties;
        properties.get(self.finding.detail as usize)
    }

    pub(super) fn place(&self, steps: &[Step<'r>]) -> RuleContext<'r> {
        let above = steps
            .len()
            .checked_sub(2)
            .and_then(|above| steps.get(above));
        RuleContext {
            text: self.text.into(),
            document: self.report.document(),
            contract: self.report.contract,
            schema: steps
                .last()
                .map_or(self.report.contract.root, |step| step.schema),
            node: self.finding.node,
            parent: above.map(|step| (step.node, step.schema)),
            now: self.report.now(),
            policy: self.report.policy(),
            rule: Some(self.finding.rule),
            variant: self.finding.variant,
            detail: self.finding.detail,
            program_schema: self.finding.schema,
            span: (self.finding.start, self.finding.end),
        }
    }

    /// Whether a fix repeats what nobody may print. It can still be applied.
    #[must_use]
    pub fn reveals(&self, edits: &[Edit]) -> bool {
        edits.iter().any(|edit| {
            // What is only put in repeats nothing.
            !edit.text.is_empty()
                && edit.start < edit.end
                && self
                    .report
                    .is_secret(edit.start as usize..edit.end as usize)
        })
    }
}
