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
use crate::values::unicode::continuation_byte;

/// A text was decoded with the wrong character encoding.
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
    // What was lost stays lost when the rest is fixed.
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

/// The characters whose UTF-8 was decoded byte by byte: place, length, and what they were.
fn sequences(inner: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let mut rest = characters(inner);
    let mut before = ' ';
    let mut is_in_run = false;
    std::iter::from_fn(move || {
        loop {
            let first = rest.next()?;
            let follows = rest.clone().map(|one| one.value);
            let intended = decoded(first.value, follows, before, is_in_run);
            is_in_run = intended.is_some();
            if let Some(intended) = intended {
                // One character stands for each byte.
                let mut behind = rest.clone().skip(intended.len_utf8() - 1);
                let end = behind.next().map_or(inner.len(), |next| next.at);
                rest.nth(intended.len_utf8() - 2);
                before = intended;
                return Some((first.at, end - first.at, intended));
            }
            before = first.value;
        }
    })
}

/// The character whose bytes, decoded one by one, gave `first` and what follows. Accepts only what
/// no language writes: some first bytes are enough, some count inside a word, and the others need
/// another such character before (`is_in_run`) or after them.
fn decoded(
    first: char,
    follows: impl Iterator<Item = char> + Clone,
    before: char,
    is_in_run: bool,
) -> Option<char> {
    let (intended, rest) = read(first, follows)?;
    let is_followed = || {
        let mut next = rest.follows.clone();
        next.next().is_some_and(|first| read(first, next).is_some())
    };
    let is_certain = match first {
        'Â' | 'Ã' => !(is_capital(before) && ends_a_word(rest.second)),
        'â' | 'ï' | 'ð' => true,
        // The first byte of the letters of Polish, Czech, Turkish or Romanian: in a word, `Å‚` is
        // `ł`; in `10 Å²` it is a unit.
        'Ä'..='Æ' | 'È' => {
            let is_inside = before.is_lowercase() || !ends_a_word(rest.second);
            let mut next = rest.follows.clone();
            let is_before_letter = next.next().is_some_and(char::is_alphabetic);
            is_in_run || is_inside && (before.is_alphabetic() || is_before_letter) || is_followed()
        }
        _ => is_in_run || is_followed(),
    };
    is_certain.then_some(intended)
}

/// Whether a first character says little without another sequence beside it.
const fn needs_company(first: char) -> bool {
    !matches!(first, 'Â' | 'Ã' | 'â' | 'ï' | 'ð')
}

/// What follows the first character of a sequence.
struct Rest<I> {
    second: char,
    /// What comes after the sequence.
    follows: I,
}

/// The character whose bytes in UTF-8 are those of `first` and what follows in Windows-1252.
fn read<I: Iterator<Item = char>>(first: char, mut follows: I) -> Option<(char, Rest<I>)> {
    let length = match first {
        '\u{c2}'..='\u{df}' => 2,
        '\u{e0}'..='\u{ef}' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = [first as u8, 0, 0, 0];
    let mut second = None;
    for byte in bytes.iter_mut().take(length).skip(1) {
        let follow = follows.next()?;
        second = second.or(Some(follow));
        *byte = continuation_byte(follow)?;
    }
    let second = second?;
    let intended = std::str::from_utf8(bytes.get(..length)?).ok()?;
    let intended = intended.chars().next()?;
    (intended >= '\u{a0}').then_some((intended, Rest { second, follows }))
}

/// The capitals of Windows-1252. A word of capitals may end with `Â` before a quote or a dash.
const fn is_capital(character: char) -> bool {
    matches!(character, 'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Š' | 'Œ' | 'Ž' | 'Ÿ')
}

const fn ends_a_word(character: char) -> bool {
    matches!(
        character,
        '’' | '”' | '…' | '–' | '—' | '»' | '›' | '\u{a0}'
    )
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

/// The edits that replace wrongly decoded characters by the intended ones. A text may have been
/// decoded wrongly more than once.
fn mended(inner: &str, from: u32) -> Vec<Edit> {
    let mut letters: Vec<Letter> = characters(inner)
        .map(|one| Letter {
            value: one.value,
            start: one.at,
            end: one.at + one.length,
            is_mended: false,
        })
        .collect();
    // A text with one run has others of its language, of which some are a single character.
    let mut is_known = sequences(inner).any(|(at, ..)| {
        let first = inner.get(at..).and_then(|rest| characters(rest).next());
        first.is_some_and(|first| needs_company(first.value))
    });
    loop {
        let mut read = Vec::with_capacity(letters.len());
        let mut before = ' ';
        let mut rest = &*letters;
        while let [first, behind @ ..] = rest {
            let follows = behind.iter().map(|letter| letter.value);
            let letter = decoded(first.value, follows, before, is_known).and_then(|value| {
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
        is_known = false;
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
