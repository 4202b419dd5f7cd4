//! `schema/format`: see `format.md`.

use crate::contract::Format;
use crate::contract::program::ProgramKeyword;
use crate::messages::{
    SCHEMA_FORMAT_HELP_DATE, SCHEMA_FORMAT_HELP_DATE_TIME, SCHEMA_FORMAT_HELP_EMAIL,
    SCHEMA_FORMAT_HELP_OTHER, SCHEMA_FORMAT_HELP_UUID, SCHEMA_FORMAT_MESSAGE_DATE,
    SCHEMA_FORMAT_MESSAGE_DATE_TIME, SCHEMA_FORMAT_MESSAGE_EMAIL, SCHEMA_FORMAT_MESSAGE_OTHER,
    SCHEMA_FORMAT_MESSAGE_UUID, param,
};
use crate::rules::program;
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};

/// A string does not have the required format. `date-time`, `date` and `time` are those of RFC 3339, `email` is a mailbox of RFC 5321, and `uuid` is the text form of RFC 9562 in either case.
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
    let of_table = || place.schema.text.and_then(|limits| limits.format);
    let format = match program::keyword(place) {
        Some(ProgramKeyword::Format(format)) => Some(*format),
        _ => of_table(),
    };
    let Some(format) = format else {
        return;
    };
    let (message, help) = match format {
        Format::DateTime => (
            SCHEMA_FORMAT_MESSAGE_DATE_TIME,
            SCHEMA_FORMAT_HELP_DATE_TIME,
        ),
        Format::Date => (SCHEMA_FORMAT_MESSAGE_DATE, SCHEMA_FORMAT_HELP_DATE),
        Format::Uuid => (SCHEMA_FORMAT_MESSAGE_UUID, SCHEMA_FORMAT_HELP_UUID),
        Format::Email => (SCHEMA_FORMAT_MESSAGE_EMAIL, SCHEMA_FORMAT_HELP_EMAIL),
        _ => (SCHEMA_FORMAT_MESSAGE_OTHER, SCHEMA_FORMAT_HELP_OTHER),
    };
    said.message(message)
        .help(help)
        .with(param::FORMAT, format.name())
        .with(param::EXAMPLE, format.example());
}
