//! How often each rule found something, instead of the findings.

use std::collections::BTreeMap;
use std::io::{self, Write};

use pipelint::Applicability;
use serde_json::json;

use crate::findings::Findings;
use crate::summary::Summary;

use super::{At, Emitter, Part, Renderer, sum};

/// The counts of one rule.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    findings: u64,
    safe: u64,
    not_safe: u64,
}

/// Counts findings by rule and severity.
#[derive(Debug, Default)]
pub(super) struct Statistics {
    pub(super) is_json: bool,
    counts: BTreeMap<(String, String), Counts>,
}

impl Statistics {
    pub(super) fn new(is_json: bool) -> Self {
        Self {
            is_json,
            ..Self::default()
        }
    }

    /// The rows, the most frequent rule first.
    fn rows(&self) -> Vec<(&(String, String), &Counts)> {
        let mut rows: Vec<_> = self.counts.iter().collect();
        rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.findings));
        rows
    }
}

/// Writes one line a finding, which the renderer counts.
#[derive(Debug, Clone, Copy)]
struct Lines;

impl Emitter for Lines {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        for finding in found.iter() {
            part.findings += 1;
            let fix = finding.explain(at).fix;
            let fix = match fix.filter(|fix| !finding.reveals(fix)) {
                Some(fix) if fix.applicability == Applicability::Safe => "safe",
                Some(_) => "unsafe",
                None => "none",
            };
            let (rule, severity) = (finding.rule(), finding.severity().name());
            // Memory takes everything.
            let _ = writeln!(part.text, "{rule} {severity} {fix}");
        }
    }
}

impl Renderer for Statistics {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(Lines)
    }

    fn part(&mut self, _out: &mut dyn Write, part: &Part) -> io::Result<()> {
        for line in String::from_utf8_lossy(&part.text).lines() {
            let mut words = line.split(' ').map(str::to_owned);
            let (Some(rule), Some(severity)) = (words.next(), words.next()) else {
                continue;
            };
            let counts = self.counts.entry((rule, severity)).or_default();
            counts.findings += 1;
            match words.next().as_deref() {
                Some("safe") => counts.safe += 1,
                Some("unsafe") => counts.not_safe += 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Summary) -> io::Result<()> {
        if self.is_json {
            let rules = self.rows().into_iter().map(|((rule, severity), counts)| {
                json!({
                    "rule": rule,
                    "severity": severity,
                    "count": counts.findings,
                    "safeFixes": counts.safe,
                    "unsafeFixes": counts.not_safe,
                })
            });
            let rules: serde_json::Value = rules.collect();
            return writeln!(out, "{:#}", json!({ "rules": rules, "summary": tally }));
        }
        let rows = self.rows();
        let most = rows.first().map_or(0, |(_, counts)| counts.findings);
        let width = most.to_string().len();
        let name = rows.iter().map(|((rule, _), _)| rule.len()).max();
        let name = name.unwrap_or(0);
        for ((rule, severity), counts) in rows {
            let fixes = match (counts.safe, counts.not_safe) {
                (0, 0) => String::new(),
                (safe, 0) => format!("  {safe} fixable"),
                (0, other) => format!("  {other} fixable (unsafe)"),
                (safe, other) => format!("  {safe} fixable, {other} more (unsafe)"),
            };
            let row = format!(
                "{:>width$}  {rule:name$}  {severity:7}{fixes}",
                counts.findings
            );
            writeln!(out, "{}", row.trim_end())?;
        }
        writeln!(out, "{}", sum(tally))
    }
}
