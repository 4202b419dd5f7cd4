//! Misnamed properties, and objects that wrap the payload.

use std::borrow::Cow;

use crate::contract::{Meaning, Meanings, Object, Types};
use crate::document::{Kind, UNKNOWN_PROPERTY, flag};
use crate::facts::unicode;
use crate::values::nearest::nearest_marked;

use super::{Applicability, Edit, Facts, RuleContext, replacement};

/// The property that an unknown key stands for.
pub(crate) struct Meant {
    /// Its index.
    pub(crate) property: usize,
    /// Whether the key differs in case and separators only.
    pub(crate) is_spelling: bool,
    /// A character of the key that shows nothing, or looks like an ASCII letter.
    pub(crate) odd: Option<char>,
}

/// Longer keys are not compared.
const LONGEST: usize = 64;
/// More unknown keys of one object are not compared.
const MOST: usize = 64;

/// The property that a key stands for: the same but for case, separators and odd characters, or
/// the nearest one, or the only one of which it is the last words.
pub(crate) fn meant(key: &str, object: &Object<'_>) -> Option<Meant> {
    if key.len() > LONGEST {
        return None;
    }
    let odd = key
        .chars()
        .find(|one| !one.is_ascii() && plain(*one) != Some(*one));
    let find = |key: &str, keeps_odd: bool| {
        object.properties.iter().position(|property| {
            let is_same = folded(key, keeps_odd).eq(folded(property.name, true));
            is_same && folded(key, keeps_odd).next().is_some()
        })
    };
    if let Some(property) = find(key, true) {
        return Some(Meant {
            property,
            is_spelling: true,
            odd: None,
        });
    }
    if odd.is_some()
        && let Some(property) = find(key, false)
    {
        return Some(Meant {
            property,
            is_spelling: false,
            odd,
        });
    }
    let known = object.properties.iter();
    let near = nearest_marked(key, known.map(|known| (known.name, known.marks)));
    let near = near.or_else(|| credential(key, object));
    let near = near.or_else(|| related(key, object))?;
    let mut names = object.properties.iter().map(|known| known.name);
    Some(Meant {
        property: names.position(|name| name == near)?,
        is_spelling: false,
        odd: None,
    })
}

/// The header for a credential, if the key is another common name for one.
fn credential<'c>(key: &str, object: &Object<'c>) -> Option<&'c str> {
    const NAMES: [&str; 7] = [
        "apikey",
        "xapikey",
        "xauthtoken",
        "xaccesstoken",
        "accesstoken",
        "authtoken",
        "token",
    ];
    let is_name = |name: &&str| folded(key, true).eq(name.chars());
    let mut properties = object.properties.iter();
    properties
        .find(|known| matches!(known.schema.meaning, Meaning::Credential(_)))
        .filter(|_| NAMES.iter().any(is_name))
        .map(|known| known.name)
}

/// The only property whose name ends with the key, or is the key and "id": `estimated_value` for
/// `value`, `owner_id` for `owner`.
fn related<'c>(key: &str, object: &Object<'c>) -> Option<&'c str> {
    /// Shorter keys say too little.
    const SHORTEST: usize = 4;
    let length = folded(key, true).count();
    let ends_with_key = |name: &&str| {
        let whole = folded(name, true).count();
        let without_id = || folded(name, true).take(length).eq(folded(key, true));
        let before = whole.checked_sub(length).filter(|before| *before > 0);
        before.is_some_and(|before| {
            let ends = || folded(name, true).skip(before).eq(folded(key, true));
            starts_word(name, before) && ends()
                || before == 2 && folded(name, true).skip(length).eq("id".chars()) && without_id()
        })
    };
    let names = object.properties.iter().map(|known| known.name);
    let mut fitting = names.filter(ends_with_key);
    let only = fitting.next().filter(|_| length >= SHORTEST)?;
    fitting.next().is_none().then_some(only)
}

/// Whether a word of a name starts at its `nth` letter.
fn starts_word(name: &str, nth: usize) -> bool {
    let mut before = ' ';
    let mut letters = 0;
    for character in name.chars() {
        let is_letter = !matches!(character, '_' | '-' | ' ' | '.');
        if is_letter {
            if letters == nth {
                return matches!(before, '_' | '-' | ' ' | '.')
                    || character.is_uppercase() && before.is_lowercase();
            }
            letters += 1;
        }
        before = character;
    }
    false
}

/// The letters and digits of a key in small letters; with `keeps_odd`, other characters as well.
fn folded(key: &str, keeps_odd: bool) -> impl Iterator<Item = char> + '_ {
    key.chars().filter_map(move |one| match one {
        '_' | '-' | ' ' | '.' => None,
        _ if one.is_ascii() || keeps_odd => Some(one.to_ascii_lowercase()),
        _ => plain(one).map(|one| one.to_ascii_lowercase()),
    })
}

/// The ASCII letter that a character looks like; nothing for one that shows nothing; else the
/// character.
fn plain(character: char) -> Option<char> {
    /// Letters of Cyrillic and Greek that look like those of Latin.
    const ALIKE: [(char, char); 26] = [
        ('а', 'a'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('х', 'x'),
        ('у', 'y'),
        ('і', 'i'),
        ('ј', 'j'),
        ('ѕ', 's'),
        ('ԁ', 'd'),
        ('һ', 'h'),
        ('ԛ', 'q'),
        ('ԝ', 'w'),
        ('м', 'm'),
        ('т', 't'),
        ('к', 'k'),
        ('в', 'b'),
        ('н', 'h'),
        ('ο', 'o'),
        ('α', 'a'),
        ('ν', 'v'),
        ('ι', 'i'),
        ('ρ', 'p'),
        ('ı', 'i'),
        ('ƅ', 'b'),
    ];
    let small = character.to_lowercase().next().unwrap_or(character);
    if let Some((_, letter)) = ALIKE.iter().find(|(odd, _)| *odd == small) {
        return Some(*letter);
    }
    // Full-width forms are in the order of ASCII.
    if let '\u{ff01}'..='\u{ff5e}' = character {
        return char::from_u32(u32::from(character) - 0xfee0);
    }
    let mut room = [0; 4];
    let is_shown = unicode::shows(character.encode_utf8(&mut room)) && !character.is_whitespace();
    is_shown.then_some(character)
}

/// The member of an object under an unknown key that stands for a property.
pub(crate) fn instead_of<'a>(object: &RuleContext<'a>, property: usize) -> Option<RuleContext<'a>> {
    let known = object.schema.object?;
    let unknown = object
        .members()
        .filter(|member| member.node().property == UNKNOWN_PROPERTY);
    unknown.take(MOST).find(|member| {
        let key = key(member);
        meant(&key, known).is_some_and(|meant| meant.property == property)
    })
}

/// The key of a member.
pub(crate) fn key<'a>(member: &RuleContext<'a>) -> Cow<'a, str> {
    member.node().key(member.text).unwrap_or_default()
}

/// The edit that renames a member, unless the property is there already. It is safe if only the
/// spelling differs and the value is one that the property takes without a diagnostic.
pub(crate) fn rename(member: &RuleContext<'_>, meant: &Meant) -> Option<(Applicability, Edit)> {
    let object = member.holder()?;
    let properties = object.schema.object?.properties;
    let property = properties.get(meant.property)?;
    let index = u8::try_from(meant.property).ok()?;
    if object.has(index) {
        return None;
    }
    let node = member.node();
    let edit = Edit {
        start: node.key + 1,
        end: node.key + 1 + node.key_length,
        text: replacement::escaped(property.name).into_owned().into(),
    };
    let doubtful = Facts::BLANK
        .or(Facts::NEGATIVE)
        .or(Facts::CERTAIN)
        .or(Facts::NOT_TENDER)
        .or(Facts::NOT_A_DATE)
        .or(Facts::NOT_FUTURE)
        .or(Facts::CREDENTIAL)
        .or(Facts::OTHER_MEDIA_TYPE);
    let is_taken = match node.kind {
        Kind::Boolean => property.schema.types.meets(Types::BOOLEAN),
        Kind::String | Kind::Number if !node.has(flag::ESCAPED) => {
            replacement::judged(property.schema, member.source(), member.now)
                .is_some_and(|facts| !facts.meets(doubtful))
        }
        _ => false,
    };
    // Another name of the same property may be there.
    let is_alias =
        property.alias_of.is_some() || properties.iter().any(|other| other.alias_of == Some(index));
    let is_single = || {
        let same = object.members().filter(|other| key(other) == key(member));
        same.take(2).count() == 1
    };
    // Other rules report that one of these is missing: the renamed one would take that away.
    let is_missed = Meanings::MONEY
        .or(Meanings::CURRENCY_CODE)
        .or(Meanings::PROBABILITY)
        .or(Meanings::IDEMPOTENCY_KEY)
        .contains(&property.schema.meaning);
    let is_safe = meant.is_spelling
        && !is_missed
        && is_taken
        && !is_alias
        && property.schema.words.is_empty()
        && member.policy.is_empty()
        && is_single();
    let applicability = if is_safe {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    Some((applicability, edit))
}

/// The only member of a payload, if it holds the payload itself: `{ "deal": { "name": … } }`.
pub(crate) fn wrapper<'a>(root: &RuleContext<'a>) -> Option<RuleContext<'a>> {
    let known = root.schema.object?;
    if root.parent.is_some() || root.node != 0 || !root.is_sent() {
        return None;
    }
    let mut members = root.members();
    let only = members.next()?;
    if members.next().is_some() || only.node().property != UNKNOWN_PROPERTY {
        return None;
    }
    let holds = match only.node().kind {
        Kind::Object => only.members().take(MOST).any(|member| {
            let key = key(&member);
            known.properties.iter().any(|known| known.name == key)
        }),
        Kind::String => json_within(&only.value(), '{').is_some(),
        _ => false,
    };
    holds.then_some(only)
}

/// The JSON text that a string holds, if it starts with that bracket and ends with its partner.
pub(crate) fn json_within(value: &str, open: char) -> Option<&str> {
    let close = if open == '{' { '}' } else { ']' };
    let text = value.trim();
    (text.len() > 1 && text.starts_with(open) && text.ends_with(close)).then_some(text)
}

/// The edit that puts the contents of a wrapper in the place of the payload.
pub(crate) fn unwrap(wrapper: &RuleContext<'_>) -> Option<Edit> {
    let root = wrapper.holder()?;
    let text = match wrapper.node().kind {
        Kind::String => json_within(&wrapper.value(), '{')?.to_owned(),
        _ => wrapper.source().to_owned(),
    };
    Some(replacement::replace(&root, text))
}
