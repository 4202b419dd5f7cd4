//! UUIDs in the text form of RFC 9562: 8-4-4-4-12 hexadecimal digits of either case.

/// The same byte in each of the eight lanes.
const fn lanes(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

const HIGH: u64 = lanes(0x80);

/// `HIGH` in each lane that holds a hexadecimal digit. Only meaningful when every lane is ASCII.
const fn hex_lanes(word: u64) -> u64 {
    // With lanes below 0x80 no sum here reaches 0x100, so no lane disturbs its neighbour.
    let digit = (word + lanes(0x80 - b'0')) & !(word + lanes(0x7f - b'9'));
    let folded = word | lanes(0x20);
    let letter = (folded + lanes(0x80 - b'a')) & !(folded + lanes(0x7f - b'f'));
    (digit | letter) & HIGH
}

/// What is wrong in eight bytes where `pattern` has `-` for a hyphen and `h` for a digit:
/// zero when nothing is.
const fn misfits(bytes: [u8; 8], pattern: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(bytes);
    let pattern = u64::from_le_bytes(pattern);
    // `h` has the bit 0x40 and the hyphen lacks it.
    let hex = (pattern & lanes(0x40)) << 1;
    let hyphens = !((hex >> 7) * 0xff);
    let ascii = word & !HIGH;
    (word & HIGH) | ((word ^ pattern) & hyphens) | (!hex_lanes(ascii) & hex)
}

/// Whether the text is a UUID: 8-4-4-4-12 hexadecimal digits of either case, and nothing else.
/// Any version and variant passes.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    is_uuid_bytes(text.as_bytes())
}

/// [`is_uuid`], of bytes that need not be text.
#[inline]
#[must_use]
pub fn is_uuid_bytes(bytes: &[u8]) -> bool {
    if bytes.len() != 36 {
        return false;
    }
    let (words, _) = bytes.as_chunks::<8>();
    let ([first, second, third, fourth], Some(last)) = (words, bytes.last_chunk::<8>()) else {
        return false;
    };
    let wrong = misfits(*first, *b"hhhhhhhh")
        | misfits(*second, *b"-hhhh-hh")
        | misfits(*third, *b"hh-hhhh-")
        | misfits(*fourth, *b"hhhhhhhh")
        | misfits(*last, *b"hhhhhhhh");
    wrong == 0
}

/// The version digit of a UUID of the RFC 9562 variant; `None` for other variants (nil and max
/// are such) and for texts that are not UUIDs.
#[must_use]
pub fn version(text: &str) -> Option<u8> {
    if !is_uuid(text) {
        return None;
    }
    let bytes = text.as_bytes();
    let variant = *bytes.get(19)?;
    if !matches!(variant, b'8' | b'9' | b'a' | b'b' | b'A' | b'B') {
        return None;
    }
    let digit = *bytes.get(14)?;
    Some(match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    })
}

/// Whether the text is the nil UUID, all of whose bits are zero.
#[must_use]
pub fn is_nil(text: &str) -> bool {
    is_uuid(text) && text.bytes().all(|byte| matches!(byte, b'0' | b'-'))
}

/// Whether the text is the max UUID, all of whose bits are one.
#[must_use]
pub fn is_max(text: &str) -> bool {
    is_uuid(text) && text.bytes().all(|byte| matches!(byte, b'f' | b'F' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::{is_max, is_nil, is_uuid, version};
    use proptest::prelude::*;

    const SAMPLE: &str = "2eb8aa08-AA98-11ea-B4aa-73b441d16380";

    fn plain(text: &str) -> bool {
        text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            })
    }

    #[test]
    fn every_byte_at_every_place() {
        for at in 0..36 {
            for byte in 0..128_u8 {
                let mut bytes = SAMPLE.as_bytes().to_vec();
                bytes[at] = byte;
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(is_uuid(&text), plain(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn characters_beyond_ascii_are_refused() {
        for at in 0..35 {
            for wide in ["\u{80}", "\u{e9}", "\u{7ff}"] {
                let text = format!("{}{wide}{}", &SAMPLE[..at], &SAMPLE[at + 2..]);
                assert_eq!(text.len(), 36);
                assert!(!is_uuid(&text), "{text}");
            }
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in [
            "",
            "2eb8aa08aa9811eab4aa73b441d16380",
            "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
            "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2eb8aa08-aa98-11ea-b4aa73b441d16380",
            "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
            "2eb8aa08-aa98-11ea-b4aa-73b441d163800",
            " 2eb8aa08-aa98-11ea-b4aa-73b441d16380",
        ] {
            assert!(!is_uuid(text), "{text}");
            assert_eq!(version(text), None);
        }
    }

    #[test]
    fn versions_and_special_values() {
        let nil = "00000000-0000-0000-0000-000000000000";
        let max = "ffffffff-FFFF-ffff-ffff-ffffffffffff";
        assert_eq!(version(SAMPLE), Some(1));
        assert_eq!(version("98d80576-482e-427f-8434-7f86890ab222"), Some(4));
        assert_eq!(version("018f6c3e-7c00-7abc-9def-0123456789ab"), Some(7));
        assert_eq!(version("018f6c3e-7c00-Fabc-Adef-0123456789ab"), Some(15));
        assert_eq!(version("018f6c3e-7c00-7abc-cdef-0123456789ab"), None);
        assert_eq!((version(nil), version(max)), (None, None));
        assert!(is_nil(nil) && !is_nil(max) && !is_nil(SAMPLE) && !is_nil("0"));
        assert!(is_max(max) && !is_max(nil) && !is_max(SAMPLE) && !is_max("f"));
    }

    proptest! {
        #[test]
        fn agrees_with_the_plain_reading(text in "[0-9a-gA-G]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9A-F]{12}") {
            prop_assert_eq!(is_uuid(&text), plain(&text));
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            prop_assert_eq!(is_uuid(&text), plain(&text));
        }
    }
}
