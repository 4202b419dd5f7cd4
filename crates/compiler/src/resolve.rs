//! The second pass over a file: follows every `$ref`, finds siblings, and checks what one keyword
//! says against the others.

use crate::keywords::same;
use crate::meaning::Meaning;
use crate::model::{Id, SchemaIr, Unit};
use crate::names::did_you_mean;

/// Links a file whose schemas have all been read.
pub(crate) fn link(unit: &mut Unit, is_headers: bool) {
    items(unit);
    let followed: Vec<(SchemaIr, Id)> = (0..unit.drafts.len())
        .filter_map(|id| follow(unit, id))
        .collect();
    (unit.drafts, unit.canonical) = followed.into_iter().unzip();
    for id in 0..unit.drafts.len() {
        siblings(unit, id);
    }
    for id in 0..unit.drafts.len() {
        // What a bare `$ref` leads to is checked there.
        if unit.canonical(id) == id
            && let Some(draft) = unit.drafts.get(id).cloned()
        {
            check(unit, &draft);
        }
    }
    root(unit, is_headers);
}

/// Gives the items of a list the meaning that the list's own implies, unless they have one or say
/// it elsewhere: an item of a list of references is a reference.
fn items(unit: &mut Unit) {
    for id in 0..unit.drafts.len() {
        let Some(list) = unit.drafts.get(id) else {
            continue;
        };
        let implied = list.meaning.as_ref().and_then(Meaning::of_items);
        if let (Some(implied), Some(items)) = (implied, list.items)
            && let Some(items) = unit.drafts.get_mut(items)
            && items.meaning.is_none()
            && items.reference.is_none()
            && items.type_set().meets(implied.kind.on)
        {
            items.meaning = Some(implied);
        }
    }
}

/// What a schema is after its `$ref`s: the constraints of the last, and of titles, meanings and
/// the like the nearest. With it the schema whose static stands for it.
fn follow(unit: &mut Unit, id: Id) -> Option<(SchemaIr, Id)> {
    let mut chain = vec![id];
    let mut last = unit.drafts.get(id)?;
    // Only what is wrong with this schema's own `$ref`; the rest is reported further along.
    let mut fault = None;
    while let Some(name) = &last.reference {
        let Some((_, target)) = unit.definitions.iter().find(|(known, _)| known == name) else {
            let known = unit.definitions.iter().map(|(known, _)| known.as_str());
            let hint = did_you_mean(name, known);
            if chain.len() == 1 {
                fault = Some(format!(
                    "\"$ref\": there is no definition {name:?} in \"$defs\"{hint}; add it"
                ));
            }
            break;
        };
        if chain.contains(target) {
            if *target == id {
                fault = Some(format!(
                    "\"$ref\": {name:?} leads back to itself without a schema in between"
                ));
            }
            break;
        }
        chain.push(*target);
        last = unit.drafts.get(*target)?;
    }
    let own = unit.drafts.get(id)?;
    let mut whole = last.clone();
    whole.at = own.at.clone();
    whole.reference.clone_from(&own.reference);
    let links = || chain.iter().filter_map(|link| unit.drafts.get(*link));
    whole.title = links().find_map(|link| link.title.clone());
    whole.default = links().find_map(|link| link.default.clone());
    whole.source = links().find_map(|link| link.source.clone());
    whole.meaning = links().find_map(|link| link.meaning.clone());
    let canonical = chain
        .iter()
        .copied()
        .find(|link| unit.drafts.get(*link).is_some_and(SchemaIr::overlays))
        .unwrap_or(whole.base);
    if let Some(what) = fault {
        unit.problem(&whole.at.pointer, "$ref", what);
    }
    Some((whole, canonical))
}

/// Finds the siblings that the properties of one object name.
fn siblings(unit: &mut Unit, id: Id) {
    let Some(draft) = unit
        .drafts
        .get(id)
        .filter(|draft| draft.reference.is_none())
    else {
        return;
    };
    let mut properties = draft.properties.clone().unwrap_or_default();
    let names: Vec<String> = properties.iter().map(|one| one.name.clone()).collect();
    let schemas: Vec<Id> = properties.iter().map(|one| one.schema).collect();
    let meaning_of = |unit: &Unit, place: usize| {
        let schema = unit.drafts.get(*schemas.get(place)?)?;
        schema.meaning.clone()
    };
    for (place, property) in properties.iter_mut().enumerate() {
        let Some(property_draft) = unit.drafts.get(property.schema) else {
            continue;
        };
        let Some(mut meaning) = property_draft.meaning.clone() else {
            continue;
        };
        let pointer = property_draft.at.pointer.clone();
        let find = |unit: &mut Unit, key: &str, name: &str| {
            let found = names.iter().position(|known| known == name);
            let what = match found {
                Some(found) if found != place => return Some(found),
                Some(_) => format!("\"meaning\": the key {key:?} names the property itself"),
                None => format!(
                    "\"meaning\": the key {key:?} names {name:?}, and there is no such property \
                     beside this one{}; add it or correct the name",
                    did_you_mean(name, names.iter().map(String::as_str))
                ),
            };
            unit.problem(&pointer, "meaning", what);
            None
        };
        if let Some(name) = meaning.alias_of.clone()
            && let Some(found) = find(unit, "alias-of", &name)
        {
            property.alias_of = Some(found);
            if meaning_of(unit, found).is_some_and(|target| target.alias_of.is_some()) {
                let what = format!(
                    "\"meaning\": the key \"alias-of\" names {name:?}, itself an alias; \
                     name the property that it stands for"
                );
                unit.problem(&pointer, "meaning", what);
            }
        }
        for (key, name) in meaning.siblings() {
            let Some(found) = find(unit, key, &name) else {
                continue;
            };
            meaning.place_sibling(key, found);
            let is_code = |other: crate::meaning::Meaning| other.kind.name == "currency-code";
            if key == "currency-in" && !meaning_of(unit, found).is_some_and(is_code) {
                let what = format!(
                    "\"meaning\": the key {key:?} names {name:?}, whose meaning is not \
                     \"currency-code\"; give it that meaning or name another property"
                );
                unit.problem(&pointer, "meaning", what);
            }
        }
        if let Some(slot) = unit.drafts.get_mut(property.schema) {
            slot.meaning = Some(meaning);
        }
    }
    if let Some(slot) = unit.drafts.get_mut(id)
        && slot.properties.is_some()
    {
        slot.properties = Some(properties);
    }
}

/// Checks one schema as a whole.
fn check(unit: &mut Unit, draft: &SchemaIr) {
    let types = draft.type_set();
    let mut faults: Vec<(&str, String)> = Vec::new();
    if draft.reference.is_none() {
        limits(draft, &mut faults);
        for word in &draft.words {
            if !types.admits(word) {
                let keyword = if draft.words.len() == 1 {
                    "const"
                } else {
                    "enum"
                };
                let what = "can never apply: it is of no type that \"type\" allows";
                faults.push((keyword, format!("\"enum\" or \"const\": {word} {what}")));
            }
        }
        for name in &draft.required {
            let mut known = draft
                .properties
                .iter()
                .flatten()
                .map(|one| one.name.as_str());
            if !known.clone().any(|one| one == name) {
                let hint = did_you_mean(name, &mut known);
                let what = format!(
                    "\"required\": {name:?} is no property of this schema{hint}; \
                     add it to \"properties\""
                );
                faults.push(("required", what));
            }
        }
    }
    if let Some(default) = &draft.default {
        let listed = draft.words.is_empty() || draft.words.iter().any(|word| same(word, default));
        if !types.admits(default) || !listed {
            let what = format!("\"default\": {default} is no value that this schema allows");
            faults.push(("default", what));
        }
    }
    if let Some(meaning) = &draft.meaning {
        let kind = meaning.kind;
        if !kind.on.meets(types) {
            let wanted = crate::types::TYPES
                .iter()
                .filter(|one| kind.on.meets(one.set));
            let wanted: Vec<_> = wanted.map(|one| one.name).collect();
            let what = format!(
                "\"meaning\": {:?} is said of type {} and \"type\" does not allow it; \
                 correct one of the two",
                kind.name,
                wanted.join(" or ")
            );
            faults.push(("meaning", what));
        }
        for word in meaning.status_words() {
            let listed = draft.words.iter().any(|one| one.as_str() == Some(word));
            if !draft.words.is_empty() && !listed {
                let what = format!("\"meaning\": the status {word:?} is not in \"enum\"");
                faults.push(("meaning", what));
            }
        }
    }
    for (keyword, what) in faults {
        unit.problem(&draft.at.pointer, keyword, what);
    }
}

fn limits(draft: &SchemaIr, faults: &mut Vec<(&str, String)>) {
    let lengths = (draft.min_length, draft.max_length, "minLength", "maxLength");
    let items = (draft.min_items, draft.max_items, "minItems", "maxItems");
    for (min, max, lower, upper) in [lengths, items] {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            let what = format!("{lower:?} {min} is above {upper:?} {max}: no value can pass");
            faults.push((lower, what));
        }
    }
    if let (Some(min), Some(max)) = (&draft.minimum, &draft.maximum)
        && (min.value > max.value || (min.value == max.value && (min.exclusive || max.exclusive)))
    {
        let what = format!(
            "\"minimum\" {} is above \"maximum\" {}: no value can pass",
            min.text, max.text
        );
        faults.push(("minimum", what));
    }
}

/// Checks the root: a headers part says so, because names of headers compare without case.
fn root(unit: &mut Unit, is_headers: bool) {
    let Some(root) = unit.drafts.first() else {
        return;
    };
    let kind = root.meaning.as_ref().map(|meaning| meaning.kind.name);
    let what = match (is_headers, kind == Some("headers")) {
        (true, false) => "a headers part needs \"meaning\": { \"is\": \"headers\" } at its root",
        (false, true) => "only the root of a headers part means \"headers\"",
        _ if !root.type_set().meets(crate::types::TypeSet::OBJECT) => return,
        (true, true) => {
            let mut seen: Vec<String> = Vec::new();
            for property in root.properties.iter().flatten() {
                let name = property.name.to_ascii_lowercase();
                if seen.contains(&name) {
                    let what = format!(
                        "\"properties\": the header {:?} stands here twice, in different case",
                        property.name
                    );
                    unit.problem("", "properties", what);
                    return;
                }
                seen.push(name);
            }
            return;
        }
        (false, false) => return,
    };
    unit.problem("", "meaning", what);
}
