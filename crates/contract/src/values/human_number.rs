//! Numbers as people write them into text fields: with signs, units and separators.

/// A number read from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Informal<'a> {
    /// The number in plain JSON notation: `1,234.50` is `1234.50`.
    pub json: String,
    /// The other reading, where one separator may group digits or stand before decimals: `1,500`
    /// is `1500`, or `1.500`.
    pub other: Option<String>,
    /// What stands before or behind the number: `$`, `EUR`, `%`, or nothing.
    pub unit: &'a str,
}

/// Reads a number with separators between its groups of digits, with a point or a comma before
/// its decimals, with a sign, and with one unit before or behind it. `None` for anything else,
/// exponents included.
///
/// One comma before three digits is read as a separator of groups, one point as a decimal point;
/// `other` holds the other reading.
#[must_use]
pub fn number(text: &str) -> Option<Informal<'_>> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    // Most are plain.
    if !text.starts_with('0') && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some(plain(false, &[text], "", None, ""));
    }
    let first = text.find(|character: char| character.is_ascii_digit())?;
    let last = text.rfind(|character: char| character.is_ascii_digit())?;
    let (before, rest) = text.split_at_checked(first)?;
    let (core, behind) = rest.split_at_checked(last - first + 1)?;

    let (before, bare_point) = match before.strip_suffix('.') {
        Some(before) => (before, true),
        None => (before, false),
    };
    let is_minus = |character| matches!(character, '-' | '\u{2212}');
    let unsigned = before
        .trim()
        .trim_matches(|c| is_minus(c) || c == '+')
        .trim();
    let minus = before.contains(is_minus);
    let ((unit, "") | ("", unit)) = (unsigned, behind.trim()) else {
        return None;
    };
    if bare_point {
        let digits = core.bytes().all(|byte| byte.is_ascii_digit());
        return digits.then(|| plain(minus, &[], core, None, unit));
    }

    let separator = |character: char| !character.is_ascii_digit();
    let groups: Vec<&str> = core.split(separator).collect();
    let mut separators = core.chars().filter(|character| separator(*character));
    let Some(one) = separators.next() else {
        return Some(plain(minus, &groups, "", None, unit));
    };
    let last = separators.next_back().unwrap_or(one);
    if !is_separator(one) || !separators.all(|other| other == one) {
        return None;
    }
    let (tail, head) = groups.split_last()?;
    let decimal = matches!(last, '.' | ',');
    if last != one {
        // The last of two kinds stands before the decimals.
        return (decimal && grouped(head)).then(|| plain(minus, head, tail, None, unit));
    }
    if !decimal || head.len() > 1 {
        return grouped(&groups).then(|| plain(minus, &groups, "", None, unit));
    }
    let fraction = plain(minus, head, tail, None, unit);
    if !grouped(&groups) || head.first().is_some_and(|head| head.starts_with('0')) {
        return Some(fraction);
    }
    let whole = plain(minus, &groups, "", None, unit);
    let (json, other) = if last == ',' {
        (whole.json, fraction.json)
    } else {
        (fraction.json, whole.json)
    };
    Some(Informal {
        json,
        other: Some(other),
        unit,
    })
}

const fn is_separator(character: char) -> bool {
    matches!(
        character,
        '.' | ',' | '\'' | '\u{2019}' | '_' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'
    )
}

/// Whether digits are grouped by thousands, or by lakhs and crores.
fn grouped(groups: &[&str]) -> bool {
    let [first, between @ .., last] = groups else {
        return groups.iter().all(|group| !group.is_empty());
    };
    let all = |length| between.iter().all(|group| group.len() == length);
    last.len() == 3 && matches!(first.len(), 1..=3) && (all(3) || all(2) && first.len() < 3)
}

fn plain<'a>(
    minus: bool,
    whole: &[&str],
    decimals: &str,
    other: Option<String>,
    unit: &'a str,
) -> Informal<'a> {
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
    Informal { json, other, unit }
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
        ] {
            let read = number(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.json.as_str(), read.unit), (json, unit), "{text}");
            assert_eq!(read.other, None, "{text}");
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
            "1e5",
            "1,,000",
            "1.2.3",
            "1,23,45",
            "1,2345,678",
            "12:30",
            "$5 USD",
            "(5)",
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
