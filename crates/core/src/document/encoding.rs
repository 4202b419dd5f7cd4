//! From bytes to text: JSON is UTF-8 (RFC 8259, section 8.1).

use super::{Mistake, Stop};

/// The text of `bytes`; or where and why they are none.
#[inline]
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Stop> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(text);
    }
    // This one tells where it stopped.
    std::str::from_utf8(bytes).map_err(|error| refuse(bytes, error))
}

#[cold]
fn refuse(bytes: &[u8], error: std::str::Utf8Error) -> Stop {
    let start = error.valid_up_to();
    let length = error.error_len().unwrap_or(bytes.len() - start);
    let mistake = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Mistake::Utf16,
        _ => Mistake::Encoding,
    };
    Stop {
        mistake,
        start: start as u32,
        end: (start + length) as u32,
    }
}
