//! `reference/alias-contradicts`: see `alias_contradicts.md`.

use super::alias_repeated::{aliases, are_same, target};
use crate::messages::{
    REFERENCE_ALIAS_CONTRADICTS_HELP, REFERENCE_ALIAS_CONTRADICTS_MESSAGE, param,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// A field is sent under two of its names, with different values.
pub(crate) static RULE: Rule = Rule {
    name: "reference/alias-contradicts",
    severity: Severity::Error,
    role: Role::Object {
        when: Facts::ALIAS,
        unless: Facts::NONE,
        check,
    },
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("alias_contradicts.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    for (alias, target) in aliases(place) {
        if !are_same(&alias, &target) {
            let key = alias.key_span();
            sink.report_span(&alias, 0, key.0, key.1);
        }
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(REFERENCE_ALIAS_CONTRADICTS_MESSAGE)
        .help(REFERENCE_ALIAS_CONTRADICTS_HELP)
        .with(param::TARGET, target(place));
}
