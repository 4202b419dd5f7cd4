//! Short texts as words, which are compared and hashed without a call.

/// Whether both are the same bytes. For up to 16 bytes two pairs of words are compared, which may
/// overlap; a call of the system's `memcmp` would cost more than that.
#[inline]
#[must_use]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    if let (Some(a), Some(b)) = (one.first_chunk::<8>(), other.first_chunk::<8>())
        && let (Some(c), Some(d)) = (one.last_chunk::<8>(), other.last_chunk::<8>())
    {
        return a == b && c == d && (one.len() <= 16 || one == other);
    }
    if let (Some(a), Some(b)) = (one.first_chunk::<4>(), other.first_chunk::<4>())
        && let (Some(c), Some(d)) = (one.last_chunk::<4>(), other.last_chunk::<4>())
    {
        return a == b && c == d;
    }
    // Three bytes at most.
    one.iter().zip(other).all(|(a, b)| a == b)
}

/// The first eight bytes, or fewer, as a little-endian word.
#[inline]
#[must_use]
pub const fn lead(key: &[u8]) -> u64 {
    match key.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => short(key),
    }
}

/// The last eight bytes, or fewer, as a little-endian word.
#[inline]
#[must_use]
pub const fn tail(key: &[u8]) -> u64 {
    match key.last_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => short(key),
    }
}

/// Fewer than eight bytes as a little-endian word, zeros above.
#[inline]
const fn short(key: &[u8]) -> u64 {
    match word(key) {
        Some(word) => word,
        None => 0,
    }
}

/// One to eight bytes as a little-endian word, zeros above; `None` if they are none or more.
#[inline(always)]
#[must_use]
pub const fn word(text: &[u8]) -> Option<u64> {
    let length = text.len();
    if length > 8 {
        return None;
    }
    if let Some(chunk) = text.first_chunk::<8>() {
        return Some(u64::from_le_bytes(*chunk));
    }
    if let (Some(lead), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        // Where the two overlap, they are the same.
        let (lead, tail) = (u32::from_le_bytes(*lead), u32::from_le_bytes(*tail));
        return Some(lead as u64 | (tail as u64) << (8 * (length - 4)));
    }
    match *text {
        [a] => Some(a as u64),
        [a, b] => Some(a as u64 | (b as u64) << 8),
        [a, b, c] => Some(a as u64 | (b as u64) << 8 | (c as u64) << 16),
        _ => None,
    }
}

/// The UTF-16 code unit of a JSON escape: four hexadecimal digits at an offset.
#[inline]
#[must_use]
pub fn hex_unit(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |unit, &byte| {
        char::from(byte).to_digit(16).map(|digit| unit << 4 | digit)
    })
}
