//! The wording: templates with named parameters, one table a language.
//!
//! The templates of English stand in the rules' pages, under the heading `Words`, and, for what
//! belongs to no rule, in `messages/en.md`; those of another language stand in one file,
//! `messages/<tag>.md`, and are built in if the feature `locale-<tag>` is on. A build script
//! gathers them into a table each, with a constant for each template (`name/blank`, `help` becomes
//! `NAME_BLANK_HELP`). Nothing else in the code holds wording.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::lint::{MessageArg, Param};

/// The most characters of a text that a message repeats.
pub(crate) use crate::contract::SHOWN;

/// A template's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text(u16);

/// A parameter's number; its constants are in `param`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name(u8);

/// The templates of a language.
struct Table {
    /// The pieces of all templates, cut when they are first needed: nothing is searched for when
    /// a template is filled in.
    pieces: Vec<Piece>,
    /// The first piece of each template, and the end of the last one.
    templates: Vec<u16>,
}

/// A part of a template: words, and the parameter after them.
struct Piece {
    words: &'static str,
    behind: Option<Name>,
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Name {
    /// The name, as it is in braces in a template.
    #[must_use]
    pub fn text(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

impl Table {
    /// The table of the templates that the build script wrote, one after the other: a control
    /// character ends each, another stands for each parameter.
    #[cold]
    fn of(all: &'static str) -> Self {
        let (mut pieces, mut templates) = (Vec::new(), vec![0]);
        let mut start = 0;
        for (at, mark) in all.char_indices().filter(|(_, mark)| mark.is_control()) {
            let number = mark as u8;
            let behind = match number {
                0 => None,
                1..0x20 => Some(Name(number - 1)),
                _ => Some(Name(number - 0x61)),
            };
            if start < at || behind.is_some() {
                let words = all.get(start..at).unwrap_or_default();
                pieces.push(Piece { words, behind });
            }
            if behind.is_none() {
                templates.push(pieces.len() as u16);
            }
            start = at + mark.len_utf8();
        }
        Self { pieces, templates }
    }

    /// The pieces of a template.
    #[inline]
    fn pieces(&self, text: Text) -> &[Piece] {
        let at = usize::from(text.0);
        let Some([from, to]) = self.templates.get(at..at + 2) else {
            return &[];
        };
        let range = usize::from(*from)..usize::from(*to);
        self.pieces.get(range).unwrap_or_default()
    }
}

impl Text {
    /// The words of a text that has no parameter.
    #[must_use]
    pub(crate) fn plain(self, locale: Locale) -> &'static str {
        let first = locale.table().pieces(self).first();
        first.map_or("", |piece| piece.words)
    }

    /// Writes the text; for each parameter, `value` writes what is to be there.
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub(crate) fn write(
        self,
        locale: Locale,
        out: &mut String,
        mut value: impl FnMut(Name, &mut String),
    ) {
        for piece in locale.table().pieces(self) {
            out.push_str(piece.words);
            if let Some(name) = piece.behind {
                value(name, out);
            }
        }
    }

    /// Writes the text with these parameters filled in.
    pub(crate) fn fill(self, locale: Locale, params: &[(Name, MessageArg<'_>)], out: &mut String) {
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
