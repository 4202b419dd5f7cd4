//! `json/syntax`: see `syntax.md`.

use crate::document::SyntaxErrorKind;
use crate::messages::{self as words, Text};
use crate::rules::{
    Applicability, Edit, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
    unicode,
};
use crate::values::str_ext::concat;

/// The text is not JSON.
pub(crate) static RULE: Rule = Rule {
    name: "json/syntax",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("RFC 8259"),
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("syntax.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let mistake = SyntaxErrorKind::from_number(place.variant);
    let (start, end) = place.span;
    let text = place
        .text
        .get(start as usize..end as usize)
        .unwrap_or_default();
    let before = place.text.get(0..start as usize).unwrap_or_default();
    let lacks_value = before.trim_ascii_end().ends_with(':');
    let (message, help) = match mistake {
        SyntaxErrorKind::ExtraComma if lacks_value => (
            words::JSON_SYNTAX_MESSAGE_NO_VALUE,
            words::JSON_SYNTAX_HELP_NO_VALUE,
        ),
        _ => texts(mistake),
    };
    let is_typographic = mistake == SyntaxErrorKind::Quotes && !text.is_ascii();
    said.message(if is_typographic {
        words::JSON_SYNTAX_MESSAGE_QUOTES_TYPOGRAPHIC
    } else {
        message
    })
    .help(help);
    if let (SyntaxErrorKind::Blank, Some(first)) = (mistake, text.chars().next()) {
        said.with(words::param::CHARACTER, unicode::code_point(first));
    }
    let behind = place
        .text
        .get(end as usize..place.text.bytes().len())
        .unwrap_or_default();
    if lacks_value && mistake == SyntaxErrorKind::ExtraComma {
        return;
    }
    if let Some((title, applicability, replacement)) = mend(mistake, text, behind) {
        said.fix(
            title,
            applicability,
            Edit {
                start,
                end,
                text: replacement.into(),
            },
        );
    }
}

#[allow(clippy::too_many_lines, reason = "one arm a kind")]
fn texts(mistake: SyntaxErrorKind) -> (Text, Text) {
    match mistake {
        SyntaxErrorKind::Empty => (
            words::JSON_SYNTAX_MESSAGE_EMPTY,
            words::JSON_SYNTAX_HELP_EMPTY,
        ),
        SyntaxErrorKind::Unfinished => (
            words::JSON_SYNTAX_MESSAGE_UNFINISHED,
            words::JSON_SYNTAX_HELP_UNFINISHED,
        ),
        SyntaxErrorKind::OpenString => (
            words::JSON_SYNTAX_MESSAGE_OPEN_STRING,
            words::JSON_SYNTAX_HELP_OPEN_STRING,
        ),
        SyntaxErrorKind::Control => (
            words::JSON_SYNTAX_MESSAGE_CONTROL,
            words::JSON_SYNTAX_HELP_CONTROL,
        ),
        SyntaxErrorKind::Escape => (
            words::JSON_SYNTAX_MESSAGE_ESCAPE,
            words::JSON_SYNTAX_HELP_ESCAPE,
        ),
        SyntaxErrorKind::TrailingComma => (
            words::JSON_SYNTAX_MESSAGE_TRAILING_COMMA,
            words::JSON_SYNTAX_HELP_TRAILING_COMMA,
        ),
        SyntaxErrorKind::ExtraComma => (
            words::JSON_SYNTAX_MESSAGE_EXTRA_COMMA,
            words::JSON_SYNTAX_HELP_EXTRA_COMMA,
        ),
        SyntaxErrorKind::MissingComma => (
            words::JSON_SYNTAX_MESSAGE_MISSING_COMMA,
            words::JSON_SYNTAX_HELP_MISSING_COMMA,
        ),
        SyntaxErrorKind::MissingColon => (
            words::JSON_SYNTAX_MESSAGE_MISSING_COLON,
            words::JSON_SYNTAX_HELP_MISSING_COLON,
        ),
        SyntaxErrorKind::EqualsForColon => (
            words::JSON_SYNTAX_MESSAGE_EQUALS,
            words::JSON_SYNTAX_HELP_EQUALS,
        ),
        SyntaxErrorKind::BareKey => (
            words::JSON_SYNTAX_MESSAGE_BARE_KEY,
            words::JSON_SYNTAX_HELP_BARE_KEY,
        ),
        SyntaxErrorKind::BareWord => (
            words::JSON_SYNTAX_MESSAGE_BARE_WORD,
            words::JSON_SYNTAX_HELP_BARE_WORD,
        ),
        SyntaxErrorKind::Quotes => (
            words::JSON_SYNTAX_MESSAGE_QUOTES,
            words::JSON_SYNTAX_HELP_QUOTES,
        ),
        SyntaxErrorKind::Comment => (
            words::JSON_SYNTAX_MESSAGE_COMMENT,
            words::JSON_SYNTAX_HELP_COMMENT,
        ),
        SyntaxErrorKind::ForeignLiteral => (
            words::JSON_SYNTAX_MESSAGE_FOREIGN_LITERAL,
            words::JSON_SYNTAX_HELP_FOREIGN_LITERAL,
        ),
        SyntaxErrorKind::NotANumber => (
            words::JSON_SYNTAX_MESSAGE_NOT_A_NUMBER,
            words::JSON_SYNTAX_HELP_NOT_A_NUMBER,
        ),
        SyntaxErrorKind::LeadingZero => (
            words::JSON_SYNTAX_MESSAGE_LEADING_ZERO,
            words::JSON_SYNTAX_HELP_LEADING_ZERO,
        ),
        SyntaxErrorKind::PlusSign => (
            words::JSON_SYNTAX_MESSAGE_PLUS_SIGN,
            words::JSON_SYNTAX_HELP_PLUS_SIGN,
        ),
        SyntaxErrorKind::NumberDigits => (
            words::JSON_SYNTAX_MESSAGE_NUMBER_DIGITS,
            words::JSON_SYNTAX_HELP_NUMBER_DIGITS,
        ),
        SyntaxErrorKind::DecimalComma => (
            words::JSON_SYNTAX_MESSAGE_DECIMAL_COMMA,
            words::JSON_SYNTAX_HELP_DECIMAL_COMMA,
        ),
        SyntaxErrorKind::Mismatched => (
            words::JSON_SYNTAX_MESSAGE_MISMATCHED,
            words::JSON_SYNTAX_HELP_MISMATCHED,
        ),
        SyntaxErrorKind::SecondValue => (
            words::JSON_SYNTAX_MESSAGE_SECOND_VALUE,
            words::JSON_SYNTAX_HELP_SECOND_VALUE,
        ),
        SyntaxErrorKind::Csv => (words::JSON_SYNTAX_MESSAGE_CSV, words::JSON_SYNTAX_HELP_CSV),
        SyntaxErrorKind::Nul => (words::JSON_SYNTAX_MESSAGE_NUL, words::JSON_SYNTAX_HELP_NUL),
        SyntaxErrorKind::Blank => (
            words::JSON_SYNTAX_MESSAGE_BLANK,
            words::JSON_SYNTAX_HELP_BLANK,
        ),
        SyntaxErrorKind::Radix => (
            words::JSON_SYNTAX_MESSAGE_RADIX,
            words::JSON_SYNTAX_HELP_RADIX,
        ),
        SyntaxErrorKind::DigitSeparator => (
            words::JSON_SYNTAX_MESSAGE_DIGIT_SEPARATOR,
            words::JSON_SYNTAX_HELP_DIGIT_SEPARATOR,
        ),
        SyntaxErrorKind::UnquotedDate => (
            words::JSON_SYNTAX_MESSAGE_UNQUOTED_DATE,
            words::JSON_SYNTAX_HELP_UNQUOTED_DATE,
        ),
        SyntaxErrorKind::NumberSuffix => (
            words::JSON_SYNTAX_MESSAGE_NUMBER_SUFFIX,
            words::JSON_SYNTAX_HELP_NUMBER_SUFFIX,
        ),
        SyntaxErrorKind::UnescapedQuote => (
            words::JSON_SYNTAX_MESSAGE_UNESCAPED_QUOTE,
            words::JSON_SYNTAX_HELP_UNESCAPED_QUOTE,
        ),
        SyntaxErrorKind::ExtraText => (
            words::JSON_SYNTAX_MESSAGE_EXTRA_TEXT,
            words::JSON_SYNTAX_HELP_EXTRA_TEXT,
        ),
        // The last seven have rules of their own.
        SyntaxErrorKind::Unexpected
        | SyntaxErrorKind::Encoding
        | SyntaxErrorKind::Utf16
        | SyntaxErrorKind::Utf32
        | SyntaxErrorKind::Compressed
        | SyntaxErrorKind::Zip
        | SyntaxErrorKind::TooDeep
        | SyntaxErrorKind::TooLarge
        | SyntaxErrorKind::TooManyValues => (
            words::JSON_SYNTAX_MESSAGE_UNEXPECTED,
            words::JSON_SYNTAX_HELP_UNEXPECTED,
        ),
    }
}

/// What to write in the place of `text`, where that is certain; `behind` is what follows it.
fn mend(
    mistake: SyntaxErrorKind,
    text: &str,
    behind: &str,
) -> Option<(Text, Applicability, String)> {
    use Applicability::{Safe, Unsafe};
    Some(match mistake {
        SyntaxErrorKind::TrailingComma => {
            (words::JSON_SYNTAX_FIX_TRAILING_COMMA, Safe, String::new())
        }
        // In a list, an item may be missing.
        SyntaxErrorKind::ExtraComma if starts_with_key(behind) => {
            (words::JSON_SYNTAX_FIX_EXTRA_COMMA, Safe, String::new())
        }
        SyntaxErrorKind::ExtraComma => (words::JSON_SYNTAX_FIX_EXTRA_COMMA, Unsafe, String::new()),
        // `#` may start a colour or a number that was meant as text.
        SyntaxErrorKind::Comment if text.starts_with('#') => {
            (words::JSON_SYNTAX_FIX_COMMENT, Unsafe, String::new())
        }
        SyntaxErrorKind::Comment
            if text.starts_with("//") || text.len() >= 4 && text.ends_with("*/") =>
        {
            (words::JSON_SYNTAX_FIX_COMMENT, Safe, String::new())
        }
        SyntaxErrorKind::PlusSign if is_number(behind, "") => {
            (words::JSON_SYNTAX_FIX_PLUS_SIGN, Safe, String::new())
        }
        SyntaxErrorKind::BareKey if next(behind) == Some(':') && is_identifier(text) => (
            words::JSON_SYNTAX_FIX_BARE_KEY,
            Safe,
            concat(&["\"", text, "\""]),
        ),
        SyntaxErrorKind::ForeignLiteral if ends_here(behind) => {
            let (applicability, json) = match text {
                "True" | "TRUE" => (Safe, "true"),
                "False" | "FALSE" => (Safe, "false"),
                "None" | "Null" | "NULL" | "nil" => (Safe, "null"),
                _ => (Unsafe, "null"),
            };
            (
                words::JSON_SYNTAX_FIX_FOREIGN_LITERAL,
                applicability,
                json.to_owned(),
            )
        }
        SyntaxErrorKind::Quotes => {
            let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
            if inner.contains(['"', '\\']) || !ends_here(behind) {
                return None;
            }
            (
                words::JSON_SYNTAX_FIX_QUOTES,
                Safe,
                concat(&["\"", inner, "\""]),
            )
        }
        SyntaxErrorKind::Control => {
            // The string may never be closed, and take what follows for its own.
            let (_, behind) = behind.split_once('"')?;
            if !ends_here(behind) {
                return None;
            }
            let escape = match text {
                "\n" => "\\n",
                "\r" => "\\r",
                "\t" => "\\t",
                _ => return None,
            };
            (words::JSON_SYNTAX_FIX_CONTROL, Safe, escape.to_owned())
        }
        SyntaxErrorKind::NumberDigits if text == "." && is_number(behind, "0.") => {
            (words::JSON_SYNTAX_FIX_NUMBER_DIGITS, Safe, "0.".to_owned())
        }
        SyntaxErrorKind::EqualsForColon => (words::JSON_SYNTAX_FIX_EQUALS, Unsafe, ":".to_owned()),
        SyntaxErrorKind::MissingComma => (
            words::JSON_SYNTAX_FIX_MISSING_COMMA,
            Unsafe,
            concat(&[",", text]),
        ),
        SyntaxErrorKind::Blank => (words::JSON_SYNTAX_FIX_BLANK, Safe, " ".to_owned()),
        SyntaxErrorKind::Nul if behind.trim_ascii_start().is_empty() => {
            (words::JSON_SYNTAX_FIX_NUL, Safe, String::new())
        }
        SyntaxErrorKind::Radix => (words::JSON_SYNTAX_FIX_RADIX, Unsafe, decimal(text)?),
        SyntaxErrorKind::DigitSeparator => {
            let digits = joined(text)?;
            (words::JSON_SYNTAX_FIX_DIGIT_SEPARATOR, Unsafe, digits)
        }
        SyntaxErrorKind::UnquotedDate => (
            words::JSON_SYNTAX_FIX_UNQUOTED_DATE,
            Unsafe,
            concat(&["\"", text, "\""]),
        ),
        _ => return None,
    })
}

/// Whether a quoted key and a colon follow.
fn starts_with_key(behind: &str) -> bool {
    let mut parts = behind.trim_ascii_start().splitn(3, '"');
    let (Some(""), Some(key), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    !key.contains('\\') && next(rest) == Some(':')
}

/// Whether a key is an ASCII identifier other than a literal: what JavaScript takes without quotes.
fn is_identifier(text: &str) -> bool {
    let of_identifier = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
    let is_literal = matches!(text, "true" | "false" | "null" | "True" | "False" | "None");
    !is_literal
        && text.bytes().all(of_identifier)
        && text
            .bytes()
            .next()
            .is_some_and(|first| !first.is_ascii_digit())
}

/// Whether a text starts with a JSON number, once `before` precedes it, and a value may end there.
fn is_number(text: &str, before: &str) -> bool {
    let end = text.find([',', '}', ']']).unwrap_or(text.len());
    let number = concat(&[before, text.get(..end).unwrap_or_default().trim_ascii_end()]);
    let exponent = number.find(['e', 'E']);
    let (significand, power) = match exponent.and_then(|at| number.split_at_checked(at)) {
        Some((significand, power)) => (significand, power.get(1..).unwrap_or_default()),
        None => (&*number, "0"),
    };
    let (whole, decimals) = significand.split_once('.').unwrap_or((significand, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    // The point itself is what may be missing a zero.
    (is_digits(whole) && (whole == "0" || !whole.starts_with('0'))
        || whole.is_empty() && before.is_empty())
        && is_digits(decimals)
        && is_digits(power)
}

/// A number of another base in decimal digits.
fn decimal(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let base = match digits.get(..2)? {
        "0x" | "0X" => 16,
        "0o" | "0O" => 8,
        _ => 2,
    };
    let value = u64::from_str_radix(digits.get(2..)?, base).ok()?;
    let mut text = String::from(sign);
    words::decimal(&mut text, value);
    Some(text)
}

/// A number without the separators between its groups of three digits.
fn joined(text: &str) -> Option<String> {
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|one| one.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let mut groups = unsigned.split(['_', '\'', ' ']);
    let first = groups.next()?;
    let leads = matches!(first.len(), 1..=3) && !first.starts_with('0');
    let is_grouped = leads && first.bytes().all(|one| one.is_ascii_digit()) && groups.all(is_group);
    is_grouped.then(|| text.replace(['_', '\'', ' '], ""))
}

/// The next character that is not white space.
fn next(behind: &str) -> Option<char> {
    behind.trim_ascii_start().chars().next()
}

/// Whether a string may end before `behind`.
fn ends_here(behind: &str) -> bool {
    matches!(next(behind), None | Some(':' | ',' | '}' | ']'))
}
