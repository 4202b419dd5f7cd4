//! Numbers of a schema, exact: read from their text, never through a binary float.

use std::cmp::Ordering;

/// ±coefficient × 10^exponent. The coefficient has no trailing zero (zero is 0 × 10^0), so equal
/// values have equal fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) negative: bool,
    pub(crate) coefficient: u64,
    pub(crate) exponent: i16,
}

/// A limit of a schema: the number, its text, and whether it is itself out of bounds.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) text: String,
    pub(crate) value: Decimal,
    pub(crate) exclusive: bool,
}

impl Decimal {
    /// Reads a JSON number. `Err` says what does not fit.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, power) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("{text} is no number"));
        }
        let significant = digits.trim_start_matches('0');
        let kept = significant.trim_end_matches('0');
        if kept.is_empty() {
            return Ok(Self {
                negative: false,
                coefficient: 0,
                exponent: 0,
            });
        }
        if kept.len() > 19 {
            return Err(format!(
                "{text} has {} significant digits; at most 19 are supported",
                kept.len()
            ));
        }
        let exponent = power
            .parse::<i64>()
            .ok()
            .and_then(|power| power.checked_sub(i64::try_from(fraction.len()).ok()?))
            .and_then(|power| {
                power.checked_add(i64::try_from(significant.len() - kept.len()).ok()?)
            })
            .and_then(|power| i16::try_from(power).ok());
        match (kept.parse(), exponent) {
            (Ok(coefficient), Some(exponent)) => Ok(Self {
                negative,
                coefficient,
                exponent,
            }),
            _ => Err(format!("{text} is out of the supported range")),
        }
    }

    /// Whether the value has no fraction.
    pub(crate) fn is_whole(self) -> bool {
        self.exponent >= 0
    }

    /// The value as a count, if it is one below `u32::MAX` (which stands for "no limit").
    pub(crate) fn as_count(self) -> Option<u32> {
        if self.negative {
            return None;
        }
        let scale = 10_u64.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let value = u32::try_from(self.coefficient.checked_mul(scale)?).ok()?;
        (value < u32::MAX).then_some(value)
    }

    /// Compares without the sign.
    fn magnitude(self, other: Self) -> Ordering {
        fn parts(value: Decimal) -> (i32, u128) {
            let digits = value.coefficient.checked_ilog10().map_or(0, |log| log + 1);
            let order = i32::from(value.exponent) + i32::try_from(digits).unwrap_or(0);
            // A u64 has at most 20 digits: all are brought to 20 to compare digit by digit.
            let aligned = u128::from(value.coefficient) * 10_u128.pow(20 - digits.min(20));
            (order, aligned)
        }
        match (self.coefficient, other.coefficient) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            _ => parts(self).cmp(&parts(other)),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude(*other),
            (true, true) => other.magnitude(*self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (bool, u64, i16) {
        let decimal = Decimal::parse(text).unwrap();
        (decimal.negative, decimal.coefficient, decimal.exponent)
    }

    #[test]
    fn reads_exactly() {
        assert_eq!(parts("0"), (false, 0, 0));
        assert_eq!(parts("-0.00"), (false, 0, 0));
        assert_eq!(parts("0e999999999999999999999"), (false, 0, 0));
        assert_eq!(parts("100"), (false, 1, 2));
        assert_eq!(parts("0.0001"), (false, 1, -4));
        assert_eq!(parts("1e-4"), (false, 1, -4));
        assert_eq!(parts("1E+2"), (false, 1, 2));
        assert_eq!(parts("-12.50"), (true, 125, -1));
        assert_eq!(parts("1e400"), (false, 1, 400));
        assert_eq!(
            parts("9999999999999999999"),
            (false, 9_999_999_999_999_999_999, 0)
        );
        assert_eq!(
            parts("0.30000000000000004"),
            (false, 30_000_000_000_000_004, -17)
        );
    }

    #[test]
    fn refuses_what_does_not_fit() {
        assert!(Decimal::parse("12345678901234567891").is_err());
        assert!(Decimal::parse("1e40000").is_err());
        assert!(Decimal::parse("1e99999999999999999999").is_err());
        assert!(Decimal::parse("-").is_err());
        assert!(Decimal::parse("+1").is_err());
    }

    #[test]
    fn orders_by_value() {
        let sorted = [
            "-1e400", "-2", "-1.5", "-1e-400", "0", "1e-400", "0.0001", "0.1", "0.11", "1", "9.99",
            "10", "1e20", "1e400",
        ];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                let (a, b) = (Decimal::parse(a).unwrap(), Decimal::parse(b).unwrap());
                assert_eq!(a.cmp(&b), i.cmp(&j), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn counts() {
        let count = |text| Decimal::parse(text).unwrap().as_count();
        assert_eq!(count("255"), Some(255));
        assert_eq!(count("255.0"), Some(255));
        assert_eq!(count("4294967294"), Some(u32::MAX - 1));
        assert_eq!(count("4294967295"), None);
        assert_eq!(count("-1"), None);
        assert_eq!(count("1.5"), None);
        assert_eq!(count("1e300"), None);
    }
}
