//! `schema/unknown-property`: see `unknown_property.md`.

use crate::messages::{
    SCHEMA_UNKNOWN_PROPERTY_HELP, SCHEMA_UNKNOWN_PROPERTY_HELP_NEAREST,
    SCHEMA_UNKNOWN_PROPERTY_MESSAGE, param,
};
use crate::rules::{Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page};
use crate::values::nearest::nearest_marked;

/// An object has a property that the vendor's page does not know.
pub(crate) static RULE: Rule = Rule {
    name: "schema/unknown-property",
    severity: Severity::Warning,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("unknown_property.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_UNKNOWN_PROPERTY_MESSAGE);
    let key = place.node().key(place.text).unwrap_or_default();
    let known = place
        .parent
        .and_then(|(_, schema)| schema.object)
        .map_or(&[][..], |object| object.properties);
    match nearest_marked(&key, known.iter().map(|known| (known.name, known.marks))) {
        Some(name) => said
            .help(SCHEMA_UNKNOWN_PROPERTY_HELP_NEAREST)
            .with(param::NEAREST, name),
        None => said.help(SCHEMA_UNKNOWN_PROPERTY_HELP),
    };
}
