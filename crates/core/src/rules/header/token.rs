//! `header/token`: see `token.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{
    HEADER_TOKEN_FIX_QUOTED, HEADER_TOKEN_HELP, HEADER_TOKEN_HELP_QUOTED, HEADER_TOKEN_HELP_SCHEME,
    HEADER_TOKEN_HELP_SEVERAL, HEADER_TOKEN_MESSAGE, HEADER_TOKEN_MESSAGE_QUOTED,
    HEADER_TOKEN_MESSAGE_SCHEME, HEADER_TOKEN_MESSAGE_SEVERAL, param,
};
use crate::rules::credentials::{self, Scheme};
use crate::rules::{
    Applicability, Edit, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink,
    Source, page, placeholders,
};

/// What follows the scheme is not one key: two credentials, another scheme, quotes, or spaces.
pub(crate) static RULE: Rule = Rule {
    name: "header/token",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL,
        when: Facts::CREDENTIAL,
        check,
        advises: false,
    },
    source: Source::Standard("RFC 6750, section 2.1"),
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("token.md"),
    explain,
};

const SEVERAL: u8 = 1;
const NESTED: u8 = 2;
const QUOTED: u8 = 3;

/// Schemes of other APIs.
const SCHEMES: [&str; 6] = ["Basic", "Token", "Bearer", "ApiKey", "Digest", "Key"];

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let Some(sent) = credentials::read(place) else {
        return;
    };
    let has_scheme = matches!(
        sent.scheme,
        Scheme::Exact | Scheme::OtherCase | Scheme::Joined(_) | Scheme::Doubled(_)
    );
    if !has_scheme || sent.is_token() || sent.is_placeholder() {
        return;
    }
    let key = &*sent.key;
    let is_scheme = |scheme: &&str| {
        placeholders::starts(key, scheme) && key.as_bytes().get(scheme.len()) == Some(&b' ')
    };
    let variant = if key.contains(',') {
        SEVERAL
    } else if SCHEMES.iter().any(is_scheme) {
        NESTED
    } else if key.starts_with(['"', '\'']) {
        QUOTED
    } else {
        0
    };
    sink.report_as(place, variant);
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Meaning::Credential(wanted) = place.schema.meaning else {
        return;
    };
    said.with(param::SCHEME, wanted.scheme);
    let (message, help) = match place.variant {
        SEVERAL => (HEADER_TOKEN_MESSAGE_SEVERAL, HEADER_TOKEN_HELP_SEVERAL),
        NESTED => (HEADER_TOKEN_MESSAGE_SCHEME, HEADER_TOKEN_HELP_SCHEME),
        QUOTED => (HEADER_TOKEN_MESSAGE_QUOTED, HEADER_TOKEN_HELP_QUOTED),
        _ => (HEADER_TOKEN_MESSAGE, HEADER_TOKEN_HELP),
    };
    said.message(message).help(help);
    if place.variant != QUOTED {
        return;
    }
    // The edits take out the quotes, escapes as written, and repeat nothing of the key.
    let inner = place.inner();
    let quote = |at: usize, length: usize| {
        let start = place.node().start + 1 + at as u32;
        Edit {
            start,
            end: start + length as u32,
            text: "".into(),
        }
    };
    for mark in ["\\\"", "'"] {
        let mut found = inner.match_indices(mark);
        if let (Some((first, _)), Some((last, _)), None) =
            (found.next(), found.next(), found.next())
        {
            said.fix(
                HEADER_TOKEN_FIX_QUOTED,
                Applicability::Unsafe,
                vec![quote(first, mark.len()), quote(last, mark.len())],
            );
        }
    }
}
