//! `header/scheme`: see `scheme.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{
    HEADER_SCHEME_FIX, HEADER_SCHEME_FIX_DOUBLED, HEADER_SCHEME_FIX_JOINED, HEADER_SCHEME_HELP,
    HEADER_SCHEME_HELP_DOUBLED, HEADER_SCHEME_HELP_REQUIRED, HEADER_SCHEME_MESSAGE,
    HEADER_SCHEME_MESSAGE_DOUBLED, HEADER_SCHEME_MESSAGE_JOINED, HEADER_SCHEME_MESSAGE_OTHER,
    param,
};
use crate::rules::credentials::{self, Scheme};
use crate::rules::{
    Applicability, Edit, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink,
    Source, edits, page, placeholders, schema,
};
use crate::values::str_ext::concat;

/// A credential is sent without its scheme, with another one, or with the scheme twice.
pub(crate) static RULE: Rule = Rule {
    name: "header/scheme",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL,
        when: Facts::CREDENTIAL,
        check,
        advises: true,
    },
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("scheme.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let Some(sent) = credentials::read(place) else {
        return;
    };
    let variant = match sent.scheme {
        Scheme::Missing if sent.lacks_scheme() => 0,
        Scheme::Doubled(_) => 1,
        Scheme::Joined(_) => 2,
        Scheme::Other => 3,
        _ => return,
    };
    sink.report_as(place, variant);
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Meaning::Credential(wanted) = place.subject().meaning else {
        return;
    };
    said.with(param::SCHEME, wanted.scheme);
    if !place.is_about(&RULE) {
        if place.is_about(&schema::required::RULE) {
            said.help(HEADER_SCHEME_HELP_REQUIRED);
        }
        return;
    }
    let (message, help) = match place.variant {
        0 => (HEADER_SCHEME_MESSAGE, HEADER_SCHEME_HELP),
        1 => (HEADER_SCHEME_MESSAGE_DOUBLED, HEADER_SCHEME_HELP_DOUBLED),
        2 => (HEADER_SCHEME_MESSAGE_JOINED, HEADER_SCHEME_HELP),
        _ => (HEADER_SCHEME_MESSAGE_OTHER, HEADER_SCHEME_HELP),
    };
    said.message(message).help(help);
    // The edits put in or take out what is before the credential, which they do not repeat.
    let Some(sent) = credentials::read(place) else {
        return;
    };
    let (title, edit) = match sent.scheme {
        Scheme::Missing => (
            HEADER_SCHEME_FIX,
            Edit {
                start: sent.start,
                end: sent.start,
                text: concat(&[wanted.scheme, " "]).into(),
            },
        ),
        Scheme::Doubled(length) => (
            HEADER_SCHEME_FIX_DOUBLED,
            edits::removal(sent.start, sent.start + length),
        ),
        Scheme::Joined(length) => {
            let start = sent.start + wanted.scheme.len() as u32;
            (
                HEADER_SCHEME_FIX_JOINED,
                Edit {
                    start,
                    end: start + length,
                    text: " ".into(),
                },
            )
        }
        _ => return,
    };
    // The text may be no key at all: a name and a password, a parameter, or a scheme that runs
    // into the key.
    let is_glued = placeholders::starts(&sent.key, wanted.scheme);
    if sent.is_escaped || is_glued {
        return;
    }
    let is_plain = sent.is_token() && sent.key.starts_with(wanted.prefix);
    let applicability = if is_plain && !sent.is_placeholder() {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    if sent.is_token() {
        said.fix(title, applicability, edit);
    }
}
