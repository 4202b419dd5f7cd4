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
pub(crate) fn fill<'p>(
    template: &str,
    mut param: impl FnMut(&str) -> Option<Cow<'p, str>>,
) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        if let Some(literal) = behind.strip_prefix('{') {
            filled.push('{');
            rest = literal;
        } else if let Some((name, behind)) = behind.split_once('}') {
            match param(name) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(name),
            }
            rest = behind;
        } else {
            filled.push('{');
            rest = behind;
        }
    }
    filled.push_str(rest);
    filled
}

/// The names of a template's parameters, in order.
pub fn parameters(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
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
pub(crate) fn decimal(mut count: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(b'0' + (count % 10) as u8));
        count /= 10;
        if count == 0 {
            return digits.iter().rev().collect();
        }
    }
}
