//! How a header writes its credential.

use std::borrow::Cow;

use crate::contract::Meaning;
use crate::document::unescape;
use crate::values::secret;

use super::{RuleContext, edits, placeholders};

/// A credential as it was sent. Never printed.
pub(crate) struct Sent<'a> {
    pub(crate) scheme: Scheme,
    /// What follows the scheme; in the place of a missing one, everything.
    pub(crate) key: Cow<'a, str>,
    /// Where, in the text, the scheme starts.
    pub(crate) start: u32,
    /// Whether the offsets of the value are not those of the text.
    pub(crate) is_escaped: bool,
}

/// How the scheme was written. Lengths are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// As the vendor writes it.
    Exact,
    /// In other letters.
    OtherCase,
    /// There is none.
    Missing,
    /// Twice or more; the length of all but the last.
    Doubled(u32),
    /// With a sign of this length after it in the place of a space.
    Joined(u32),
    /// There is another one.
    Other,
    /// There is nothing after it.
    Alone,
}

/// Reads a credential; `None` if it is blank or no header at all.
pub(crate) fn read<'a>(place: &RuleContext<'a>) -> Option<Sent<'a>> {
    let Meaning::Credential(wanted) = place.schema.meaning else {
        return None;
    };
    let inner = place.inner();
    let (before, _) = edits::white_edges(inner);
    let value = unescape(edits::trimmed(inner));
    if value.is_empty() || value.contains(['\r', '\n', '\0']) {
        return None;
    }
    let (scheme, key) = split(&value, wanted.scheme);
    let key = match &value {
        Cow::Borrowed(value) => Cow::Borrowed(value.get(key..).unwrap_or_default()),
        Cow::Owned(value) => Cow::Owned(value.get(key..).unwrap_or_default().to_owned()),
    };
    Some(Sent {
        scheme,
        key,
        start: place.node().start + 1 + before as u32,
        is_escaped: inner.contains('\\'),
    })
}

/// How the scheme is written, and where the key starts.
fn split(value: &str, wanted: &str) -> (Scheme, usize) {
    // After the last scheme, and after the first.
    let (mut at, mut first) = (0, 0);
    while let Some(rest) = value.get(at..) {
        if !placeholders::starts(rest, wanted) {
            break;
        }
        let behind = rest.get(wanted.len()..).unwrap_or_default();
        if behind.is_empty() {
            return (Scheme::Alone, value.len());
        }
        let joint = behind
            .bytes()
            .take_while(|byte| matches!(byte, b' ' | b':' | b'='))
            .count();
        if joint == 0 {
            break;
        }
        if joint == behind.len() {
            return (Scheme::Alone, value.len());
        }
        if !behind.starts_with(' ') && at == 0 {
            return (Scheme::Joined(joint as u32), wanted.len() + joint);
        }
        if first == 0 {
            first = wanted.len() + joint;
        }
        at += wanted.len() + joint;
    }
    let scheme = if at > first {
        Scheme::Doubled((at - first) as u32)
    } else if at > 0 && value.starts_with(wanted) {
        Scheme::Exact
    } else if at > 0 {
        Scheme::OtherCase
    } else if value.contains(' ') {
        Scheme::Other
    } else {
        Scheme::Missing
    };
    (scheme, at)
}

impl Sent<'_> {
    /// Whether the scheme can be told: a slot to be filled in may bring its own.
    fn is_slot(&self) -> bool {
        self.key.starts_with(['<', '{', '$', '%', '['])
    }

    /// Whether what was sent lacks a scheme.
    pub(crate) fn lacks_scheme(&self) -> bool {
        self.scheme == Scheme::Missing && !self.is_slot()
    }

    /// Whether the key is a token of RFC 6750, section 2.1: letters, digits and `-._~+/`, then
    /// perhaps `=`.
    pub(crate) fn is_token(&self) -> bool {
        let token = self.key.trim_end_matches('=');
        let is_of_token = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/')
        };
        !token.is_empty() && token.bytes().all(is_of_token)
    }

    /// Whether what was sent can be judged as a key.
    pub(crate) fn has_key(&self) -> bool {
        !matches!(self.scheme, Scheme::Other | Scheme::Alone)
    }

    /// Who else issued the key, as its beginning tells.
    pub(crate) fn foreign(&self, place: &RuleContext<'_>) -> Option<&'static str> {
        let Meaning::Credential(wanted) = place.schema.meaning else {
            return None;
        };
        let is_own = !wanted.prefix.is_empty() && self.key.starts_with(wanted.prefix);
        secret::issuer(&self.key)
            .filter(|issuer| self.has_key() && !is_own && *issuer != place.contract.system)
    }

    /// Whether the key is what documentation puts in its place.
    pub(crate) fn is_placeholder(&self) -> bool {
        let key = &*self.key;
        self.has_key()
            && (self.is_slot()
                || key.contains(['<', '{', '…'])
                || key.ends_with("...")
                || ["token", "key", "secret"]
                    .iter()
                    .any(|word| key.eq_ignore_ascii_case(word))
                || placeholders::stands_for_none(key)
                || PARTS.iter().any(|part| placeholders::holds(key, part)))
    }
}

/// Words in keys that show a placeholder.
const PARTS: [&str; 14] = [
    "your",
    "api_key",
    "api-key",
    "apikey",
    "_here",
    "-here",
    "xxxx",
    "****",
    "....",
    "example",
    "placeholder",
    "changeme",
    "change_me",
    "insert",
];

#[cfg(test)]
mod tests {
    use super::{Scheme, split};

    #[test]
    fn schemes() {
        for (value, scheme, key) in [
            ("Bearer a", Scheme::Exact, "a"),
            ("Bearer  a", Scheme::Exact, "a"),
            ("bearer a", Scheme::OtherCase, "a"),
            ("Bearer", Scheme::Alone, ""),
            ("Bearer bearer", Scheme::Alone, ""),
            ("Bearer:", Scheme::Alone, ""),
            ("Bearer Bearer a", Scheme::Doubled(7), "a"),
            ("bearer Bearer  Bearer a", Scheme::Doubled(15), "a"),
            ("Bearer:a", Scheme::Joined(1), "a"),
            ("Bearer= a", Scheme::Joined(2), "a"),
            ("Bearera", Scheme::Missing, "Bearera"),
            ("a", Scheme::Missing, "a"),
            ("Basic a", Scheme::Other, "Basic a"),
            ("é a", Scheme::Other, "é a"),
        ] {
            let (found, at) = split(value, "Bearer");
            assert_eq!((found, &value[at..]), (scheme, key), "{value}");
        }
    }
}
