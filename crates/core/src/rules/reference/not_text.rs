//! `reference/not-text`: see `not_text.md`.

use crate::contract::Meanings;
use crate::document::{Kind, NONE};
use crate::messages::{
    REFERENCE_NOT_TEXT_FIX, REFERENCE_NOT_TEXT_FIX_OBJECT, REFERENCE_NOT_TEXT_HELP,
    REFERENCE_NOT_TEXT_HELP_NULL, REFERENCE_NOT_TEXT_HELP_OBJECT, REFERENCE_NOT_TEXT_HELP_OTHER,
};
use crate::rules::array_items;
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, edits, page,
    replacement, schema,
};

/// Advice on an ID that is a number or an object, which `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "reference/not-text",
    severity: Severity::Error,
    role: Role::Advises(Meanings::REFERENCE),
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("not_text.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if !place.is_about(&schema::type_::RULE) {
        return;
    }
    let stands = |text: &str| replacement::judged(place.schema, text, place.now).is_some();
    let in_list = place.node().key == NONE;
    match place.node().kind {
        Kind::Number => {
            if stands(&replacement::quoted(place.source())) {
                said.help(REFERENCE_NOT_TEXT_HELP).fix(
                    REFERENCE_NOT_TEXT_FIX,
                    Applicability::Unsafe,
                    edits::quote(place),
                );
            }
            said.help(REFERENCE_NOT_TEXT_HELP_OTHER);
        }
        Kind::Object => {
            said.help(REFERENCE_NOT_TEXT_HELP_OBJECT);
            if let Some(edit) = array_items::unwrap(place, &["id", "uuid"])
                && stands(&edit.text)
            {
                said.fix(REFERENCE_NOT_TEXT_FIX_OBJECT, Applicability::Unsafe, edit);
            }
        }
        Kind::Null if !place.is_required() && !in_list => {
            said.help(REFERENCE_NOT_TEXT_HELP_NULL);
        }
        _ => {}
    }
}
