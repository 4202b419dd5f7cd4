//! The keywords: one row, and one function where a row is not enough. A new keyword is added here.

use pipelint_contract::json_pointer::unescape;

use crate::bound::{Bound, Decimal};
use crate::json::Node;
use crate::meaning::Meaning;
use crate::model::{At, Id, Location, PropertyDraft, SchemaIr, Unit};
use crate::names::{did_you_mean, quoted_list};
use crate::types::{TYPES, TypeSet};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// The tables keep a property's place in seven bits.
const MAX_PROPERTIES: usize = 128;

/// Formats: the name in a schema and the variant of `Format`.
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "DateTime"),
    ("date", "Date"),
    ("uuid", "Uuid"),
    ("email", "Email"),
];

/// What to do instead of a keyword that people are likely to try.
const INSTEAD: &[(&str, &str)] = &[
    ("pattern", "use \"format\", \"enum\" or a \"meaning\""),
    ("nullable", "write \"type\": [\"string\", \"null\"]"),
    ("definitions", "write \"$defs\""),
    (
        "oneOf",
        "list the types in \"type\", or the values in \"enum\"",
    ),
    (
        "anyOf",
        "list the types in \"type\", or the values in \"enum\"",
    ),
    ("allOf", "write the keywords into this schema itself"),
    ("example", "write \"examples\", an array"),
    ("contentMediaType", "use a \"meaning\""),
    ("unevaluatedProperties", "write \"additionalProperties\""),
];

/// What a keyword's function works on.
struct Reading<'a> {
    unit: &'a mut Unit,
    draft: SchemaIr,
}

/// `Err` says what is wrong with the keyword's value.
type Read = fn(&mut Reading<'_>, &Node) -> Result<(), String>;

struct Keyword {
    name: &'static str,
    /// The types that it says something about: on others it could never apply.
    on: TypeSet,
    root_only: bool,
    /// Whether it is allowed beside `$ref`.
    beside_reference: bool,
    read: Read,
}

static KEYWORDS: &[Keyword] = &[
    // The file.
    file("$schema", |_, value| match value.as_str() {
        Some(DIALECT) => Ok(()),
        _ => Err(format!("must be {DIALECT:?}, the only supported dialect")),
    }),
    file("$id", |_, value| string(value).map(drop)),
    file("$defs", definitions),
    // Notes for people and for documentation.
    note("$comment", |_, value| string(value).map(drop)),
    note("title", |r, value| put(&mut r.draft.title, string(value))),
    note("description", |_, value| string(value).map(drop)),
    note("examples", |_, value| list(value).map(drop)),
    note("deprecated", |_, value| boolean(value).map(drop)),
    note("readOnly", |_, value| boolean(value).map(drop)),
    note("writeOnly", |_, value| boolean(value).map(drop)),
    note("default", |r, value| {
        put(&mut r.draft.default, Ok(value.clone()))
    }),
    // Our own.
    note("source", |r, value| put(&mut r.draft.source, word(value))),
    note("meaning", |r, value| {
        let meaning = Meaning::read(value, r.draft.at.place);
        put(&mut r.draft.meaning, meaning)
    }),
    // Any value.
    note("$ref", reference),
    on(TypeSet::ANY, "type", types),
    on(TypeSet::ANY, "enum", |r, value| match list(value)? {
        [] => Err("must have at least one value".to_owned()),
        members => words(r, members),
    }),
    on(TypeSet::ANY, "const", |r, value| {
        words(r, std::slice::from_ref(value))
    }),
    // Strings.
    on(TypeSet::STRING, "minLength", |r, value| {
        put(&mut r.draft.min_length, count(value))
    }),
    on(TypeSet::STRING, "maxLength", |r, value| {
        put(&mut r.draft.max_length, count(value))
    }),
    on(TypeSet::STRING, "format", format),
    // Numbers.
    on(TypeSet::NUMERIC, "minimum", |r, value| {
        bound(&mut r.draft.minimum, value, false)
    }),
    on(TypeSet::NUMERIC, "exclusiveMinimum", |r, value| {
        bound(&mut r.draft.minimum, value, true)
    }),
    on(TypeSet::NUMERIC, "maximum", |r, value| {
        bound(&mut r.draft.maximum, value, false)
    }),
    on(TypeSet::NUMERIC, "exclusiveMaximum", |r, value| {
        bound(&mut r.draft.maximum, value, true)
    }),
    on(TypeSet::NUMERIC, "multipleOf", multiple_of),
    // Arrays.
    on(TypeSet::ARRAY, "items", |r, value| {
        let at = r.draft.at.below(Location::Items, "items", None);
        put(&mut r.draft.items, Ok(read(r.unit, value, at)))
    }),
    on(TypeSet::ARRAY, "minItems", |r, value| {
        put(&mut r.draft.min_items, count(value))
    }),
    on(TypeSet::ARRAY, "maxItems", |r, value| {
        put(&mut r.draft.max_items, count(value))
    }),
    on(TypeSet::ARRAY, "uniqueItems", |r, value| {
        r.draft.unique = boolean(value)?;
        Ok(())
    }),
    // Objects.
    on(TypeSet::OBJECT, "properties", properties),
    on(TypeSet::OBJECT, "required", required),
    on(TypeSet::OBJECT, "additionalProperties", |r, value| {
        let open = boolean(value).map_err(|_| {
            "must be true (unknown keys pass) or false (they are errors); \
             leave it out and they are warnings"
                .to_owned()
        });
        put(&mut r.draft.additional, open)
    }),
];

/// A keyword of the file: at its root only.
const fn file(name: &'static str, read: Read) -> Keyword {
    Keyword {
        name,
        on: TypeSet::ANY,
        root_only: true,
        beside_reference: true,
        read,
    }
}

/// A keyword that constrains nothing.
const fn note(name: &'static str, read: Read) -> Keyword {
    Keyword {
        name,
        on: TypeSet::ANY,
        root_only: false,
        beside_reference: true,
        read,
    }
}

/// A keyword that constrains values of some types.
const fn on(on: TypeSet, name: &'static str, read: Read) -> Keyword {
    Keyword {
        name,
        on,
        root_only: false,
        beside_reference: false,
        read,
    }
}

/// Reads one schema and all below it; gives its number.
pub(crate) fn read(unit: &mut Unit, node: &Node, at: At) -> Id {
    let id = unit.drafts.len();
    let draft = SchemaIr::new(at, id);
    // Its place is taken before those of the schemas below it.
    unit.drafts.push(draft.clone());
    let mut reading = Reading { unit, draft };
    if let Node::Object(members) = node {
        for (name, value) in members {
            if let Err(what) = keyword(&mut reading, name, value, members) {
                let pointer = reading.draft.at.pointer.clone();
                reading.unit.problem(&pointer, name, what);
            }
        }
        for name in unused(&reading.draft, members) {
            let pointer = reading.draft.at.pointer.clone();
            let what = format!(
                "the keyword {name:?} can never apply, because \"type\" allows no value of its kind; \
                 remove it or extend \"type\""
            );
            reading.unit.problem(&pointer, name, what);
        }
    } else {
        let pointer = reading.draft.at.pointer.clone();
        let what = "a schema must be an object; {} stands for \"anything\"";
        reading.unit.problem(&pointer, "", what);
    }
    let Reading { unit, draft } = reading;
    if let Some(slot) = unit.drafts.get_mut(id) {
        *slot = draft;
    }
    id
}

fn keyword(
    reading: &mut Reading<'_>,
    name: &str,
    value: &Node,
    members: &[(String, Node)],
) -> Result<(), String> {
    let names = || KEYWORDS.iter().map(|keyword| keyword.name);
    let Some(keyword) = KEYWORDS.iter().find(|keyword| keyword.name == name) else {
        let instead = INSTEAD.iter().find(|(wrong, _)| *wrong == name);
        let hint = match instead {
            Some((_, instead)) => format!("; {instead}"),
            None => did_you_mean(name, names()),
        };
        return Err(format!(
            "the keyword {name:?} is not supported{hint}; supported are {}",
            names().collect::<Vec<_>>().join(", ")
        ));
    };
    if keyword.root_only && reading.draft.at.place != Location::Root {
        return Err(format!(
            "the keyword {name:?} is supported at the root of a file only; move it there"
        ));
    }
    if !keyword.beside_reference && members.iter().any(|(key, _)| key == "$ref") {
        return Err(format!(
            "the keyword {name:?} is not supported beside \"$ref\"; \
             move it into the definition, or write the schema out here"
        ));
    }
    (keyword.read)(reading, value).map_err(|what| format!("{name:?}: {what}"))
}

/// The keywords that can never apply, given the schema's types.
fn unused<'a>(draft: &SchemaIr, members: &'a [(String, Node)]) -> Vec<&'a str> {
    let types = draft.type_set();
    let given = members.iter().filter_map(|(name, _)| {
        let keyword = KEYWORDS.iter().find(|keyword| keyword.name == name)?;
        (!keyword.on.meets(types)).then_some(name.as_str())
    });
    given.collect()
}

fn definitions(r: &mut Reading<'_>, value: &Node) -> Result<(), String> {
    for (name, schema) in object(value)? {
        let at = r.draft.at.below(Location::Definition, "$defs", Some(name));
        let id = read(r.unit, schema, at);
        r.unit.definitions.push((name.clone(), id));
    }
    Ok(())
}

fn reference(r: &mut Reading<'_>, value: &Node) -> Result<(), String> {
    let target = string(value)?;
    match target.strip_prefix("#/$defs/") {
        Some(name) if !name.is_empty() && !name.contains(['/', '%']) => {
            r.draft.reference = Some(unescape(name).into_owned());
            Ok(())
        }
        _ => Err(format!(
            "{target:?} is not supported; only \"#/$defs/NAME\" of the same file is"
        )),
    }
}

fn types(r: &mut Reading<'_>, value: &Node) -> Result<(), String> {
    let names = match value {
        Node::Array(names) if !names.is_empty() => names.as_slice(),
        Node::String(_) => std::slice::from_ref(value),
        _ => return Err("must be a type's name or a list of them".to_owned()),
    };
    for name in names {
        let known = TYPES.iter().map(|one| one.name);
        let Some(one) = TYPES.iter().find(|one| name.as_str() == Some(one.name)) else {
            let hint = did_you_mean(name.as_str().unwrap_or_default(), known.clone());
            let known = quoted_list(known);
            return Err(format!("{name} is no type{hint}; types are {known}"));
        };
        if r.draft.types.iter().any(|given| given.name == one.name) {
            return Err(format!("{name} is listed twice; keep one"));
        }
        r.draft.types.push(one);
    }
    Ok(())
}

fn words(r: &mut Reading<'_>, members: &[Node]) -> Result<(), String> {
    if !r.draft.words.is_empty() {
        return Err("\"enum\" and \"const\" stand side by side; keep one of them".to_owned());
    }
    let mut words: Vec<Node> = Vec::with_capacity(members.len());
    for member in members {
        match member {
            Node::Array(_) | Node::Object(_) => {
                return Err(format!(
                    "{member} is not supported; only strings, numbers, true, false and null are"
                ));
            }
            Node::Number(text) => drop(Decimal::parse(text)?),
            _ => {}
        }
        if words.iter().any(|word| same(word, member)) {
            return Err(format!("{member} is listed twice; keep one"));
        }
        words.push(member.clone());
    }
    r.draft.words = words;
    Ok(())
}

/// Whether two scalars are the same value; numbers by value, so that 1 and 1.0 are.
pub(crate) fn same(a: &Node, b: &Node) -> bool {
    match (a, b) {
        (Node::Number(a), Node::Number(b)) => Decimal::parse(a) == Decimal::parse(b),
        _ => a == b,
    }
}

fn format(r: &mut Reading<'_>, value: &Node) -> Result<(), String> {
    let names = || FORMATS.iter().map(|(name, _)| *name);
    let known = FORMATS
        .iter()
        .find(|(name, _)| value.as_str() == Some(name));
    let Some((_, variant)) = known else {
        let hint = did_you_mean(value.as_str().unwrap_or_default(), names());
        return Err(format!(
            "{value} is not supported{hint}; supported are {}; \
             leave it out, or give the property a \"meaning\"",
            quoted_list(names())
        ));
    };
    put(&mut r.draft.format, Ok(*variant))
}

fn multiple_of(r: &mut Reading<'_>, value: &Node) -> Result<(), String> {
    bound(&mut r.draft.multiple_of, value, false)?;
    match &r.draft.multiple_of {
        Some(step) if step.value.negative || step.value.coefficient == 0 => {
            Err(format!("{} must be above 0", step.text))
        }
        _ => Ok(()),
    }
}

fn properties(r: &mut Reading<'_>, value: &Node) -> Result<(), String> {
    let members = object(value)?;
    let mut properties = Vec::with_capacity(members.len());
    for (name, schema) in members {
        let at = r
            .draft
            .at
            .below(Location::Property, "properties", Some(name));
        properties.push(PropertyDraft {
            name: name.clone(),
            schema: read(r.unit, schema, at),
            alias_of: None,
        });
    }
    let many = properties.len();
    r.draft.properties = Some(properties);
    if many > MAX_PROPERTIES {
        return Err(format!(
            "{many} properties; an object may have at most {MAX_PROPERTIES}, so divide it"
        ));
    }
    Ok(())
}

fn required(r: &mut Reading<'_>, value: &Node) -> Result<(), String> {
    let mut required: Vec<String> = Vec::new();
    for name in list(value)? {
        let name = string(name).map_err(|_| format!("{name} is no property's name"))?;
        if required.contains(&name) {
            return Err(format!("{name:?} is listed twice; keep one"));
        }
        required.push(name);
    }
    r.draft.required = required;
    Ok(())
}

fn bound(slot: &mut Option<Bound>, value: &Node, exclusive: bool) -> Result<(), String> {
    let Node::Number(text) = value else {
        return Err(format!("must be a number, not {value}"));
    };
    if slot.is_some() {
        return Err("stands beside its inclusive or exclusive twin; keep one of them".to_owned());
    }
    *slot = Some(Bound {
        text: text.clone(),
        value: Decimal::parse(text)?,
        exclusive,
    });
    Ok(())
}

fn put<T>(slot: &mut Option<T>, value: Result<T, String>) -> Result<(), String> {
    *slot = Some(value?);
    Ok(())
}

fn count(value: &Node) -> Result<u32, String> {
    let count = match value {
        Node::Number(text) => Decimal::parse(text).ok().and_then(Decimal::as_count),
        _ => None,
    };
    count.ok_or_else(|| {
        format!(
            "must be a whole number from 0 to {}, not {value}",
            u32::MAX - 1
        )
    })
}

fn string(value: &Node) -> Result<String, String> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| format!("must be a string, not {value}"))
}

/// A string that says something.
pub(crate) fn word(value: &Node) -> Result<String, String> {
    let text = string(value)?;
    if text.trim().is_empty() {
        return Err("must not be empty".to_owned());
    }
    Ok(text)
}

pub(crate) fn boolean(value: &Node) -> Result<bool, String> {
    match value {
        Node::Boolean(value) => Ok(*value),
        _ => Err(format!("must be true or false, not {value}")),
    }
}

pub(crate) fn list(value: &Node) -> Result<&[Node], String> {
    match value {
        Node::Array(items) => Ok(items),
        _ => Err(format!("must be an array, not {value}")),
    }
}

pub(crate) fn object(value: &Node) -> Result<&[(String, Node)], String> {
    match value {
        Node::Object(members) => Ok(members),
        _ => Err(format!("must be an object, not {value}")),
    }
}
