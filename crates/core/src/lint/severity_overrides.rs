//! Overrides of the rules' severities.

use std::sync::Arc;

use super::{Finding, Findings, Rule, Severity};

/// What becomes of a rule's diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// They are dropped.
    Off,
    /// They have this severity.
    At(Severity),
}

/// Levels set by rules and groups; a later setting counts more than an earlier one.
#[derive(Debug, Clone, Default)]
pub struct SeverityOverrides {
    /// Shared by the reports that were made with them; none if no level was set.
    set: Option<Arc<Vec<(&'static Rule, Level)>>>,
}

impl SeverityOverrides {
    /// Sets the level of one rule.
    pub fn set(&mut self, rule: &'static Rule, level: Level) -> &mut Self {
        let set = self.set.get_or_insert_default();
        Arc::make_mut(set).push((rule, level));
        self
    }

    /// The level set for a rule, if any.
    #[must_use]
    pub fn of(&self, rule: &'static Rule) -> Option<Level> {
        let found = self
            .set
            .as_ref()?
            .iter()
            .rev()
            .find(|(set, _)| std::ptr::eq(*set, rule));
        found.map(|(_, level)| *level)
    }

    pub(crate) fn apply(&self, findings: &mut Findings) {
        if self.set.is_none() {
            return;
        }
        let keep = |finding: &mut Finding| match self.of(finding.rule) {
            None => true,
            Some(Level::Off) => false,
            Some(Level::At(severity)) => {
                finding.severity = severity;
                true
            }
        };
        findings.retain(keep, |rule| self.of(rule) != Some(Level::Off));
    }
}
