//! The service over real TCP.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use pipelint::{Level, Limits, Locale, Mask, Options, Policy, Record, Severity, check, payloads};
use pipelint_overlay::SchemaOverlays;
use pipelint_serve::{Config, openapi, serve, service_openapi};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

const NOW: &str = "2026-03-01T00:00:00Z";

fn config() -> Config {
    Config {
        limits: Limits::default().with_size(10_000),
        timeout: Duration::from_millis(300),
        shutdown_timeout: Duration::from_secs(2),
        now: Some(NOW.parse().unwrap()),
        ..Config::default()
    }
}

async fn start(config: Config) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve(listener, config, async {
        let _ = stopped.await;
    }));
    (address, stop, task)
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }
}

async fn answer(stream: &mut TcpStream) -> Option<Answer> {
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    let reply = String::from_utf8(reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n")?;
    let mut whole = body.to_owned();
    if head.contains("transfer-encoding: chunked") {
        whole.clear();
        let mut rest = body;
        while let Some((length, behind)) = rest.split_once("\r\n") {
            let length = usize::from_str_radix(length, 16).unwrap();
            whole.push_str(behind.get(..length)?);
            rest = behind.get(length + 2..).unwrap_or_default();
        }
    }
    Some(Answer {
        status: head.split(' ').nth(1)?.parse().ok()?,
        head: head.to_owned(),
        body: whole,
    })
}

async fn raw(address: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(bytes).await;
    answer(&mut stream).await
}

async fn call(address: SocketAddr, line: &str, media_type: &str, body: &[u8]) -> Answer {
    let head = format!(
        "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    raw(address, &[head.as_bytes(), body].concat())
        .await
        .unwrap()
}

const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";
const DEAL: &str = "POST /check/leadlex/create-deal";

#[tokio::test]
async fn messages_come_in_a_language_that_the_client_reads() {
    let german = Config {
        locale: Locale::De,
        ..config()
    };
    for (config, accepted, language, message) in [
        (config(), "", "en", "`name` is missing"),
        (config(), "fr", "en", "`name` is missing"),
        (config(), "fr, de-CH;q=0.8, en;q=0.5", "de", "`name` fehlt"),
        (german.clone(), "*", "de", "`name` fehlt"),
        (german, "en-GB", "en", "`name` is missing"),
    ] {
        let (address, _stop, _) = start(config).await;
        for media_type in [JSON, LINES] {
            let line = format!("{DEAL} HTTP/1.1\r\naccept-language: {accepted}\r\nx-rest:");
            let answer = call(address, &line, media_type, b"{}").await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let said = &answer.json()["diagnostics"][0]["message"];
            assert_eq!(said, message, "{accepted}");
            let head = answer.head.to_ascii_lowercase();
            assert!(
                head.contains(&format!("content-language: {language}")),
                "{head}"
            );
            assert!(head.contains("vary: accept-language"), "{head}");
        }
    }
}

#[tokio::test]
async fn a_report_says_what_the_library_says() {
    let (address, _stop, _) = start(config()).await;
    let options = Options::at(NOW.parse::<pipelint::Instant>().unwrap());
    for payload in [
        r#"{"name":"Acme"}"#,
        r#"{"probability":120,"x":1}"#,
        "{",
        "\u{feff}{}",
        "[[[[",
    ] {
        let contract = payloads::by_id("leadlex/create-deal").unwrap();
        let report = check(contract, payload.as_bytes(), &options);
        let expected: Vec<Value> = report
            .diagnostics()
            .map(|diagnostic| {
                serde_json::to_value(Record {
                    file: None,
                    record: None,
                    diagnostic,
                })
                .unwrap()
            })
            .collect();
        let answer = call(address, DEAL, JSON, payload.as_bytes()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let answer = answer.json();
        assert_eq!(answer["diagnostics"], Value::from(expected), "{payload}");
        assert_eq!(answer["ok"], report.is_ok());
        assert_eq!(answer["payload"], "leadlex/create-deal/request");
    }
    let part = call(
        address,
        "POST /check/slant/create-opportunity/path",
        JSON,
        b"{}",
    )
    .await;
    assert_eq!(part.json()["errors"], 1);
}

#[tokio::test]
async fn a_stream_is_answered_line_by_line() {
    let (address, _stop, _) = start(config()).await;
    let long = format!("{{\"name\":\"{}\"}}", "x".repeat(11_000));
    let lines = format!("{{\"name\":\"Acme\"}}\r\n\n{{}}\n{long}\n{{\"name\":\"B\"");
    let answer = call(address, DEAL, LINES, lines.as_bytes()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains(LINES));
    let told: Vec<(u64, bool, String)> = answer
        .body
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let rule = line["diagnostics"][0]["rule"].as_str().unwrap_or_default();
            (
                line["record"].as_u64().unwrap(),
                line["ok"].as_bool().unwrap(),
                rule.to_owned(),
            )
        })
        .collect();
    let numbers: Vec<_> = told.iter().map(|(record, ok, _)| (*record, *ok)).collect();
    assert_eq!(numbers, [(1, true), (3, false), (4, false), (5, false)]);
    assert_eq!(told[2].2, "json/too-large");
    assert_eq!(told[3].2, "json/syntax");

    // Each line is answered before the next one comes.
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "{DEAL} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {LINES}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut seen = String::new();
    for record in 1..=3 {
        stream.write_all(b"3\r\n{}\n\r\n").await.unwrap();
        while !seen.contains(&format!("\"record\":{record},\"ok\"")) {
            let mut some = [0; 4096];
            let read = stream.read(&mut some).await.unwrap();
            assert!(read > 0);
            seen.push_str(std::str::from_utf8(&some[..read]).unwrap());
        }
    }
}

#[tokio::test]
async fn each_kind_of_bad_request_has_its_status() {
    let (address, _stop, _) = start(config()).await;
    for (line, media_type, body, status) in [
        ("POST /check/leadlex/none", JSON, &b"{}"[..], 404),
        ("POST /check/", JSON, b"{}", 404),
        ("GET /nothing", JSON, b"", 404),
        ("GET /check/leadlex/create-deal", JSON, b"", 405),
        ("POST /check/leadlex/create-deal?now=soon", JSON, b"{}", 400),
        ("POST /check/leadlex/create-deal?then=1", JSON, b"{}", 400),
        (DEAL, "text/plain", b"{}", 415),
        (DEAL, JSON, &[b' '; 10_001], 413),
        ("GET /rules/no/rule", JSON, b"", 404),
    ] {
        let answer = call(address, line, media_type, body).await;
        assert_eq!(answer.status, status, "{line}: {}", answer.body);
        assert!(answer.head.contains("application/problem+json"), "{line}");
        assert_eq!(answer.json()["status"], status);
    }
    // Methods that would do are named.
    for (line, allowed) in [
        ("GET /check/leadlex/create-deal", "POST"),
        ("OPTIONS /rules", "GET,HEAD"),
        ("POST /rules/currency/wrong-case", "GET,HEAD"),
    ] {
        let answer = call(address, line, JSON, b"").await;
        assert_eq!(answer.status, 405, "{line}");
        let allow = format!("allow: {allowed}\r\n");
        assert!(answer.head.contains(&allow), "{line}: {}", answer.head);
    }
    let head = format!(
        "{DEAL} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {JSON}\r\n"
    );
    let slow = raw(
        address,
        format!("{head}content-length: 9\r\n\r\n{{").as_bytes(),
    )
    .await;
    assert_eq!(slow.unwrap().status, 408);
    // Headers that never end are not waited for, and what is no HTTP is answered or closed.
    let never = raw(address, head.as_bytes()).await;
    assert!(never.is_none_or(|answer| answer.status == 408));
    let none = raw(
        address,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    )
    .await;
    assert!(none.is_none_or(|answer| answer.status == 400));
    // A stream that stalls is ended.
    let stalled = format!(
        "{DEAL} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {LINES}\r\ncontent-length: 99\r\n\r\n{{}}\n"
    );
    assert!(raw(address, stalled.as_bytes()).await.is_some());
    assert_eq!(call(address, DEAL, JSON, b"{}").await.status, 200);
}

#[tokio::test]
async fn more_checks_than_allowed_are_sent_away() {
    let config = Config {
        checks: 0,
        ..config()
    };
    let (address, _stop, _) = start(config).await;
    let refused = call(address, DEAL, JSON, b"{}").await;
    assert_eq!(refused.status, 503);
    assert!(refused.head.contains("retry-after: 1"));
    assert_eq!(call(address, "GET /healthz", JSON, b"").await.status, 200);
}

#[tokio::test]
async fn clients_that_send_slowly_keep_nobody_from_a_check() {
    let config = Config {
        checks: 1,
        timeout: Duration::from_secs(5),
        ..config()
    };
    let (address, _stop, _) = start(config).await;
    let mut slow = Vec::new();
    for media_type in [JSON, LINES, LINES] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "{DEAL} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {media_type}\r\ncontent-length: 3\r\nconnection: close\r\n\r\n{{"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(call(address, DEAL, JSON, b"{}").await.status, 200);
    assert!(
        call(address, DEAL, LINES, b"{}\n")
            .await
            .body
            .contains("\"ok\":false")
    );
    for stream in &mut slow {
        stream.write_all(b"}\n").await.unwrap();
        let answer = answer(stream).await.unwrap();
        assert!(answer.body.contains("\"ok\":false"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_stream_that_never_ends_is_broken_off() {
    let config = Config {
        stream_timeout: Duration::from_millis(400),
        timeout: Duration::from_secs(10),
        ..config()
    };
    let (address, _stop, _) = start(config).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "{DEAL} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {LINES}\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{{}}\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut reader, mut writer) = stream.into_split();
    let sending = tokio::spawn(async move {
        // One blank a time, well within the limit between two of them.
        while writer.write_all(b"1\r\n \r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut seen = Vec::new();
    let read = reader.read_to_end(&mut seen);
    let _ = tokio::time::timeout(Duration::from_secs(5), read)
        .await
        .unwrap();
    let seen = String::from_utf8(seen).unwrap();
    assert!(seen.contains("\"record\":1"), "{seen}");
    assert!(
        !seen.ends_with("0\r\n\r\n"),
        "it must not look whole: {seen}"
    );
    drop(reader);
    let _ = tokio::time::timeout(Duration::from_secs(5), sending)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_long_check_does_not_delay_other_requests() {
    // All on one thread, but for the checks.
    let config = Config {
        limits: Limits::default(),
        timeout: Duration::from_mins(1),
        ..config()
    };
    let (address, _stop, _) = start(config).await;
    let notes = "Bearer eyJ- wbk_wbk_ \\u0041".repeat(100_000);
    let body = format!(r#"{{"name":"Acme","notes":"{notes}"}}"#);
    let long = tokio::spawn(async move { call(address, DEAL, JSON, body.as_bytes()).await });
    let mut answered = 0;
    while !long.is_finished() {
        assert_eq!(call(address, "GET /healthz", JSON, b"").await.status, 200);
        answered += 1;
    }
    assert!(answered > 3, "{answered} answers during the check");
    assert_eq!(long.await.unwrap().status, 200);
}

#[tokio::test]
async fn encodings_that_are_not_read_are_refused() {
    let (address, _stop, _) = start(config()).await;
    for (media_type, more, status) in [
        (JSON, "content-encoding: gzip", 415),
        (LINES, "content-encoding: br", 415),
        (JSON, "content-encoding: identity", 200),
        ("application/json; charset=iso-8859-1", "x-y: z", 415),
        ("application/json; charset=UTF-8", "x-y: z", 200),
        ("application/x-ndjson; charset=utf-16", "x-y: z", 415),
    ] {
        let line = format!("{DEAL} HTTP/1.1\r\n{more}\r\nx-rest:");
        let answer = call(address, &line, media_type, b"{\"name\":\"A\"}").await;
        assert_eq!(
            answer.status, status,
            "{media_type}, {more}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn a_foreign_host_does_not_reach_a_service_of_this_machine() {
    let request = |host: &str| {
        format!("GET /payloads HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").into_bytes()
    };
    let named = Config {
        allowed_hosts: vec!["pipelint.internal".to_owned()],
        ..config()
    };
    let open = Config {
        allowed_hosts: vec!["*".to_owned()],
        ..config()
    };
    for (config, host, status) in [
        (config(), "evil.example", 421),
        (config(), "localhost:8471", 200),
        (config(), "127.0.0.1", 200),
        (config(), "[::1]:8471", 200),
        (config(), "pipelint.internal", 421),
        (named, "pipelint.internal:8471", 200),
        (open, "evil.example", 200),
    ] {
        let (address, _stop, _) = start(config).await;
        let answer = raw(address, &request(host)).await.unwrap();
        assert_eq!(answer.status, status, "{host}");
        if status == 421 {
            assert!(answer.head.contains("application/problem+json"));
            assert!(answer.body.contains("--allow-host"), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn errors_of_the_framework_are_problems_too() {
    let (address, _stop, _) = start(config()).await;
    for line in ["POST /check/%ff", "GET /rules/%ff/x"] {
        let answer = call(address, line, JSON, b"{}").await;
        assert_eq!(answer.status, 400, "{line}");
        assert!(
            answer.head.contains("application/problem+json"),
            "{}",
            answer.head
        );
        assert_eq!(answer.json()["status"], 400);
    }
}

#[tokio::test]
async fn it_ends_with_the_requests_under_way() {
    let config = Config {
        timeout: Duration::from_secs(5),
        ..config()
    };
    let (address, stop, task) = start(config).await;
    let mut under_way = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "{DEAL} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {JSON}\r\ncontent-length: 2\r\n\r\n{{"
    );
    under_way.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(address).await.is_err());
    under_way.write_all(b"}").await.unwrap();
    assert_eq!(answer(&mut under_way).await.unwrap().status, 200);
    tokio::time::timeout(Duration::from_secs(2), task)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn lists_and_counters_are_there() {
    let mut policy = SchemaOverlays::new();
    policy
        .add("leadlex/create-deal", r#"{ "required": ["owner_id"] }"#)
        .unwrap();
    let config = Config {
        schemas: Arc::new(policy),
        ..config()
    };
    let (address, _stop, _) = start(config).await;
    let refused = call(address, DEAL, JSON, br#"{"name":"Acme"}"#)
        .await
        .json();
    assert_eq!(refused["ok"], false);
    assert_eq!(refused["diagnostics"][0]["rule"], "policy/required");

    let get = async |path: &str| call(address, &format!("GET {path}"), JSON, b"").await;
    assert_eq!(get("/healthz").await.body, "ok\n");
    let payloads = get("/payloads").await.json();
    assert_eq!(payloads.as_array().unwrap().len(), payloads::ALL.len());
    let rules = get("/rules").await.json();
    assert_eq!(
        rules.as_array().unwrap().len(),
        pipelint::rules::all().count()
    );
    for rule in rules.as_array().unwrap() {
        assert!(!rule["summary"].as_str().unwrap().is_empty(), "{rule}");
        let page = get(&format!("/rules/{}", rule["rule"].as_str().unwrap())).await;
        assert!(page.body.starts_with("# `"), "{rule}");
    }
    let page = get("/rules/policy/pattern").await;
    assert!(page.body.starts_with("# `policy/pattern`"), "{}", page.body);
    assert_eq!(get("/operations.json").await.json(), openapi());
    assert_eq!(get("/openapi.json").await.json(), service_openapi());
    let metrics = get("/metrics").await.body;
    let refused =
        r#"pipelint_payloads_total{payload="leadlex/create-deal/request",verdict="refused"} 1"#;
    assert!(metrics.contains(refused), "{metrics}");
    assert!(
        metrics.contains("pipelint_responses_total{status=\"200\"} "),
        "{metrics}"
    );
}

#[tokio::test]
async fn what_the_policy_says_counts() {
    let mut schemas = SchemaOverlays::new();
    let schema = r#"{ "required": ["owner_id"], "properties": { "tags": { "maxItems": 1 },
        "priority": { "minLength": 9 } } }"#;
    schemas.add("leadlex/create-deal", schema).unwrap();
    schemas.levels(|rule| match rule {
        "policy/required" => Some(Level::At(Severity::Warning)),
        "policy/min-length" => Some(Level::Off),
        _ => None,
    });
    let policy = Policy {
        stages: vec!["Proposal".to_owned()],
        ..Policy::EMPTY
    };
    let config = Config {
        policy: Some(Arc::new(policy)),
        schemas: Arc::new(schemas),
        mask: Mask::new(
            vec!["stage".to_owned()],
            pipelint::contract::Meanings::EMPTY,
        ),
        ..config()
    };
    let (address, _stop, _) = start(config).await;
    let deal = br#"{"tags":["a","b"],"stage":"SECRET","name":"Acme","priority":"low","x":1}"#;
    let answer = call(address, DEAL, JSON, deal).await;
    assert!(!answer.body.contains("SECRET"), "{}", answer.body);
    let answer = answer.json();
    let told: Vec<_> = answer["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["rule"].as_str().unwrap(),
                one["severity"].as_str().unwrap(),
            )
        })
        .collect();
    // In the order of the text, whoever says it.
    assert_eq!(
        told,
        [
            ("policy/required", "warning"),
            ("policy/max-items", "error"),
            ("policy/unknown-stage", "error"),
            ("schema/unknown-property", "warning"),
        ]
    );
    assert_eq!(
        (&answer["errors"], &answer["warnings"]),
        (&2.into(), &2.into())
    );
}

#[test]
fn the_openapi_document_names_every_operation_and_its_examples_pass() {
    let document = openapi();
    let rows: Value = serde_json::from_str(pipelint_schemas::CATALOGUE).unwrap();
    let options = Options::at(NOW.parse::<pipelint::Instant>().unwrap());
    for row in rows.as_array().unwrap() {
        let method = row["method"].as_str().unwrap().to_lowercase();
        let operation = &document["paths"][row["path"].as_str().unwrap()][method];
        let example = &operation["requestBody"]["content"]["application/json"]["example"];
        let contract = payloads::by_id(row["operation"].as_str().unwrap()).unwrap();
        let text = example.to_string();
        let report = check(contract, text.as_bytes(), &options);
        let messages: Vec<_> = report.diagnostics().map(|one| one.message()).collect();
        assert!(report.is_ok(), "{text}: {messages:?}");
    }
}
