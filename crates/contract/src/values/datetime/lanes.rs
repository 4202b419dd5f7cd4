//! Eight bytes of a text at once, checked against a form and read as pairs of digits.

/// Eight bytes at once, one in each lane; the first is the lowest.
pub(super) const fn lanes(bytes: [u8; 8]) -> u64 {
    u64::from_le_bytes(bytes)
}

pub(super) const fn lane(word: u64, at: u32) -> u32 {
    (word >> (8 * at)) as u8 as u32
}

/// `bits` in each lane in which the form holds `byte`.
const fn lanes_with(form: u64, byte: u8, bits: u64) -> u64 {
    let (mut found, mut at) = (0, 0);
    while at < 8 {
        if lane(form, at) == byte as u32 {
            found |= bits << (8 * at);
        }
        at += 1;
    }
    found
}

/// Checks eight bytes against a form in which `0` stands for any digit, `T` for either case of
/// itself and `?` for anything. Gives, in the lane of the first digit of each pair, the value of the pair.
#[inline]
pub(super) const fn pairs<const FORM: u64>(bytes: [u8; 8]) -> Option<u64> {
    let six = const { lanes_with(FORM, b'0', 6) };
    let low_bits = const { lanes_with(FORM, b'0', 0x0f) };
    let free = const { lanes_with(FORM, b'T', 0x20) | lanes_with(FORM, b'?', 0xff) };
    // Digits become their values, everything else that fits becomes zero.
    let word = (lanes(bytes) ^ FORM) & !free;
    // A digit's lane must stay below 16 when six is added, any other lane be zero. A carry can
    // only leave a lane that is itself refused.
    if (word | word.wrapping_add(six)) & !low_bits != 0 {
        return None;
    }
    Some(word * 10 + (word >> 8))
}
