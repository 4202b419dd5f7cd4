//! Completion: the keys that an object can still have, and the words that a value can be.

use std::ops::Range;

use ls_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent,
    MarkupKind, TextEdit,
};
use pipelint::contract::Contract;
use pipelint_config::Terms;
use serde_json::Value;

use crate::check::{Layout, contracts, line_at};
use crate::cursor::{Cursor, Place};
use crate::document::Document;
use crate::position::Encoding;
use crate::property::{Spot, json_schema};

/// The prefixes of the texts by which a client sorts required keys and other proposals.
const REQUIRED: &str = "0";
const OTHERS: &str = "1";

/// The proposals at a place in a document.
pub(crate) fn completion(
    document: &Document,
    terms: &Terms,
    offset: usize,
    encoding: Encoding,
) -> Vec<CompletionItem> {
    let span = match document.layout() {
        Layout::Whole => 0..document.text.len(),
        Layout::Lines => line_at(&document.text, offset),
    };
    let payload = document.text.get(span.clone()).unwrap_or_default();
    let Some(within) = offset.checked_sub(span.start) else {
        return Vec::new();
    };
    let cursor = Cursor::find(payload, within);
    let mut told = contracts(terms, payload);
    // The keys of incomplete text may fit several payloads. The last check knew which one it is.
    if told.len() != 1 {
        told = document.contract.map_or(told, |known| vec![known]);
    }
    let token = cursor.token.start + span.start..cursor.token.end + span.start;
    let place = Proposals {
        document,
        terms,
        encoding,
        is_quoted: document
            .text
            .get(token.clone())
            .is_some_and(|token| token.starts_with('"')),
        token,
    };
    let mut items: Vec<CompletionItem> = Vec::new();
    for contract in told {
        let Some(spot) = place_of(contract, &cursor, &place) else {
            continue;
        };
        let new = match &cursor.place {
            Place::Key { others, has_colon } => place.keys(contract, &spot, others, *has_colon),
            Place::Value => place.words(&spot),
            Place::Other => Vec::new(),
        };
        let is_new = |item: &CompletionItem| items.iter().all(|known| known.label != item.label);
        let new: Vec<_> = new.into_iter().filter(is_new).collect();
        items.extend(new);
    }
    for (at, item) in items.iter_mut().enumerate() {
        let group = item.sort_text.as_deref().unwrap_or(OTHERS);
        item.sort_text = Some(format!("{group}{at:04}"));
    }
    items
}

/// The part of the contract for the object whose key is written, or for the value.
fn place_of(
    contract: &'static Contract<'static>,
    cursor: &Cursor,
    place: &Proposals<'_>,
) -> Option<Spot> {
    match &cursor.place {
        // The path ends with the key at the cursor.
        Place::Key { .. } if !place.token.is_empty() => {
            let (_, above) = cursor.path.split_last()?;
            Spot::find(contract, above)
        }
        _ => Spot::find(contract, &cursor.path),
    }
}

struct Proposals<'d> {
    document: &'d Document,
    terms: &'d Terms,
    encoding: Encoding,
    /// The text to replace.
    token: Range<usize>,
    is_quoted: bool,
}

impl Proposals<'_> {
    fn keys(
        &self,
        contract: &Contract<'_>,
        object: &Spot,
        others: &[String],
        has_colon: bool,
    ) -> Vec<CompletionItem> {
        let schema = json_schema(contract, self.terms);
        let names: Vec<_> = object
            .members()
            .filter_map(|member| member.property)
            .collect();
        let is_there = |name: &str| others.iter().any(|other| other == name);
        let mut items = Vec::new();
        for member in object.members() {
            let Some(property) = member.property else {
                continue;
            };
            // A value under two names is a fault.
            let twin = names.iter().find(|other| {
                Some(other.name) == member.alias_of()
                    || other.alias_of.is_some_and(|target| {
                        let target = names.get(usize::from(target));
                        target.is_some_and(|target| target.name == property.name)
                    })
            });
            if is_there(property.name) || twin.is_some_and(|twin| is_there(twin.name)) {
                continue;
            }
            let quoted = Value::from(property.name).to_string();
            let new = if has_colon {
                quoted.clone()
            } else {
                format!("{quoted}: ")
            };
            let is_required = member.is_required();
            items.push(CompletionItem {
                kind: Some(CompletionItemKind::PROPERTY),
                detail: Some(if is_required {
                    format!("{} (required)", member.schema.title)
                } else {
                    member.schema.title.to_owned()
                }),
                documentation: Some(Documentation::MarkupContent(MarkupContent {
                    kind: MarkupKind::Markdown,
                    value: member.describe(&schema, &self.terms.options),
                })),
                // Required keys come first.
                sort_text: is_required.then(|| REQUIRED.to_owned()),
                ..self.item(property.name, &quoted, new)
            });
        }
        items
    }

    fn words(&self, spot: &Spot) -> Vec<CompletionItem> {
        let Some(words) = spot.words(&self.terms.options) else {
            return Vec::new();
        };
        let default = serde_json::from_str::<Value>(spot.schema.default).ok();
        let words = words
            .known
            .iter()
            .filter(|word| word.is_string() || !self.is_quoted);
        words
            .map(|word| {
                let written = word.to_string();
                let label = word.as_str().unwrap_or(&written);
                CompletionItem {
                    kind: Some(CompletionItemKind::ENUM_MEMBER),
                    detail: (default.as_ref() == Some(word))
                        .then(|| "assumed if it is missing".to_owned()),
                    ..self.item(label, &written, written.clone())
                }
            })
            .collect()
    }

    /// A proposal that replaces the token. The client compares `written` with the token.
    fn item(&self, label: &str, written: &str, new_text: String) -> CompletionItem {
        CompletionItem {
            label: label.to_owned(),
            filter_text: self.is_quoted.then(|| written.to_owned()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range: self.document.range(&self.token, self.encoding),
                new_text,
            })),
            ..CompletionItem::default()
        }
    }
}
