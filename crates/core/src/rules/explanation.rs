//! The words of a diagnostic, found when somebody reads it.

use std::borrow::Cow;
use std::ops::Range;

use crate::messages::{Locale, Name, Text, decimal};

/// What a rule has to say: texts to be filled in, their parameters, and a fix.
#[derive(Debug, Default)]
pub struct Explanation<'a> {
    /// The language of what is said.
    pub(crate) locale: Locale,
    pub(crate) message: Option<Text>,
    pub(crate) help: Option<Text>,
    pub(crate) params: Vec<(Name, Held<'a>)>,
    /// The words of those parameters that are copies.
    pub(crate) kept: String,
    pub(crate) fix: Option<Fix>,
}

/// What a parameter holds while the words are found.
#[derive(Debug, Clone)]
pub(crate) enum Held<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A part of [`Explanation::kept`].
    Kept(Range<usize>),
    /// A part of what was said before.
    Said(Range<usize>),
    /// A count.
    Count(u64),
}

impl Held<'_> {
    /// Writes the parameter's words behind what was said.
    pub(crate) fn write(&self, kept: &str, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Kept(range) => out.push_str(kept.get(range.clone()).unwrap_or_default()),
            Self::Said(range) => out.extend_from_within(range.clone()),
            Self::Count(count) => decimal(out, *count),
        }
    }

    /// The parameter for those who read the diagnostic.
    pub(crate) fn param<'p>(&'p self, kept: &'p str, said: &'p str) -> Param<'p> {
        let part = |text: &'p str, range: &Range<usize>| {
            Param::Text(Cow::Borrowed(text.get(range.clone()).unwrap_or_default()))
        };
        match self {
            Self::Text(text) => Param::Text(Cow::Borrowed(text)),
            Self::Kept(range) => part(kept, range),
            Self::Said(range) => part(said, range),
            Self::Count(count) => Param::Count(*count),
        }
    }
}

/// A parameter of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A count.
    Count(u64),
}

impl Param<'_> {
    /// The same, with words of its own.
    #[must_use]
    pub fn into_owned(self) -> Param<'static> {
        match self {
            Self::Text(text) => Param::Text(Cow::Owned(text.into_owned())),
            Self::Count(count) => Param::Count(count),
        }
    }
}

impl<'a> Explanation<'a> {
    /// Forgets what was said, and goes on in that language.
    pub(crate) fn begin(&mut self, locale: Locale) {
        self.locale = locale;
        self.message = None;
        self.help = None;
        self.params.clear();
        self.kept.clear();
        self.fix = None;
    }

    /// Says what is wrong. The first message stays.
    #[inline(never)]
    pub fn message(&mut self, text: Text) -> &mut Self {
        self.message.get_or_insert(text);
        self
    }

    /// Says what to do. The first help stays.
    #[inline(never)]
    pub fn help(&mut self, text: Text) -> &mut Self {
        self.help.get_or_insert(text);
        self
    }

    /// Fills in words.
    pub fn with(&mut self, name: Name, value: impl Into<Cow<'a, str>>) -> &mut Self {
        self.param(name, Held::Text(value.into()))
    }

    /// Fills in words, and keeps a copy of them.
    #[inline(never)]
    pub(crate) fn copy(&mut self, name: Name, words: &str) -> &mut Self {
        let start = self.kept.len();
        self.kept.push_str(words);
        self.param(name, Held::Kept(start..self.kept.len()))
    }

    /// Fills in what `write` adds to the words that are kept.
    pub(crate) fn written(&mut self, name: Name, write: impl FnOnce(&mut String)) -> &mut Self {
        let start = self.kept.len();
        write(&mut self.kept);
        self.param(name, Held::Kept(start..self.kept.len()))
    }

    // Every rule's words come through here: a call each is all the code that it costs them.
    #[cfg_attr(pipelint_module, inline(never))]
    pub(crate) fn param(&mut self, name: Name, value: Held<'a>) -> &mut Self {
        self.params.push((name, value));
        self
    }

    /// Fills in a count.
    #[inline(never)]
    pub fn count(&mut self, name: Name, value: u64) -> &mut Self {
        self.param(name, Held::Count(value))
    }

    /// Offers an edit that mends the fault. The first fix stays.
    #[inline(never)]
    pub fn fix(
        &mut self,
        title: Text,
        applicability: Applicability,
        edits: Vec<Edit>,
    ) -> &mut Self {
        self.fix.get_or_insert(Fix {
            title,
            applicability,
            edits,
        });
        self
    }
}

/// Edits that mend a fault together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub(crate) title: Text,
    /// Whether it can be applied without asking.
    pub applicability: Applicability,
    /// The edits, in the order of the text; none overlaps another.
    pub edits: Vec<Edit>,
}

/// Whether a fix can be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Somebody has to look: the meaning may change.
    Unsafe,
    /// The payload means the same afterwards, or what it must have meant.
    Safe,
}

impl Applicability {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A replacement of a part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte offset of the first byte replaced.
    pub start: u32,
    /// Byte offset behind the last byte replaced.
    pub end: u32,
    /// What stands there afterwards.
    pub text: String,
}
