//! The end of a number, by the grammar of RFC 8259.

use super::flag;

/// The end of the number that starts at `at`, and its flags; or the offset of the byte at which
/// the text stops being a number.
#[inline]
pub(super) fn number(bytes: &[u8], at: usize) -> Result<(usize, u8), usize> {
    let mut flags = 0;
    let mut end = at;
    if bytes.get(end) == Some(&b'-') {
        flags = flag::NEGATIVE;
        end += 1;
    }
    match bytes.get(end) {
        Some(b'0') => end += 1,
        Some(b'1'..=b'9') => end = digits(bytes, end + 1),
        _ => return Err(end),
    }
    match bytes.get(end) {
        Some(b'.' | b'e' | b'E') => fraction(bytes, end).map(|end| (end, flags | flag::FRACTIONAL)),
        Some(b'0'..=b'9') => Err(end),
        _ => Ok((end, flags)),
    }
}

#[inline]
fn fraction(bytes: &[u8], mut end: usize) -> Result<usize, usize> {
    if bytes.get(end) == Some(&b'.') {
        let start = end + 1;
        end = digits(bytes, start);
        if end == start {
            return Err(end);
        }
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        end += 1;
        if let Some(b'+' | b'-') = bytes.get(end) {
            end += 1;
        }
        let start = end;
        end = digits(bytes, start);
        if end == start {
            return Err(end);
        }
    }
    Ok(end)
}

#[inline]
fn digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    at
}
