//! Streams of payloads, one a line: each is answered as soon as it has come in.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use http_body_util::BodyExt;
use pipelint::contract::Contract;
use pipelint::{Checker, Options};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::answer;
use crate::app::Service;

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
    permit: OwnedSemaphorePermit,
) -> Response {
    let (sender, receiver) = mpsc::channel(WAITING);
    let reader = Reader {
        service,
        contract,
        options,
        sender,
        checker: Checker::new(),
        line: Vec::new(),
        record: 0,
        out: Vec::new(),
    };
    tokio::spawn(async move {
        // Whoever stops reading, or sending, ends the stream; there is nobody left to tell.
        let _ = reader.read(body).await;
        drop(permit);
    });
    let answers = Body::new(Answers(receiver));
    ([(CONTENT_TYPE, "application/x-ndjson")], answers).into_response()
}

/// The stream cannot go on.
struct Ended;

struct Reader {
    service: Arc<Service>,
    contract: &'static Contract<'static>,
    options: Options,
    sender: mpsc::Sender<Bytes>,
    checker: Checker,
    /// The line so far; of one that is too long, one byte more than the limit.
    line: Vec<u8>,
    /// Its number, from 0.
    record: u64,
    out: Vec<u8>,
}

impl Reader {
    async fn read(mut self, mut body: Body) -> Result<(), Ended> {
        let patience = self.service.config.patience;
        loop {
            let frame = tokio::time::timeout(patience, body.frame());
            let Some(frame) = frame.await.map_err(|_| Ended)? else {
                break;
            };
            let Ok(data) = frame.map_err(|_| Ended)?.into_data() else {
                continue;
            };
            let mut rest = &*data;
            while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let (line, behind) = rest.split_at(end);
                self.append(line);
                self.answer();
                if self.out.len() >= CHUNK {
                    self.send().await?;
                }
                rest = behind.get(1..).unwrap_or_default();
            }
            self.append(rest);
            self.send().await?;
        }
        if !self.line.is_empty() {
            self.answer();
        }
        self.send().await
    }

    fn append(&mut self, part: &[u8]) {
        // One byte over the limit is enough to be refused as too large.
        let room = (self.service.config.limit() + 1).saturating_sub(self.line.len());
        let part = part.get(..room).unwrap_or(part);
        self.line.extend_from_slice(part);
    }

    /// Answers the line, unless it is blank.
    fn answer(&mut self) {
        self.record += 1;
        if !self.line.trim_ascii().is_empty() {
            let policy = &self.service.config.schemas;
            let (line, verdict) = answer::answer(
                &mut self.checker,
                self.contract,
                &self.line,
                Some(self.record),
                &self.options,
                policy,
            );
            let metrics = &self.service.metrics;
            metrics.checked(self.contract, self.line.len(), verdict);
            self.out.extend_from_slice(&line);
        }
        self.line.clear();
    }

    async fn send(&mut self) -> Result<(), Ended> {
        if self.out.is_empty() {
            return Ok(());
        }
        let chunk = Bytes::from(std::mem::take(&mut self.out));
        let sending = self.sender.send(chunk);
        match tokio::time::timeout(self.service.config.patience, sending).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Ended),
        }
    }
}

/// The answers, as a body.
struct Answers(mpsc::Receiver<Bytes>);

impl http_body::Body for Answers {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = self.0.poll_recv(cx);
        chunk.map(|chunk| chunk.map(|chunk| Ok(Frame::data(chunk))))
    }
}
