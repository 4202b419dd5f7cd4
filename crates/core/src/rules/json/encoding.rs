//! `json/encoding`: see `encoding.md`.

use crate::document::SyntaxErrorKind;
use crate::messages::{
    JSON_ENCODING_HELP, JSON_ENCODING_HELP_UTF16, JSON_ENCODING_MESSAGE,
    JSON_ENCODING_MESSAGE_UTF16,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// The bytes are not UTF-8.
pub(crate) static RULE: Rule = Rule {
    name: "json/encoding",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("RFC 8259, section 8.1"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("encoding.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.variant == SyntaxErrorKind::Utf16 as u8 {
        said.message(JSON_ENCODING_MESSAGE_UTF16)
            .help(JSON_ENCODING_HELP_UTF16);
    } else {
        said.message(JSON_ENCODING_MESSAGE).help(JSON_ENCODING_HELP);
    }
}
