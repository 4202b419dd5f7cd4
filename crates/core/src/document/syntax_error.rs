//! What kind of mistake keeps a text from being JSON: told from the place where reading stopped.
//!
//! Nothing here runs for a text that is JSON.

use super::{NONE, SyntaxError};

/// Why reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SyntaxErrorKind {
    /// Bytes that are not UTF-8.
    Encoding,
    /// UTF-16, told from its byte-order mark or its zero bytes.
    Utf16,
    /// Nesting over the limit.
    TooDeep,
    /// More bytes than the limit.
    TooLarge,
    /// Nothing but white space.
    Empty,
    /// The text ends too early.
    Unfinished,
    /// A string that is never closed.
    OpenString,
    /// A raw control character in a string.
    Control,
    /// A backslash before a character that cannot be escaped.
    Escape,
    /// A comma behind the last value.
    TrailingComma,
    /// Two commas, or one at the start.
    ExtraComma,
    /// No comma between two values.
    MissingComma,
    /// No colon between key and value.
    MissingColon,
    /// `=` or `=>` where a colon belongs.
    EqualsForColon,
    /// A key without quotes.
    BareKey,
    /// A string without quotes.
    BareWord,
    /// Single or typographic quotes.
    Quotes,
    /// `//`, `#` or `/*`.
    Comment,
    /// `None`, `True`, `undefined`, `NaN`: another language's word for a JSON literal, or none.
    ForeignLiteral,
    /// `NaN` and `Infinity`, which JSON cannot say.
    NotANumber,
    /// A leading zero.
    LeadingZero,
    /// A leading plus.
    PlusSign,
    /// No digit before or behind a point, or behind an exponent.
    NumberDigits,
    /// A comma in a number.
    DecimalComma,
    /// A closing bracket of the other kind.
    Mismatched,
    /// A second value behind the first.
    SecondValue,
    /// Anything else.
    Unexpected,
    /// More values than memory is spent on.
    TooManyValues,
}

impl SyntaxErrorKind {
    /// Every mistake, in the order of their numbers.
    const ALL: [Self; 28] = [
        Self::Encoding,
        Self::Utf16,
        Self::TooDeep,
        Self::TooLarge,
        Self::Empty,
        Self::Unfinished,
        Self::OpenString,
        Self::Control,
        Self::Escape,
        Self::TrailingComma,
        Self::ExtraComma,
        Self::MissingComma,
        Self::MissingColon,
        Self::EqualsForColon,
        Self::BareKey,
        Self::BareWord,
        Self::Quotes,
        Self::Comment,
        Self::ForeignLiteral,
        Self::NotANumber,
        Self::LeadingZero,
        Self::PlusSign,
        Self::NumberDigits,
        Self::DecimalComma,
        Self::Mismatched,
        Self::SecondValue,
        Self::Unexpected,
        Self::TooManyValues,
    ];

    /// The mistake of that number.
    pub(crate) fn from_number(number: u8) -> Self {
        Self::ALL
            .get(usize::from(number))
            .copied()
            .unwrap_or(Self::Unexpected)
    }
}

/// What could have stood at the place where reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// A value: at the start, behind a colon or behind an array's comma.
    Value,
    /// The first item of an array, or its end.
    ItemOrEnd,
    /// A key behind a comma.
    Key,
    /// The first key of an object, or its end.
    KeyOrEnd,
    Colon,
    /// A comma or the end, in an object.
    CommaInObject,
    /// A comma or the end, in an array.
    CommaInArray,
    /// The end of the text.
    End,
}

/// Tells the mistake at byte `at`.
#[cold]
pub(super) fn tell(bytes: &[u8], at: usize, expected: Expected) -> SyntaxError {
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(&first) = rest.first() else {
        let empty = expected == Expected::Value && bytes.iter().all(u8::is_ascii_whitespace);
        let mistake = if empty {
            SyntaxErrorKind::Empty
        } else {
            SyntaxErrorKind::Unfinished
        };
        return stop(mistake, at, at);
    };
    let value = matches!(expected, Expected::Value | Expected::ItemOrEnd);
    let key = matches!(expected, Expected::Key | Expected::KeyOrEnd);
    let comma = matches!(expected, Expected::CommaInObject | Expected::CommaInArray);
    let word = word(rest);
    match first {
        0 => stop(SyntaxErrorKind::Utf16, at, at + 1),
        b'/' if matches!(rest.get(1), Some(b'/' | b'*')) => {
            stop(SyntaxErrorKind::Comment, at, at + comment(rest))
        }
        b'#' => stop(SyntaxErrorKind::Comment, at, at + comment(rest)),
        b'\'' | b'`' => stop(SyntaxErrorKind::Quotes, at, at + quoted(rest, first)),
        0xe2 if matches!(rest.get(1..3), Some([0x80, 0x98..=0x9f])) => {
            stop(SyntaxErrorKind::Quotes, at, at + 3)
        }
        b']' | b'}' if value || key => match last_solid(bytes, at) {
            Some(comma) if bytes.get(comma) == Some(&b',') => {
                stop(SyntaxErrorKind::TrailingComma, comma, comma + 1)
            }
            _ if key => stop(SyntaxErrorKind::Mismatched, at, at + 1),
            _ => stop(SyntaxErrorKind::Unexpected, at, at + 1),
        },
        b']' | b'}' if comma => stop(SyntaxErrorKind::Mismatched, at, at + 1),
        b',' if value || key => stop(SyntaxErrorKind::ExtraComma, at, at + 1),
        b',' if expected == Expected::End => stop(SyntaxErrorKind::SecondValue, at, at + 1),
        b'=' if expected == Expected::Colon => stop(
            SyntaxErrorKind::EqualsForColon,
            at,
            at + if rest.get(1) == Some(&b'>') { 2 } else { 1 },
        ),
        _ if expected == Expected::Colon => stop(SyntaxErrorKind::MissingColon, at, at + 1),
        _ if expected == Expected::End => stop(SyntaxErrorKind::SecondValue, at, at + 1),
        _ if comma && (matches!(first, b'"' | b'{' | b'[') || word > 0) => {
            stop(SyntaxErrorKind::MissingComma, at, at + word.max(1))
        }
        b'0'..=b'9' if key && follows_number(bytes, at) => stop(
            SyntaxErrorKind::DecimalComma,
            at - 1 - digits_before(bytes, at - 1),
            at + word,
        ),
        _ if key && (word > 0 || first == b'$') => {
            stop(SyntaxErrorKind::BareKey, at, at + word.max(1))
        }
        b'+' if value => stop(SyntaxErrorKind::PlusSign, at, at + 1),
        b'.' if value => stop(SyntaxErrorKind::NumberDigits, at, at + 1),
        _ if value && word > 0 => match rest.get(..word).unwrap_or_default() {
            b"NaN" | b"Infinity" | b"nan" | b"inf" | b"Inf" => {
                stop(SyntaxErrorKind::NotANumber, at, at + word)
            }
            b"None" | b"Null" | b"NULL" | b"nil" | b"undefined" | b"True" | b"TRUE" | b"False"
            | b"FALSE" => stop(SyntaxErrorKind::ForeignLiteral, at, at + word),
            _ => stop(SyntaxErrorKind::BareWord, at, at + word),
        },
        _ => stop(SyntaxErrorKind::Unexpected, at, at + width(first)),
    }
}

/// Tells the mistake in the number that starts at `start` and stops being one at `at`.
#[cold]
pub(super) fn in_number(bytes: &[u8], start: usize, at: usize) -> SyntaxError {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    match (before, bytes.get(at)) {
        (Some(b'0'), Some(b'0'..=b'9')) => {
            let mut end = at;
            while let Some(b'0'..=b'9') = bytes.get(end) {
                end += 1;
            }
            stop(SyntaxErrorKind::LeadingZero, start, end)
        }
        (Some(b'-'), Some(b'I' | b'N' | b'i' | b'n')) => stop(
            SyntaxErrorKind::NotANumber,
            start,
            at + word(bytes.get(at..).unwrap_or_default()),
        ),
        (_, None) => stop(SyntaxErrorKind::Unfinished, at, at),
        _ => stop(SyntaxErrorKind::NumberDigits, start, at.max(start + 1)),
    }
}

pub(super) fn stop(mistake: SyntaxErrorKind, start: usize, end: usize) -> SyntaxError {
    let bounded = |offset: usize| u32::try_from(offset).unwrap_or(NONE);
    SyntaxError {
        mistake,
        start: bounded(start),
        end: bounded(end),
    }
}

/// The length of the run of letters, digits and the like.
fn word(rest: &[u8]) -> usize {
    rest.iter()
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$') || **byte >= 0x80
        })
        .count()
}

/// Whether the comma just before `at` stands just behind a digit, as in `12,5`.
fn follows_number(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|comma| bytes.get(comma) == Some(&b',') && digits_before(bytes, comma) > 0)
}

/// The number of bytes of the number that ends just before `at`.
fn digits_before(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default();
    before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
        .count()
}

fn comment(rest: &[u8]) -> usize {
    if rest.starts_with(b"/*") {
        rest.windows(2)
            .skip(2)
            .position(|pair| pair == b"*/")
            .map_or(rest.len(), |at| at + 4)
    } else {
        rest.iter()
            .position(|byte| *byte == b'\n' || *byte == b'\r')
            .unwrap_or(rest.len())
    }
}

/// The length of a text in the quotes it starts with; 1 if they are not closed on its line.
fn quoted(rest: &[u8], quote: u8) -> usize {
    rest.iter()
        .skip(1)
        .take_while(|byte| **byte != b'\n')
        .position(|byte| *byte == quote)
        .map_or(1, |at| at + 2)
}

/// The last byte before `at` that is no white space.
fn last_solid(bytes: &[u8], at: usize) -> Option<usize> {
    bytes
        .get(..at)?
        .iter()
        .rposition(|byte| !byte.is_ascii_whitespace())
}

/// The length of the UTF-8 sequence that a byte starts.
pub(super) const fn width(first: u8) -> usize {
    match first {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
        _ => 1,
    }
}
