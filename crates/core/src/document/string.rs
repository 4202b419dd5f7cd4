//! The end of a string, eight bytes at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Where a run of plain text ends, and whether it had bytes outside ASCII.
pub(super) struct Run {
    /// Offset of the first quote, backslash or control character; the text's length if none.
    pub(super) end: usize,
    /// High bits of all bytes passed, in any position.
    pub(super) highs: u64,
}

/// Skips plain text from `at`.
#[inline]
pub(super) fn plain(bytes: &[u8], mut at: usize) -> Run {
    let mut highs = 0;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let stops = stops(word);
        if stops != 0 {
            // The bits below the first stop are those of the bytes before it.
            highs |= word & (stops & stops.wrapping_neg()).wrapping_sub(1);
            return Run {
                end: at + (stops.trailing_zeros() / 8) as usize,
                highs: highs & HIGHS,
            };
        }
        highs |= word;
        at += 8;
    }
    let mut tail = u64::from(false);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        tail |= u64::from(byte);
        at += 1;
    }
    Run {
        end: at,
        highs: (highs | tail) & HIGHS,
    }
}

/// The high bit of every byte that is a quote, a backslash or a control character. Bytes above
/// the first such byte may be marked wrongly, by a borrow; the first is right.
#[inline]
const fn stops(word: u64) -> u64 {
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    (quote.wrapping_sub(ONES) | backslash.wrapping_sub(ONES) | word.wrapping_sub(ONES * 0x20))
        & !word
        & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(bytes: &[u8], at: usize) -> (usize, bool) {
        let end = bytes[at..]
            .iter()
            .position(|&b| b == b'"' || b == b'\\' || b < 0x20)
            .map_or(bytes.len(), |n| at + n);
        (end, bytes[at..end].iter().any(|b| *b >= 0x80))
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_a_bytewise_search(bytes: Vec<u8>, rare in ".*") {
            for bytes in [bytes.as_slice(), rare.as_bytes()] {
                for at in 0..=bytes.len() {
                    let run = plain(bytes, at);
                    assert_eq!((run.end, run.highs != 0), slow(bytes, at));
                }
            }
        }
    }
}
