//! The wording: templates with named parameters, one table a language.
//!
//! The templates of English stand in the rules' pages, under the heading `Words`, and, for what
//! belongs to no rule, in `messages/en.md`; those of another language stand in one file,
//! `messages/<tag>.md`, and are built in if the feature `locale-<tag>` is on. A build script
//! gathers them into a table each, with a constant for each template (`name/blank`, `help` becomes
//! `NAME_BLANK_HELP`). Nothing else in the code holds wording.

use std::borrow::Cow;

use crate::rules::Param;

/// A template's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text(u16);

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Text {
    /// The template in that language.
    #[must_use]
    pub fn template(self, locale: Locale) -> &'static str {
        let (all, ends) = locale.table();
        let at = usize::from(self.0);
        let end = |at: usize| ends.get(at).map_or(0, |end| usize::from(*end));
        let start = at.checked_sub(1).map_or(0, end);
        all.get(start..end(at)).unwrap_or_default()
    }

    /// The text with its parameters filled in.
    pub(crate) fn fill(self, locale: Locale, params: &[(&'static str, Param<'_>)]) -> String {
        fill(self.template(locale), params)
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

/// Fills in a template: `{name}` becomes the parameter of that name, `{{` a brace.
#[cfg_attr(pipelint_module, optimize(speed))]
fn fill(template: &str, params: &[(&'static str, Param<'_>)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    for (before, name) in pieces(template) {
        filled.push_str(before);
        match params.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(&value.words()),
            None => filled.push_str(name),
        }
    }
    filled
}

/// The names of a template's parameters, in order.
pub fn parameters(template: &str) -> impl Iterator<Item = &str> {
    pieces(template)
        .map(|(_, name)| name)
        .filter(|name| !name.is_empty())
}

/// A template cut behind its parameters: the text before each, and its name; the name is empty
/// where there is none.
fn pieces(template: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (before, name, behind) = cut(rest).unwrap_or((rest, "", ""));
        rest = behind;
        Some((before, name))
    })
}

/// The text before the first parameter, its name, and what stands behind it.
fn cut(text: &str) -> Option<(&str, &str, &str)> {
    let find = |from: usize, wanted: u8| {
        let rest = text.as_bytes().get(from..)?;
        Some(from + rest.iter().position(|byte| *byte == wanted)?)
    };
    let open = find(0, b'{')?;
    if text.as_bytes().get(open + 1) == Some(&b'{') {
        return Some((text.get(..=open)?, "", text.get(open + 2..)?));
    }
    let close = find(open, b'}')?;
    let name = text.get(open + 1..close)?;
    Some((text.get(..open)?, name, text.get(close + 1..)?))
}

impl Param<'_> {
    /// The parameter as words.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Count(count) => Cow::Owned(decimal(*count)),
        }
    }
}

/// A count in decimal digits.
pub(crate) fn decimal(count: u64) -> String {
    let mut digits = String::new();
    push(&mut digits, count);
    digits
}

fn push(digits: &mut String, count: u64) {
    if count >= 10 {
        push(digits, count / 10);
    }
    digits.push(char::from(b'0' + (count % 10) as u8));
}
