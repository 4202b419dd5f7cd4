//! Numbers in plain notation, shifted and rounded, for fixes.

use super::Number;
use super::digits::Digits;

/// The longest text that [`Number::shifted_text`] writes, in characters.
const LONGEST_TEXT: i64 = 40;

impl Number<'_> {
    /// The decimal text of value × 10^power in plain notation, for fixes: `75` by -2 is `0.75`,
    /// `0.755` by 2 is `75.5`. `None` if it would be longer than 40 characters.
    #[must_use]
    pub fn shifted_text(self, power: i32) -> Option<String> {
        if self.coefficient == 0 {
            return Some(String::from("0"));
        }
        let digits = Digits::of(self.text);
        let count = digits.len().cast_signed() as i64;
        let exponent = digits.exponent.saturating_add(i64::from(power));
        // How many digits are before the point.
        let before = count.saturating_add(exponent);
        let length = if exponent >= 0 {
            before
        } else {
            1 + before.max(1).saturating_sub(exponent)
        };
        let negative = self.is_negative();
        if length + i64::from(negative) > LONGEST_TEXT {
            return None;
        }
        let mut text = String::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
        if negative {
            text.push('-');
        }
        if before <= 0 {
            text.push_str("0.");
            text.extend((before..0).map(|_| '0'));
        }
        for (at, digit) in (0_i64..).zip(digits.iter()) {
            if at == before && at > 0 {
                text.push('.');
            }
            text.push(char::from(digit));
        }
        text.extend((count..before).map(|_| '0'));
        Some(text)
    }

    /// The decimal text of the value rounded to at most so many decimals, halves away from zero,
    /// in plain notation, for fixes. `None` if the exact text would be longer than 40 characters.
    #[must_use]
    pub fn rounded_text(self, decimals: u32) -> Option<String> {
        let mut digits = self.shifted_text(0)?.into_bytes();
        let point = digits.iter().position(|byte| *byte == b'.');
        let end = point.map_or(digits.len(), |point| point + 1 + decimals as usize);
        let dropped = digits.get(end).copied();
        digits.truncate(end);
        if dropped >= Some(b'5') {
            let mut carried = true;
            for digit in digits.iter_mut().rev().filter(|byte| byte.is_ascii_digit()) {
                carried = *digit == b'9';
                *digit = if carried { b'0' } else { *digit + 1 };
                if !carried {
                    break;
                }
            }
            if carried {
                digits.insert(usize::from(self.is_negative()), b'1');
            }
        }
        if point.is_some() {
            while digits.pop_if(|byte| *byte == b'0').is_some() {}
            digits.pop_if(|byte| *byte == b'.');
        }
        if matches!(&*digits, b"" | b"-" | b"-0") {
            digits = vec![b'0'];
        }
        String::from_utf8(digits).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifted_texts() {
        for (text, power, shifted) in [
            ("75", -2, Some("0.75")),
            ("0.755", 2, Some("75.5")),
            ("-7.50", 0, Some("-7.5")),
            ("0", 9, Some("0")),
            ("-0.0", 1, Some("0")),
            ("1", 2, Some("100")),
            ("100", -2, Some("1")),
            ("5e-3", 0, Some("0.005")),
            ("1200.50", 2, Some("120050")),
            ("1e2", 0, Some("100")),
            ("1e-2", 2, Some("1")),
            ("1e400", 0, None),
            ("1e999999999999", 0, None),
            ("1e-999999999999", 0, None),
            ("1", i32::MAX, None),
            ("1", i32::MIN, None),
            ("1e39", 0, Some("1000000000000000000000000000000000000000")),
            ("1e40", 0, None),
            ("-1e39", 0, None),
            ("1e-38", 0, Some("0.00000000000000000000000000000000000001")),
            ("1e-39", 0, None),
            (
                "123456789012345678901234567890.5",
                1,
                Some("1234567890123456789012345678905"),
            ),
        ] {
            assert_eq!(
                Number::new(text).shifted_text(power).as_deref(),
                shifted,
                "{text} {power}"
            );
        }
    }

    #[test]
    fn rounded_texts_are_plain_and_round_halves_away_from_zero() {
        for (text, decimals, rounded) in [
            ("0.12345", 4, "0.1235"),
            ("0.12344999", 4, "0.1234"),
            ("0.1", 4, "0.1"),
            ("0.10000", 2, "0.1"),
            ("75.5", 0, "76"),
            ("75.49", 0, "75"),
            ("99.5", 0, "100"),
            ("0.99995", 4, "1"),
            ("-9.96", 1, "-10"),
            ("-0.04", 1, "0"),
            ("0.00004", 4, "0"),
            ("0.00005", 4, "0.0001"),
            ("5e-1", 0, "1"),
            ("1e3", 0, "1000"),
            ("1000.0", 0, "1000"),
            ("100.004", 2, "100"),
            ("0.30000000000000004", 2, "0.3"),
        ] {
            let number = Number::new(text);
            assert_eq!(
                number.rounded_text(decimals).as_deref(),
                Some(rounded),
                "{text}"
            );
        }
        assert_eq!(Number::new("1e-400").rounded_text(2), None);
        assert_eq!(Number::new("1e400").rounded_text(2), None);
    }
}
