//! The end of a number, by the grammar of RFC 8259; and its value, if that takes no more than 19
//! digits.

use super::flag;

/// A number that was read to its end.
#[derive(Clone, Copy)]
pub(super) struct Lexed {
    /// Offset after its last byte.
    pub(super) end: usize,
    pub(super) flags: u8,
    /// All digits of significand and fraction, as an integer; wraps if they are more than 19.
    pub(super) coefficient: u64,
    /// How many of the digits are after the point.
    pub(super) places: usize,
    /// Whether there is an exponent, which is not read.
    pub(super) exponent: bool,
}

/// Reads the number that starts at `at`; or gives the offset of the byte at which the text stops
/// being a number.
#[inline]
pub(super) fn number(bytes: &[u8], at: usize) -> Result<Lexed, usize> {
    let mut flags = 0;
    let mut start = at;
    if bytes.get(start) == Some(&b'-') {
        flags = flag::NEGATIVE;
        start += 1;
    }
    let (end, coefficient) = digits(bytes, start, 0);
    // Without a digit, or with one after a leading zero.
    if end == start {
        return Err(end);
    }
    if end > start + 1 && bytes.get(start) == Some(&b'0') {
        return Err(start + 1);
    }
    let whole = Lexed {
        end,
        flags,
        coefficient,
        places: 0,
        exponent: false,
    };
    match bytes.get(end) {
        Some(b'.' | b'e' | b'E') => fraction(bytes, whole),
        _ => Ok(whole),
    }
}

#[inline]
fn fraction(bytes: &[u8], mut lexed: Lexed) -> Result<Lexed, usize> {
    lexed.flags |= flag::FRACTIONAL;
    if bytes.get(lexed.end) == Some(&b'.') {
        let start = lexed.end + 1;
        (lexed.end, lexed.coefficient) = digits(bytes, start, lexed.coefficient);
        lexed.places = lexed.end - start;
        if lexed.places == 0 {
            return Err(start);
        }
    }
    match bytes.get(lexed.end) {
        Some(b'e' | b'E') => exponent(bytes, lexed),
        _ => Ok(lexed),
    }
}

#[cold]
#[inline(never)]
fn exponent(bytes: &[u8], mut lexed: Lexed) -> Result<Lexed, usize> {
    lexed.exponent = true;
    let mut start = lexed.end + 1;
    if let Some(b'+' | b'-') = bytes.get(start) {
        start += 1;
    }
    (lexed.end, _) = digits(bytes, start, 0);
    if lexed.end == start {
        return Err(start);
    }
    Ok(lexed)
}

/// Steps over digits and appends them to an integer.
#[inline]
fn digits(bytes: &[u8], mut at: usize, mut value: u64) -> (usize, u64) {
    while let Some(&byte) = bytes.get(at) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    (at, value)
}
