//! Numbers as people write them into text fields: with signs, units and separators.

use super::number::Number;
use super::str_ext::concat;

/// A number read from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Informal {
    /// The number in plain JSON notation: `1,234.50` is `1234.50`.
    pub json: String,
    /// The other reading, where one separator may group digits or precede decimals: `1,500` is
    /// `1500`, or `1.500`.
    pub other: Option<String>,
    /// What precedes or follows the number: `$`, `EUR`, `%`, or nothing.
    pub unit: String,
    /// Whether the notation is plain: no leading zeros, no exponent, no parentheses, no trailing
    /// minus, no digits of other scripts, and groups of three digits.
    pub plain: bool,
}

/// Reads a number with separators between its groups of digits, with a point or a comma before its
/// decimals, with a sign or in parentheses, with an exponent, and with one unit before or after it.
///
/// One comma before three digits is read as a separator of groups, one point as a decimal point;
/// `other` holds the other reading.
#[must_use]
pub fn number(text: &str) -> Option<Informal> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    // Most are plain.
    if !text.starts_with('0') && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return (text.len() <= 40).then(|| plain(false, &[text], "", None));
    }
    let has_other_digits = text.chars().any(|one| ascii(one) != one);
    let converted: String;
    let text = if has_other_digits {
        converted = text.chars().map(ascii).collect();
        &converted
    } else {
        text
    };
    if text.len() > 40 {
        return None;
    }
    let (text, is_negative, is_accounting) = without_accounting(text)?;
    let first = text.find(|character: char| character.is_ascii_digit())?;
    let last = text.rfind(|character: char| character.is_ascii_digit())?;
    let (before, rest) = text.split_at_checked(first)?;
    let (core, behind) = rest.split_at_checked(last - first + 1)?;

    let (before, bare_point) = match before.strip_suffix('.') {
        // The point of an abbreviation, as in `Rs.500`, is not one of the number.
        Some(before) if !before.ends_with(char::is_alphabetic) => (before, true),
        _ => (before, false),
    };
    let (unsigned, minus) = without_sign(before)?;
    let ((unit, "") | ("", unit)) = (unsigned, behind.trim()) else {
        return None;
    };
    if is_accounting && minus {
        return None;
    }
    let mut read = core_number(core, bare_point, is_negative || minus)?;
    unit.clone_into(&mut read.unit);
    read.plain &= !has_other_digits && !is_accounting;
    Some(read)
}

/// The ASCII character for a digit or a sign of another script.
fn ascii(character: char) -> char {
    // The zeros of full-width, Arabic, Persian, Devanagari and Bengali digits.
    const ZEROS: [char; 5] = ['\u{ff10}', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}'];
    let digit = ZEROS.iter().find_map(|zero| {
        let value = u32::from(character).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    });
    digit.unwrap_or(match character {
        '\u{ff0c}' | '\u{66c}' => ',',
        '\u{ff0e}' | '\u{66b}' => '.',
        '\u{ff0d}' => '-',
        '\u{ff05}' | '\u{66a}' => '%',
        '\u{ff04}' => '$',
        '\u{ffe5}' => '\u{a5}',
        other => other,
    })
}

/// A text without the ways in which accounts write a negative amount, `(1,234.00)` and `127.54-`;
/// whether it is one; and the same once more.
fn without_accounting(text: &str) -> Option<(&str, bool, bool)> {
    let bare = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .or_else(|| text.strip_suffix(is_minus).map(str::trim_end));
    match bare {
        None => Some((text, false, false)),
        Some(bare) if bare.contains(['(', ')']) || bare.starts_with(is_minus) => None,
        Some(bare) => Some((bare.trim(), true, true)),
    }
}

const fn is_minus(character: char) -> bool {
    matches!(character, '-' | '\u{2212}')
}

/// What precedes a number, without the one sign that it may have.
fn without_sign(before: &str) -> Option<(&str, bool)> {
    let is_sign = |character: char| is_minus(character) || character == '+';
    let signs = before.chars().filter(|one| is_sign(*one)).count();
    let before = before.trim();
    let unsigned = before
        .strip_prefix(is_sign)
        .or_else(|| before.strip_suffix(is_sign))
        .unwrap_or(before)
        .trim();
    let is_signed = unsigned.len() < before.len();
    (signs == usize::from(is_signed)).then(|| (unsigned, before.contains(is_minus)))
}

/// Reads the part of a text from its first to its last digit.
fn core_number(core: &str, bare_point: bool, minus: bool) -> Option<Informal> {
    if bare_point {
        let digits = core.bytes().all(|byte| byte.is_ascii_digit());
        return digits.then(|| plain(minus, &[], core, None));
    }
    if let Some((mantissa, power)) = core.split_once(['e', 'E']) {
        return exponential(mantissa, power, minus);
    }
    let separator = |character: char| !character.is_ascii_digit();
    let groups: Vec<&str> = core.split(separator).collect();
    let mut separators = core.chars().filter(|character| separator(*character));
    let Some(one) = separators.next() else {
        return Some(plain(minus, &groups, "", None));
    };
    let last = separators.next_back().unwrap_or(one);
    if !is_separator(one) || !separators.all(|other| other == one) {
        return None;
    }
    let (tail, head) = groups.split_last()?;
    let decimal = matches!(last, '.' | ',');
    if last != one {
        // The last of two kinds precedes the decimals.
        return (decimal && grouped(head)).then(|| plain(minus, head, tail, None));
    }
    if !decimal || head.len() > 1 {
        return grouped(&groups).then(|| plain(minus, &groups, "", None));
    }
    let fraction = plain(minus, head, tail, None);
    if !grouped(&groups) || head.first().is_some_and(|head| head.starts_with('0')) {
        return Some(fraction);
    }
    let whole = plain(minus, &groups, "", None);
    let (json, other) = if last == ',' {
        (whole.json, fraction.json)
    } else {
        (fraction.json, whole.json)
    };
    Some(Informal {
        json,
        other: Some(other),
        ..fraction
    })
}

/// Reads `1e5`, `1.5E-3`.
fn exponential(mantissa: &str, power: &str, minus: bool) -> Option<Informal> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let unsigned = power.strip_prefix(['+', '-']).unwrap_or(power);
    let is_number = digits(whole) && digits(decimals) && digits(unsigned) && unsigned.len() <= 2;
    let whole = whole.trim_start_matches('0');
    let sign = if minus { "-" } else { "" };
    let zero = if whole.is_empty() { "0" } else { "" };
    let text = concat(&[sign, zero, whole, ".", decimals, "e", power]);
    is_number.then_some(())?;
    Some(Informal {
        json: Number::new(&text).shifted_text(0)?,
        other: None,
        unit: String::new(),
        plain: false,
    })
}

const fn is_separator(character: char) -> bool {
    matches!(
        character,
        '.' | ',' | '\'' | '\u{2019}' | '_' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'
    )
}

/// Whether every group of digits but the first has three.
fn by_thousands(groups: &[&str]) -> bool {
    let Some((first, rest)) = groups.split_first() else {
        return true;
    };
    let leads = first.len() > 1 && first.starts_with('0');
    !leads && rest.iter().all(|group| group.len() == 3)
}

/// Whether digits are grouped by thousands, or by lakhs and crores.
fn grouped(groups: &[&str]) -> bool {
    let [first, between @ .., last] = groups else {
        return groups.iter().all(|group| !group.is_empty());
    };
    let all = |length| between.iter().all(|group| group.len() == length);
    last.len() == 3 && matches!(first.len(), 1..=3) && (all(3) || all(2) && first.len() < 3)
}

fn plain(minus: bool, whole: &[&str], decimals: &str, other: Option<String>) -> Informal {
    let length: usize = whole.iter().map(|group| group.len()).sum();
    let mut json = String::with_capacity(length + decimals.len() + 3);
    if minus {
        json.push('-');
    }
    let start = json.len();
    for group in whole {
        let leading = json.len() == start;
        json.push_str(if leading {
            group.trim_start_matches('0')
        } else {
            group
        });
    }
    if json.len() == start {
        json.push('0');
    }
    if !decimals.is_empty() {
        json.push('.');
        json.push_str(decimals);
    }
    Informal {
        json,
        other,
        unit: String::new(),
        plain: by_thousands(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn one_reading() {
        for (text, json, unit) in [
            ("50000", "50000", ""),
            (" 50000 ", "50000", ""),
            ("007", "7", ""),
            ("000", "0", ""),
            ("-5", "-5", ""),
            ("+5", "5", ""),
            ("\u{2212}5", "-5", ""),
            (".5", "0.5", ""),
            ("-.5", "-0.5", ""),
            ("0.500", "0.500", ""),
            ("0,500", "0.500", ""),
            ("12.5", "12.5", ""),
            ("12,50", "12.50", ""),
            ("1234,567", "1234.567", ""),
            ("1234.567", "1234.567", ""),
            ("1,234.56", "1234.56", ""),
            ("1.234,56", "1234.56", ""),
            ("1,234,567", "1234567", ""),
            ("1.234.567", "1234567", ""),
            ("12,34,567", "1234567", ""),
            ("1 234 567,8", "1234567.8", ""),
            ("1\u{202f}234", "1234", ""),
            ("1'234.50", "1234.50", ""),
            ("1_000", "1000", ""),
            ("$50", "50", "$"),
            ("-$50", "-50", "$"),
            ("$-50", "-50", "$"),
            ("US$ 50", "50", "US$"),
            ("50 €", "50", "€"),
            ("EUR 1.234,00", "1234.00", "EUR"),
            ("75%", "75", "%"),
            ("50k", "50", "k"),
            ("50 percent", "50", "percent"),
            ("Rs. 500", "500", "Rs."),
            ("Rs.500", "500", "Rs."),
            ("1 200 Kč", "1200", "Kč"),
            ("5000 Ft", "5000", "Ft"),
            ("RM 5.000,00", "5000.00", "RM"),
            ("฿50", "50", "฿"),
            ("1e5", "100000", ""),
            ("1.5E-3", "0.0015", ""),
            ("-2e2", "-200", ""),
            ("127,54-", "-127.54", ""),
            ("(1,234.00)", "-1234.00", ""),
            ("($50)", "-50", "$"),
            ("５０００", "5000", ""),
            ("１，２３４．５０", "1234.50", ""),
            ("٥٠٠", "500", ""),
        ] {
            let read = number(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&*read.json, &*read.unit), (json, unit), "{text}");
            assert_eq!(read.other, None, "{text}");
        }
    }

    #[test]
    fn only_plain_notation_is_plain() {
        for text in [
            "50000",
            "-5",
            "0.5",
            ".5",
            "0",
            "1,234.50",
            "1 234 567",
            "$50",
            "12,50",
        ] {
            assert!(number(text).unwrap().plain, "{text}");
        }
        for text in [
            "0123",
            "007",
            "00",
            "1 23 456",
            "12,34,567",
            "1e5",
            "127,54-",
            "(5)",
            "５",
            "٥",
        ] {
            assert!(!number(text).unwrap().plain, "{text}");
        }
    }

    #[test]
    fn two_readings() {
        for (text, json, other) in [
            ("1,500", "1500", "1.500"),
            ("1.500", "1.500", "1500"),
            ("100,000", "100000", "100.000"),
            ("-1,500", "-1500", "-1.500"),
        ] {
            let read = number(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (read.json.as_str(), read.other.as_deref()),
                (json, Some(other))
            );
        }
    }

    #[test]
    fn no_number() {
        for text in [
            "",
            "-",
            ".",
            "$",
            "ten",
            "1e555",
            "--5",
            "-+5",
            "+-5",
            "- -5",
            "-5-",
            "(-5)",
            "((5))",
            "1,,000",
            "1.2.3",
            "1,23,45",
            "1,2345,678",
            "12:30",
            "$5 USD",
            "5-6",
            "1 234.567.8",
            "2026-06-01",
            "0x10",
            "1,234 567",
            "1/2",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(number(&"1".repeat(41)), None);
        assert!(number(&"1".repeat(40)).is_some());
    }
}
