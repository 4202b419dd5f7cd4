//! `name/too-long`: see `too_long.md`.

use crate::contract::Meanings;
use crate::document::code_points;
use crate::messages::{NAME_TOO_LONG_HELP, param};
use crate::rules::{
    Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page, schema,
};

/// Advice on a name that exceeds the vendor's limit, which `schema/max-length` reports.
pub(crate) static RULE: Rule = Rule {
    name: "name/too-long",
    severity: Severity::Error,
    role: Role::Advises(Meanings::RECORD_NAME),
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("too_long.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.is_about(&schema::max_length::RULE) {
        let limit = place.schema.text.map_or(0, |limits| u64::from(limits.max));
        said.help(NAME_TOO_LONG_HELP).count(
            param::OVER,
            (code_points(place.inner().as_bytes()) as u64).saturating_sub(limit),
        );
    }
}
