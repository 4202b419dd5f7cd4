//! `text/not-text`: see `not_text.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Kind;
use crate::messages::{TEXT_NOT_TEXT_FIX, TEXT_NOT_TEXT_HELP};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, edits, page,
    replacement, schema,
};

/// Advice on a number where a text is needed, which `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "text/not-text",
    severity: Severity::Error,
    role: Role::Advises(
        Meanings::RECORD_NAME
            .or(Meanings::FREE_TEXT)
            .or(Meanings::LABEL)
            .or(Meanings::CHOICE)
            .or(Meanings::STAGE)
            .or(Meanings::PIPELINE),
    ),
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("not_text.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let in_tags = matches!(place.around().meaning, Meaning::Tags);
    if in_tags || !place.is_about(&schema::type_::RULE) || place.node().kind != Kind::Number {
        return;
    }
    let source = place.source();
    said.help(TEXT_NOT_TEXT_HELP);
    // 1e3 or 2026.0 may have been meant as 1000 or 2026.
    let is_plain = source.bytes().all(|byte| byte.is_ascii_digit());
    let quoted = replacement::quoted(source);
    if replacement::judged(place.schema, &quoted, place.now).is_some() {
        let applicability = if is_plain && !matches!(place.schema.meaning, Meaning::RecordName) {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        };
        said.fix(TEXT_NOT_TEXT_FIX, applicability, edits::quote(place));
    }
}
