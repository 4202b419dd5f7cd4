//! The wording: templates with named parameters, one table a language.
//!
//! The templates of English stand in the rules' pages, under the heading `Words`, and, for what
//! belongs to no rule, in `messages/en.md`; those of another language stand in one file,
//! `messages/<tag>.md`, and are built in if the feature `locale-<tag>` is on. A build script
//! gathers them into a table each, with a constant for each template (`name/blank`, `help` becomes
//! `NAME_BLANK_HELP`). Nothing else in the code holds wording.

use std::borrow::Cow;

use crate::rules::{Held, Param};

/// A template's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text(u16);

/// A parameter's number; its constants stand in `param`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name(u8);

/// The templates of a language, cut into pieces when the library is built: nothing is searched
/// for when one is filled in.
struct Table {
    /// The words of all pieces, one behind the other.
    words: &'static str,
    /// Where the words of each piece end.
    ends: &'static [u16],
    /// The parameter behind each piece; above all numbers, none.
    behind: &'static [u8],
    /// Where the pieces of each template end.
    templates: &'static [u16],
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Name {
    /// The name of that number; above all, none.
    fn of(number: u8) -> Option<Self> {
        (usize::from(number) < NAMES.len()).then_some(Self(number))
    }

    /// The name, as it stands in braces in a template.
    #[must_use]
    pub fn text(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

impl Table {
    /// The pieces of a template: words, and the parameter behind them.
    fn pieces(&self, text: Text) -> impl Iterator<Item = (&'static str, Option<Name>)> + use<> {
        let range = between(self.templates, usize::from(text.0));
        let start = range.0.checked_sub(1).and_then(|last| self.ends.get(last));
        let mut start = start.map_or(0, |start| usize::from(*start));
        let ends = self.ends.get(range.0..range.1).unwrap_or_default();
        let behind = self.behind.get(range.0..range.1).unwrap_or_default();
        let words = self.words;
        ends.iter().zip(behind).map(move |(end, behind)| {
            let piece = words.get(start..usize::from(*end)).unwrap_or_default();
            start = usize::from(*end);
            (piece, Name::of(*behind))
        })
    }
}

/// Where a part starts and ends, by where each ends.
fn between(ends: &[u16], at: usize) -> (usize, usize) {
    let end = |at: usize| ends.get(at).map_or(0, |end| usize::from(*end));
    (at.checked_sub(1).map_or(0, end), end(at))
}

impl Text {
    /// The words of a text that has no parameter.
    #[must_use]
    pub(crate) fn plain(self, locale: Locale) -> &'static str {
        let mut pieces = locale.table().pieces(self);
        pieces.next().map_or("", |(words, _)| words)
    }

    /// The parameters that the text has, in order.
    pub(crate) fn names(self, locale: Locale) -> impl Iterator<Item = Name> {
        let table = locale.table();
        let (start, end) = between(table.templates, usize::from(self.0));
        let behind = table.behind.get(start..end).unwrap_or_default();
        behind.iter().filter_map(|behind| Name::of(*behind))
    }

    /// Writes the text with its parameters filled in. What has no value is left as it is called.
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(crate) fn fill(
        self,
        locale: Locale,
        params: &[(Name, Held<'_>)],
        kept: &str,
        out: &mut String,
    ) {
        for (words, name) in locale.table().pieces(self) {
            out.push_str(words);
            let Some(name) = name else { continue };
            match params.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => value.write(kept, out),
                None => out.push_str(name.text()),
            }
        }
    }
}

impl Locale {
    /// The language of that tag, in any case; of `de-AT`, German.
    #[must_use]
    pub fn by_tag(tag: &str) -> Option<Self> {
        let is = |locale: &&Self| {
            let known = locale.tag();
            let begins = tag.get(..known.len());
            begins.is_some_and(|begins| begins.eq_ignore_ascii_case(known))
                && matches!(tag.as_bytes().get(known.len()), None | Some(b'-' | b'_'))
        };
        Self::ALL.iter().find(is).copied()
    }
}

impl Param<'_> {
    /// The parameter as words.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Count(count) => {
                let mut digits = String::new();
                decimal(&mut digits, *count);
                Cow::Owned(digits)
            }
        }
    }
}

/// Writes a count in decimal digits.
pub(crate) fn decimal(out: &mut String, count: u64) {
    if count >= 10 {
        decimal(out, count / 10);
    }
    out.push(char::from(b'0' + (count % 10) as u8));
}
