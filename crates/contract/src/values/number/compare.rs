//! Compares numbers with limits and with each other.

use core::cmp::Ordering;

use super::digits::Digits;
use super::{Bound, Number, scale};

impl Number<'_> {
    /// How the value compares to the bound's value; [`Bound::exclusive`] plays no part.
    #[must_use]
    #[inline]
    pub fn compare(self, bound: &Bound<'_>) -> Ordering {
        let alike = self.exponent == i64::from(bound.exponent) && !self.long;
        if alike && !self.minus && !bound.negative {
            return self.coefficient.cmp(&bound.coefficient);
        }
        if bound.coefficient == 0 {
            return match (self.coefficient, self.minus) {
                (0, _) => Ordering::Equal,
                (_, true) => Ordering::Less,
                (_, false) => Ordering::Greater,
            };
        }
        self.compare_apart(bound)
    }

    /// With a bound that is not zero.
    #[inline(never)]
    fn compare_apart(&self, bound: &Bound<'_>) -> Ordering {
        let below = self.is_negative();
        if below != bound.negative {
            return bound.negative.cmp(&below);
        }
        let sizes = self.compare_size(bound);
        if below { sizes.reverse() } else { sizes }
    }

    /// Compares what is left without the signs.
    fn compare_size(&self, bound: &Bound<'_>) -> Ordering {
        if self.coefficient == 0 {
            return Ordering::Less;
        }
        if self.long {
            return Digits::of(self.text).compare(bound.coefficient, bound.exponent);
        }
        let apart = self.exponent - i64::from(bound.exponent);
        // What overflows is larger than anything that does not.
        if apart >= 0 {
            match scale(self.coefficient, apart) {
                Some(size) => size.cmp(&bound.coefficient),
                None => Ordering::Greater,
            }
        } else {
            match scale(bound.coefficient, -apart) {
                Some(limit) => self.coefficient.cmp(&limit),
                None => Ordering::Less,
            }
        }
    }

    /// Whether the value is the bound's value times an integer; zero always is, and it is the
    /// only multiple of zero. Signs play no part.
    #[must_use]
    pub fn is_multiple_of(self, bound: &Bound<'_>) -> bool {
        if self.coefficient == 0 {
            return true;
        }
        let apart = self.exponent - i64::from(bound.exponent);
        if apart < 0 {
            // In the long form the last digit is not zero, so no power of ten divides it.
            return !self.long
                && scale(bound.coefficient, -apart)
                    .is_some_and(|unit| unit != 0 && self.coefficient.is_multiple_of(unit));
        }
        // The factors 2 and 5 that 10^apart brings along need not be in the digits. A u64 holds
        // at most 63 of them, so a huge exponent is no more work than a small one.
        let mut unit = bound.coefficient;
        if unit == 0 {
            return false;
        }
        for factor in [2, 5] {
            let mut left = apart;
            while left > 0 && unit > 1 && unit.is_multiple_of(factor) {
                unit /= factor;
                left -= 1;
            }
        }
        if self.long {
            unit == 1 || Digits::of(self.text).remainder(unit) == 0
        } else {
            unit == 1 || self.coefficient.is_multiple_of(unit)
        }
    }

    /// Whether both numbers have the same value: `1`, `1.0` and `10e-1` have.
    #[must_use]
    pub fn equals(self, other: Number<'_>) -> bool {
        self.is_negative() == other.is_negative()
            && self.long == other.long
            && self.trimmed() == other.trimmed()
            && (!self.long
                || Digits::of(self.text)
                    .iter()
                    .eq(Digits::of(other.text).iter()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bound, full};
    use super::*;

    fn multiple(text: &str, of: &'static str) -> bool {
        Number::new(text).is_multiple_of(&bound(of))
    }

    #[test]
    fn comparison_is_exact() {
        for (text, other, order) in [
            ("100", "100", Ordering::Equal),
            ("1e2", "100", Ordering::Equal),
            ("100.000", "1e2", Ordering::Equal),
            ("100.00000000000000000001", "100", Ordering::Greater),
            ("99.999999999999999999999", "100", Ordering::Less),
            (
                "100.00000000000000000000000000000000000",
                "100",
                Ordering::Equal,
            ),
            ("-100.00000000000000000001", "-100", Ordering::Less),
            ("1e400", "100", Ordering::Greater),
            ("-1e400", "100", Ordering::Less),
            ("1e999999999999", "1e30000", Ordering::Greater),
            ("1e-999999999999", "1e-30000", Ordering::Less),
            ("1e-999999999999", "0", Ordering::Greater),
            ("0", "1", Ordering::Less),
            ("0e999999999999", "1", Ordering::Less),
            (
                "18446744073709551615",
                "18446744073709551615",
                Ordering::Equal,
            ),
            (
                "18446744073709551616",
                "18446744073709551615",
                Ordering::Greater,
            ),
            (
                "18446744073709551615.0000000000000000001",
                "18446744073709551615",
                Ordering::Greater,
            ),
            ("0.1", "0.10", Ordering::Equal),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
        ] {
            let limit = Bound {
                // A bound may need the full u64, which the reader of numbers does not give.
                ..if other.len() < 20 {
                    bound(other)
                } else {
                    full()
                }
            };
            assert_eq!(Number::new(text).compare(&limit), order, "{text} {other}");
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (text, of) in [
            ("0", "0.01"),
            ("0", "0"),
            ("0.0000", "7"),
            ("-4.35", "0.01"),
            ("0.0075", "0.0001"),
            ("1e400", "0.01"),
            ("1e999999999999", "1024"),
            ("21e999999999999", "7"),
            ("123456789012345678901234567890", "10"),
            ("123456789012345678901234567890e5", "1e6"),
            ("1.10", "0.1"),
            ("12", "-4"),
            ("0.30000000000000000000000000", "0.1"),
            ("1e-5", "1e-5"),
            ("100000000000000000000", "1e20"),
            ("36893488147419103230", "18446744073709551615"),
        ] {
            let unit = if of.len() < 20 { bound(of) } else { full() };
            assert!(Number::new(text).is_multiple_of(&unit), "{text} {of}");
        }
        for (text, of) in [
            ("4.355", "0.01"),
            ("0.30000000000000004", "0.1"),
            ("1", "0"),
            ("1e-400", "0.01"),
            ("1e-999999999999", "0.01"),
            ("1e999999999999", "7"),
            ("1e999999999999", "7e-3"),
            ("5", "10"),
            ("1e1", "1e2"),
            ("100.00000000000000000001", "0.01"),
            ("12345678901234567890123", "10"),
            ("36893488147419103231", "18446744073709551615"),
        ] {
            let unit = if of.len() < 20 { bound(of) } else { full() };
            assert!(!Number::new(text).is_multiple_of(&unit), "{text} {of}");
        }
        for value in 0..=10_000 {
            let text = format!("{}.{:04}", value / 10_000, value % 10_000);
            assert!(multiple(&text, "0.0001"), "{text}");
            assert_eq!(multiple(&text, "0.01"), value % 100 == 0, "{text}");
        }
    }

    #[test]
    fn values_are_equal_in_any_spelling() {
        for (left, right, equal) in [
            ("1", "1.0", true),
            ("1", "10e-1", true),
            ("0", "-0e7", true),
            ("1", "-1", false),
            ("1", "1.00000000000000000000000001", false),
            ("123456789012345678901", "1.23456789012345678901e20", true),
            ("123456789012345678901", "123456789012345678902", false),
            ("123456789012345678901", "123456789012345678901e1", false),
            ("18446744073709551617", "1", false),
        ] {
            assert_eq!(
                Number::new(left).equals(Number::new(right)),
                equal,
                "{left} {right}"
            );
        }
    }
}
