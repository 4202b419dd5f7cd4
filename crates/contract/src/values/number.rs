//! JSON numbers, judged by their exact decimal value: from the text, never through `f64`.

mod compare;
mod digits;
mod read;
mod write;

use digits::Digits;
use read::{read_any, read_short};

/// A limit of a contract: `±coefficient × 10^exponent`, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound<'c> {
    /// The number as the schema writes it, for messages.
    pub text: &'c str,
    /// Whether the value is below zero.
    pub negative: bool,
    /// The digits, as an integer.
    pub coefficient: u64,
    /// The power of ten that the digits are multiplied by.
    pub exponent: i16,
    /// Whether the limit itself is outside (`exclusiveMinimum`, `exclusiveMaximum`).
    pub exclusive: bool,
}

/// The powers of ten that fit, 10^0 to 10^19.
static POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut rest: &mut [u64] = &mut powers;
    let mut power = 1_u64;
    while let [first, tail @ ..] = rest {
        *first = power;
        power = power.wrapping_mul(10);
        rest = tail;
    }
    powers
};

/// More significant digits than this may not fit into the coefficient.
const DIGITS: usize = 19;

/// A JSON number, judged by its exact decimal value, whatever its length or its exponent.
///
/// Every answer takes at most time linear in the text; a huge exponent costs nothing. Exponents
/// beyond ±5×10^17 count as that.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    text: &'a str,
    /// All digits as an integer; 1 in the long form, so that it is neither zero nor ends in one.
    coefficient: u64,
    /// The power of ten of the last digit; in the long form, of the last digit that is not zero.
    exponent: i64,
    /// The text begins with a minus sign (that of `-0` too).
    minus: bool,
    /// More than 19 significant digits: they are read from the text when needed.
    long: bool,
}

impl<'a> Number<'a> {
    /// Reads the text of a JSON number such as `-12.50e3`. Of a text that is not a JSON number the
    /// beginning is judged, as far as it looks like one; what follows from that means nothing.
    #[must_use]
    #[inline]
    pub fn new(text: &'a str) -> Self {
        if text.len() > DIGITS {
            return Self::from_long_text(text);
        }
        let bytes = text.as_bytes();
        let (minus, bytes) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        let (coefficient, exponent) = match read_short(bytes) {
            Some(read) => read,
            None => read_any(bytes),
        };
        Self {
            text,
            coefficient,
            exponent,
            minus,
            long: false,
        }
    }

    /// The number whose digits, at most 19, have been read already: `coefficient × 10^-places`.
    /// It has no text.
    #[inline]
    #[must_use]
    pub const fn of_digits(minus: bool, coefficient: u64, places: usize) -> Self {
        Self {
            text: "",
            coefficient,
            exponent: -(places.cast_signed() as i64),
            minus,
            long: false,
        }
    }

    /// Drops the zeros at both ends, and takes the long form only when that does not help.
    #[cold]
    #[inline(never)]
    fn from_long_text(text: &'a str) -> Self {
        let digits = Digits::of(text);
        let long = digits.len() > DIGITS;
        let coefficient = if long { 1 } else { digits.remainder(0) };
        Self {
            text,
            coefficient,
            exponent: digits.exponent,
            minus: text.starts_with('-'),
            long,
        }
    }

    /// The source text.
    #[must_use]
    pub const fn text(self) -> &'a str {
        self.text
    }

    /// Whether the value is an integer: `1e2` and `75.0` are.
    #[must_use]
    #[inline]
    pub fn is_integer(self) -> bool {
        self.exponent >= 0 || self.trimmed().1 >= 0
    }

    /// Whether the value is below zero: `-0` is not.
    #[must_use]
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.minus && self.coefficient != 0
    }

    /// Whether the value is zero, in any spelling.
    #[must_use]
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// How many digits after the point remain once trailing zeros are dropped: 17 for
    /// `0.30000000000000004`, 5 for `1e-5`, none for `100`.
    #[must_use]
    #[inline]
    pub fn decimals(self) -> u64 {
        if self.exponent >= 0 {
            return 0;
        }
        self.trimmed().1.min(0).unsigned_abs()
    }

    /// The value, if it is an integer that fits.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        // The long form has 20 digits or more, or a fraction.
        let (coefficient, exponent) = self.trimmed();
        if self.long || exponent < 0 {
            return None;
        }
        let size = scale(coefficient, exponent)?;
        if self.minus {
            0_i64.checked_sub_unsigned(size)
        } else {
            i64::try_from(size).ok()
        }
    }

    /// Coefficient and exponent without trailing zeros; zero has the exponent 0.
    #[must_use]
    pub fn trimmed(self) -> (u64, i64) {
        let (mut coefficient, mut exponent) = (self.coefficient, self.exponent);
        if coefficient == 0 {
            return (0, 0);
        }
        while coefficient.is_multiple_of(10) {
            coefficient /= 10;
            exponent += 1;
        }
        (coefficient, exponent)
    }
}

/// `value × 10^power`, unless that is above every u64 (or the value is zero and the power is
/// large, which no caller asks for).
#[inline]
fn scale(value: u64, power: i64) -> Option<u64> {
    let power = usize::try_from(power).ok()?;
    POWERS.get(power)?.checked_mul(value)
}

#[cfg(test)]
mod tests;
