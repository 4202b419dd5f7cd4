//! Code actions: the fixes at a place, and all safe fixes of a document.

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant as Clock};

use ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, Diagnostic, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use pipelint_config::Terms;
use serde_json::json;

use crate::check::{TooLong, findings_in, fix_all};
use crate::client::Client;
use crate::config_file::{self, ConfigFault};
use crate::diagnostics;
use crate::document::Document;

/// The kind of the action that applies all safe fixes.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.pipelint");

/// How long it may take to apply all safe fixes of a document.
const LONGEST: Duration = Duration::from_secs(5);

/// Whether a client that asks for some kinds of actions asks for this one.
fn is_wanted(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let Some(only) = &context.only else {
        return true;
    };
    only.iter().any(|asked| {
        let (asked, kind) = (asked.as_str(), kind.as_str());
        kind == asked
            || kind
                .strip_prefix(asked)
                .is_some_and(|rest| rest.starts_with('.') || asked.is_empty())
    })
}

/// A request for code actions, with the abilities of the client.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) document: &'a Document,
    pub(crate) context: &'a CodeActionContext,
    pub(crate) client: Client,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(
        document: &'a Document,
        context: &'a CodeActionContext,
        client: Client,
    ) -> Self {
        Self {
            document,
            context,
            client,
        }
    }

    /// The actions for a part of a payload document.
    pub(crate) fn of_payload(self, terms: &Terms, part: &Range<usize>) -> Vec<CodeAction> {
        let Self {
            document, context, ..
        } = self;
        let mut actions = Vec::new();
        if is_wanted(context, &CodeActionKind::QUICKFIX) {
            let layout = document.layout();
            let found = findings_in(&document.text, terms, layout, document.contract, part);
            for found in &found {
                let Some(fix) = &found.fix else { continue };
                let diagnostic = diagnostics::of_found(found, document, self.client);
                let label = if fix.is_safe { "" } else { " (unsafe)" };
                let title = format!("{}{label}", fix.title);
                actions.push(self.quick_fix(title, diagnostic, &fix.edits, fix.is_safe));
            }
        }
        if is_wanted(context, &FIX_ALL) && document.may_have_safe_fix() {
            let title = "Apply all safe fixes".to_owned();
            let action = CodeAction {
                title,
                kind: Some(FIX_ALL),
                ..CodeAction::default()
            };
            if self.client.resolve {
                actions.push(CodeAction {
                    data: Some(json!({ "uri": document.uri, "version": document.version })),
                    ..action
                });
            } else if let Ok(Some(edit)) = self.all_safe_fixes(terms) {
                actions.push(CodeAction {
                    edit: Some(edit),
                    ..action
                });
            }
        }
        actions
    }

    /// The edit that applies all safe fixes; none if there is nothing to fix.
    pub(crate) fn all_safe_fixes(self, terms: &Terms) -> Result<Option<WorkspaceEdit>, TooLong> {
        let Self { document, .. } = self;
        let edits = fix_all(
            &document.text,
            terms,
            document.layout(),
            document.contract,
            Clock::now() + LONGEST,
        )?;
        Ok((!edits.is_empty()).then(|| self.edit(&edits)))
    }

    /// The actions for a part of a configuration.
    pub(crate) fn of_config(self, part: &Range<usize>) -> Vec<CodeAction> {
        let Self { document, .. } = self;
        if !is_wanted(self.context, &CodeActionKind::QUICKFIX) {
            return Vec::new();
        }
        let faults = config_file::faults(&document.text, document.path.as_deref());
        let touches =
            |fault: &&ConfigFault| fault.span.start <= part.end && part.start <= fault.span.end;
        let action = |fault: &ConfigFault| {
            let nearest = fault.nearest.as_ref()?;
            let diagnostic = diagnostics::of_config(fault, document, self.client);
            let edits = [(fault.span.clone(), nearest.clone())];
            let title = format!("Write `{}`", nearest.trim_matches(['"', '\'']));
            Some(self.quick_fix(title, diagnostic, &edits, true))
        };
        faults.iter().filter(touches).filter_map(action).collect()
    }

    fn quick_fix(
        self,
        title: String,
        diagnostic: Diagnostic,
        edits: &[(Range<usize>, String)],
        is_preferred: bool,
    ) -> CodeAction {
        CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic]),
            edit: Some(self.edit(edits)),
            is_preferred: Some(is_preferred),
            ..CodeAction::default()
        }
    }

    fn edit(self, edits: &[(Range<usize>, String)]) -> WorkspaceEdit {
        let Self { document, .. } = self;
        let edits = edits.iter().map(|(span, new_text)| TextEdit {
            range: document.range(span, self.client.encoding),
            new_text: new_text.clone(),
        });
        if !self.client.versions {
            return WorkspaceEdit {
                changes: Some(HashMap::from([(document.uri.clone(), edits.collect())])),
                ..WorkspaceEdit::default()
            };
        }
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri: document.uri.clone(),
                    version: Some(document.version),
                },
                edits: edits.map(OneOf::Left).collect(),
            }])),
            ..WorkspaceEdit::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_wanted_if_it_or_one_above_is_asked_for() {
        let wanted = |only: Option<&[&'static str]>| {
            let only = only.map(|only| only.iter().map(|kind| CodeActionKind::new(kind)).collect());
            let context = CodeActionContext {
                only,
                ..CodeActionContext::default()
            };
            is_wanted(&context, &FIX_ALL)
        };
        assert!(wanted(None));
        for kind in ["", "source", "source.fixAll", "source.fixAll.pipelint"] {
            assert!(wanted(Some(&[kind])), "{kind}");
        }
        for kind in [
            "quickfix",
            "source.fix",
            "source.organizeImports",
            "source.fixAll.ruff",
        ] {
            assert!(!wanted(Some(&[kind])), "{kind}");
        }
    }
}
