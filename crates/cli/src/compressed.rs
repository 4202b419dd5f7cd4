//! Inputs that gzip or zstd compressed, recognized by their first bytes.

use std::io::{self, BufReader, Cursor, Read};

use ruzstd::decoding::StreamingDecoder;

use crate::input::Reader;

/// The bytes of an input, by how they are compressed.
pub(crate) enum Compressed {
    No(Reader),
    Gzip(Reader),
    Zstd(Reader),
}

/// Reads the first bytes of an input to see whether it is compressed; they are read again.
pub(crate) fn read(mut input: impl Read + Send + 'static) -> io::Result<Compressed> {
    let mut first = [0; 4];
    let mut length = 0;
    while length < first.len() {
        match input.read(first.get_mut(length..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let read = first.get(..length).unwrap_or_default().to_vec();
    let all: Reader = Box::new(Cursor::new(read).chain(input));
    Ok(match first {
        [0x1f, 0x8b, ..] => Compressed::Gzip(all),
        [0x28, 0xb5, 0x2f, 0xfd] => Compressed::Zstd(all),
        _ => Compressed::No(all),
    })
}

/// The decoder of one frame, which gives its input back.
type Decoder = StreamingDecoder<BufReader<Reader>, ruzstd::decoding::FrameDecoder>;

/// Decompresses the frames of a zstd stream, one after the other.
pub(crate) struct Frames {
    /// The input before its next frame.
    input: Option<BufReader<Reader>>,
    frame: Option<Decoder>,
}

impl Frames {
    pub(crate) fn new(input: Reader) -> Self {
        Self {
            input: Some(BufReader::new(input)),
            frame: None,
        }
    }
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.input = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut input) = self.input.take() else {
                return Ok(0);
            };
            if io::BufRead::fill_buf(&mut input)?.is_empty() {
                return Ok(0);
            }
            let frame = StreamingDecoder::new(input)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            self.frame = Some(frame);
        }
    }
}
