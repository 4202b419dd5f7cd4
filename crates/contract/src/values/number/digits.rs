//! The digits of numbers that do not fit into an integer.

use core::cmp::Ordering;

use super::POWERS;
use super::read::read_exponent;

/// The significant digits of a number in its text, without the zeros at both ends.
#[derive(Clone, Copy)]
pub(super) struct Digits<'a> {
    whole: &'a [u8],
    fraction: &'a [u8],
    /// The power of ten of the last digit.
    pub(super) exponent: i64,
}

impl<'a> Digits<'a> {
    pub(super) fn of(text: &'a str) -> Self {
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

    pub(super) fn len(self) -> usize {
        self.whole.len() + self.fraction.len()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        self.whole.iter().chain(self.fraction).copied()
    }

    /// The digits as an integer modulo `unit`; 0 stands for 2^64.
    #[inline(never)]
    pub(super) fn remainder(self, unit: u64) -> u64 {
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
    pub(super) fn compare(self, coefficient: u64, exponent: i16) -> Ordering {
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
