//! What is to be said of one payload: what pipelint found, and what the policy's schemas refuse.

use std::ops::Range;

use pipelint::{
    Diagnostic, OwnedDiagnostic, OwnedFix, Record, RenderedDiagnostic, Report, Rule, Severity,
};
use pipelint_overlay::{Merged, OverlayDiagnostic};
use serde::{Serialize, Serializer};

use crate::config::ResolvedSettings;
use crate::output::At;

/// The findings in one payload, in the order of its text. Renderers see no other.
#[derive(Debug)]
pub(crate) struct Findings<'r> {
    /// The report that pipelint's own findings come from. Its `diagnostics` are not all that is
    /// to be shown, and may be more: ask [`Self::iter`].
    pub(crate) report: &'r Report<'r>,
    list: Vec<Finding<'r>>,
}

/// One finding.
#[derive(Debug)]
pub(crate) enum Finding<'r> {
    /// By one of pipelint's rules.
    Own(Diagnostic<'r>),
    /// By a keyword of a schema of the policy.
    Policy(OverlayDiagnostic, &'r Report<'r>),
}

impl<'r> Findings<'r> {
    /// All that is to be said of a payload that was checked.
    pub(crate) fn new(report: &'r Report<'r>, terms: &ResolvedSettings) -> Self {
        let list = match &terms.policy {
            None => report.diagnostics().map(Finding::Own).collect(),
            Some(policy) => policy
                .merge_with(report, |rule| terms.schema_levels.of(rule))
                .into_iter()
                .map(|one| match one {
                    Merged::Own(diagnostic) => Finding::Own(diagnostic),
                    Merged::Overlay(refused) => Finding::Policy(refused, report),
                })
                .collect(),
        };
        Self { report, list }
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Finding<'r>> {
        self.list.iter()
    }

    /// Drops the others.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Finding<'r>) -> bool) {
        self.list.retain(keep);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Finding<'_> {
    /// The rule's name, `group/the-fault`.
    pub(crate) fn rule(&self) -> &str {
        match self {
            Self::Own(diagnostic) => diagnostic.rule().name,
            Self::Policy(refused, _) => &refused.rule,
        }
    }

    /// The rule itself, with its page; none of the keyword of a schema.
    pub(crate) fn known_rule(&self) -> Option<&'static Rule> {
        match self {
            Self::Own(diagnostic) => Some(diagnostic.rule()),
            Self::Policy(..) => None,
        }
    }

    pub(crate) fn severity(&self) -> Severity {
        match self {
            Self::Own(diagnostic) => diagnostic.severity(),
            Self::Policy(refused, _) => refused.severity,
        }
    }

    /// The byte offsets of the text concerned.
    pub(crate) fn span(&self) -> Range<usize> {
        match self {
            Self::Own(diagnostic) => diagnostic.span(),
            Self::Policy(refused, _) => refused.span.clone(),
        }
    }

    /// The JSON pointer of the value or key concerned.
    pub(crate) fn pointer(&self) -> String {
        match self {
            Self::Own(diagnostic) => diagnostic.pointer(),
            Self::Policy(refused, _) => refused.pointer.clone(),
        }
    }

    /// Whether the fix repeats what nobody may print.
    pub(crate) fn reveals(&self, fix: &OwnedFix) -> bool {
        match self {
            Self::Own(diagnostic) => diagnostic.reveals(&fix.edits),
            Self::Policy(..) => false,
        }
    }

    /// All that is to be said of what was found there.
    pub(crate) fn explain(&self, at: At<'_>) -> OwnedDiagnostic {
        match self {
            Self::Own(diagnostic) => {
                let mut said = diagnostic.explain();
                if at.record.is_none()
                    && let Some(help) = &mut said.help
                    && self.rule() == "json/syntax"
                {
                    name_format(help);
                }
                said
            }
            Self::Policy(refused, _) => OwnedDiagnostic {
                message: refused.message.clone(),
                help: refused.help.clone(),
                pointer: refused.pointer.clone(),
                params: Vec::new(),
                source: refused.source.clone(),
                fix: None,
                adviser: None,
            },
        }
    }

    /// What is wrong, in one sentence without a full stop.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Own(diagnostic) => diagnostic.message(),
            Self::Policy(refused, _) => refused.message.clone(),
        }
    }

    /// The finding as `output.schema.json` describes it. Its words are found in `words`.
    pub(crate) fn record<'s>(
        &'s self,
        at: At<'s>,
        words: &'s mut RenderedDiagnostic,
    ) -> FindingRecord<'s> {
        if let Self::Own(diagnostic) = self {
            diagnostic.render_into(words);
        }
        FindingRecord {
            finding: self,
            at,
            words,
        }
    }
}

/// Where help speaks of NDJSON, in whatever language, adds the argument that asks for it.
fn name_format(help: &mut String) {
    if help.ends_with('.') && help.contains("NDJSON") {
        help.pop();
        help.push_str(" (`--input-format ndjson`).");
    }
}

/// A finding with the names of where it was found, to be serialised.
pub(crate) struct FindingRecord<'s> {
    finding: &'s Finding<'s>,
    at: At<'s>,
    words: &'s RenderedDiagnostic,
}

impl Serialize for FindingRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (file, record) = (Some(self.at.file), self.at.record);
        match self.finding {
            Finding::Own(diagnostic) => Record {
                file,
                record,
                diagnostic: *diagnostic,
            }
            .told(self.words)
            .serialize(serializer),
            Finding::Policy(refused, report) => refused
                .record(file, record, report.contract().id)
                .serialize(serializer),
        }
    }
}
