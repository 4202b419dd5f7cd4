//! `schema/format`: see `format.md`.

use crate::contract::Format;
use crate::messages::{
    SCHEMA_FORMAT_HELP_DATE, SCHEMA_FORMAT_HELP_DATE_TIME, SCHEMA_FORMAT_HELP_UUID,
    SCHEMA_FORMAT_MESSAGE_DATE, SCHEMA_FORMAT_MESSAGE_DATE_TIME, SCHEMA_FORMAT_MESSAGE_UUID, param,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A string does not have the required format: `date-time` and `date` are those of RFC 3339, `uuid` is the text form of RFC 9562 in either case.
pub(crate) static RULE: Rule = Rule {
    name: "schema/format",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("format.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let format = place.schema.text.and_then(|limits| limits.format);
    let (message, help) = match format {
        Some(Format::Uuid) => (SCHEMA_FORMAT_MESSAGE_UUID, SCHEMA_FORMAT_HELP_UUID),
        Some(Format::Date) => (SCHEMA_FORMAT_MESSAGE_DATE, SCHEMA_FORMAT_HELP_DATE),
        _ => (
            SCHEMA_FORMAT_MESSAGE_DATE_TIME,
            SCHEMA_FORMAT_HELP_DATE_TIME,
        ),
    };
    said.message(message)
        .help(help)
        .with(param::FORMAT, format.map_or("", Format::name));
}
