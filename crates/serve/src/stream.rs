//! NDJSON streams: each payload is answered as soon as it has arrived.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use http_body_util::BodyExt;
use pipelint::Options;
use pipelint::contract::Contract;
use thiserror::Error;
use tokio::sync::mpsc;

use crate::app::Service;
use crate::response;

/// How many chunks of answers wait for a client that reads slowly.
const WAITING: usize = 4;
/// Answers are handed on in chunks of about so many bytes.
const CHUNK: usize = 16 << 10;

/// Answers a stream.
pub(crate) fn lines(
    service: Arc<Service>,
    contract: &'static Contract<'static>,
    options: Options,
    body: Body,
) -> Response {
    let (sender, receiver) = mpsc::channel(WAITING);
    let limit = service.config.stream_timeout;
    let reader = Reader {
        check: Arc::new(Check {
            service,
            contract,
            options,
        }),
        sender: sender.clone(),
        lines: Vec::new(),
        open: 0,
        record: 0,
    };
    tokio::spawn(async move {
        let whole = async {
            reader.read(body).await?;
            sender.send(Bytes::new()).await.map_err(|_| Stopped)
        };
        // Without the last, empty chunk the response breaks off, so that nobody takes it for a
        // whole one.
        let _ = tokio::time::timeout(limit, whole).await;
    });
    let answers = Body::new(Answers {
        receiver,
        is_done: false,
    });
    ([(CONTENT_TYPE, "application/x-ndjson")], answers).into_response()
}

/// The stream cannot go on: the client does not send, or does not read, or takes too long.
#[derive(Debug, Error)]
#[error("the stream took too long")]
pub(crate) struct Stopped;

/// How the lines are checked.
struct Check {
    service: Arc<Service>,
    contract: &'static Contract<'static>,
    options: Options,
}

struct Reader {
    check: Arc<Check>,
    sender: mpsc::Sender<Bytes>,
    /// The lines that are not answered. Of one that is too long, one byte more than the limit.
    lines: Vec<u8>,
    /// How many bytes of them belong to the last line, which may go on.
    open: usize,
    /// The number of lines that were answered.
    record: u64,
}

impl Reader {
    async fn read(mut self, mut body: Body) -> Result<(), Stopped> {
        let timeout = self.check.service.config.timeout;
        loop {
            let frame = tokio::time::timeout(timeout, body.frame());
            let Some(frame) = frame.await.map_err(|_| Stopped)? else {
                break;
            };
            let Ok(data) = frame.map_err(|_| Stopped)?.into_data() else {
                continue;
            };
            for part in data.split_inclusive(|byte| *byte == b'\n') {
                self.append(part);
            }
            self.answer(self.lines.len() - self.open).await?;
        }
        if self.open > 0 {
            self.lines.push(b'\n');
        }
        self.answer(self.lines.len()).await
    }

    /// Adds a part of a line, or its end.
    fn append(&mut self, part: &[u8]) {
        let (part, ends) = match part.split_last() {
            Some((b'\n', part)) => (part, true),
            _ => (part, false),
        };
        // One byte over the limit is enough to be refused as too large.
        let room = (self.check.service.config.limit() + 1).saturating_sub(self.open);
        let part = part.get(..room).unwrap_or(part);
        self.lines.extend_from_slice(part);
        self.open += part.len();
        if ends {
            self.lines.push(b'\n');
            self.open = 0;
        }
    }

    /// Answers the lines up to that offset, some at a time. A permit is held while they are
    /// checked, and not while the client sends or reads.
    async fn answer(&mut self, end: usize) -> Result<(), Stopped> {
        let (gate, timeout) = {
            let service = &self.check.service;
            (Arc::clone(&service.gate), service.config.timeout)
        };
        let mut done = 0;
        while done < end {
            let permit = tokio::time::timeout(timeout, Arc::clone(&gate).acquire_owned());
            let Ok(Ok(permit)) = permit.await else {
                return Err(Stopped);
            };
            let (check, lines) = (Arc::clone(&self.check), std::mem::take(&mut self.lines));
            let record = self.record;
            let checked = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                let some = lines.get(done..end).unwrap_or_default();
                let answered = check.some(some, record);
                (lines, answered)
            });
            let (lines, answered) = checked.await.map_err(|_| Stopped)?;
            self.lines = lines;
            self.record = answered.record;
            done += answered.bytes;
            if !answered.out.is_empty() {
                let sending = self.sender.send(Bytes::from(answered.out));
                match tokio::time::timeout(timeout, sending).await {
                    Ok(Ok(())) => {}
                    _ => return Err(Stopped),
                }
            }
        }
        self.lines.drain(..end);
        if self.lines.is_empty() && self.lines.capacity() > KEPT {
            self.lines = Vec::new();
        }
        Ok(())
    }
}

/// Larger buffers are given back once they are empty.
const KEPT: usize = 64 << 10;

/// Some lines that were answered.
struct Answered {
    out: Vec<u8>,
    /// How many bytes of the lines.
    bytes: usize,
    /// The number of the last line.
    record: u64,
}

impl Check {
    /// Answers the first of some whole lines, as many as fill a chunk. Blank ones get no answer.
    fn some(&self, lines: &[u8], mut record: u64) -> Answered {
        let service = &self.service;
        let (mut out, mut bytes) = (Vec::new(), 0);
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            record += 1;
            bytes += line.len();
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            if line.trim_ascii().is_empty() {
                continue;
            }
            let schemas = &service.config.schemas;
            let (answer, verdict) =
                response::answer(self.contract, line, Some(record), &self.options, schemas);
            service.metrics.checked(self.contract, line.len(), verdict);
            out.extend_from_slice(&answer);
            if out.len() >= CHUNK {
                break;
            }
        }
        Answered { out, bytes, record }
    }
}

/// The answers, as a body. An empty chunk is the last one.
struct Answers {
    receiver: mpsc::Receiver<Bytes>,
    is_done: bool,
}

impl http_body::Body for Answers {
    type Data = Bytes;
    type Error = Stopped;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Stopped>>> {
        if self.is_done {
            return Poll::Ready(None);
        }
        let chunk = ready!(self.receiver.poll_recv(cx));
        self.is_done = chunk.as_ref().is_none_or(Bytes::is_empty);
        Poll::Ready(match chunk {
            Some(chunk) if chunk.is_empty() => None,
            Some(chunk) => Some(Ok(Frame::data(chunk))),
            None => Some(Err(Stopped)),
        })
    }
}
