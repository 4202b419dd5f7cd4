//! `tags/not-text`: see `not_text.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Kind;
use crate::messages::{
    TAGS_NOT_TEXT_FIX, TAGS_NOT_TEXT_FIX_OBJECT, TAGS_NOT_TEXT_HELP, TAGS_NOT_TEXT_HELP_OBJECT,
};
use crate::rules::array_items;
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, edits, page,
    schema,
};

/// Advice on a tag that is a number or an object, which `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "tags/not-text",
    severity: Severity::Error,
    role: Role::Advises(Meanings::LABEL),
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("not_text.md"),
    explain,
};

/// What a tag's text may be called in an object that stands for the tag.
const NAMES: [&str; 6] = ["name", "label", "title", "tag", "value", "text"];

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let in_tags = matches!(place.around().meaning, Meaning::Tags);
    if !in_tags || !place.is_about(&schema::type_::RULE) {
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
