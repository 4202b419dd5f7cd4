//! `reference/url-character`: see `url_character.md`.

use crate::document::{Kind, Short};
use crate::messages::{REFERENCE_URL_CHARACTER_HELP, REFERENCE_URL_CHARACTER_MESSAGE};
use crate::rules::{
    Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page, placeholders,
};

/// A path parameter contains a character that changes the URL.
pub(crate) static RULE: Rule = Rule {
    name: "reference/url-character",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("RFC 3986, section 3.3"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("url_character.md"),
    explain,
};

/// Reports the parameters of a path that change the URL which they become part of.
pub(crate) fn check(parameters: &RuleContext<'_>, sink: &mut Sink<'_>) {
    for parameter in parameters.members() {
        let mut room = Short::new();
        let value = match parameter.node().kind {
            Kind::String => parameter.short(&mut room),
            _ => continue,
        };
        if value.is_some_and(|value| changes_url(value) && !placeholders::stands_for_none(value)) {
            sink.report(&parameter);
        }
    }
}

/// Whether a segment of a path would end, or be read as another one.
fn changes_url(value: &str) -> bool {
    let is_special = |one: char| matches!(one, '/' | '\\' | '?' | '#' | '%') || one.is_control();
    value.contains(is_special) || matches!(value, "." | "..")
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(REFERENCE_URL_CHARACTER_MESSAGE)
        .help(REFERENCE_URL_CHARACTER_HELP);
}
