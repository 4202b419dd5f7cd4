//! The text of a diagnostic, written when it is read.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::messages::{Locale, Name, Text, decimal};

/// What a rule has to say: texts to be filled in, their parameters, and a fix.
#[derive(Default)]
pub struct MessageBuilder<'a> {
    /// The language of what is said.
    pub(crate) locale: Locale,
    pub(crate) message: Option<Text>,
    pub(crate) help: Option<Text>,
    pub(crate) params: Vec<(Name, MessageArg<'a>)>,
    /// The words of those parameters that are copies.
    pub(crate) kept: String,
    pub(crate) fix: Option<Fix>,
}

/// What a parameter holds while the words are found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MessageArg<'a> {
    /// Words.
    Text(&'a str),
    /// A part of [`MessageBuilder::kept`].
    Copied(TextRange),
    /// A part of what was said before.
    Said(TextRange),
    /// A count.
    Count(u64),
}

/// A part of a text, by its start and end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextRange {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl TextRange {
    /// From there up to the end of a text.
    pub(crate) fn from(start: usize, text: &str) -> Self {
        Self {
            start: start as u32,
            end: text.len() as u32,
        }
    }

    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl MessageArg<'_> {
    /// Writes the parameter's words.
    #[inline]
    pub(crate) fn write(self, kept: &str, out: &mut String) {
        let text = match self {
            Self::Text(text) => text,
            Self::Copied(part) => part.of(kept),
            Self::Said(part) => return out.extend_from_within(part.range()),
            Self::Count(count) => return decimal(out, count),
        };
        out.push_str(text);
    }

    /// The parameter for those who read the diagnostic.
    pub(crate) fn param<'p>(&'p self, kept: &'p str, said: &'p str) -> Param<'p> {
        Param::Text(Cow::Borrowed(match self {
            Self::Text(text) => text,
            Self::Copied(part) => part.of(kept),
            Self::Said(part) => part.of(said),
            Self::Count(count) => return Param::Count(*count),
        }))
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

impl<'a> MessageBuilder<'a> {
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
    pub fn with<'w>(&mut self, name: Name, value: impl Into<Cow<'w, str>>) -> &mut Self {
        self.copy(name, &value.into())
    }

    /// Fills in words, and keeps a copy of them.
    #[inline(never)]
    pub(crate) fn copy(&mut self, name: Name, words: &str) -> &mut Self {
        self.written(name, |kept| kept.push_str(words))
    }

    /// Fills in what `write` adds to the words that are kept.
    pub(crate) fn written(&mut self, name: Name, write: impl FnOnce(&mut String)) -> &mut Self {
        let start = self.kept.len();
        write(&mut self.kept);
        self.param(name, MessageArg::Copied(TextRange::from(start, &self.kept)))
    }

    // Every rule's words come through here: a call each is all the code that it costs them.
    #[cfg_attr(pipelint_module, inline(never))]
    pub(crate) fn param(&mut self, name: Name, value: MessageArg<'a>) -> &mut Self {
        self.params.push((name, value));
        self
    }

    /// Fills in a count.
    #[inline(never)]
    pub fn count(&mut self, name: Name, value: u64) -> &mut Self {
        self.param(name, MessageArg::Count(value))
    }

    /// Offers an edit that fixes the fault. The first fix stays.
    pub(crate) fn fix(
        &mut self,
        title: Text,
        applicability: Applicability,
        edits: impl Into<Edits>,
    ) -> &mut Self {
        self.offer(Fix {
            title,
            applicability,
            edits: edits.into(),
        })
    }

    #[inline(never)]
    fn offer(&mut self, fix: Fix) -> &mut Self {
        self.fix.get_or_insert(fix);
        self
    }
}

/// Edits that mend a fault together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub(crate) title: Text,
    /// Whether it can be applied without asking.
    pub applicability: Applicability,
    pub(crate) edits: Edits,
}

impl Fix {
    /// The edits, in the order of the text; none overlaps another.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        match &self.edits {
            Edits::One(edit) => std::slice::from_ref(edit),
            Edits::Many(edits) => edits,
        }
    }
}

/// The edits of a fix. Most have one, which needs no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edits {
    One(Edit),
    Many(Vec<Edit>),
}

impl From<Edit> for Edits {
    fn from(edit: Edit) -> Self {
        Self::One(edit)
    }
}

impl From<Vec<Edit>> for Edits {
    fn from(edits: Vec<Edit>) -> Self {
        Self::Many(edits)
    }
}

impl From<Edits> for Vec<Edit> {
    fn from(edits: Edits) -> Self {
        match edits {
            Edits::One(edit) => vec![edit],
            Edits::Many(edits) => edits,
        }
    }
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
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte offset of the first byte replaced.
    pub start: u32,
    /// Byte offset after the last byte replaced.
    pub end: u32,
    /// The new text.
    pub text: Cow<'static, str>,
}

/// Writes where the text goes and how long it is: an edit can repeat a credential.
impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, end, text } = self;
        write!(f, "Edit({start}..{end}, {} bytes)", text.len())
    }
}

impl fmt::Debug for MessageBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageBuilder")
            .field("locale", &self.locale)
            .field("message", &self.message)
            .field("help", &self.help)
            .finish_non_exhaustive()
    }
}
