//! Cuts an input with one payload a line into blocks of whole lines.
//!
//! Blocks are read straight into buffers that are used again, so that however long the input is,
//! and whether it is a file or a pipe, memory stays bounded and nothing is copied but the ends of
//! lines that a read has cut.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memchr_iter, memrchr};

/// How much is read at once: what stays in a core's own cache until it is checked.
pub(crate) const BLOCK: usize = 256 << 10;

/// A buffer, and how much of it is filled.
#[derive(Debug, Default)]
pub(crate) struct Block {
    buffer: Vec<u8>,
    filled: usize,
}

impl Block {
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.filled).unwrap_or_default()
    }

    /// Reads a whole input, but not much more than `limit` bytes of it: a payload over the limit
    /// is refused, however it goes on.
    pub(crate) fn read_whole(&mut self, reader: impl Read, limit: u32) -> io::Result<()> {
        self.buffer.clear();
        self.filled = reader
            .take(u64::from(limit) + 1)
            .read_to_end(&mut self.buffer)?;
        Ok(())
    }

    /// Gives memory back that only an extraordinary payload needed.
    pub(crate) fn shrink(&mut self) {
        if self.buffer.capacity() > BLOCK {
            *self = Self::default();
        }
    }

    /// Makes the buffer at least so long, and never shorter.
    fn grow(&mut self, length: usize) {
        if self.buffer.len() < length {
            self.buffer.resize(length, 0);
        }
    }
}

/// Reads blocks of lines.
pub(crate) struct ChunkReader<R> {
    reader: R,
    /// The longest line that is kept whole.
    limit: usize,
    /// The start of the next line, which the last read has brought with it.
    carry: Vec<u8>,
    ended: bool,
}

impl<R: Read> ChunkReader<R> {
    pub(crate) fn new(reader: R, limit: u32) -> Self {
        Self {
            reader,
            limit: limit as usize,
            carry: Vec::new(),
            ended: false,
        }
    }

    /// Fills the block with whole lines; returns how many bytes of the input it stands for, or
    /// `None` at the end. Whatever has arrived is handed on, so that who waits at the end of a
    /// pipe does not wait for more. Of a line over the limit, a little more than the limit is
    /// kept, in a block of its own.
    pub(crate) fn next(&mut self, block: &mut Block) -> io::Result<Option<u64>> {
        let mut filled = self.carry.len();
        block.grow(BLOCK.max(filled));
        if let Some(start) = block.buffer.get_mut(..filled) {
            start.copy_from_slice(&self.carry);
        }
        // After a line that was too long, whole lines may be here already.
        if let Some(at) = memrchr(b'\n', &self.carry) {
            self.carry.drain(..=at);
            block.filled = at + 1;
            return Ok(Some(block.filled as u64));
        }
        self.carry.clear();
        // Room for the end of the line, so that one just at the limit is not mistaken.
        let most = self.limit + 2;
        while !self.ended {
            if filled >= most {
                let skipped = self.skip_line()?;
                block.filled = most;
                return Ok(Some(filled as u64 + skipped));
            }
            if filled == block.buffer.len() {
                block.grow((2 * filled).min(most));
            }
            let room = block.buffer.get_mut(filled..).unwrap_or_default();
            let count = read(&mut self.reader, room)?;
            let new = room.get(..count).unwrap_or_default();
            self.ended = count == 0;
            if let Some(at) = memrchr(b'\n', new) {
                let rest = new.get(at + 1..).unwrap_or_default();
                self.carry.extend_from_slice(rest);
                block.filled = filled + at + 1;
                return Ok(Some(block.filled as u64));
            }
            filled += count;
        }
        block.filled = filled;
        Ok((filled > 0).then_some(filled as u64))
    }

    /// Reads on after the end of a line; returns how many bytes belonged to it.
    fn skip_line(&mut self) -> io::Result<u64> {
        let mut buffer = vec![0; BLOCK];
        let mut skipped = 0;
        loop {
            let count = read(&mut self.reader, &mut buffer)?;
            let new = buffer.get(..count).unwrap_or_default();
            if let Some(at) = memchr(b'\n', new) {
                let rest = new.get(at + 1..).unwrap_or_default();
                self.carry.extend_from_slice(rest);
                return Ok(skipped + at as u64 + 1);
            }
            skipped += count as u64;
            if count == 0 {
                self.ended = true;
                return Ok(skipped);
            }
        }
    }
}

/// Reads once, and again where a signal has come between.
pub(crate) fn read(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}

/// The lines of a block, each without its end and with the place where it starts.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut start = 0;
    let rest = (!bytes.ends_with(b"\n")).then_some(bytes.len());
    let ends = memchr_iter(b'\n', bytes).chain(rest.filter(|_| !bytes.is_empty()));
    ends.map(move |end| {
        let at = std::mem::replace(&mut start, end + 1);
        let line = bytes.get(at..end).unwrap_or_default();
        (at, line.strip_suffix(b"\r").unwrap_or(line))
    })
}

/// How many lines a block has.
pub(crate) fn count(bytes: &[u8]) -> u64 {
    let rest = !bytes.is_empty() && !bytes.ends_with(b"\n");
    memchr_iter(b'\n', bytes).count() as u64 + u64::from(rest)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Gives a few bytes at a time, and is interrupted in between.
    pub(crate) struct Dribble<'a>(pub(crate) &'a [u8], pub(crate) usize, pub(crate) bool);

    impl Read for Dribble<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.2 = !self.2;
            if self.2 {
                return Err(ErrorKind::Interrupted.into());
            }
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }

    /// The lines, however the text comes in; and whether every byte was accounted for.
    fn read_lines(text: &[u8], limit: u32) -> Vec<String> {
        let mut all: Option<Vec<String>> = None;
        for step in [1, 2, 3, 7, usize::MAX] {
            let mut blocks = ChunkReader::new(Dribble(text, step, false), limit);
            let (mut block, mut found, mut bytes) = (Block::default(), Vec::new(), 0);
            while let Some(count) = blocks.next(&mut block).unwrap() {
                bytes += count;
                let lines_in_block = super::count(block.bytes());
                assert_eq!(lines_in_block, lines(block.bytes()).count() as u64);
                found.extend(lines(block.bytes()).map(|(_, line)| {
                    let line = String::from_utf8(line.to_vec()).unwrap();
                    // How much more than the limit is kept depends on how much came at once.
                    line.chars().take(limit as usize + 1).collect::<String>()
                }));
            }
            assert_eq!(bytes, text.len() as u64, "in steps of {step}");
            let before = all.get_or_insert_with(|| found.clone());
            assert_eq!(*before, found, "in steps of {step}");
        }
        all.unwrap()
    }

    #[test]
    fn lines_lose_their_ends() {
        assert_eq!(read_lines(b"a\nb\r\n\nc", 9), ["a", "b", "", "c"]);
        assert_eq!(read_lines(b"a\r\r\n\n", 9), ["a\r", ""]);
        assert_eq!(read_lines(b"\n", 9), [""]);
        assert_eq!(read_lines(b"", 9), [""; 0]);
    }

    #[test]
    fn of_an_endless_line_only_the_start_is_kept() {
        let text = format!("first\n{}\nnext\n\nlast", "x".repeat(1000));
        let kept = ["first", "xxxxxx", "next", "", "last"];
        assert_eq!(read_lines(text.as_bytes(), 5), kept);
        // At the limit, nothing is lost, and nothing is skipped.
        assert_eq!(
            read_lines(b"1234\n1234\r\n12345\nx", 4),
            ["1234", "1234", "12345", "x"]
        );
        assert_eq!(read_lines(b"12345678", 4), ["12345"]);
    }

    #[test]
    fn lines_longer_than_a_block_are_kept_up_to_the_limit() {
        let long = "x".repeat(3 * BLOCK);
        let text = format!("{long}\nnext\n{long}");
        let limit = 4 * BLOCK as u32;
        let mut blocks = ChunkReader::new(text.as_bytes(), limit);
        let (mut block, mut lengths) = (Block::default(), Vec::new());
        while blocks.next(&mut block).unwrap().is_some() {
            lengths.extend(lines(block.bytes()).map(|(_, line)| line.len()));
            assert!(block.buffer.len() <= limit as usize + 2);
        }
        assert_eq!(lengths, [long.len(), 4, long.len()]);
    }
}
