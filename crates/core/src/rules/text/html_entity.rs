//! `text/html-entity`: see `html_entity.md`.

use crate::contract::Meanings;
use crate::document::{Character, characters};
use crate::messages::{TEXT_HTML_ENTITY_FIX, TEXT_HTML_ENTITY_HELP, TEXT_HTML_ENTITY_MESSAGE};
use crate::rules::{
    Applicability, Edit, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink,
    Source, edits, page, replacement,
};
use crate::values::unicode::WINDOWS_1252;

/// A text was encoded for a web page.
pub(crate) static RULE: Rule = Rule {
    name: "text/html-entity",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::PROSE,
        when: Facts::ENTITY,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("html_entity.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let inner = place.inner();
    if let Some((at, length, _)) = entities(inner).next()
        && !is_markup(inner)
    {
        let start = place.node().start + 1 + at as u32;
        sink.report_span(place, 0, start, start + length as u32);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let inner = place.inner();
    said.message(TEXT_HTML_ENTITY_MESSAGE)
        .help(TEXT_HTML_ENTITY_HELP);
    if !edits::is_short(inner) {
        return;
    }
    let from = place.node().start + 1;
    let mut shown = inner.len();
    let edits: Vec<Edit> = entities(inner)
        .map(|(at, length, character)| {
            if character.is_whitespace() {
                shown = shown.saturating_sub(length);
            }
            Edit {
                start: from + at as u32,
                end: from + (at + length) as u32,
                text: replacement::escaped(character.encode_utf8(&mut [0; 4]))
                    .into_owned()
                    .into(),
            }
        })
        .collect();
    if shown > 0 && edits::leave_enough(place, &edits) {
        said.fix(TEXT_HTML_ENTITY_FIX, Applicability::Unsafe, edits);
    }
}

/// Whether the text is HTML itself, where entities are in their place.
fn is_markup(inner: &str) -> bool {
    let mut before = ' ';
    characters(inner).any(|Character { value, .. }| {
        let starts_tag = before == '<' && (value == '/' || value.is_ascii_alphabetic());
        before = value;
        starts_tag
    })
}

/// The entities of a text: place, length, and the character that each stands for.
fn entities(inner: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let mut rest = characters(inner);
    std::iter::from_fn(move || {
        loop {
            let first = rest.next()?;
            if first.value != '&' {
                continue;
            }
            let mut behind = rest.clone();
            if let Some(character) = entity(&mut behind) {
                rest = behind.clone();
                let end = behind.next().map_or(inner.len(), |next| next.at);
                return Some((first.at, end - first.at, character));
            }
        }
    })
}

/// The longest name, and the longest number, of an entity.
const LONGEST: usize = 8;

/// The character of the entity whose `&` was read. An encoded `&` may start another entity.
fn entity(rest: &mut (impl Iterator<Item = Character> + Clone)) -> Option<char> {
    let mut name = [0; LONGEST];
    let mut length = 0;
    loop {
        match rest.next()?.value {
            ';' => break,
            character if character.is_ascii_alphanumeric() || character == '#' => {
                *name.get_mut(length)? = character as u8;
                length += 1;
            }
            _ => return None,
        }
    }
    let character = character(name.get(..length)?)?;
    if character == '&' {
        let mut behind = rest.clone();
        if let Some(inner) = entity(&mut behind) {
            *rest = behind;
            return Some(inner);
        }
    }
    Some(character)
}

/// The character that an entity of this name stands for.
fn character(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    if let Some(number) = name.strip_prefix('#') {
        return numbered(number);
    }
    if let Some((_, character)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*character);
    }
    let (letter, accent) = name.split_at_checked(1)?;
    let (_, pairs) = ACCENTS.iter().find(|(known, _)| *known == accent)?;
    let mut pairs = pairs.chars();
    pairs.find(|plain| letter.starts_with(*plain))?;
    pairs.next()
}

/// The character of a numeric entity. Browsers read the numbers from 128 to 159 as Windows-1252.
fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    match code.ok()? {
        0x09 | 0x0a | 0x0d | 0xa0 => Some(' '),
        code @ 0x80..0xa0 => WINDOWS_1252.get(code as usize - 0x80).copied(),
        code => char::from_u32(code),
    }
    .filter(|character| !character.is_control())
}

/// The entities that programs write most.
static NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("szlig", 'ß'),
    ("AElig", 'Æ'),
    ("aelig", 'æ'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("deg", '°'),
    ("middot", '·'),
    ("bull", '•'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
];

/// The entities of letters with accents: a letter without, and the same with it.
static ACCENTS: &[(&str, &str)] = &[
    ("grave", "AÀEÈIÌOÒUÙaàeèiìoòuù"),
    ("acute", "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyý"),
    ("circ", "AÂEÊIÎOÔUÛaâeêiîoôuû"),
    ("tilde", "AÃNÑOÕaãnñoõ"),
    ("uml", "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ"),
    ("ring", "AÅaå"),
    ("cedil", "CÇcç"),
    ("slash", "OØoø"),
    ("caron", "SŠsšZŽzž"),
];
