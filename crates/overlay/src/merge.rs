//! Merges the diagnostics of a report and of overlays, so that each fault appears once.

use std::ops::Range;

use pipelint::{Diagnostic, Level, Record, RenderedDiagnostic, Report, Severity};
use serde::{Serialize, Serializer};

use crate::diagnostic::OverlayDiagnostic;
use crate::rules::SchemaOverlays;

/// One diagnostic of a payload.
#[derive(Debug, Clone)]
pub enum Merged<'r> {
    /// Of the report.
    Own(Diagnostic<'r>),
    /// Of an overlay.
    Overlay(OverlayDiagnostic),
}

impl Merged<'_> {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Own(diagnostic) => diagnostic.severity(),
            Self::Overlay(diagnostic) => diagnostic.severity,
        }
    }

    /// The byte offsets of the text concerned.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Own(diagnostic) => diagnostic.span(),
            Self::Overlay(diagnostic) => diagnostic.span.clone(),
        }
    }

    /// The diagnostic as data, with the fields of [`Record`]; `rendered` is a buffer.
    pub fn record<'s>(
        &'s self,
        file: Option<&'s str>,
        record: Option<u64>,
        payload: &'s str,
        rendered: &'s mut RenderedDiagnostic,
    ) -> impl Serialize + use<'s> {
        if let Self::Own(diagnostic) = self {
            diagnostic.render_into(rendered);
        }
        MergedRecord {
            diagnostic: self,
            file,
            record,
            payload,
            rendered,
        }
    }
}

struct MergedRecord<'s> {
    diagnostic: &'s Merged<'s>,
    file: Option<&'s str>,
    record: Option<u64>,
    payload: &'s str,
    rendered: &'s RenderedDiagnostic,
}

impl Serialize for MergedRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (file, record) = (self.file, self.record);
        match self.diagnostic {
            Merged::Own(diagnostic) => Record {
                file,
                record,
                diagnostic: *diagnostic,
            }
            .told(self.rendered)
            .serialize(serializer),
            Merged::Overlay(diagnostic) => diagnostic
                .record(file, record, self.payload)
                .serialize(serializer),
        }
    }
}

impl SchemaOverlays {
    /// The diagnostics of a report and of the overlays of its payload, in the order of the text. A
    /// fault that both report appears once: the report's diagnostic stays, because it has more
    /// help and fixes, unless the overlay's is more severe.
    #[must_use]
    pub fn merge<'r>(&self, report: &'r Report<'r>) -> Vec<Merged<'r>> {
        self.merge_with(report, |_| None)
    }

    /// [`Self::merge`], with other severities for the rules `policy/<keyword>` than those set with
    /// [`Self::levels`].
    #[must_use]
    pub fn merge_with<'r>(
        &self,
        report: &'r Report<'r>,
        level_of: impl Fn(&str) -> Option<Level>,
    ) -> Vec<Merged<'r>> {
        let mut overlay = self.check_all(report);
        overlay.retain_mut(|one| one.apply(level_of(&one.rule)));
        let own = report.diagnostics();
        if overlay.is_empty() {
            return own.map(Merged::Own).collect();
        }
        let mut merged = Vec::with_capacity(own.len() + overlay.len());
        for diagnostic in own {
            let pointer = diagnostic.pointer();
            let rule = diagnostic.rule().name;
            let mut is_replaced = false;
            overlay.retain(|one| {
                let is_same = one.pointer == pointer && is_same_fault(rule, &one.rule);
                let is_worse = is_same && one.severity > diagnostic.severity();
                is_replaced |= is_worse;
                !is_same || is_worse
            });
            if !is_replaced {
                merged.push(Merged::Own(diagnostic));
            }
        }
        merged.extend(overlay.into_iter().map(Merged::Overlay));
        // The sort is stable: of two at one place, the report's own comes first.
        merged.sort_by_key(|one| one.span().start);
        merged
    }

    /// What the overlays of the report's payload refuse and the report does not report as severely,
    /// in the order of the text.
    #[must_use]
    pub fn check(&self, report: &Report<'_>) -> Vec<OverlayDiagnostic> {
        let merged = self.merge(report).into_iter();
        merged
            .filter_map(|one| match one {
                Merged::Overlay(diagnostic) => Some(diagnostic),
                Merged::Own(_) => None,
            })
            .collect()
    }
}

/// Whether a rule of the report and one of an overlay, which both report the same value, report the
/// same fault.
fn is_same_fault(own: &str, overlay: &str) -> bool {
    let keyword = overlay.strip_prefix("policy/").unwrap_or(overlay);
    if own.strip_prefix("schema/") == Some(keyword) {
        return true;
    }
    match own {
        // A value of the wrong type breaks most keywords.
        "schema/type" => !matches!(keyword, "required" | "additional-properties"),
        "schema/enum" | "status/unknown-word" | "currency/unknown" | "currency/wrong-case" => {
            matches!(keyword, "enum" | "const" | "pattern")
        }
        "schema/format" | "date/malformed" => matches!(keyword, "format" | "pattern"),
        "schema/maximum" => keyword == "exclusive-maximum",
        "schema/minimum" => keyword == "exclusive-minimum",
        "probability/out-of-range" => matches!(
            keyword,
            "maximum" | "minimum" | "exclusive-maximum" | "exclusive-minimum"
        ),
        "name/missing" => keyword == "required",
        "name/blank" | "text/blank" | "reference/blank" | "tags/blank" => {
            matches!(keyword, "min-length" | "pattern" | "format")
        }
        "name/too-long" => keyword == "max-length",
        "schema/unknown-property" | "schema/additional-properties" => matches!(
            keyword,
            "additional-properties" | "unevaluated-properties" | "property-names" | "false-schema"
        ),
        "tags/repeated" => keyword == "unique-items",
        _ => false,
    }
}
