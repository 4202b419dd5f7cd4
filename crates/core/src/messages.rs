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
    /// How many bytes of words each piece has.
    lengths: &'static [u8],
    /// The parameter behind each piece, or [`NO_NAME`].
    behind: &'static [u8],
    /// Where the pieces and the words of each template start, and those of the last one end.
    templates: &'static [(u16, u16)],
}

/// What stands for no parameter.
const NO_NAME: u8 = u8::MAX;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Name {
    /// The name, as it stands in braces in a template.
    #[must_use]
    pub fn text(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

impl Table {
    /// The pieces of a template: words, and the parameter behind them.
    #[inline]
    fn pieces(&self, text: Text) -> impl Iterator<Item = (&'static str, Option<Name>)> + use<> {
        let at = usize::from(text.0);
        let start = |at: usize| self.templates.get(at).copied().unwrap_or_default();
        let ((from, words), (to, _)) = (start(at), start(at + 1));
        let range = usize::from(from)..usize::from(to);
        let lengths = self.lengths.get(range.clone()).unwrap_or_default();
        let behind = self.behind.get(range).unwrap_or_default();
        let mut rest = self.words.get(usize::from(words)..).unwrap_or_default();
        lengths.iter().zip(behind).map(move |(length, behind)| {
            let (piece, more) = rest
                .split_at_checked(usize::from(*length))
                .unwrap_or_default();
            rest = more;
            (piece, (*behind != NO_NAME).then_some(Name(*behind)))
        })
    }
}

impl Text {
    /// The words of a text that has no parameter.
    #[must_use]
    pub(crate) fn plain(self, locale: Locale) -> &'static str {
        let (table, at) = (locale.table(), usize::from(self.0));
        let start = |at: usize| table.templates.get(at).map_or(0, |(_, words)| *words);
        let words = usize::from(start(at))..usize::from(start(at + 1));
        table.words.get(words).unwrap_or_default()
    }

    /// Writes the text; for each parameter, `value` writes what is to stand there.
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(crate) fn write(
        self,
        locale: Locale,
        out: &mut String,
        mut value: impl FnMut(Name, &mut String),
    ) {
        for (words, name) in locale.table().pieces(self) {
            out.push_str(words);
            if let Some(name) = name {
                value(name, out);
            }
        }
    }

    /// Writes the text with these parameters filled in.
    pub(crate) fn fill(self, locale: Locale, params: &[(Name, Held<'_>)], out: &mut String) {
        self.write(locale, out, |name, out| {
            if let Some((_, value)) = params.iter().find(|(known, _)| *known == name) {
                value.write("", out);
            }
        });
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
