//! `schema/additional-properties`: see `additional_properties.md`.

use crate::messages::{
    SCHEMA_ADDITIONAL_PROPERTIES_FIX, SCHEMA_ADDITIONAL_PROPERTIES_HELP,
    SCHEMA_ADDITIONAL_PROPERTIES_HELP_NEAREST, SCHEMA_ADDITIONAL_PROPERTIES_MESSAGE, param,
};
use crate::rules::{
    Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, misnamed, page,
};

/// An object has a property that the vendor refuses.
pub(crate) static RULE: Rule = Rule {
    name: "schema/additional-properties",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("additional_properties.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(SCHEMA_ADDITIONAL_PROPERTIES_MESSAGE);
    let meant = place
        .around()
        .object
        .and_then(|known| Some((misnamed::meant(&misnamed::key(place), known)?, known)));
    if let Some((meant, known)) = meant {
        let name = known.properties.get(meant.property).map(|known| known.name);
        said.help(SCHEMA_ADDITIONAL_PROPERTIES_HELP_NEAREST)
            .copy(param::NEAREST, name.unwrap_or_default());
        if let Some((applicability, edit)) = misnamed::rename(place, &meant) {
            said.fix(SCHEMA_ADDITIONAL_PROPERTIES_FIX, applicability, edit);
        }
    }
    said.help(SCHEMA_ADDITIONAL_PROPERTIES_HELP);
}
