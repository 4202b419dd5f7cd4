//! The formats of JSON Schema: whether a text has one.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::contract::Format;
use crate::values::{datetime, uuid};

/// Whether a text has the format.
pub(crate) fn has_format(name: Format, text: &str) -> bool {
    match name {
        Format::DateTime => datetime::strict_date_time(text.as_bytes()).is_some(),
        Format::Date => datetime::strict_date(text.as_bytes()).is_some(),
        Format::Time => is_time(text),
        Format::Duration => is_duration(text),
        Format::Email => is_email(text),
        Format::Hostname => is_hostname(text),
        Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        Format::Uri => is_uri(text),
        Format::UriReference => is_uri_reference(text),
        Format::Uuid => uuid::is_uuid_bytes(text.as_bytes()),
        Format::JsonPointer => is_json_pointer(text),
        // The compiler parses the patterns of a schema; patterns in a payload are not used.
        Format::Regex => has_balanced_brackets(text),
    }
}

/// A full-time of RFC 3339, judged as the time of a day on which a leap second can be.
fn is_time(text: &str) -> bool {
    let mut moment = String::with_capacity(text.len() + 11);
    moment.push_str("2016-12-31T");
    moment.push_str(text);
    // A leap second is at the end of a day in UTC; with an offset that is on the day before.
    let other = moment.replacen("2016-12-31", "2017-01-01", 1);
    [moment, other]
        .iter()
        .any(|moment| datetime::strict_date_time(moment.as_bytes()).is_some())
}

/// `P1Y2M3DT4H5M6S` or `P1W`, as RFC 3339 appendix A has it: each part once, in this order, none
/// left out between two that are there.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    if !rest.is_ascii() || rest.is_empty() {
        return false;
    }
    if let Some(weeks) = rest.strip_suffix('W') {
        return is_digits(weeks);
    }
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    has_parts(date, "YMD", time.is_some())
        && time.is_none_or(|time| !time.is_empty() && has_parts(time, "HMS", false))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is numbers with these letters, in their order, without a gap.
fn has_parts(text: &str, letters: &str, may_be_empty: bool) -> bool {
    if text.is_empty() {
        return may_be_empty;
    }
    let mut last = None;
    let mut digits = 0;
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits += 1;
            continue;
        }
        let Some(place) = letters.find(letter) else {
            return false;
        };
        if digits == 0 || last.is_some_and(|last| place != last + 1) {
            return false;
        }
        (last, digits) = (Some(place), 0);
    }
    digits == 0
}

/// A mailbox of RFC 5321: a local part and a domain or an address literal.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_local = if let Some(quoted) = local
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        let mut escaped = false;
        let fine = quoted.chars().all(|one| {
            let fine = escaped || !matches!(one, '"') && !one.is_control();
            escaped = !escaped && one == '\\';
            fine
        });
        fine && !escaped
    } else {
        local.split('.').all(|atom| {
            !atom.is_empty()
                && atom.bytes().all(|byte| {
                    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
                })
        })
    };
    let literal = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    is_local
        && match literal {
            Some(literal) => match literal.strip_prefix("IPv6:") {
                Some(address) => address.parse::<Ipv6Addr>().is_ok(),
                None => literal.parse::<Ipv4Addr>().is_ok(),
            },
            None => is_hostname(domain),
        }
}

/// A hostname of RFC 1123, and the form of labels in another script, RFC 5890.
pub(crate) fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
            // Two hyphens in third place are kept for encodings, of which there is one.
            && (label.get(2..4) != Some("--") || label.to_ascii_lowercase().starts_with("xn--") && label.len() > 4)
    };
    !text.is_empty() && text.len() <= 253 && text.split('.').all(is_label)
}

/// RFC 3986: a scheme and the rest of a reference.
fn is_uri(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && is_uri_reference(text)
}

/// The characters of RFC 3986, with whole escapes; brackets and colons where they may be.
fn is_uri_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut hashes = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'%' => {
                let escape = bytes.get(at + 1..at + 3).unwrap_or_default();
                if escape.len() != 2 || !escape.iter().all(u8::is_ascii_hexdigit) {
                    return false;
                }
            }
            b'#' => hashes += 1,
            b'[' | b']' => {}
            byte if byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(byte) => {}
            _ => return false,
        }
        at += 1;
    }
    if hashes > 1 {
        return false;
    }
    let before = text.split(['?', '#']).next().unwrap_or_default();
    let rest = match before.split_once(':') {
        Some((scheme, rest)) if !scheme.contains('/') => {
            let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
            if !is_scheme {
                return false;
            }
            rest
        }
        _ => before,
    };
    let Some(authority) = rest.strip_prefix("//") else {
        return !text.contains(['[', ']']);
    };
    let (authority, path) = authority.split_once('/').unwrap_or((authority, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
    let (name, port) = if let Some(rest) = host.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else {
            return false;
        };
        if !address.starts_with(['v', 'V']) && address.parse::<Ipv6Addr>().is_err() {
            return false;
        }
        ("", port.strip_prefix(':').unwrap_or(port))
    } else {
        host.split_once(':').unwrap_or((host, ""))
    };
    let after = text.split_once(['?', '#']).map_or("", |(_, rest)| rest);
    ![name, user, path, after]
        .iter()
        .any(|part| part.contains(['[', ']']))
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// RFC 6901: empty, or tokens after slashes in which `~` is followed by 0 or 1.
fn is_json_pointer(text: &str) -> bool {
    (text.is_empty() || text.starts_with('/'))
        && text
            .split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']))
}

/// Whether a regular expression closes its groups and classes and ends with no backslash.
fn has_balanced_brackets(text: &str) -> bool {
    let (mut depth, mut in_class, mut escaped) = (0_i32, false, false);
    for one in text.chars() {
        if escaped {
            // ECMA-262 knows no such escapes of a letter.
            if matches!(one, 'a' | 'Z' | 'A' | 'z') {
                return false;
            }
            escaped = false;
            continue;
        }
        match one {
            '\\' => escaped = true,
            '[' if !in_class => in_class = true,
            ']' if in_class => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth < 0 {
                    return false;
                }
            }
            _ => {}
        }
    }
    depth == 0 && !in_class && !escaped
}
