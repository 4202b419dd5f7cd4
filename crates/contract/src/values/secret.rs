//! Keys and tokens in the midst of other text, told by how they begin.

use std::ops::Range;

/// How the keys of one issuer begin, and how many characters follow at least.
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

/// The longer of two prefixes that begin alike stands first.
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

/// The fewest bytes in a row that a key or token has.
pub const SHORTEST: usize = 20;

/// Who issues keys that begin as this one does.
pub fn issuer(token: &str) -> Option<&'static str> {
    let form = FORMS.iter().find(|form| token.starts_with(form.prefix))?;
    Some(form.issuer)
}

/// A key or token within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Byte offsets in the text.
    pub span: Range<usize>,
    /// Who issued it, as far as its beginning tells.
    pub issuer: Option<&'static str>,
}

/// Whether a word goes on with the byte.
const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

const fn is_of_token(byte: u8) -> bool {
    is_of_word(byte) || matches!(byte, b'_' | b'-')
}

/// The keys and tokens within the source text of JSON strings, in order. No escape is part of one.
pub fn find(text: &str) -> impl Iterator<Item = Secret> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            let start = at;
            if *byte == b'\\' {
                let is_unit = bytes.get(at + 1) == Some(&b'u');
                at += if is_unit { 6 } else { 2 };
                if !text.is_char_boundary(at) {
                    at = start + 1;
                }
            } else if !is_of_word(*byte) {
                at += 1;
            } else if let Some((length, issuer)) = key(text.get(at..).unwrap_or_default()) {
                at += length;
                return Some(Secret {
                    span: start..at,
                    issuer,
                });
            } else {
                // Keys begin where a word begins; an underscore or a hyphen may be part of a
                // prefix.
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().take_while(|byte| is_of_word(**byte)).count();
            }
        }
        None
    })
}

/// The length of a key at the start of a text, and who issued it.
fn key(text: &str) -> Option<(usize, Option<&'static str>)> {
    match text.as_bytes() {
        [b'e', ..] => web_token(text),
        [b'b' | b'B', ..] => bearer(text).map(|length| (length, None)),
        [b'w' | b's' | b'r' | b'g' | b'x' | b'A' | b'n' | b'p', ..] => prefixed(text),
        // No other key is known.
        _ => None,
    }
}

/// A key with one of the known beginnings, at the start of the text.
fn prefixed(text: &str) -> Option<(usize, Option<&'static str>)> {
    let start = text.as_bytes().get(..SHORTEST)?;
    if !start.iter().all(|byte| is_of_token(*byte)) {
        return None;
    }
    let form = FORMS.iter().find(|form| text.starts_with(form.prefix))?;
    let body = text.get(form.prefix.len()..)?;
    let length = body.bytes().take_while(|byte| is_of_token(*byte)).count();
    let body = body.get(..length)?;
    (length >= form.body && is_random(body))
        .then_some((form.prefix.len() + length, Some(form.issuer)))
}

/// A JSON web token: three parts of which two are JSON objects in base64.
fn web_token(text: &str) -> Option<(usize, Option<&'static str>)> {
    let part = |text: &str| text.bytes().take_while(|byte| is_of_token(*byte)).count();
    if !text.starts_with("eyJ") {
        return None;
    }
    let header = part(text);
    let rest = text.get(header..)?.strip_prefix('.')?;
    if !rest.starts_with("eyJ") {
        return None;
    }
    let claims = part(rest);
    let signature = rest
        .get(claims..)
        .and_then(|rest| rest.strip_prefix('.'))
        .map_or(0, |signature| 1 + part(signature));
    let length = header + 1 + claims + signature;
    (length >= SHORTEST).then_some((length, None))
}

/// The word `Bearer` with a token behind it.
fn bearer(text: &str) -> Option<usize> {
    const WORD: &str = "bearer ";
    let word = text.get(..WORD.len())?;
    if !word.eq_ignore_ascii_case(WORD) {
        return None;
    }
    let token = text.get(WORD.len()..)?;
    let of_token =
        |byte: &u8| is_of_token(*byte) || matches!(byte, b'.' | b'~' | b'+' | b'/' | b'=');
    let length = token.bytes().take_while(of_token).count();
    (length >= SHORTEST && is_random(token.get(..length)?)).then_some(WORD.len() + length)
}

/// Whether a text looks drawn by lot: it has digits among its letters. `wbk_your_api_key_here`
/// has none.
fn is_random(text: &str) -> bool {
    let has = |what: fn(&u8) -> bool| text.bytes().any(|byte| what(&byte));
    has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
        || has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)
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
