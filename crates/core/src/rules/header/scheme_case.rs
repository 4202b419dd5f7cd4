//! `header/scheme-case`: see `scheme_case.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{
    HEADER_SCHEME_CASE_FIX, HEADER_SCHEME_CASE_HELP, HEADER_SCHEME_CASE_MESSAGE, param,
};
use crate::rules::credentials::{self, Scheme};
use crate::rules::{
    Applicability, Edit, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink,
    Source, page,
};

/// The scheme of a credential is not written as the vendor writes it.
pub(crate) static RULE: Rule = Rule {
    name: "header/scheme-case",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::CREDENTIAL,
        when: Facts::CREDENTIAL,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("scheme_case.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if credentials::read(place).is_some_and(|sent| sent.scheme == Scheme::OtherCase) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Meaning::Credential(wanted) = place.schema.meaning else {
        return;
    };
    said.message(HEADER_SCHEME_CASE_MESSAGE)
        .help(HEADER_SCHEME_CASE_HELP)
        .with(param::SCHEME, wanted.scheme);
    if let Some(sent) = credentials::read(place).filter(|sent| !sent.is_escaped) {
        let edit = Edit {
            start: sent.start,
            end: sent.start + wanted.scheme.len() as u32,
            text: wanted.scheme.to_owned().into(),
        };
        said.fix(HEADER_SCHEME_CASE_FIX, Applicability::Safe, edit);
    }
}
