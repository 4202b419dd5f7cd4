//! From bytes to text: JSON is UTF-8 (RFC 8259, section 8.1).

use super::syntax_error::container;
use super::{SyntaxError, SyntaxErrorKind};

/// From how many bytes on it pays to check many at a time: a processor that has not used its wide
/// registers for a while is slow to wake them.
#[cfg(not(target_arch = "wasm32"))]
const MANY: usize = 512;

/// The text of `bytes`; or where and why they are none. With `foreign`, some are known to be
/// outside ASCII.
#[inline]
pub(crate) fn text(bytes: &[u8], foreign: bool) -> Result<&str, SyntaxError> {
    #[cfg(target_arch = "wasm32")]
    let _ = foreign;
    #[cfg(not(target_arch = "wasm32"))]
    if (foreign || bytes.len() >= MANY)
        && let Ok(text) = simdutf8::basic::from_utf8(bytes)
    {
        return Ok(text);
    }
    // This one tells where it stopped.
    std::str::from_utf8(bytes).map_err(|error| refuse(bytes, error))
}

#[cold]
fn refuse(bytes: &[u8], error: std::str::Utf8Error) -> SyntaxError {
    let start = error.valid_up_to();
    let length = error.error_len().unwrap_or(bytes.len() - start);
    let mistake = container(bytes).unwrap_or(SyntaxErrorKind::Encoding);
    SyntaxError {
        mistake,
        start: start as u32,
        end: (start + length) as u32,
    }
}
