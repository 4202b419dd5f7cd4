//! `json/encoding`: see `encoding.md`.

use crate::document::SyntaxErrorKind;
use crate::messages::{
    JSON_ENCODING_HELP, JSON_ENCODING_HELP_COMPRESSED, JSON_ENCODING_HELP_UTF16,
    JSON_ENCODING_HELP_ZIP, JSON_ENCODING_MESSAGE, JSON_ENCODING_MESSAGE_COMPRESSED,
    JSON_ENCODING_MESSAGE_UTF16, JSON_ENCODING_MESSAGE_UTF32, JSON_ENCODING_MESSAGE_ZIP,
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
    let (message, help) = match SyntaxErrorKind::from_number(place.variant) {
        SyntaxErrorKind::Utf16 => (JSON_ENCODING_MESSAGE_UTF16, JSON_ENCODING_HELP_UTF16),
        SyntaxErrorKind::Utf32 => (JSON_ENCODING_MESSAGE_UTF32, JSON_ENCODING_HELP_UTF16),
        SyntaxErrorKind::Compressed => (
            JSON_ENCODING_MESSAGE_COMPRESSED,
            JSON_ENCODING_HELP_COMPRESSED,
        ),
        SyntaxErrorKind::Zip => (JSON_ENCODING_MESSAGE_ZIP, JSON_ENCODING_HELP_ZIP),
        _ => (JSON_ENCODING_MESSAGE, JSON_ENCODING_HELP),
    };
    said.message(message).help(help);
}
