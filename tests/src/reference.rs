//! Slow and obvious counterparts.

/// Line and column, from 1, of a byte offset; columns count code points.
pub fn position(text: &str, offset: usize) -> (u32, u32) {
    let (mut line, mut column) = (1, 1);
    for (at, character) in text.char_indices().take_while(|(at, _)| *at < offset) {
        // A pair of CR and LF ends one line, at the LF.
        let ends = match character {
            '\n' => true,
            '\r' => !text[at + 1..].starts_with('\n'),
            _ => false,
        };
        if ends {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn counts_lines_of_every_kind() {
        let text = "a\nb\r\nc\rd🦀e";
        let at = |part: &str| position(text, text.find(part).unwrap());
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("b"), (2, 1));
        assert_eq!(at("c"), (3, 1));
        assert_eq!(at("d"), (4, 1));
        assert_eq!(at("e"), (4, 3));
        assert_eq!(position(text, 4), (2, 3));
    }
}
