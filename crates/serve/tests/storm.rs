//! Bad, huge, slow and cut-off requests in great number to the service: each is answered or
//! closed as documented, nothing panics, memory stays bounded, and the service stops when told.
//! `PIPELINT_STORM` sets the number.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pipelint::Limits;
use pipelint_serve::{Config, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

const LIMIT: usize = 256 << 10;

/// What a sender does once all is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Reads,
    /// Closes its side, and reads.
    Closes,
    /// Goes away without reading.
    Leaves,
}

/// What is sent, what the sender does then, and the statuses that may come back; 0 stands for a
/// connection that was closed without an answer.
fn request(number: usize) -> (Vec<u8>, Then, &'static [u16]) {
    let head = |line: &str, media_type: &str, length: &str| {
        format!(
            "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {media_type}\r\n{length}\r\n\r\n"
        )
    };
    let deal = "POST /check/leadlex/create-deal";
    let (json, lines) = ("application/json", "application/x-ndjson");
    let announced = |media_type: &str, length: usize, body: &[u8]| {
        let head = head(deal, media_type, &format!("content-length: {length}"));
        [head.as_bytes(), body].concat()
    };
    let whole = |media_type: &str, body: &[u8]| announced(media_type, body.len(), body);
    let random: Vec<u8> = (0..400_usize)
        .map(|at| (number.wrapping_mul(31).wrapping_add(at * at * 7) % 256) as u8)
        .collect();
    match number % 16 {
        0 => (whole(json, br#"{"name":"Acme"}"#), Then::Reads, &[200]),
        1 => (whole(json, &random), Then::Reads, &[200]),
        2 => (whole(lines, &random), Then::Reads, &[200]),
        3 => (
            whole(json, "[".repeat(100_000).as_bytes()),
            Then::Reads,
            &[200],
        ),
        4 => {
            let keys: Vec<String> = (0..10_000).map(|key| format!("\"k{key}\":1")).collect();
            let body = format!("{{{}}}", keys.join(","));
            (whole(json, body.as_bytes()), Then::Reads, &[200])
        }
        // Larger than the limit, announced and not.
        5 => (announced(json, LIMIT + 1, b"{"), Then::Closes, &[413, 0]),
        6 => {
            let chunk = " ".repeat(LIMIT + 1);
            let head = head(deal, json, "transfer-encoding: chunked");
            let body = format!("{:x}\r\n{chunk}\r\n0\r\n\r\n", chunk.len());
            ([head, body].concat().into_bytes(), Then::Reads, &[413, 0])
        }
        // Lines without end: too long, and a million blank ones.
        7 => (whole(lines, &vec![b'x'; 2 * LIMIT]), Then::Reads, &[200]),
        8 => (whole(lines, &vec![b'\n'; 4 * LIMIT]), Then::Reads, &[200]),
        // Many faults, and nobody who reads of them.
        9 => {
            let line = b"{\"probability\":120,\"x\":1}\n".repeat(2_000);
            (whole(lines, &line), Then::Leaves, &[0])
        }
        // Cut off.
        10 => (announced(json, 500, b"{"), Then::Closes, &[400, 0]),
        11 => (announced(lines, 500, b"{}\n{"), Then::Closes, &[200, 0]),
        // Slow: the rest never comes.
        12 if number.is_multiple_of(5) => (announced(json, 500, b"{"), Then::Reads, &[408]),
        12 => {
            let header = format!("x: {}\r\n", "y".repeat(100));
            let head = format!("GET /healthz HTTP/1.1\r\n{}\r\n", header.repeat(2_000));
            (head.into_bytes(), Then::Reads, &[431, 400, 0])
        }
        13 => {
            let path = format!("POST /check/{}", "a/".repeat(500));
            let head = head(&path, json, "content-length: 2");
            ([head.as_bytes(), b"{}"].concat(), Then::Reads, &[404])
        }
        14 => {
            let head = head(deal, json, "transfer-encoding: chunked");
            (
                [head.as_bytes(), b"zz\r\n{}\r\n"].concat(),
                Then::Reads,
                &[400, 0],
            )
        }
        _ => (random, Then::Closes, &[400, 0]),
    }
}

async fn send(address: SocketAddr, bytes: &[u8], then: Then) -> u16 {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return 1;
    };
    let _ = stream.write_all(bytes).await;
    match then {
        Then::Leaves => return 0,
        Then::Closes => drop(stream.shutdown().await),
        Then::Reads => {}
    }
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    let reply = String::from_utf8_lossy(&reply);
    let status = reply.split(' ').nth(1);
    status.and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// A service, how to stop it, and its end.
async fn start(timeout: Duration) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let config = Config {
        limits: Limits::default().with_size(LIMIT as u32),
        timeout,
        shutdown_timeout: Duration::from_secs(5),
        ..Config::default()
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let service = tokio::spawn(serve(listener, config, async {
        let _ = stopped.await;
    }));
    (address, stop, service)
}

/// Resident memory in KiB, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_bad_request_is_answered_or_closed() {
    let total: usize = std::env::var("PIPELINT_STORM")
        .ok()
        .and_then(|total| total.parse().ok())
        .unwrap_or(320);
    let panics = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&panics);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        count.fetch_add(1, Ordering::SeqCst);
        usual(info);
    }));

    // However busy the machine, only what never comes is waited for in vain.
    let (patient, stop, service) = start(Duration::from_mins(2)).await;
    let (hasty, _stop, _) = start(Duration::from_millis(500)).await;

    let mut under_way = JoinSet::new();
    let mut started = None;
    for number in 0..total {
        if under_way.len() >= 48 {
            under_way.join_next().await.unwrap().unwrap();
        }
        if number == total / 4 {
            started = memory();
        }
        under_way.spawn(async move {
            let (bytes, then, allowed) = request(number);
            let address = if allowed == [408] { hasty } else { patient };
            let status = send(address, &bytes, then).await;
            assert!(allowed.contains(&status), "request {number}: {status}");
        });
    }
    while let Some(done) = under_way.join_next().await {
        done.unwrap();
    }
    let (good, then, _) = request(0);
    assert_eq!(send(patient, &good, then).await, 200);
    assert_eq!(panics.load(Ordering::SeqCst), 0);
    if let (Some(before), Some(after)) = (started, memory()) {
        println!("{total} requests: {before} KiB after a quarter of them, {after} KiB at the end");
        assert!(
            after < before + (64 << 10),
            "{before} KiB became {after} KiB"
        );
    }
    stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(30), service).await;
    ended.unwrap().unwrap();
}
