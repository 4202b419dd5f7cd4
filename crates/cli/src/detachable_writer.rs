//! Keeps work going when nobody reads what is said of it any more.

use std::io::{self, ErrorKind, Write};

/// A writer that may fail once, after which everything is dropped.
pub(crate) struct DetachableWriter<'a> {
    out: &'a mut dyn Write,
    /// Whether work goes on without it. Otherwise it fails as any writer does.
    alone: bool,
    /// Why nothing is written any more.
    pub(crate) lost: Option<io::Error>,
}

impl<'a> DetachableWriter<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, alone: bool) -> Self {
        Self {
            out,
            alone,
            lost: None,
        }
    }

    /// Does that, or as if it were done.
    fn attempt<T>(
        &mut self,
        act: impl FnOnce(&mut dyn Write) -> io::Result<T>,
        done: T,
    ) -> io::Result<T> {
        if self.lost.is_some() {
            return Ok(done);
        }
        match act(self.out) {
            Err(error) if self.alone && error.kind() != ErrorKind::Interrupted => {
                self.lost = Some(error);
                Ok(done)
            }
            outcome => outcome,
        }
    }
}

impl Write for DetachableWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(|out| out.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(|out| out.flush(), ())
    }
}
