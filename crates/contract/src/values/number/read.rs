//! Reads numbers of up to 19 bytes as integers, and the exponents of all.

/// Exponents stop here. No text is long enough to bring such a number back near one.
const FAR: i64 = 500_000_000_000_000_000;

/// What [`read_digits`] stops at when nothing is left. No JSON number holds this byte.
const END: u8 = 0;

/// Reads plain notation of four to eight bytes without a loop, as the bytes of one word.
/// `None` for other lengths and other notations.
#[inline]
pub(super) fn read_short(bytes: &[u8]) -> Option<(u64, i64)> {
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
pub(super) fn read_any(bytes: &[u8]) -> (u64, i64) {
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
pub(super) fn read_exponent(bytes: &[u8]) -> i64 {
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
