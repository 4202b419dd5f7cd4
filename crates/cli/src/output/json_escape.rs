//! JSON that is safe to print: characters that steer a terminal, turn the direction of writing or
//! end a line for some readers are escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::snippet;

/// Writes a value on one line.
pub(super) fn write(out: &mut dyn Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping))
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        // ASCII control characters but DEL are escaped by every formatter.
        for (at, character) in fragment.char_indices() {
            if snippet::visible(character) == character {
                continue;
            }
            out.write_all(part(fragment, written, at))?;
            // All of them are in the Basic Multilingual Plane.
            write!(out, "\\u{:04x}", u32::from(character))?;
            written = at + character.len_utf8();
        }
        out.write_all(part(fragment, written, fragment.len()))
    }
}

fn part(text: &str, from: usize, to: usize) -> &[u8] {
    text.as_bytes().get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unsafe_characters_are_escaped_and_all_values_are_kept() {
        let text = "a\u{9b}0m\u{202e}é\u{2028}\u{7f}\u{feff}日本\n\u{1b}😀\"\\";
        let mut json = Vec::new();
        write(&mut json, &text).unwrap();
        let json = String::from_utf8(json).unwrap();
        assert_eq!(
            json,
            "\"a\\u009b0m\\u202eé\\u2028\\u007f\\ufeff日本\\n\\u001b😀\\\"\\\\\""
        );
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
