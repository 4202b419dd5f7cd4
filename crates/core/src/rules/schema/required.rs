//! `schema/required`: see `required.md`.

use crate::messages::{
    SCHEMA_REQUIRED_FIX, SCHEMA_REQUIRED_FIX_WRAPPED, SCHEMA_REQUIRED_HELP,
    SCHEMA_REQUIRED_HELP_MISNAMED, SCHEMA_REQUIRED_HELP_ODD, SCHEMA_REQUIRED_HELP_WRAPPED,
    SCHEMA_REQUIRED_MESSAGE, SCHEMA_REQUIRED_MESSAGE_MISNAMED, SCHEMA_REQUIRED_MESSAGE_WRAPPED,
    param,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, misnamed,
    page, unicode,
};

/// A property that the vendor requires is missing.
pub(crate) static RULE: Rule = Rule {
    name: "schema/required",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("required.md"),
    explain,
};

/// The property is there under another name; the diagnostic is at its key.
pub(crate) const MISNAMED: u8 = 1;
/// The payload is inside its only member; the diagnostic is at the key of that.
pub(crate) const WRAPPED: u8 = 2;

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    match place.variant {
        MISNAMED => misnamed(place, said),
        WRAPPED => wrapped(place, said),
        _ => {}
    }
    said.message(SCHEMA_REQUIRED_MESSAGE)
        .help(SCHEMA_REQUIRED_HELP);
}

fn misnamed(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let property = place.detail as usize;
    let Some(known) = place.schema.object else {
        return;
    };
    let Some(member) = misnamed::instead_of(place, property) else {
        return;
    };
    let key = misnamed::key(&member);
    let Some(meant) = misnamed::meant(&key, known) else {
        return;
    };
    said.message(SCHEMA_REQUIRED_MESSAGE_MISNAMED);
    match meant.odd {
        Some(odd) => said
            .help(SCHEMA_REQUIRED_HELP_ODD)
            .with(param::CHARACTER, unicode::code_point(odd)),
        None => said.help(SCHEMA_REQUIRED_HELP_MISNAMED),
    };
    if let Some((applicability, edit)) = misnamed::rename(&member, &meant) {
        said.fix(SCHEMA_REQUIRED_FIX, applicability, edit);
    }
}

fn wrapped(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Some(wrapper) = misnamed::wrapper(place) else {
        return;
    };
    said.message(SCHEMA_REQUIRED_MESSAGE_WRAPPED)
        .help(SCHEMA_REQUIRED_HELP_WRAPPED);
    if let Some(edit) = misnamed::unwrap(&wrapper) {
        said.fix(SCHEMA_REQUIRED_FIX_WRAPPED, Applicability::Unsafe, edit);
    }
}
