//! `tags/not-text`: see `not_text.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Kind;
use crate::messages::{
    TAGS_NOT_TEXT_FIX, TAGS_NOT_TEXT_FIX_LIST, TAGS_NOT_TEXT_FIX_OBJECT, TAGS_NOT_TEXT_HELP,
    TAGS_NOT_TEXT_HELP_LIST, TAGS_NOT_TEXT_HELP_OBJECT, param,
};
use crate::rules::array_items;
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, edits, page,
    replacement, schema,
};

/// Advice on a tag that is not a string, or a list that is sent as one string, which `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "tags/not-text",
    severity: Severity::Error,
    role: Role::Advises(
        Meanings::LABEL
            .or(Meanings::TAGS)
            .or(Meanings::REFERENCE_LIST),
    ),
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("not_text.md"),
    explain,
};

/// What a tag's text may be called in an object that stands for the tag.
const NAMES: [&str; 6] = ["name", "label", "title", "tag", "value", "text"];

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if !place.is_about(&schema::type_::RULE) {
        return;
    }
    if matches!(
        place.schema.meaning,
        Meaning::Tags | Meaning::ReferenceList(_)
    ) {
        list(place, said);
        return;
    }
    if !matches!(place.around().meaning, Meaning::Tags) {
        return;
    }
    match place.node().kind {
        Kind::Number => {
            // 1e3 or 2026.0 may have been meant as 1000 or 2026.
            let applicability = if place.source().bytes().all(|byte| byte.is_ascii_digit()) {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            };
            let edits = edits::quote(place);
            said.help(TAGS_NOT_TEXT_HELP)
                .fix(TAGS_NOT_TEXT_FIX, applicability, edits);
        }
        Kind::Object => {
            said.help(TAGS_NOT_TEXT_HELP_OBJECT);
            if let Some(edit) = array_items::unwrap(place, &NAMES) {
                said.fix(TAGS_NOT_TEXT_FIX_OBJECT, Applicability::Unsafe, edit);
            }
        }
        _ => {}
    }
}

/// Offers the list that a text with separators stands for.
fn list(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let inner = place.inner();
    if place.node().kind != Kind::String || inner.contains('\\') || inner.trim().is_empty() {
        return;
    }
    let separator = [',', ';', '|'].into_iter().find(|one| inner.contains(*one));
    let mut json = String::from("[");
    for item in inner.split(|one| Some(one) == separator).map(str::trim) {
        if item.is_empty() {
            continue;
        }
        if json.len() > 1 {
            json.push_str(", ");
        }
        json.extend(["\"", item, "\""]);
    }
    json.push(']');
    said.help(TAGS_NOT_TEXT_HELP_LIST)
        .copy(param::ITEMS, &json)
        .fix(
            TAGS_NOT_TEXT_FIX_LIST,
            Applicability::Unsafe,
            replacement::replace(place, json),
        );
}
