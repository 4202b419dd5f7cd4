//! The kind of a syntax error, inferred from the place where reading stopped.
//!
//! Nothing here runs for a text that is JSON.

use super::{NONE, SyntaxError};

/// Why reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SyntaxErrorKind {
    /// Bytes that are not UTF-8.
    Encoding,
    /// UTF-16, recognized by its byte-order mark or its zero bytes.
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
    /// A comma after the last value.
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
    /// No digit before or after a point, or after an exponent.
    NumberDigits,
    /// A comma in a number.
    DecimalComma,
    /// A closing bracket of the other kind.
    Mismatched,
    /// A second value after the first.
    SecondValue,
    /// Anything else.
    Unexpected,
    /// UTF-32, recognised by its byte-order mark or its zero bytes.
    Utf32,
    /// Compressed data.
    Compressed,
    /// A ZIP archive, such as a file of a spreadsheet program.
    Zip,
    /// Comma-separated values.
    Csv,
    /// A zero byte.
    Nul,
    /// A space that is not white space in JSON, such as U+00A0.
    Blank,
    /// A number with another base than ten, such as `0xFF`.
    Radix,
    /// A number with separators between its digits, such as `1_000`.
    DigitSeparator,
    /// A date or a time without quotes.
    UnquotedDate,
    /// A number that goes on with other characters, such as `50k`.
    NumberSuffix,
    /// A quote within a string that is not escaped.
    UnescapedQuote,
    /// Something other than a comma after a value.
    ExtraText,
    /// More values than memory is spent on.
    TooManyValues,
}

impl SyntaxErrorKind {
    /// Every mistake, in the order of their numbers.
    const ALL: [Self; 40] = [
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
        Self::Utf32,
        Self::Compressed,
        Self::Zip,
        Self::Csv,
        Self::Nul,
        Self::Blank,
        Self::Radix,
        Self::DigitSeparator,
        Self::UnquotedDate,
        Self::NumberSuffix,
        Self::UnescapedQuote,
        Self::ExtraText,
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
    /// A value: at the start, after a colon or after an array's comma.
    Value,
    /// The first item of an array, or its end.
    ItemOrEnd,
    /// A key after a comma.
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
    if at == 0
        && let Some(kind) = container(bytes)
    {
        return stop(kind, at, at + 1);
    }
    let blank = blank(rest);
    if blank > 0 {
        return stop(SyntaxErrorKind::Blank, at, at + blank);
    }
    if let Some(error) = after_value(bytes, at, expected, word) {
        return error;
    }
    match first {
        0 => {
            let zeros = rest.iter().take_while(|byte| **byte == 0).count();
            let kind = match bytes {
                [_, 0, 0, 0, ..] | [0, 0, 0, _, ..] => SyntaxErrorKind::Utf32,
                [0, _, ..] | [_, 0, ..] if bytes.len() > 2 => SyntaxErrorKind::Utf16,
                _ => SyntaxErrorKind::Nul,
            };
            stop(kind, at, at + zeros)
        }
        _ if value && word > 0 && is_csv(bytes, at) => stop(SyntaxErrorKind::Csv, at, at + word),
        b'/' if matches!(rest.get(1), Some(b'/' | b'*')) => {
            stop(SyntaxErrorKind::Comment, at, at + comment(rest))
        }
        b'#' => stop(SyntaxErrorKind::Comment, at, at + comment(rest)),
        b'\'' | b'`' => stop(SyntaxErrorKind::Quotes, at, at + quoted(rest, first)),
        _ if (value || key) && foreign_quote(rest) > 0 => {
            stop(SyntaxErrorKind::Quotes, at, at + foreign_quote(rest))
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
        b',' if expected == Expected::End => {
            let is_last = rest.iter().skip(1).all(u8::is_ascii_whitespace);
            let kind = if is_last {
                SyntaxErrorKind::TrailingComma
            } else if bytes.trim_ascii_start().first() == Some(&b'"') {
                SyntaxErrorKind::Csv
            } else {
                SyntaxErrorKind::SecondValue
            };
            stop(kind, at, at + 1)
        }
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
    if let Some(kind @ SyntaxErrorKind::UnquotedDate) = number_like(bytes, start) {
        return stop(
            kind,
            start,
            start + token(bytes.get(start..).unwrap_or_default()),
        );
    }
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
    let of_word =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$' | 0x80..);
    let mut length = 0;
    while let Some(tail) = rest.get(length..)
        && tail.first().is_some_and(of_word)
        && blank(tail) == 0
    {
        length += 1;
    }
    length
}

/// The length of the run of spaces that are not white space in JSON.
fn blank(rest: &[u8]) -> usize {
    let mut length = 0;
    loop {
        length += match rest.get(length..).unwrap_or_default() {
            [0x0b | 0x0c, ..] => 1,
            [0xc2, 0x85 | 0xa0, ..] => 2,
            // U+2000 to U+200D, U+2028, U+2029, U+202F, U+205F, U+2060, U+3000 and U+FEFF.
            [0xe2, 0x80, 0x80..=0x8d | 0xa8 | 0xa9 | 0xaf, ..]
            | [0xe2, 0x81, 0x9f | 0xa0, ..]
            | [0xe3, 0x80, 0x80, ..]
            | [0xef, 0xbb, 0xbf, ..] => 3,
            _ => return length,
        };
    }
}

/// The length of a quote that is not one in JSON: a typographic one, an accent or a prime.
fn foreign_quote(rest: &[u8]) -> usize {
    match rest {
        [0xc2, 0xab | 0xb4 | 0xbb, ..] => 2,
        [0xe2, 0x80, 0x98..=0x9f | 0xb2 | 0xb3 | 0xb9 | 0xba, ..]
        | [0xe3, 0x80, 0x8c..=0x8f, ..]
        | [0xef, 0xbc, 0x82 | 0x87, ..] => 3,
        _ => 0,
    }
}

/// What the first bytes of data that is not text say.
pub(super) fn container(bytes: &[u8]) -> Option<SyntaxErrorKind> {
    match bytes {
        // gzip, zstd, bzip2, xz
        [0x1f, 0x8b, ..]
        | [0x28, 0xb5, 0x2f, 0xfd, ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..]
        | [0xfd, b'7', b'z', b'X', b'Z', ..] => Some(SyntaxErrorKind::Compressed),
        // An archive, and the older format of a spreadsheet program.
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(SyntaxErrorKind::Zip),
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some(SyntaxErrorKind::Utf32),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(SyntaxErrorKind::Utf16),
        _ => None,
    }
}

/// Whether a text whose first word is at `at` is a table with a head of several columns.
fn is_csv(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    let line = bytes.get(at..).unwrap_or_default();
    let head = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_column = |column: &[u8]| {
        let column = column.trim_ascii();
        !column.is_empty() && word(column) + spaces(column) == column.len()
    };
    let is_table = |separator: u8| {
        let mut columns = head.split(|byte| *byte == separator);
        columns.clone().nth(1).is_some() && columns.all(is_column)
    };
    before.iter().all(u8::is_ascii_whitespace)
        && line.len() > head.len()
        && [b',', b';', b'\t'].into_iter().any(is_table)
}

/// How many spaces and quotes a text has.
fn spaces(text: &[u8]) -> usize {
    let of_column = |byte: &&u8| matches!(byte, b' ' | b'"');
    text.iter().filter(of_column).count()
}

/// What is wrong after a value, if that is not just a missing comma: the value goes on.
fn after_value(bytes: &[u8], at: usize, expected: Expected, word: usize) -> Option<SyntaxError> {
    let rest = bytes.get(at..)?;
    let before = bytes.get(..at)?;
    let first = *rest.first()?;
    let last = *before.trim_ascii_end().last()?;
    let is_adjacent = !before.last()?.is_ascii_whitespace();
    if expected == Expected::Colon {
        let goes_on = is_adjacent && word > 0;
        return goes_on.then(|| stop(SyntaxErrorKind::UnescapedQuote, at - 1, at));
    }
    let in_object = expected == Expected::CommaInObject;
    if !in_object && !matches!(expected, Expected::CommaInArray | Expected::End) {
        return None;
    }
    if is_adjacent
        && last.is_ascii_digit()
        && !matches!(first, b'"' | b'{' | b'[' | b']' | b'}' | b',')
    {
        let start = at - digits_before(bytes, at);
        let number = bytes.get(start..)?;
        let kind = number_like(bytes, start)?;
        return Some(stop(kind, start, start + token(number)));
    }
    if expected == Expected::End {
        return None;
    }
    let starts_value = matches!(first, b'"' | b'{' | b'[') || word > 0;
    if !starts_value {
        return None;
    }
    // In an object, a key has to follow; in an array, a value that does not touch the last one.
    let fits = if in_object {
        is_key(rest)
    } else {
        let is_literal = matches!(rest.get(..word)?, b"true" | b"false" | b"null");
        let is_value = first != b'"' || !is_adjacent;
        is_value && (word == 0 || is_literal || first.is_ascii_digit() || first == b'-')
    };
    if fits {
        return None;
    }
    if last == b'"' {
        let quote = before.trim_ascii_end().len() - 1;
        return Some(stop(SyntaxErrorKind::UnescapedQuote, quote, quote + 1));
    }
    let is_group = in_object
        && last.is_ascii_digit()
        && word == 3
        && rest.iter().take(3).all(u8::is_ascii_digit);
    if is_group {
        let end = before.trim_ascii_end().len();
        let start = end - digits_before(bytes, end);
        return Some(stop(SyntaxErrorKind::DigitSeparator, start, at + word));
    }
    Some(stop(SyntaxErrorKind::ExtraText, at, at + word.max(1)))
}

/// Whether a text starts with a key and a colon.
fn is_key(rest: &[u8]) -> bool {
    let length = match rest {
        [b'"', inner @ ..] => {
            let mut escaped = false;
            let end = inner.iter().position(|byte| {
                let ends = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                ends
            });
            match end {
                Some(end) => end + 2,
                None => return false,
            }
        }
        [quote @ (b'\'' | b'`'), ..] => quoted(rest, *quote),
        _ => word(rest),
    };
    let behind = rest.get(length..).unwrap_or_default().trim_ascii_start();
    length > 0 && behind.first() == Some(&b':')
}

/// The length of what starts as a number and goes on as something else.
fn token(rest: &[u8]) -> usize {
    let mut length = 0;
    while let Some(tail) = rest.get(length..)
        && let Some(first) = tail.first()
    {
        let goes_on = match first {
            b',' | b']' | b'}' | b'{' | b'[' | b'"' => false,
            b':' | b'/' => tail.get(1).is_some_and(u8::is_ascii_digit),
            byte => !byte.is_ascii_whitespace() && blank(tail) == 0,
        };
        if !goes_on {
            break;
        }
        length += 1;
    }
    length
}

/// What a text is that starts as a number and goes on as something else.
fn number_like(bytes: &[u8], start: usize) -> Option<SyntaxErrorKind> {
    let rest = bytes.get(start..)?;
    let token = rest.get(..token(rest))?;
    let unsigned = token.strip_prefix(b"-").unwrap_or(token);
    let is_of = |alphabet: &[u8]| {
        let is_of_it = |byte: &u8| byte.is_ascii_digit() || alphabet.contains(byte);
        token.iter().all(is_of_it)
    };
    let parts = token
        .split(|byte| !byte.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .count();
    let has_clock = token.contains(&b':');
    let has_day = |separator: u8| token.split(|byte| *byte == separator).count() == 3;
    let longest = token
        .split(|byte| !byte.is_ascii_digit())
        .map(<[u8]>::len)
        .max();
    let is_date = parts >= 2
        && longest <= Some(9)
        && is_of(b"-/.:+TtZz")
        && (has_clock
            || parts >= 3 && (has_day(b'-') || has_day(b'/')) && longest <= Some(4)
            || parts == 3 && has_day(b'.') && token.len() <= 10 && longest == Some(4)
            || token.contains(&b'/'));
    Some(match unsigned {
        [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', digits @ ..]
            if !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit) =>
        {
            SyntaxErrorKind::Radix
        }
        _ if is_date => SyntaxErrorKind::UnquotedDate,
        _ if is_of(b"_'.-") && parts >= 2 && !has_day(b'-') => SyntaxErrorKind::DigitSeparator,
        _ => SyntaxErrorKind::NumberSuffix,
    })
}

/// Whether the comma just before `at` is directly after a digit, as in `12,5`.
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

/// The last byte before `at` that is not white space.
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
