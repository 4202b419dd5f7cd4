//! Keys and tokens in other text, recognised by their prefixes, and names of properties that hold
//! credentials.

use std::borrow::Cow;
use std::ops::Range;

use super::bytes::hex_unit;

/// The prefix of one issuer's keys, and the fewest characters that follow it.
#[derive(Debug)]
struct Form {
    prefix: &'static str,
    body: usize,
    issuer: &'static str,
}

const fn form(prefix: &'static str, body: usize, issuer: &'static str) -> Form {
    Form {
        prefix,
        body,
        issuer,
    }
}

/// Of two prefixes that begin alike, the longer one comes first.
static FORMS: &[Form] = &[
    form("wbk_", 16, "LeadLex"),
    form("slnt_pat_", 16, "Slant"),
    form("sk_live_", 16, "Stripe"),
    form("sk_test_", 16, "Stripe"),
    form("rk_live_", 16, "Stripe"),
    form("rk_test_", 16, "Stripe"),
    form("whsec_", 24, "Stripe"),
    form("github_pat_", 22, "GitHub"),
    form("ghp_", 36, "GitHub"),
    form("gho_", 36, "GitHub"),
    form("ghu_", 36, "GitHub"),
    form("ghs_", 36, "GitHub"),
    form("ghr_", 36, "GitHub"),
    form("glpat-", 20, "GitLab"),
    form("xoxb-", 20, "Slack"),
    form("xoxp-", 20, "Slack"),
    form("xoxa-", 20, "Slack"),
    form("xoxr-", 20, "Slack"),
    form("AKIA", 16, "AWS"),
    form("ASIA", 16, "AWS"),
    form("AIza", 35, "Google"),
    form("sk-ant-", 32, "Anthropic"),
    form("sk-proj-", 32, "OpenAI"),
    form("npm_", 36, "npm"),
    form("pat-na1-", 36, "HubSpot"),
    form("pat-eu1-", 36, "HubSpot"),
    form("shpat_", 32, "Shopify"),
];

/// The fewest characters in a row that a key or token has.
pub const SHORTEST: usize = 20;

/// Replaces a key or token where a text has to be shown.
pub const REDACTED: &str = "***";

/// The issuer of keys that begin as this one does.
#[must_use]
pub fn issuer(token: &str) -> Option<&'static str> {
    let form = FORMS.iter().find(|form| token.starts_with(form.prefix))?;
    Some(form.issuer)
}

/// A key or token within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Byte offsets in the text.
    pub span: Range<usize>,
    /// The issuer, if the prefix names one.
    pub issuer: Option<&'static str>,
}

/// Whether the byte continues a word.
const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

const fn is_of_token(byte: u8) -> bool {
    is_of_word(byte) || matches!(byte, b'_' | b'-')
}

/// The keys and tokens within the source text of JSON strings, in order. Escapes are decoded
/// while the text is read, so that `\u005f` is the underscore of a prefix.
///
/// The search is linear: what has to be known of a run of characters is computed once for the
/// run, not once for each word in it.
#[must_use]
pub fn find(text: &str) -> Search<'_> {
    Search {
        bytes: text.as_bytes(),
        at: Place {
            offset: 0,
            index: 0,
        },
        run: Run::default(),
    }
}

/// The text with its keys and tokens replaced.
#[must_use]
pub fn redacted(text: &str) -> Cow<'_, str> {
    if text.len() < SHORTEST {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let mut done = 0;
    for secret in find(text) {
        shown.push_str(text.get(done..secret.span.start).unwrap_or_default());
        shown.push_str(REDACTED);
        done = secret.span.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

/// A place in the text: its byte offset, and how many characters precede it.
#[derive(Debug, Clone, Copy)]
struct Place {
    offset: usize,
    index: usize,
}

/// A run of characters that can be part of a token.
#[derive(Debug, Clone, Copy)]
struct Run {
    end: Place,
    /// One more than the index of the last digit, capital and small letter; 0 if there is none.
    digit: usize,
    upper: usize,
    lower: usize,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            end: Place {
                offset: 0,
                index: 0,
            },
            digit: 0,
            upper: 0,
            lower: 0,
        }
    }
}

impl Run {
    /// The run from there on, of the characters that `is_part` takes.
    fn read(bytes: &[u8], from: Place, is_part: fn(u8) -> bool) -> Self {
        let mut run = Self {
            end: from,
            ..Self::default()
        };
        while let Some((byte, behind)) = character(bytes, run.end.offset)
            && is_part(byte)
        {
            run.end = Place {
                offset: behind,
                index: run.end.index + 1,
            };
            match byte {
                b'0'..=b'9' => run.digit = run.end.index,
                b'A'..=b'Z' => run.upper = run.end.index,
                b'a'..=b'z' => run.lower = run.end.index,
                _ => {}
            }
        }
        run
    }

    /// Whether the run looks random from there on: it has digits among its letters, or letters in
    /// both cases. `wbk_your_api_key_here` has neither.
    fn is_random(&self, from: usize) -> bool {
        let (digit, upper, lower) = (self.digit > from, self.upper > from, self.lower > from);
        digit && (upper || lower) || upper && lower
    }
}

/// The longest text that is compared with the beginning of a key.
const LONGEST_PREFIX: usize = 12;

/// See [`find`].
#[derive(Debug, Clone)]
pub struct Search<'t> {
    bytes: &'t [u8],
    at: Place,
    /// The run around `at`, if it reaches beyond.
    run: Run,
}

impl Iterator for Search<'_> {
    type Item = Secret;

    fn next(&mut self) -> Option<Secret> {
        while let Some((byte, behind)) = character(self.bytes, self.at.offset) {
            if !is_of_word(byte) {
                self.at = Place {
                    offset: behind,
                    index: self.at.index + 1,
                };
            } else if let Some((end, issuer)) = self.key(byte) {
                let start = self.at.offset;
                self.at = end;
                return Some(Secret {
                    span: start..end.offset,
                    issuer,
                });
            } else {
                // A key begins where a word begins; its prefix may have underscores or hyphens.
                self.at = Run::read(self.bytes, self.at, is_of_word).end;
            }
        }
        None
    }
}

impl Search<'_> {
    /// The end and the issuer of the key that starts here.
    fn key(&mut self, first: u8) -> Option<(Place, Option<&'static str>)> {
        match first {
            b'e' => Some((self.web_token()?, None)),
            b'b' | b'B' => Some((self.bearer()?, None)),
            b'w' | b's' | b'r' | b'g' | b'x' | b'A' | b'n' | b'p' => self.prefixed(),
            // No other key is known.
            _ => None,
        }
    }

    /// The run of token characters around here, read once.
    fn run(&mut self) -> Run {
        if self.run.end.index <= self.at.index {
            self.run = Run::read(self.bytes, self.at, is_of_token);
        }
        self.run
    }

    /// A key with one of the known prefixes.
    fn prefixed(&mut self) -> Option<(Place, Option<&'static str>)> {
        let form = FORMS
            .iter()
            .find(|form| self.starts(self.at.offset, form.prefix))?;
        let run = self.run();
        let body = self.at.index + form.prefix.len();
        let is_long = run.end.index >= (body + form.body).max(self.at.index + SHORTEST);
        (is_long && run.is_random(body)).then_some((run.end, Some(form.issuer)))
    }

    /// A JSON web token: three parts of which two are JSON objects in base64.
    fn web_token(&mut self) -> Option<Place> {
        const OBJECT: &str = "eyJ";
        if !self.starts(self.at.offset, OBJECT) {
            return None;
        }
        let header = self.run().end;
        let claims = self.behind_point(header)?;
        if !self.starts(claims.offset, OBJECT) {
            return None;
        }
        let claims = Run::read(self.bytes, claims, is_of_token).end;
        let end = match self.behind_point(claims) {
            Some(signature) => Run::read(self.bytes, signature, is_of_token).end,
            None => claims,
        };
        (end.index - self.at.index >= SHORTEST).then_some(end)
    }

    /// The place after a full stop.
    fn behind_point(&self, at: Place) -> Option<Place> {
        let (byte, offset) = character(self.bytes, at.offset)?;
        let index = at.index + 1;
        (byte == b'.').then_some(Place { offset, index })
    }

    /// The word `Bearer`, followed by a token.
    fn bearer(&self) -> Option<Place> {
        const WORD: &str = "bearer ";
        let of_token = |byte| is_of_token(byte) || matches!(byte, b'.' | b'~' | b'+' | b'/' | b'=');
        let offset = behind(self.bytes, self.at.offset, WORD, |byte| {
            byte.to_ascii_lowercase()
        })?;
        let index = self.at.index + WORD.len();
        let token = Run::read(self.bytes, Place { offset, index }, of_token);
        (token.end.index - index >= SHORTEST && token.is_random(index)).then_some(token.end)
    }

    /// Whether the text goes on with that at an offset.
    fn starts(&self, offset: usize, with: &str) -> bool {
        debug_assert!(with.len() <= LONGEST_PREFIX);
        behind(self.bytes, offset, with, |byte| byte).is_some()
    }
}

/// The offset after `with`, if the text goes on with it.
fn behind(bytes: &[u8], mut offset: usize, with: &str, fold: fn(u8) -> u8) -> Option<usize> {
    for expected in with.bytes() {
        let (byte, next) = character(bytes, offset)?;
        if fold(byte) != expected {
            return None;
        }
        offset = next;
    }
    Some(offset)
}

/// The character at an offset of a JSON string's source, if it is ASCII, or else a byte that is
/// not; and the offset after it.
fn character(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    const OTHER: u8 = 0xff;
    let byte = *bytes.get(at)?;
    if byte != b'\\' {
        return Some((byte, at + 1));
    }
    Some(match bytes.get(at + 1) {
        Some(escaped @ (b'"' | b'\\' | b'/')) => (*escaped, at + 2),
        Some(b'b' | b'f' | b'n' | b'r' | b't') => (b'\n', at + 2),
        Some(b'u') => match hex_unit(bytes, at + 2) {
            Some(code @ 0..0x80) => (code as u8, at + 6),
            Some(_) => (OTHER, at + 6),
            None => (byte, at + 1),
        },
        _ => (byte, at + 1),
    })
}

/// How the names of properties end that hold credentials, without their separators and in small
/// letters.
const NAMES: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "secret",
    "apikey",
    "accesskey",
    "privatekey",
    "secretkey",
    "authorization",
    "authorisation",
    "credential",
    "credentials",
];

/// Tokens that give access to nothing but the next page.
const PAGES: [&str; 4] = ["pagetoken", "nexttoken", "synctoken", "continuationtoken"];

/// Whether a property of this name holds a credential, whatever its value looks like: `password`,
/// `clientSecret`, `X-Api-Key`.
#[must_use]
pub fn is_name(key: &str) -> bool {
    const LONGEST: usize = 17;
    // Most names end in other letters.
    if let Some([one, last]) = key.as_bytes().last_chunk()
        && last.is_ascii_alphanumeric()
        && !matches!(
            (one | 0x20, last | 0x20),
            (b'r' | b'w', b'd')
                | (b's', b'e')
                | (b'e', b'n' | b't' | b'y')
                | (b'o', b'n')
                | (b'a', b'l')
                | (b'l', b's')
        )
    {
        return false;
    }
    let letters = key.bytes().rev().filter(u8::is_ascii_alphanumeric);
    let mut folded = [0; LONGEST];
    let mut start = LONGEST;
    for letter in letters.take(LONGEST) {
        start -= 1;
        if let Some(place) = folded.get_mut(start) {
            *place = letter.to_ascii_lowercase();
        }
    }
    let name = folded.get(start..).unwrap_or_default();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end.as_bytes()));
    ends(&NAMES) && !ends(&PAGES)
}

/// The values after names of credentials in a text that is not JSON, as byte offsets: what follows
/// `"password":` or `password =`, up to the end of its quotes, or else of its line or list.
pub fn named(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let skip = |mut at: usize, is_part: fn(u8) -> bool| {
        while let Some(byte) = bytes.get(at)
            && is_part(*byte)
        {
            at += 1;
        }
        at
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = skip(at, |byte| !is_of_token(byte));
            let end = skip(start, is_of_token);
            at = end;
            if !is_name(text.get(start..end).unwrap_or_default()) {
                continue;
            }
            let sign = skip(end, |byte| {
                byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'\\')
            });
            if !matches!(bytes.get(sign), Some(b':' | b'=')) {
                continue;
            }
            let value = skip(sign, |byte| {
                byte.is_ascii_whitespace() || matches!(byte, b':' | b'=' | b'>')
            });
            let end = match bytes.get(value) {
                Some(quote @ (b'"' | b'\'' | b'`')) => behind_quote(bytes, value + 1, *quote),
                _ => skip(value, |byte| !matches!(byte, b',' | b'}' | b'\n' | b'\r')),
            };
            at = end;
            if value < end && text.is_char_boundary(value) && text.is_char_boundary(end) {
                return Some(value..end);
            }
        }
        None
    })
}

/// The offset after the quote that ends a text, or of its end.
fn behind_quote(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    while let Some(byte) = bytes.get(at) {
        if *byte == quote {
            return at + 1;
        }
        at += if *byte == b'\\' { 2 } else { 1 };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).map(|secret| &text[secret.span]).collect()
    }

    #[test]
    fn keys_and_tokens_are_found_whole() {
        for secret in [
            "wbk_live_4f9a8b7c6d5e4f3a2b1c",
            "slnt_pat_0a1b2c3d4e5f6a7b8c9d",
            "sk_live_0a1b2c3d4e5f6a7b8c9d",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
            "Bearer 0a1b2c3d4e5f6a7b8c9d+/==",
            "bearer abcdefghijKLMNOPQRST",
        ] {
            for text in [
                secret.to_owned(),
                format!("key: {secret}, keep it"),
                format!("KEY={secret}"),
                format!("https://example.com/?k={secret}&x=1"),
                format!("\n{secret}\n"),
                format!("key:\\n{secret}\\u0020"),
            ] {
                let expected = secret.trim_end_matches('.');
                let found = found(&text);
                assert_eq!(found.len(), 1, "{text}");
                assert_eq!(found[0].trim_end_matches('.'), expected, "{text}");
            }
        }
        let two = "wbk_4f9a8b7c6d5e4f3a2b1c or AKIAIOSFODNN7EXAMPLE";
        assert_eq!(found(two).len(), 2);
    }

    #[test]
    fn a_key_is_found_however_it_is_escaped() {
        for (text, expected) in [
            (
                "wbk\\u005f4f9a8b7c6d5e4f3a2b1c",
                "wbk\\u005f4f9a8b7c6d5e4f3a2b1c",
            ),
            (
                "\\u0077bk_4f9a8b7c6d5e4f3a2b1c.",
                "\\u0077bk_4f9a8b7c6d5e4f3a2b1c",
            ),
            (
                "Bearer 0a1b2c3d4e\\/f5a6b7c8d9\\u002Bx",
                "Bearer 0a1b2c3d4e\\/f5a6b7c8d9\\u002Bx",
            ),
            (
                "Bearer\\u00200a1b2c3d4ef5a6b7c8d9!",
                "Bearer\\u00200a1b2c3d4ef5a6b7c8d9",
            ),
            (
                "eyJhbGciOiJub25lIn0\\u002eeyJzdWIiOiIxIn0",
                "eyJhbGciOiJub25lIn0\\u002eeyJzdWIiOiIxIn0",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
        assert_eq!(
            found("\\\\u0077bk_4f9a8b7c6d5e4f3a2b1c"),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn redaction_keeps_the_text_around_a_key() {
        let text = "a wbk_4f9a8b7c6d5e4f3a2b1c, b AKIAIOSFODNN7EXAMPLE";
        assert_eq!(redacted(text), "a ***, b ***");
        assert_eq!(
            redacted("a_property_with_a_long_name"),
            "a_property_with_a_long_name"
        );
    }

    #[test]
    fn names_of_credentials() {
        for name in [
            "password",
            "Password",
            "user_password",
            "api_key",
            "apiKey",
            "X-Api-Key",
            "API KEY",
            "token",
            "access_token",
            "secret",
            "clientSecret",
            "authorization",
            "Proxy-Authorization",
            "aws.secret.access.key",
            "token_",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "",
            "name",
            "secretary",
            "token_count",
            "next_page_token",
            "nextPageToken",
            "key",
            "stage",
            "keyword",
            "authorization_date",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn values_of_named_credentials_are_found_in_text_that_is_not_json() {
        let named =
            |text: &'static str| -> Vec<&str> { named(text).map(|span| &text[span]).collect() };
        assert_eq!(named("{ \"password\": hunter2, \"a\": 1"), ["hunter2"]);
        assert_eq!(named("{ 'api_key' : 'a\\'b', x"), ["'a\\'b'"]);
        assert_eq!(named("token=é1\nname=Acme"), ["é1"]);
        assert_eq!(named("{\"secret\":\"open"), ["\"open"]);
        assert_eq!(named("the password is blank"), Vec::<&str>::new());
    }

    #[test]
    fn other_text_is_none() {
        for text in [
            "",
            "bearer",
            "wbk_",
            "wbk_your_api_key_here",
            "slnt_pat_short1",
            "Bearer wbk_your_api_key_here_please",
            "the bearer of this letter-of-introduction",
            "task_4f9a8b7c6d5e4f3a2b1c4f9a",
            "sawbk_4f9a8b7c6d5e4f3a2b1c",
            "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
            "https://example.com/a/very/long/path/with/1/number",
            "eyJhbGciOiJub25lIn0.notatoken",
            "eyJ.eyJ",
            "é wbk_é",
            "wbk_wbk_wbk_wbk_wbk_wbk_wbk_wbk_",
            "eyJ-eyJ-eyJ-eyJ-eyJ-eyJ-eyJ.x",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn every_form_is_looked_for() {
        for form in FORMS {
            assert!(form.prefix.len() + form.body >= SHORTEST, "{}", form.prefix);
            let key = [form.prefix, "0aB1", &"x".repeat(form.body - 4)].concat();
            assert_eq!(found(&key), [key.as_str()], "{}", form.prefix);
        }
    }

    proptest::proptest! {
        #[test]
        fn spans_are_in_order_and_on_boundaries(text in ".{0,40}(wbk_|AKIA|eyJ|Bearer )[A-Z0-9a-z.]{0,40}.{0,10}") {
            let mut end = 0;
            for secret in find(&text) {
                assert!(secret.span.start >= end && text.get(secret.span.clone()).is_some());
                end = secret.span.end;
            }
        }
    }
}
