//! Findings as diagnostics of the protocol.

use ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    Position, Range as LspRange,
};
use pipelint::Severity;
use pipelint_config::BrokenConfig;

use crate::check::{Check, Found, LARGEST, MOST_FINDINGS};
use crate::client::Client;
use crate::config_file::ConfigFault;
use crate::document::Document;
use crate::links;

/// The source of every diagnostic.
const SOURCE: &str = "pipelint";

/// The diagnostics of a check.
pub(crate) fn of_check(check: &Check, document: &Document, client: Client) -> Vec<Diagnostic> {
    let found = check.found.iter();
    let mut diagnostics: Vec<_> = found
        .map(|found| of_found(found, document, client))
        .collect();
    if check.is_cut {
        let message = format!(
            "only the first {MOST_FINDINGS} findings are shown; `pipelint check` shows all"
        );
        diagnostics.push(note(message, DiagnosticSeverity::INFORMATION));
    }
    if !check.ambiguous.is_empty() {
        let names: Vec<_> = check.ambiguous.iter().map(|one| one.operation).collect();
        let message = format!(
            "not checked: the keys match {} equally well; name the payload in `pipelint.toml`, in the table `files`",
            names.join(" and ")
        );
        diagnostics.push(note(message, DiagnosticSeverity::INFORMATION));
    }
    diagnostics
}

/// One finding.
pub(crate) fn of_found(found: &Found, document: &Document, client: Client) -> Diagnostic {
    let related = found
        .related
        .iter()
        .map(|(span, what)| DiagnosticRelatedInformation {
            location: Location {
                uri: document.uri.clone(),
                range: document.range(span, client.encoding),
            },
            message: what.clone(),
        });
    let related: Vec<_> = related.filter(|_| client.related).collect();
    let message = match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    };
    Diagnostic {
        range: document.range(&found.span, client.encoding),
        severity: Some(severity(found.severity)),
        code: Some(NumberOrString::String(found.rule.clone().into_owned())),
        code_description: found
            .known_rule
            .filter(|_| client.links)
            .and_then(links::page),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

/// A problem of a configuration.
pub(crate) fn of_config(fault: &ConfigFault, document: &Document, client: Client) -> Diagnostic {
    Diagnostic {
        range: document.range(&fault.span, client.encoding),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: fault.message.clone(),
        ..Diagnostic::default()
    }
}

/// The diagnostic of a document whose configuration is broken.
pub(crate) fn of_broken(broken: &BrokenConfig) -> Diagnostic {
    let BrokenConfig { file, error } = broken;
    let message = format!(
        "not checked, because {} is broken:\n{error}",
        file.display()
    );
    note(message, DiagnosticSeverity::WARNING)
}

/// The diagnostic of a document that is too large to be checked.
pub(crate) fn too_large() -> Diagnostic {
    let message = format!(
        "not checked: the document has more than {} MiB; `pipelint check` has no limit",
        LARGEST >> 20
    );
    note(message, DiagnosticSeverity::INFORMATION)
}

/// A diagnostic about the whole document, at its start.
fn note(message: String, severity: DiagnosticSeverity) -> Diagnostic {
    let start = Position::new(0, 0);
    Diagnostic {
        range: LspRange { start, end: start },
        severity: Some(severity),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        _ => DiagnosticSeverity::INFORMATION,
    }
}
