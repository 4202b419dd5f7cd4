//! A place in a text, from which numbers and words are read one after the other.

/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl Cursor<'_> {
    /// Steps over a byte that is one of these, and gives it.
    pub(super) fn eat(&mut self, any: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        any.contains(&first).then(|| {
            self.0 = rest;
            first
        })
    }

    /// How many digits come next.
    pub(super) fn run(self) -> usize {
        let end = self.0.iter().position(|byte| !byte.is_ascii_digit());
        end.unwrap_or(self.0.len())
    }

    /// Reads exactly so many digits (nine at most).
    pub(super) fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value * 10 + u32::from(digit - b'0');
        }
        self.0 = rest;
        Some(value)
    }
}

/// [`str::trim`], which most texts need not.
pub(super) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}
