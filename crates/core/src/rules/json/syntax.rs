//! `json/syntax`: see `syntax.md`.

use crate::document::SyntaxErrorKind;
use crate::messages::{self as words, Text};
use crate::rules::{
    Applicability, Edit, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
};
use crate::values::str_ext::concat;

/// The text is no JSON.
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
    let (message, help) = texts(mistake);
    said.message(message).help(help);
    let (start, end) = place.span;
    let text = place
        .text
        .get(start as usize..end as usize)
        .unwrap_or_default();
    let behind = place
        .text
        .get(end as usize..place.text.bytes().len())
        .unwrap_or_default();
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
        // The last four have rules of their own.
        SyntaxErrorKind::Unexpected
        | SyntaxErrorKind::Encoding
        | SyntaxErrorKind::Utf16
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
        // `#` may start a colour or a number that was meant as text.
        SyntaxErrorKind::Comment if text.starts_with('#') => {
            (words::JSON_SYNTAX_FIX_COMMENT, Unsafe, String::new())
        }
        SyntaxErrorKind::Comment if text.starts_with("//") || text.ends_with("*/") => {
            (words::JSON_SYNTAX_FIX_COMMENT, Safe, String::new())
        }
        SyntaxErrorKind::PlusSign => (words::JSON_SYNTAX_FIX_PLUS_SIGN, Safe, String::new()),
        SyntaxErrorKind::BareKey if next(behind) == Some(':') => (
            words::JSON_SYNTAX_FIX_BARE_KEY,
            Safe,
            concat(&["\"", text, "\""]),
        ),
        SyntaxErrorKind::ForeignLiteral => {
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
        SyntaxErrorKind::NumberDigits
            if text == "." && behind.starts_with(|next: char| next.is_ascii_digit()) =>
        {
            (words::JSON_SYNTAX_FIX_NUMBER_DIGITS, Safe, "0.".to_owned())
        }
        SyntaxErrorKind::EqualsForColon => (words::JSON_SYNTAX_FIX_EQUALS, Unsafe, ":".to_owned()),
        SyntaxErrorKind::MissingComma => (
            words::JSON_SYNTAX_FIX_MISSING_COMMA,
            Unsafe,
            concat(&[",", text]),
        ),
        _ => return None,
    })
}

/// The next character that is no white space.
fn next(behind: &str) -> Option<char> {
    behind.trim_ascii_start().chars().next()
}

/// Whether a string may end before `behind`.
fn ends_here(behind: &str) -> bool {
    matches!(next(behind), None | Some(':' | ',' | '}' | ']'))
}
