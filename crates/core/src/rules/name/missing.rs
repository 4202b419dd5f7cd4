//! `name/missing`: see `missing.md`.

use crate::contract::Meanings;
use crate::messages::{NAME_MISSING_HELP, NAME_MISSING_HELP_NULL};
use crate::rules::{
    Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page, schema,
};

/// Advice on a record without a name, which `schema/required` or `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "name/missing",
    severity: Severity::Error,
    role: Role::Advises(Meanings::RECORD_NAME),
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("missing.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.is_about(&schema::required::RULE) {
        said.help(NAME_MISSING_HELP);
    } else if place.is_about(&schema::type_::RULE)
        && place.node().kind == crate::document::Kind::Null
    {
        said.help(NAME_MISSING_HELP_NULL);
    }
}
