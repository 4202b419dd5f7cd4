//! Placeholders of documentation and templates.

use crate::values::uuid;

use super::classify::{PLACEHOLDER_WORDS, READ_WORDS};

/// What is before and after the name of a slot.
const SLOTS: [(&str, &str); 4] = [("<", ">"), ("{{", "}}"), ("${", "}"), ("{", "}")];

/// Whether a whole value is a slot to be filled in: `<name>`, `{{name}}`, `${name}`, `[your name]`,
/// `[object Object]`; `{{$guid}}` names a variable of a program for requests.
pub(crate) fn is_in_brackets(value: &str) -> bool {
    let slot = SLOTS
        .iter()
        .find_map(|(open, close)| value.strip_prefix(*open)?.strip_suffix(*close));
    if let Some(slot) = slot {
        // Some programs write a UUID in braces.
        return is_name(slot) && !uuid::is_uuid(slot);
    }
    let noted = value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    noted.is_some_and(|noted| {
        noted == "object Object"
            || is_name(noted) && (starts(noted, "your ") || starts(noted, "insert "))
    })
}

/// Whether a whole value is what a program or a template leaves where it has none: a slot, a word
/// such as `undefined`, a format such as `%s`, a variable such as `$id`, or the nil UUID. The list
/// is the same for IDs, path parameters, idempotency keys and credentials.
pub(crate) fn stands_for_none(value: &str) -> bool {
    is_in_brackets(value) || is_word(value, true) || is_leftover(value) || uuid::is_nil(value)
}

/// Whether a whole value is a format, `%s`, or a variable, `$name`, that a template left.
pub(crate) fn is_leftover(value: &str) -> bool {
    if let Some(name) = value.strip_prefix('$') {
        let first = name.bytes().next();
        return first.is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
            && !name.contains(' ')
            && is_name(name);
    }
    matches!(value, "%s" | "%d" | "%i" | "%v" | "%@" | "{0}")
        || value
            .strip_prefix('%')
            .and_then(|name| name.strip_suffix('%'))
            .is_some_and(|name| !name.is_empty() && is_name(name))
}

/// What spreadsheet programs write in the place of a value that they cannot compute.
pub(crate) fn is_spreadsheet_error(value: &str) -> bool {
    const ERRORS: [&str; 9] = [
        "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    ];
    ERRORS.iter().any(|error| value.eq_ignore_ascii_case(error))
}

/// Whether a text could name what is to be filled in; the names of variables start with `$`.
fn is_name(text: &str) -> bool {
    let text = text.strip_prefix('$').unwrap_or(text);
    let of_name =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' ');
    text.bytes().all(of_name) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether a whole value is a word that stands for a missing one; `with_read` counts those that
/// people write for one another, too.
pub(crate) fn is_word(value: &str, with_read: bool) -> bool {
    let is = |word: &&str| value.eq_ignore_ascii_case(word);
    PLACEHOLDER_WORDS.iter().any(is) && (with_read || !READ_WORDS.iter().any(is))
}

/// Whether a text starts with these ASCII letters, in either case.
pub(crate) fn starts(text: &str, with: &str) -> bool {
    text.get(..with.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// Whether these ASCII letters are somewhere in a text, in either case.
pub(crate) fn holds(text: &str, part: &str) -> bool {
    text.as_bytes()
        .windows(part.len())
        .any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}
