//! The end of a string, many bytes at a time.

/// Where a run of plain text ends, and whether it had bytes outside ASCII or DEL, which nobody
/// types and JSON allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    /// The number of bytes before the first quote, backslash or control character.
    pub(super) length: usize,
    pub(super) non_ascii: bool,
}

/// The offset of the quote that ends a string of printable ASCII without ampersands, whose text
/// starts at `at`; `None` if there is anything else in it, or if the text ends soon after it.
#[inline(always)]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    loop {
        let Some(chunk) = bytes.get(at..)?.first_chunk::<16>() else {
            at = odd_of_last(bytes, at)?;
            break;
        };
        let stops = odd_of_sixteen(*chunk);
        if stops != 0 {
            at += stops.trailing_zeros() as usize;
            break;
        }
        at += 16;
    }
    #[cfg(not(target_arch = "x86_64"))]
    loop {
        let word = u64::from_le_bytes(*bytes.get(at..)?.first_chunk::<8>()?);
        let stops = stops(word) | highs(word) | ampersands(word);
        if stops != 0 {
            at += (stops.trailing_zeros() / 8) as usize;
            break;
        }
        at += 8;
    }
    (bytes.get(at) == Some(&b'"')).then_some(at)
}

/// The offset of the first such byte among the last fifteen of a text, which starts at `at`.
#[cfg(target_arch = "x86_64")]
#[inline(never)]
fn odd_of_last(bytes: &[u8], at: usize) -> Option<usize> {
    let chunk = bytes.last_chunk::<16>()?;
    let before = at + 16 - bytes.len();
    let stops = odd_of_sixteen(*chunk) >> before;
    (stops != 0).then_some(at + stops.trailing_zeros() as usize)
}

/// Of sixteen bytes, which are a quote, an ampersand, a backslash, a control character, DEL or
/// outside ASCII.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn odd_of_sixteen(chunk: [u8; 16]) -> u32 {
    use wide::i8x16;

    let chunk = i8x16::new(chunk.map(u8::cast_signed));
    let is = |byte: u8| i8x16::splat(byte.cast_signed());
    // One more makes DEL negative, as the bytes outside ASCII are.
    let outside = is(0x21).simd_gt(chunk + is(1));
    // A quote and an ampersand differ in one bit.
    let marks = (chunk & is(!4)).simd_eq(is(b'"')) | chunk.simd_eq(is(b'\\'));
    (outside | marks).to_bitmask()
}

/// The run of plain text from `at` on.
#[inline(always)]
pub(super) fn plain(bytes: &[u8], at: usize) -> Run {
    #[cfg(target_arch = "x86_64")]
    let run = by_sixteen(bytes, at);
    #[cfg(not(target_arch = "x86_64"))]
    let run = by_eight(bytes, at);
    run
}

/// Of sixteen bytes, which are a quote, a backslash or a control character, and which are DEL or
/// outside ASCII: one bit each.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn sixteen(chunk: [u8; 16]) -> (u32, u32) {
    use wide::u8x16;

    let chunk = u8x16::new(chunk);
    let stops = chunk.simd_eq(u8x16::splat(b'"'))
        | chunk.simd_eq(u8x16::splat(b'\\'))
        | chunk.min(u8x16::splat(0x1f)).simd_eq(chunk);
    let highs = chunk | (chunk + u8x16::splat(1));
    (stops.to_bitmask(), highs.to_bitmask())
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn by_sixteen(bytes: &[u8], at: usize) -> Run {
    let text = bytes.get(at..).unwrap_or_default();
    let mut highs = 0;
    let mut rest = text;
    while let Some((chunk, behind)) = rest.split_first_chunk::<16>() {
        let (stops, high) = sixteen(*chunk);
        if stops != 0 {
            // The bits below the first stop are those of the bytes before it.
            highs |= high & (stops ^ stops.wrapping_sub(1));
            return Run {
                length: text.len() - rest.len() + stops.trailing_zeros() as usize,
                non_ascii: highs != 0,
            };
        }
        highs |= high;
        rest = behind;
    }
    let tail = tail(bytes, rest);
    Run {
        length: text.len() - rest.len() + tail.length,
        non_ascii: tail.non_ascii || highs != 0,
    }
}

/// The last bytes of the text, fewer than sixteen, looked at together with those before them.
#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[cfg_attr(pipelint_module, optimize(speed))]
fn tail(bytes: &[u8], rest: &[u8]) -> Run {
    let Some(chunk) = bytes.last_chunk::<16>() else {
        return by_one(rest);
    };
    let (stops, highs) = sixteen(*chunk);
    let before = 16 - rest.len();
    let (stops, highs) = (stops >> before, highs >> before);
    let length = rest.len().min(stops.trailing_zeros() as usize);
    Run {
        length,
        non_ascii: highs & ((1 << length) - 1) != 0,
    }
}

#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline(always)]
fn by_eight(bytes: &[u8], at: usize) -> Run {
    let text = bytes.get(at..).unwrap_or_default();
    let mut odd = 0;
    let mut rest = text;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let stops = stops(word);
        if stops != 0 {
            // The bits below the first stop are those of the bytes before it.
            odd |= highs(word) & (stops & stops.wrapping_neg()).wrapping_sub(1);
            return Run {
                length: text.len() - rest.len() + (stops.trailing_zeros() / 8) as usize,
                non_ascii: odd != 0,
            };
        }
        odd |= highs(word);
        rest = behind;
    }
    let tail = by_one(rest);
    Run {
        length: text.len() - rest.len() + tail.length,
        non_ascii: tail.non_ascii || odd != 0,
    }
}

/// Byte by byte, for the last bytes of a text.
#[inline(never)]
fn by_one(text: &[u8]) -> Run {
    let stop = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    let length = text.iter().position(stop).unwrap_or(text.len());
    Run {
        length,
        non_ascii: text.iter().take(length).any(|byte| *byte >= 0x7f),
    }
}

#[cfg(any(test, not(target_arch = "x86_64")))]
const ONES: u64 = 0x0101_0101_0101_0101;
#[cfg(any(test, not(target_arch = "x86_64")))]
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The high bit of every byte that is DEL or outside ASCII. After a byte of all bits a byte may be
/// marked wrongly; there is one outside ASCII then anyway.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline]
const fn highs(word: u64) -> u64 {
    (word | word.wrapping_add(ONES)) & HIGHS
}

/// The high bit of every byte that is an ampersand, and of bytes above the first one perhaps.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
const fn ampersands(word: u64) -> u64 {
    let differs = word ^ (ONES * b'&' as u64);
    differs.wrapping_sub(ONES) & !differs & HIGHS
}

/// The high bit of every byte that is a quote, a backslash or a control character. Bytes above
/// the first such byte may be marked wrongly, by a borrow; the first is right.
#[cfg(any(test, not(target_arch = "x86_64")))]
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

    proptest::proptest! {
        #[test]
        fn every_width_agrees_with_a_bytewise_search(bytes: Vec<u8>, rare in ".*") {
            for bytes in [bytes.as_slice(), rare.as_bytes()] {
                for at in 0..=bytes.len() {
                    let expected = by_one(&bytes[at..]);
                    assert_eq!(plain(bytes, at), expected);
                    assert_eq!(by_eight(bytes, at), expected);
                    if let Some(end) = plain_end(bytes, at) {
                        assert_eq!((end, bytes[end]), (at + expected.length, b'"'));
                        assert!(!expected.non_ascii);
                        assert!(!bytes[at..end].contains(&b'&'));
                    }
                }
            }
        }
    }
}
