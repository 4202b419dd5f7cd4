//! `text/mojibake`: see `mojibake.md`.

use crate::contract::Meanings;
use crate::document::{Character, characters};
use crate::messages::{
    TEXT_MOJIBAKE_FIX, TEXT_MOJIBAKE_HELP, TEXT_MOJIBAKE_HELP_LOST, TEXT_MOJIBAKE_MESSAGE,
    TEXT_MOJIBAKE_MESSAGE_LOST,
};
use crate::rules::{
    Applicability, Edit, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink,
    Source, edits, page,
};

/// A text was read in another encoding than it was written in.
pub(crate) static RULE: Rule = Rule {
    name: "text/mojibake",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::WORDS,
        when: Facts::ODD,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("mojibake.md"),
    explain,
};

/// A character that was lost altogether.
const LOST: u8 = 1;

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let inner = place.inner();
    let from = place.node().start + 1;
    let mut report = |variant, at: usize, length: usize| {
        let start = from + at as u32;
        sink.report_span(place, variant, start, start + length as u32);
    };
    // What was lost stays lost when the rest is mended.
    if let Some((at, length, _)) = sequences(inner).next() {
        report(0, at, length);
    }
    if let Some(lost) = characters(inner).find(|one| is_replacement(inner, one)) {
        report(LOST, lost.at, lost.length);
    }
}

/// Whether this is the replacement character itself; half a surrogate pair has a rule of its own.
fn is_replacement(inner: &str, character: &Character) -> bool {
    let escape = inner.get(character.at..character.at + character.length);
    character.value == char::REPLACEMENT_CHARACTER
        && (character.length < 6 || escape.is_some_and(|one| one.eq_ignore_ascii_case("\\ufffd")))
}

/// Whether a text holds letters that were wrongly decoded.
pub(crate) fn is_within(inner: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii() && byte != b'\\';
    !inner.bytes().all(plain) && sequences(inner).next().is_some()
}

/// The characters that were UTF-8 and read byte by byte: place, length, and what they were.
fn sequences(inner: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let mut rest = characters(inner);
    let mut before = ' ';
    std::iter::from_fn(move || {
        loop {
            let first = rest.next()?;
            let mut ahead = rest.clone();
            let follows = std::iter::from_fn(|| ahead.next().map(|one| one.value));
            if let Some(meant) = decoded(first.value, follows, before) {
                rest = ahead;
                let last_length = rest.clone().next().map_or(inner.len(), |next| next.at);
                before = meant;
                return Some((first.at, last_length - first.at, meant));
            }
            before = first.value;
        }
    })
}

/// The character whose bytes, read one by one, gave these. Takes no more than it needs.
fn decoded(first: char, mut follows: impl Iterator<Item = char>, before: char) -> Option<char> {
    // Only beginnings that no language puts before such signs.
    let length = match first {
        'Â' | 'Ã' => 2,
        'â' | 'ï' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = [first as u8, 0, 0, 0];
    for byte in bytes.iter_mut().take(length).skip(1) {
        let follow = follows.next()?;
        // A word in capitals may end with such a letter, and a quote or a dash follow.
        if length == 2 && is_capital(before) && ends_a_word(follow) {
            return None;
        }
        *byte = windows_1252(follow)?;
    }
    let meant = std::str::from_utf8(bytes.get(..length)?).ok()?;
    meant.chars().next().filter(|meant| *meant >= '\u{a0}')
}

/// The capitals of Windows-1252.
const fn is_capital(character: char) -> bool {
    matches!(character, 'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Š' | 'Œ' | 'Ž' | 'Ÿ')
}

const fn ends_a_word(character: char) -> bool {
    matches!(
        character,
        '’' | '”' | '…' | '–' | '—' | '»' | '›' | '\u{a0}'
    )
}

/// What Windows-1252 makes of the bytes from 0x80 to 0x9F; it leaves five as they are.
static UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte from 0x80 to 0xBF that Windows-1252 or Latin-1 reads as this character.
fn windows_1252(character: char) -> Option<u8> {
    if let '\u{80}'..='\u{bf}' = character {
        return Some(character as u8);
    }
    let place = UPPER.iter().position(|one| *one == character)?;
    Some(0x80 + place as u8)
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if place.variant == LOST {
        said.message(TEXT_MOJIBAKE_MESSAGE_LOST)
            .help(TEXT_MOJIBAKE_HELP_LOST);
        return;
    }
    said.message(TEXT_MOJIBAKE_MESSAGE).help(TEXT_MOJIBAKE_HELP);
    if !edits::is_short(place.inner()) {
        return;
    }
    let mended = mended(place.inner(), place.node().start + 1);
    if edits::leave_enough(place, &mended) {
        said.fix(TEXT_MOJIBAKE_FIX, Applicability::Unsafe, mended);
    }
}

/// One letter of a text, and where its signs start and end.
#[derive(Clone, Copy)]
struct Letter {
    value: char,
    start: usize,
    end: usize,
    is_mended: bool,
}

/// The edits that put the letters that were meant in the place of their signs. A text may have
/// been read wrongly more than once.
fn mended(inner: &str, from: u32) -> Vec<Edit> {
    let mut letters: Vec<Letter> = characters(inner)
        .map(|one| Letter {
            value: one.value,
            start: one.at,
            end: one.at + one.length,
            is_mended: false,
        })
        .collect();
    loop {
        let mut read = Vec::with_capacity(letters.len());
        let mut before = ' ';
        let mut rest = &*letters;
        while let [first, behind @ ..] = rest {
            let follows = behind.iter().map(|letter| letter.value);
            let letter = decoded(first.value, follows, before).and_then(|value| {
                // One sign stands for each byte.
                let (signs, behind) = rest.split_at_checked(value.len_utf8())?;
                rest = behind;
                Some(Letter {
                    value,
                    end: signs.last()?.end,
                    is_mended: true,
                    ..*first
                })
            });
            if letter.is_none() {
                rest = behind;
            }
            let letter = letter.unwrap_or(*first);
            before = letter.value;
            read.push(letter);
        }
        if read.len() == letters.len() {
            break;
        }
        letters = read;
    }
    let mended = letters.iter().filter(|letter| letter.is_mended);
    mended
        .map(|letter| Edit {
            start: from + letter.start as u32,
            end: from + letter.end as u32,
            text: letter.value.to_string().into(),
        })
        .collect()
}
