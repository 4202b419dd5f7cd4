//! Explains the keywords of a contract's program.

use crate::contract::program::{Json, ProgramKeyword, SchemaId};
use crate::rules::RuleContext;

/// The keyword that the value breaks.
pub(crate) fn keyword<'a>(place: &RuleContext<'a>) -> Option<&'a ProgramKeyword> {
    let tables = place.contract.program()?;
    let schema = tables.program.schemas.get(place.program_schema as usize)?;
    schema.keywords.get(usize::from(place.variant))
}

/// A regular expression as the schema writes it.
pub(crate) fn pattern<'a>(place: &RuleContext<'a>, number: u32) -> Option<&'a str> {
    let tables = place.contract.program()?;
    let pattern = tables.program.patterns.get(number as usize)?;
    Some(&pattern.source)
}

/// The number of a container's members or items.
pub(crate) fn length(place: &RuleContext<'_>) -> u64 {
    place.document.children(place.node).count() as u64
}

/// A value of the schema, cut if it is long.
pub(crate) fn shown(value: &Json) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= MOST {
        return text;
    }
    let mut shown: String = text.chars().take(MOST).collect();
    shown.push('…');
    shown
}

/// How many are allowed.
pub(crate) fn range(min: u64, max: u64) -> String {
    match (min, max) {
        (min, u64::MAX) => format!("at least {min}"),
        (0, max) => format!("at most {max}"),
        (min, max) if min == max => format!("exactly {min}"),
        (min, max) => format!("{min} to {max}"),
    }
}

/// What a schema is called, or what it allows, in a few words.
fn name(place: &RuleContext<'_>, id: SchemaId, depth: u32) -> Option<String> {
    let tables = place.contract.program()?;
    let schema = tables.program.schemas.get(id as usize)?;
    if !schema.title.is_empty() {
        return Some(schema.title.to_string());
    }
    schema.keywords.iter().find_map(|keyword| match keyword {
        ProgramKeyword::Type(types) => Some(types.names().collect::<Vec<_>>().join(" or ")),
        ProgramKeyword::Const(value) => Some(format!("`{}`", shown(value))),
        ProgramKeyword::Enum(values) => {
            let words: Vec<String> = values
                .iter()
                .take(5)
                .map(|value| format!("`{}`", shown(value)))
                .collect();
            let more = if values.len() > 5 { " …" } else { "" };
            Some(words.join(", ") + more)
        }
        ProgramKeyword::Format(format) => Some(format!("format `{}`", format.name())),
        ProgramKeyword::Pattern(number) => {
            pattern(place, *number).map(|pattern| format!("pattern `{pattern}`"))
        }
        ProgramKeyword::Required(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            Some(format!("an object with {}", names.join(", ")))
        }
        ProgramKeyword::Ref(target) if depth < 8 => name(place, *target, depth + 1),
        _ => None,
    })
}

/// The alternatives of a union.
pub(crate) fn alternatives(place: &RuleContext<'_>, schemas: &[SchemaId]) -> String {
    let mut names: Vec<String> = Vec::new();
    for id in schemas {
        let name = name(place, *id, 0).unwrap_or_else(|| "another form".to_owned());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// What `not` excludes, if that has a name.
pub(crate) fn excluded(place: &RuleContext<'_>, id: SchemaId) -> String {
    name(place, id, 0).map_or_else(String::new, |name| format!(": {name}"))
}
