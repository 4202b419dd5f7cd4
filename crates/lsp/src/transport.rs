//! Messages on a pair of streams.
//!
//! The reader of the crate lsp-server ends at the first message that is not JSON. This one answers
//! such a message with an error and reads the next one.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::Sender;

use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

/// The largest message that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// The longest line of a header.
const LONGEST_LINE: u64 = 8 << 10;

/// A message of the client.
#[derive(Debug)]
pub(crate) enum Incoming {
    Message(Message),
    /// A message that is not valid, with the ID for the answer.
    Malformed {
        id: Value,
        code: ErrorCode,
        why: String,
    },
}

/// Reads messages and sends them on until the stream ends or the receiver is gone.
pub(crate) fn read_all(mut from: impl BufRead, to: &Sender<Incoming>) {
    while let Ok(Some(incoming)) = read(&mut from) {
        if to.send(incoming).is_err() {
            return;
        }
    }
}

/// Reads one message; `None` at the end of the stream.
fn read(from: &mut dyn BufRead) -> io::Result<Option<Incoming>> {
    let Some(size) = header(from)? else {
        return Ok(None);
    };
    let malformed = |code, why: String| Incoming::Malformed {
        id: Value::Null,
        code,
        why,
    };
    let size = match size {
        Ok(size) if size <= LARGEST => size,
        Ok(size) => {
            io::copy(&mut from.take(size), &mut io::sink())?;
            let why = format!("a message of {size} bytes is too large");
            return Ok(Some(malformed(ErrorCode::InvalidRequest, why)));
        }
        Err(why) => return Ok(Some(malformed(ErrorCode::ParseError, why))),
    };
    let mut bytes = Vec::new();
    from.take(size).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < size {
        return Ok(None);
    }
    let value = match serde_json::from_slice::<Value>(&bytes) {
        Ok(value) => value,
        Err(error) => {
            let why = format!("not JSON: {error}");
            return Ok(Some(malformed(ErrorCode::ParseError, why)));
        }
    };
    let id = value.get("id").cloned();
    Ok(Some(match serde_json::from_value::<Message>(value) {
        // A message with an ID of the wrong type is meant to be a request.
        Ok(Message::Notification(_)) | Err(_) if id.is_some() => Incoming::Malformed {
            id: id
                .filter(|id| id.is_number() || id.is_string())
                .unwrap_or_default(),
            code: ErrorCode::InvalidRequest,
            why: "the ID must be a string or an integer of 32 bits, and the method a string"
                .to_owned(),
        },
        Ok(message) => Incoming::Message(message),
        Err(_) => {
            let why = "not a message of JSON-RPC 2.0";
            malformed(ErrorCode::InvalidRequest, why.to_owned())
        }
    }))
}

/// Reads a header and returns the size of the content, or the reason why it is unknown; `None` at
/// the end of the stream.
fn header(from: &mut dyn BufRead) -> io::Result<Option<Result<u64, String>>> {
    let (mut size, mut is_empty) = (None, true);
    loop {
        let mut line = Vec::new();
        if (&mut *from)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match size {
                Some(size) => return Ok(Some(Ok(size))),
                // Blank lines between messages are skipped.
                None if is_empty => continue,
                None => {
                    return Ok(Some(Err("a header without a Content-Length".to_owned())));
                }
            }
        }
        is_empty = false;
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("Content-Length")
        {
            size = value.trim().parse().ok();
        }
    }
}

/// Writes an error for a message that is not a valid request.
pub(crate) fn write_error(
    to: &mut dyn Write,
    id: &Value,
    code: ErrorCode,
    why: &str,
) -> io::Result<()> {
    let answer = json!({
        "jsonrpc": "2.0",
        "id": id,
        "error": { "code": code as i32, "message": why },
    });
    let text = answer.to_string();
    write!(to, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    fn all(text: &str) -> Vec<String> {
        let (to, from) = std::sync::mpsc::channel();
        read_all(text.as_bytes(), &to);
        drop(to);
        from.iter()
            .map(|incoming| match incoming {
                Incoming::Message(Message::Request(request)) => request.method,
                Incoming::Message(Message::Notification(notification)) => notification.method,
                Incoming::Message(Message::Response(response)) => response.id.to_string(),
                Incoming::Malformed { id, code, .. } => format!("{id} {}", code as i32),
            })
            .collect()
    }

    #[test]
    fn what_is_malformed_does_not_hide_what_follows() {
        let last = framed(r#"{"jsonrpc":"2.0","id":1,"method":"last"}"#);
        for (bad, answer) in [
            (framed("{"), "null -32700"),
            (framed("\"\\ud800\""), "null -32700"),
            (framed("[]"), "null -32600"),
            (framed(r#"{"id":7,"method":5}"#), "7 -32600"),
            (
                framed(r#"{"id":99999999999,"method":"x"}"#),
                "99999999999 -32600",
            ),
            ("Content-Type: x\r\n\r\n".to_owned(), "null -32700"),
            ("Content-Length: many\r\n\r\n".to_owned(), "null -32700"),
        ] {
            let text = [&*bad, &*last].concat();
            assert_eq!(all(&text), [answer, "last"], "{bad}");
        }
    }

    #[test]
    fn line_ends_and_other_headers_do_not_matter() {
        let body = r#"{"method":"note"}"#;
        let text = format!(
            "\r\ncontent-length:{}\nContent-Type: application/vscode-jsonrpc\n\n{body}",
            body.len()
        );
        assert_eq!(all(&text), ["note"]);
        assert_eq!(all(""), [""; 0]);
        assert_eq!(all("Content-Length: 10\r\n\r\n{"), [""; 0]);
    }

    #[test]
    fn a_message_that_is_too_large_is_skipped() {
        let large = format!("Content-Length: {}\r\n\r\n", LARGEST + 1);
        let body = io::repeat(b' ').take(LARGEST + 1);
        let last = framed(r#"{"method":"last"}"#);
        let stream = large.as_bytes().chain(body).chain(last.as_bytes());
        let (to, from) = std::sync::mpsc::channel();
        read_all(io::BufReader::new(stream), &to);
        drop(to);
        let kinds: Vec<_> = from
            .iter()
            .map(|incoming| matches!(incoming, Incoming::Message(_)))
            .collect();
        assert_eq!(kinds, [false, true]);
    }
}
