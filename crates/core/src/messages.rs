//! The wording: templates with named parameters, one table a language.
//!
//! The templates of English stand in the rules' pages, under the heading `Words`; a build script
//! gathers them into one table, with a constant for each (`name/blank`, `help` becomes
//! `NAME_BLANK_HELP`). Nothing else in the code holds wording.

use std::borrow::Cow;

use crate::rules::Param;

/// A template's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text(u16);

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Text {
    /// The English template.
    #[must_use]
    pub fn english(self) -> &'static str {
        let at = usize::from(self.0);
        let end = |at: usize| ENDS.get(at).map_or(0, |end| usize::from(*end));
        let start = at.checked_sub(1).map_or(0, end);
        ENGLISH.get(start..end(at)).unwrap_or_default()
    }
}

/// Fills in a template: `{name}` becomes the parameter of that name, `{{` a brace.
#[cfg_attr(pipelint_module, optimize(speed))]
pub(crate) fn fill<'p>(
    template: &str,
    mut param: impl FnMut(&str) -> Option<Cow<'p, str>>,
) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    for (before, name) in pieces(template) {
        filled.push_str(before);
        match param(name) {
            Some(value) => filled.push_str(&value),
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
