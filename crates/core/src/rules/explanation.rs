//! The words of a diagnostic, found when somebody reads it.

use std::borrow::Cow;

use crate::messages::{Locale, Text};

/// What a rule has to say: texts to be filled in, their parameters, and a fix.
#[derive(Debug, Default)]
pub struct Explanation<'a> {
    /// The language of what is said.
    pub(crate) locale: Locale,
    pub(crate) message: Option<Text>,
    pub(crate) help: Option<Text>,
    pub(crate) params: Vec<(&'static str, Param<'a>)>,
    pub(crate) fix: Option<Fix>,
}

/// A parameter of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A count.
    Count(u64),
}

impl<'a> Explanation<'a> {
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

    /// Whether somebody has said what to do.
    #[must_use]
    pub const fn has_help(&self) -> bool {
        self.help.is_some()
    }

    /// Fills in words.
    pub fn with(&mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> &mut Self {
        self.param(name, Param::Text(value.into()))
    }

    // Every rule's words come through here: a call each is all the code that it costs them.
    #[inline(never)]
    fn param(&mut self, name: &'static str, value: Param<'a>) -> &mut Self {
        self.params.push((name, value));
        self
    }

    /// Fills in a count.
    #[inline(never)]
    pub fn count(&mut self, name: &'static str, value: u64) -> &mut Self {
        self.param(name, Param::Count(value))
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
