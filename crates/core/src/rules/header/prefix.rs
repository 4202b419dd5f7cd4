//! `header/prefix`: see `prefix.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{HEADER_PREFIX_HELP, HEADER_PREFIX_MESSAGE, param};
use crate::rules::credentials;
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// A key does not have the vendor's prefix.
pub(crate) static RULE: Rule = Rule {
    name: "header/prefix",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL,
        when: Facts::CREDENTIAL,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("prefix.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let Meaning::Credential(wanted) = place.schema.meaning else {
        return;
    };
    let Some(sent) = credentials::read(place) else {
        return;
    };
    // What is not a key, or lacks its scheme, has a rule of its own.
    if sent.has_key()
        && !sent.lacks_scheme()
        && sent.is_token()
        && !sent.key.starts_with(wanted.prefix)
        && sent.foreign(place).is_none()
        && !sent.is_placeholder()
    {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Meaning::Credential(wanted) = place.schema.meaning else {
        return;
    };
    said.message(HEADER_PREFIX_MESSAGE)
        .help(HEADER_PREFIX_HELP)
        .with(param::PREFIX, wanted.prefix);
}
