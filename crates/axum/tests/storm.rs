//! Bad, huge, slow and cut-off requests in great number: each is answered or closed as documented,
//! nothing panics, memory stays bounded. `PIPELINT_STORM` sets the number.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../examples/deals/app.rs"]
mod app;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pipelint_axum::{Settings, Warnings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const LIMIT: usize = 256 << 10;

/// What is sent, whether the sender closes its side, and the statuses that may come back; 0
/// stands for a connection that was closed without an answer.
fn request(number: usize) -> (Vec<u8>, bool, &'static [u16]) {
    let post = |body: &[u8], length: usize| {
        let head = format!(
            "POST /v1/deals HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        [head.as_bytes(), body].concat()
    };
    let whole = |body: &[u8]| post(body, body.len());
    match number % 12 {
        0 => (whole(br#"{"name":"Acme","probability":75}"#), false, &[201]),
        1 => (
            whole(br#"{"name":"","probability":"120","tags":{}}"#),
            false,
            &[422],
        ),
        2 => (whole(b"{\"name\": Acme}"), false, &[400]),
        3 => (whole(&[0xff; 64]), false, &[400]),
        4 => (whole("[".repeat(100_000).as_bytes()), false, &[400]),
        5 => {
            let keys: Vec<String> = (0..10_000).map(|key| format!("\"k{key}\":1")).collect();
            (
                whole(format!("{{{}}}", keys.join(",")).as_bytes()),
                false,
                &[422],
            )
        }
        // Announced as larger than the limit; the body may never be read.
        6 => (post(b"{", LIMIT + 1), true, &[413, 0]),
        // Larger than the limit, without saying so.
        7 => {
            let chunk = " ".repeat(LIMIT + 1);
            let request = format!(
                "POST /v1/deals HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{chunk}\r\n0\r\n\r\n",
                chunk.len()
            );
            (request.into_bytes(), false, &[413, 0])
        }
        // Cut off.
        8 => (post(br#"{"name":"#, 500), true, &[400, 0]),
        // Slow: the rest never comes.
        9 if number.is_multiple_of(5) => (post(br#"{"name":"#, 500), false, &[408]),
        9 | 10 => {
            let bytes: Vec<u8> = (0..200_usize)
                .map(|at| (number.wrapping_mul(31).wrapping_add(at * at * 7) % 256) as u8)
                .collect();
            (whole(&bytes), false, &[400])
        }
        _ => (b"GARBAGE\r\n\r\n".to_vec(), false, &[400, 0]),
    }
}

async fn send(address: SocketAddr, bytes: &[u8], close: bool) -> u16 {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return 1;
    };
    let _ = stream.write_all(bytes).await;
    if close {
        let _ = stream.shutdown().await;
    }
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    let reply = String::from_utf8_lossy(&reply);
    let status = reply
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    status.unwrap_or(0)
}

async fn start(timeout: Duration) -> SocketAddr {
    let settings = Settings::new()
        .limit(LIMIT)
        .timeout(timeout)
        .warnings(Warnings::Header);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app::app(settings)).await });
    address
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
        .unwrap_or(600);
    let panics = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&panics);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        count.fetch_add(1, Ordering::SeqCst);
        usual(info);
    }));

    // However busy the machine, only what never comes is waited for in vain.
    let patient = start(Duration::from_mins(2)).await;
    let hasty = start(Duration::from_millis(500)).await;

    let mut under_way = JoinSet::new();
    let mut started = None;
    for number in 0..total {
        if under_way.len() >= 64 {
            under_way.join_next().await.unwrap().unwrap();
        }
        if number == total / 4 {
            started = memory();
        }
        under_way.spawn(async move {
            let (bytes, close, allowed) = request(number);
            let address = if allowed == [408] { hasty } else { patient };
            let status = send(address, &bytes, close).await;
            assert!(allowed.contains(&status), "request {number}: {status}");
        });
    }
    while let Some(done) = under_way.join_next().await {
        done.unwrap();
    }
    assert_eq!(send(patient, &request(0).0, false).await, 201);
    assert_eq!(panics.load(Ordering::SeqCst), 0);
    if let (Some(before), Some(after)) = (started, memory()) {
        println!("{total} requests: {before} KiB after a quarter of them, {after} KiB at the end");
        assert!(
            after < before + (64 << 10),
            "{before} KiB became {after} KiB"
        );
    }
}
