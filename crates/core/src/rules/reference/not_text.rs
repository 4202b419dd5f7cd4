//! `reference/not-text`: see `not_text.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::messages::{
    REFERENCE_NOT_TEXT_FIX, REFERENCE_NOT_TEXT_FIX_OBJECT, REFERENCE_NOT_TEXT_HELP,
    REFERENCE_NOT_TEXT_HELP_OBJECT, REFERENCE_NOT_TEXT_HELP_OTHER,
};
use crate::rules::lists;
use crate::rules::{
    Applicability, Explanation, Fixes, Place, Role, Rule, Severity, Source, edits, mend, page,
    schema,
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

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    if !place.is_about(&schema::type_::RULE) {
        return;
    }
    let stands = |text: &str| mend::judged(place.schema, text, place.now).is_some();
    match place.node().kind {
        Kind::Number => {
            if stands(&mend::quoted(place.source())) {
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
            if let Some(edit) = lists::unwrap(place, &["id", "uuid"])
                && stands(&edit.text)
            {
                said.fix(REFERENCE_NOT_TEXT_FIX_OBJECT, Applicability::Unsafe, edit);
            }
        }
        _ => {}
    }
}
