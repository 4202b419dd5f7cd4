//! JSON numbers, judged by their exact decimal value: from the text, never through `f64`.

use core::cmp::Ordering;

/// A limit of a contract: `±coefficient × 10^exponent`, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number as the schema writes it, for messages.
    pub text: &'static str,
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

/// Exponents stop here. No text is long enough to bring such a number back near one.
const FAR: i64 = 500_000_000_000_000_000;

/// More significant digits than this may not fit into the coefficient.
const DIGITS: usize = 19;

/// What [`read_digits`] stops at when nothing is left. No JSON number holds this byte.
const END: u8 = 0;

/// The longest text that [`Number::shifted_text`] writes, in characters.
const LONGEST_TEXT: i64 = 40;

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
    /// Reads the text of a JSON number such as `-12.50e3`. Of a text that is no JSON number the
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
    pub(crate) const fn of_digits(minus: bool, coefficient: u64, places: usize) -> Self {
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

    /// How the value stands to the bound's value; [`Bound::exclusive`] plays no part.
    #[must_use]
    #[inline]
    pub fn compare(self, bound: &Bound) -> Ordering {
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
    fn compare_apart(&self, bound: &Bound) -> Ordering {
        let below = self.is_negative();
        if below != bound.negative {
            return bound.negative.cmp(&below);
        }
        let sizes = self.compare_size(bound);
        if below { sizes.reverse() } else { sizes }
    }

    /// Compares what is left without the signs.
    fn compare_size(&self, bound: &Bound) -> Ordering {
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
    pub fn is_multiple_of(self, bound: &Bound) -> bool {
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
        // How many digits stand before the point.
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

    /// Coefficient and exponent without trailing zeros; zero has the exponent 0.
    pub(crate) fn trimmed(self) -> (u64, i64) {
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

/// Reads plain notation of four to eight bytes without a loop, as the bytes of one word.
/// `None` for other lengths and other notations.
#[inline]
fn read_short(bytes: &[u8]) -> Option<(u64, i64)> {
    const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    // A lane above 9 reaches the high bit with this, and none reaches beyond.
    const ABOVE_NINE: u64 = u64::from_le_bytes([0x80 - 10; 8]);
    const POINT: u64 = (b'.' ^ b'0') as u64;

    let free = 8_usize.checked_sub(bytes.len())?;
    let first = u32::from_le_bytes(*bytes.first_chunk()?);
    let last = u32::from_le_bytes(*bytes.last_chunk()?);
    // The two parts may overlap, in bytes that are the same in both.
    let word = u64::from(first) | u64::from(last) << (32 - 8 * free);
    // Each digit's value in its lane, the last at the top, and zeros before the first.
    let word = (word ^ ZEROS) << (8 * free);
    let others = (((word & !HIGH) + ABOVE_NINE) | word) & HIGH;
    if others == 0 {
        return Some((eight_digits(word), 0));
    }
    let point = others.trailing_zeros() & !7;
    if !others.is_power_of_two() || (word >> point) & 0xff != POINT {
        return None;
    }
    // The digits before the point close up to those after it.
    let after = word & (u64::MAX << point << 8);
    let before = word & !(u64::MAX << point);
    let places = i64::from((56 - point) / 8);
    Some((eight_digits(before << 8 | after), -places))
}

/// The number whose eight digits are in the lanes, the first in the lowest: pairs, then fours,
/// then all are put together.
#[inline]
const fn eight_digits(word: u64) -> u64 {
    const PAIRS: u64 = 0x0000_00ff_0000_00ff;
    let pairs = word * 10 + (word >> 8);
    let odd = (pairs & PAIRS).wrapping_mul(100 + (1_000_000 << 32));
    let even = (pairs >> 16 & PAIRS).wrapping_mul(1 + (10_000 << 32));
    odd.wrapping_add(even) >> 32
}

/// Reads any notation of up to 19 bytes.
fn read_any(bytes: &[u8]) -> (u64, i64) {
    let mut rest = bytes.iter();
    let (mut coefficient, mut stop) = read_digits(0, &mut rest);
    let mut exponent = 0;
    if stop == b'.' {
        let before = rest.len();
        (coefficient, stop) = read_digits(coefficient, &mut rest);
        let places = before - rest.len() - usize::from(stop != END);
        exponent = -(places.cast_signed() as i64);
    }
    if matches!(stop, b'e' | b'E') {
        exponent += read_exponent(rest.as_slice());
    }
    (coefficient, exponent)
}

/// Appends the digits that come next to the coefficient; and steps over what follows them and
/// gives it, or [`END`]. At most 19 digits may be read in all.
#[inline]
fn read_digits(mut coefficient: u64, rest: &mut core::slice::Iter<'_, u8>) -> (u64, u8) {
    for &byte in rest {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return (coefficient, byte);
        }
        coefficient = coefficient * 10 + u64::from(digit);
    }
    (coefficient, END)
}

/// The value of `5`, `+5` or `-5` after the `e`, kept within ±[`FAR`].
#[inline(never)]
fn read_exponent(bytes: &[u8]) -> i64 {
    let (minus, bytes) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    let mut exponent = 0;
    for digit in bytes.iter().map(|byte| byte.wrapping_sub(b'0')) {
        if digit > 9 {
            break;
        }
        exponent = FAR.min(exponent * 10 + i64::from(digit));
    }
    if minus { -exponent } else { exponent }
}

/// The significant digits of a number in its text, without the zeros at both ends.
#[derive(Clone, Copy)]
struct Digits<'a> {
    whole: &'a [u8],
    fraction: &'a [u8],
    /// The power of ten of the last digit.
    exponent: i64,
}

impl<'a> Digits<'a> {
    fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
        let (mut whole, mut rest) = run_of_digits(bytes);
        let mut fraction: &[u8] = &[];
        if let [b'.', after @ ..] = rest {
            (fraction, rest) = run_of_digits(after);
        }
        let mut exponent = match rest {
            [b'e' | b'E', after @ ..] => read_exponent(after),
            _ => 0,
        };
        while let [before @ .., b'0'] = fraction {
            fraction = before;
        }
        if fraction.is_empty() {
            while let [before @ .., b'0'] = whole {
                whole = before;
                exponent += 1;
            }
        }
        exponent -= fraction.len().cast_signed() as i64;
        while let [b'0', after @ ..] = whole {
            whole = after;
        }
        if whole.is_empty() {
            while let [b'0', after @ ..] = fraction {
                fraction = after;
            }
        }
        Self {
            whole,
            fraction,
            exponent,
        }
    }

    fn len(self) -> usize {
        self.whole.len() + self.fraction.len()
    }

    fn iter(self) -> impl Iterator<Item = u8> {
        self.whole.iter().chain(self.fraction).copied()
    }

    /// The digits as an integer modulo `unit`; 0 stands for 2^64.
    #[inline(never)]
    fn remainder(self, unit: u64) -> u64 {
        // Sums below twice the unit, which may itself need all 64 bits.
        let add = |left: u64, right: u64| match left.overflowing_add(right) {
            (sum, false) if unit == 0 || sum < unit => sum,
            (sum, _) => sum.wrapping_sub(unit),
        };
        self.iter().fold(0, |rest, byte| {
            let double = add(rest, rest);
            let four = add(double, double);
            let five = add(four, rest);
            let digit = u64::from(byte.wrapping_sub(b'0'));
            let digit = if unit == 0 { digit } else { digit % unit };
            add(add(five, five), digit)
        })
    }

    /// Compares with `coefficient × 10^exponent`. There must be at least one digit.
    fn compare(self, coefficient: u64, exponent: i16) -> Ordering {
        let Some(top) = coefficient.checked_ilog10() else {
            return Ordering::Greater;
        };
        let size = self.len().cast_signed() as i64 + self.exponent;
        let sizes = size.cmp(&(i64::from(top) + 1 + i64::from(exponent)));
        if sizes.is_ne() {
            return sizes;
        }
        let theirs = POWERS
            .iter()
            .take(top as usize + 1)
            .rev()
            .map(|power| b'0' + (coefficient / power % 10) as u8);
        // Without trailing zeros here, so whichever goes on is larger, unless only zeros follow.
        let mut mine = self.iter();
        for digit in theirs {
            let order = mine.next().unwrap_or(b'0').cmp(&digit);
            if order.is_ne() {
                return order;
            }
        }
        if mine.next().is_some() {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

/// The digits at the start, and the rest.
fn run_of_digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(bytes.len());
    bytes.split_at_checked(end).unwrap_or((bytes, &[]))
}

#[cfg(test)]
mod tests {
    use super::{Bound, Number, Ordering};
    use proptest::prelude::*;

    fn bound(text: &'static str) -> Bound {
        let number = Number::new(text);
        assert!(!number.long);
        Bound {
            text,
            negative: number.is_negative(),
            coefficient: number.coefficient,
            exponent: number.exponent.try_into().unwrap(),
            exclusive: false,
        }
    }

    fn compare(text: &str, other: &'static str) -> Ordering {
        Number::new(text).compare(&bound(other))
    }

    fn multiple(text: &str, of: &'static str) -> bool {
        Number::new(text).is_multiple_of(&bound(of))
    }

    #[test]
    fn integers_are_integers_in_any_spelling() {
        for text in [
            "0",
            "-0",
            "0.0",
            "0e-5",
            "0.000e-999999999999999999999",
            "1e2",
            "75.0",
            "7.5e1",
            "1200e-2",
            "1e400",
            "1e999999999999999999999999",
            "100.00000000000000000000000000",
            "123456789012345678901234567890",
            "1.23456789012345678901234567890e40",
            "18446744073709551616",
            "99999999999999999999.0",
        ] {
            assert!(Number::new(text).is_integer(), "{text}");
            assert_eq!(Number::new(text).decimals(), 0, "{text}");
        }
        for text in [
            "0.5",
            "1e-400",
            "1e-999999999999999999999",
            "120e-2",
            "-75.01",
            "100.00000000000000000000000001",
            "12345678901234567890.5",
            "1.5e0",
        ] {
            assert!(!Number::new(text).is_integer(), "{text}");
            assert_ne!(Number::new(text).decimals(), 0, "{text}");
        }
    }

    #[test]
    fn signs_and_zero() {
        for text in [
            "0",
            "-0",
            "-0.0",
            "0e99",
            "-0.00000000000000000000000000e-3",
        ] {
            assert!(Number::new(text).is_zero(), "{text}");
            assert!(!Number::new(text).is_negative(), "{text}");
            assert_eq!(Number::new(text).to_i64(), Some(0));
            assert_eq!(compare(text, "0"), Ordering::Equal);
        }
        for text in ["-1", "-1e-999999", "-0.00000000000000000000000000000001"] {
            assert!(Number::new(text).is_negative(), "{text}");
            assert!(!Number::new(text).is_zero(), "{text}");
            assert_eq!(compare(text, "0"), Ordering::Less);
        }
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

    fn full() -> Bound {
        Bound {
            text: "18446744073709551615",
            negative: false,
            coefficient: u64::MAX,
            exponent: 0,
            exclusive: false,
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
    fn decimals_are_counted_without_trailing_zeros() {
        for (text, count) in [
            ("0.30000000000000004", 17),
            ("1e-5", 5),
            ("100", 0),
            ("100.50", 1),
            ("1200e-3", 1),
            ("0.0000000000000000000000001", 25),
            ("1.2345678901234567890123", 22),
            ("1e-999999999999", 999_999_999_999),
            ("1.5e1", 0),
            ("-0.25", 2),
        ] {
            assert_eq!(Number::new(text).decimals(), count, "{text}");
        }
        assert!(Number::new("1e-99999999999999999999999999").decimals() > 1 << 50);
    }

    #[test]
    fn integers_are_read_or_refused() {
        for (text, value) in [
            ("75.0", Some(75)),
            ("-1e2", Some(-100)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("-9223372036854775809", None),
            ("1e19", None),
            ("1.5", None),
            ("1e-999999999", None),
            ("92233720368547758070e-1", Some(i64::MAX)),
            ("99999999999999999999", None),
            ("0e999999999999", Some(0)),
            ("123.0000000000000000000000000", Some(123)),
        ] {
            assert_eq!(Number::new(text).to_i64(), value, "{text}");
        }
    }

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

    /// Slow and plain: value × 10^30 as an integer.
    fn oracle(text: &str) -> i128 {
        let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let power = 30 + exponent.parse::<i32>().unwrap() - i32::try_from(fraction.len()).unwrap();
        let all: i128 = format!("{whole}{fraction}").parse().unwrap();
        all * 10_i128.pow(power.try_into().unwrap())
    }

    const ONE: i128 = 10_i128.pow(30);

    fn texts() -> impl Strategy<Value = String> {
        // At most 7 digits before the point after the exponent, so that all fits in an i128.
        prop_oneof![
            "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,6}0{0,16})?(e-?[0-3])?",
            "-?(0|[1-9][0-9]{0,5})(\\.0{0,8}[0-9]{1,17})?(e-[0-3])?",
            "-?[0-9]0{0,6}(\\.0{1,24})?",
        ]
        .prop_filter("a JSON number", |text| {
            !text.starts_with("-00") && !text.starts_with("00")
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn agrees_with_the_oracle(text in texts(), coefficient in 0_u64..200_000, exponent in -8_i16..3, negative: bool, step in 1_u64..40) {
            let number = Number::new(&text);
            let value = oracle(&text);
            let power = |exponent: i16| 10_i128.pow(u32::try_from(30 + exponent).unwrap());
            let limit = Bound { text: "", negative, coefficient, exponent, exclusive: false };
            let size = i128::from(coefficient) * power(exponent);
            prop_assert_eq!(number.compare(&limit), value.cmp(&if negative { -size } else { size }));
            prop_assert_eq!(number.is_multiple_of(&limit), if size == 0 { value == 0 } else { value % size == 0 });
            let unit = Bound { coefficient: step, ..limit };
            prop_assert_eq!(number.is_multiple_of(&unit), value % (i128::from(step) * power(exponent)) == 0);
            prop_assert_eq!(number.is_integer(), value % ONE == 0);
            prop_assert_eq!(number.is_negative(), value < 0);
            prop_assert_eq!(number.is_zero(), value == 0);
            prop_assert_eq!(number.to_i64().map(i128::from), (value % ONE == 0).then_some(value / ONE));
            let decimals = (0..=30).find(|&power| value % 10_i128.pow(30 - power) == 0).unwrap();
            prop_assert_eq!(number.decimals(), u64::from(decimals));
            let plain = number.shifted_text(0).unwrap();
            prop_assert_eq!(oracle(&plain), value);
            prop_assert!(number.equals(Number::new(&plain)));
            if let Some(shifted) = number.shifted_text(-2) {
                prop_assert_eq!(oracle(&shifted) * 100, value, "{}", shifted);
            }
        }

        #[test]
        fn a_value_compares_the_same_with_zeros_around_it(digits in "[1-9][0-9]{0,17}", zeros in 0_usize..40, other in "[1-9][0-9]{0,17}") {
            let long = format!("{digits}{}e-{zeros}", "0".repeat(zeros));
            let limit = Bound { text: "", negative: false, coefficient: other.parse().unwrap(), exponent: 0, exclusive: false };
            prop_assert_eq!(Number::new(&long).compare(&limit), digits.parse::<u64>().unwrap().cmp(&limit.coefficient));
            prop_assert_eq!(Number::new(&long).to_i64(), digits.parse().ok());
        }

        #[test]
        fn never_panics(text in "[-+.eE0-9x]{0,40}", other in any::<String>(), power: i32) {
            for text in [text.as_str(), &other] {
                let number = Number::new(text);
                let _ = (number.is_integer(), number.is_negative(), number.decimals(), number.to_i64());
                let _ = (number.compare(&full()), number.is_multiple_of(&full()), number.shifted_text(power));
                let _ = number.equals(Number::new("1"));
            }
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
