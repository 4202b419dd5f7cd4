//! Hover: the description of the property, and the pages of the rules that found something.

use std::ops::Range;

use ls_types::{Hover, HoverContents, MarkupContent, MarkupKind};
use pipelint_config::Terms;
use pipelint_overlay::Keyword;

use crate::check::{Found, Layout, contracts, findings_in, line_at};
use crate::cursor::{Cursor, Place};
use crate::document::Document;
use crate::position::Encoding;
use crate::property::{Spot, json_schema};

/// The hover of a place in a document.
pub(crate) fn hover(
    document: &Document,
    terms: &Terms,
    offset: usize,
    encoding: Encoding,
) -> Option<Hover> {
    let layout = document.layout();
    let found = findings_in(
        &document.text,
        terms,
        layout,
        document.contract,
        &(offset..offset),
    );
    let mut parts = Vec::new();
    let mut range = None;
    if let Some((text, span)) = property(document, terms, layout, offset) {
        parts.push(text);
        range = Some(span);
    }
    let mut rules = Vec::new();
    for found in found {
        if !rules.contains(&found.rule) {
            parts.extend(page(&found));
            range.get_or_insert(found.span);
            rules.push(found.rule);
        }
    }
    if parts.is_empty() {
        return None;
    }
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: parts.join("\n\n---\n\n"),
        }),
        range: range.map(|span| document.range(&span, encoding)),
    })
}

/// The page of the rule that found something, without its examples.
fn page(found: &Found) -> Option<String> {
    let page = match found.known_rule {
        Some(rule) => rule.page.to_owned(),
        None => Keyword::by_rule(&found.rule)?.page(),
    };
    let mut sections = page.split("\n## ");
    let mut text = sections.next().unwrap_or_default().trim_end().to_owned();
    let is_shown =
        |section: &&str| !section.starts_with("Words") && !section.starts_with("Examples");
    for section in sections.filter(is_shown) {
        text.push_str("\n\n## ");
        text.push_str(section.trim_end());
    }
    Some(text)
}

/// The description of the property at a place, and the span of its token.
fn property(
    document: &Document,
    terms: &Terms,
    layout: Layout,
    offset: usize,
) -> Option<(String, Range<usize>)> {
    let span = match layout {
        Layout::Whole => 0..document.text.len(),
        Layout::Lines => line_at(&document.text, offset),
    };
    let payload = document.text.get(span.clone())?;
    let cursor = Cursor::find(payload, offset.checked_sub(span.start)?);
    if cursor.token.is_empty() || cursor.place == Place::Other {
        return None;
    }
    let told = contracts(terms, payload);
    let contract = match told.as_slice() {
        [contract] => contract,
        _ => document.contract?,
    };
    let spot = Spot::find(contract, &cursor.path)?;
    spot.property?;
    let about = spot.describe(&json_schema(contract, terms), &terms.options);
    let (system, title, id) = (contract.system, contract.title, contract.id);
    let text = format!("{about}\n\n{system}: {title} (`{id}`)");
    let token = cursor.token.start + span.start..cursor.token.end + span.start;
    Some((text, token))
}
