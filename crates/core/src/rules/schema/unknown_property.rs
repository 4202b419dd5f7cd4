//! `schema/unknown-property`: see `unknown_property.md`.

use crate::messages::{
    SCHEMA_UNKNOWN_PROPERTY_FIX, SCHEMA_UNKNOWN_PROPERTY_FIX_WRAPPED, SCHEMA_UNKNOWN_PROPERTY_HELP,
    SCHEMA_UNKNOWN_PROPERTY_HELP_NEAREST, SCHEMA_UNKNOWN_PROPERTY_HELP_ODD,
    SCHEMA_UNKNOWN_PROPERTY_HELP_WRAPPED, SCHEMA_UNKNOWN_PROPERTY_MESSAGE,
    SCHEMA_UNKNOWN_PROPERTY_MESSAGE_WRAPPED, param,
};
use crate::rules::{
    Applicability, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, misnamed,
    page, unicode,
};

/// An object has a property that the vendor does not document.
pub(crate) static RULE: Rule = Rule {
    name: "schema/unknown-property",
    severity: Severity::Warning,
    role: Role::Reported,
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("unknown_property.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let object = place.holder();
    let wrapper = object.as_ref().and_then(misnamed::wrapper);
    if let Some(wrapper) = wrapper.filter(|wrapper| wrapper.node == place.node) {
        said.message(SCHEMA_UNKNOWN_PROPERTY_MESSAGE_WRAPPED)
            .help(SCHEMA_UNKNOWN_PROPERTY_HELP_WRAPPED);
        if let Some(edit) = misnamed::unwrap(&wrapper) {
            said.fix(
                SCHEMA_UNKNOWN_PROPERTY_FIX_WRAPPED,
                Applicability::Unsafe,
                edit,
            );
        }
        return;
    }
    said.message(SCHEMA_UNKNOWN_PROPERTY_MESSAGE);
    suggest(place, said);
    said.help(SCHEMA_UNKNOWN_PROPERTY_HELP);
}

/// Names the property that an unknown key stands for, and offers to rename the key.
pub(crate) fn suggest(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Some(known) = place.around().object else {
        return;
    };
    let key = misnamed::key(place);
    let Some(meant) = misnamed::meant(&key, known) else {
        return;
    };
    let name = known.properties.get(meant.property).map(|known| known.name);
    said.copy(param::NEAREST, name.unwrap_or_default());
    match meant.odd {
        Some(odd) => said
            .help(SCHEMA_UNKNOWN_PROPERTY_HELP_ODD)
            .with(param::CHARACTER, unicode::code_point(odd)),
        None => said.help(SCHEMA_UNKNOWN_PROPERTY_HELP_NEAREST),
    };
    if let Some((applicability, edit)) = misnamed::rename(place, &meant) {
        said.fix(SCHEMA_UNKNOWN_PROPERTY_FIX, applicability, edit);
    }
}
