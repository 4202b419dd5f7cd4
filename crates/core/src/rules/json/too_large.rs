//! `json/too-large`: see `too_large.md`.

use crate::document::SyntaxErrorKind;
use crate::messages::{
    JSON_TOO_LARGE_HELP, JSON_TOO_LARGE_HELP_VALUES, JSON_TOO_LARGE_MESSAGE,
    JSON_TOO_LARGE_MESSAGE_VALUES,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// The payload has more bytes than the limit, which is 8 MiB unless it is set otherwise.
pub(crate) static RULE: Rule = Rule {
    name: "json/too-large",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("too_large.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.variant == SyntaxErrorKind::TooManyValues as u8 {
        said.message(JSON_TOO_LARGE_MESSAGE_VALUES)
            .help(JSON_TOO_LARGE_HELP_VALUES);
        return;
    }
    said.message(JSON_TOO_LARGE_MESSAGE)
        .help(JSON_TOO_LARGE_HELP);
}
