//! The example service over real TCP: which requests it accepts, which it refuses, and how it answers.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../examples/deals/app.rs"]
mod app;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pipelint::{Locale, Options, Record, check, payloads};
use pipelint_axum::{Reply, Settings, Warnings};
use pipelint_overlay::SchemaOverlays;
use pipelint_tests::readme;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const NOW: &str = "2026-03-01T00:00:00Z";

fn settings() -> Settings {
    Settings::new()
        .limit(10_000)
        .timeout(Duration::from_millis(300))
        .clock(|| NOW.parse().unwrap())
}

async fn start(settings: Settings) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app::app(settings)).await });
    address
}

struct Reply1 {
    status: u16,
    head: String,
    body: String,
}

impl Reply1 {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// Sends the bytes as they are, and reads until the other side closes.
async fn raw(address: SocketAddr, bytes: &[u8], close: bool) -> Option<Reply1> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    if close {
        stream.shutdown().await.unwrap();
    }
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    let reply = String::from_utf8(reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n")?;
    Some(Reply1 {
        status: head.split(' ').nth(1)?.parse().ok()?,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

async fn post(address: SocketAddr, path: &str, headers: &str, body: &[u8]) -> Reply1 {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    let request = [head.as_bytes(), body].concat();
    raw(address, &request, false).await.unwrap()
}

const JSON: &str = "content-type: application/json\r\n";
const STAGE: &str = r#"{"name":"Won","probability":0.4567,"statusId":"won",
    "opportunityPipelineId":"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2"}"#;

#[tokio::test]
async fn good_payloads_are_taken() {
    let address = start(settings()).await;
    let deal = br#"{"name":"Acme","estimated_value":50000.10,"probability":75}"#;
    let made = post(address, "/v1/deals", JSON, deal).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["data"]["estimated_value"], json!(50000.1));

    let opportunity =
        br#"{"name":"Acme","value":500000,"target_close_date":"2026-06-01T00:00:00Z"}"#;
    let path = "/v1/households/h1/opportunities";
    let made = post(address, path, JSON, opportunity).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["household_id"], "h1");

    let json = "content-type: application/vnd.api+json; charset=utf-8\r\n";
    let made = post(address, "/opportunity-stages", json, STAGE.as_bytes()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["probability"], json!(0.4567));
}

#[tokio::test]
async fn a_bad_payload_is_answered_with_every_fault() {
    let address = start(settings()).await;
    let deal = br#"{"probability":120,"status":"open","tags":"x"}"#;
    let refused = post(address, "/v1/deals", JSON, deal).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.header("content-type"),
        Some("application/problem+json")
    );
    let problem = refused.json();
    assert_eq!(problem["type"], "urn:pipelint:problem:refused");
    assert_eq!(problem["status"], 422);
    assert_eq!(problem["payload"], "leadlex/create-deal/request");
    let told: Vec<(&str, &str)> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            (
                error["pointer"].as_str().unwrap(),
                error["rule"].as_str().unwrap(),
            )
        })
        .collect();
    for expected in [
        ("/probability", "schema/maximum"),
        ("/status", "schema/enum"),
        ("/tags", "schema/type"),
    ] {
        assert!(told.contains(&expected), "{told:?}");
    }
    assert!(told.iter().any(|(pointer, _)| *pointer == "/name"));
    assert!(problem["errors"][0]["message"].is_string());
    assert!(problem["errors"][0]["help"].is_string());
}

#[tokio::test]
async fn the_extractor_says_what_the_library_says() {
    let address = start(settings()).await;
    let options = Options::at(NOW.parse::<pipelint::Instant>().unwrap());
    for (path, id, payload) in [
        (
            "/v1/deals",
            "leadlex/create-deal",
            r#"{"name":7,"stagee":"x","probability":1e400}"#,
        ),
        (
            "/v1/deals",
            "leadlex/create-deal",
            r#"{"name":"A","name":"B"}"#,
        ),
        ("/v1/deals", "leadlex/create-deal", "{\"name\":\"A\",}"),
        (
            "/v1/households/h/opportunities",
            "slant/create-opportunity",
            r#"{"value":1.5}"#,
        ),
        (
            "/opportunity-stages",
            "ruddr/create-opportunity-stage",
            r#"{"probability":0.12345}"#,
        ),
        (
            "/opportunity-stages",
            "ruddr/create-opportunity-stage",
            "[]",
        ),
    ] {
        let report = check(payloads::by_id(id).unwrap(), payload.as_bytes(), &options);
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
        let refused = post(address, path, JSON, payload.as_bytes()).await.json();
        let mut told = refused["errors"].as_array().unwrap().clone();
        told.extend(refused["warnings"].as_array().unwrap().clone());
        assert_eq!(told.len(), expected.len(), "{payload}");
        for diagnostic in expected {
            assert!(told.contains(&diagnostic), "{payload}: {diagnostic}");
        }
    }
}

#[tokio::test]
async fn each_kind_of_bad_request_has_its_status() {
    let address = start(settings()).await;
    let deals = "/v1/deals";
    let good = br#"{"name":"Acme"}"#;
    assert_eq!(post(address, deals, "", good).await.status, 415);
    let text = "content-type: text/plain\r\n";
    assert_eq!(post(address, deals, text, good).await.status, 415);

    for no_json in [
        &b""[..],
        b"{",
        b"\xff\xfe{\0}\0",
        b"{\"name\": Acme}",
        b"\xef\xbb",
    ] {
        let refused = post(address, deals, JSON, no_json).await;
        assert_eq!(refused.status, 400, "{no_json:?}");
        assert_eq!(refused.json()["type"], "urn:pipelint:problem:not-json");
    }
    // JSON, and wrong.
    for refused in ["null", "[]", "7", "{}"] {
        assert_eq!(
            post(address, deals, JSON, refused.as_bytes()).await.status,
            422
        );
    }

    let large = vec![b' '; 10_001];
    assert_eq!(post(address, deals, JSON, &large).await.status, 413);
    let chunked = format!(
        "POST {deals} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{JSON}transfer-encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        large.len(),
        " ".repeat(large.len())
    );
    let refused = raw(address, chunked.as_bytes(), false).await.unwrap();
    assert_eq!(refused.status, 413);

    let head = format!(
        "POST {deals} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{JSON}content-length: 99\r\n\r\n{{"
    );
    // Slow: the rest never comes.
    let slow = raw(address, head.as_bytes(), false).await.unwrap();
    assert_eq!(slow.status, 408);
    assert_eq!(slow.json()["type"], "urn:pipelint:problem:too-slow");
    // Cut off: answered or closed, and the service lives on.
    if let Some(cut) = raw(address, head.as_bytes(), true).await {
        assert_eq!(cut.status, 400);
    }
    assert_eq!(post(address, deals, JSON, good).await.status, 201);
}

#[tokio::test]
async fn faults_are_told_as_the_vendor_tells_them() {
    let address = start(settings().reply(Reply::Vendor)).await;
    let refused = post(address, "/opportunity-stages", JSON, b"{}").await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.header("content-type"), Some("application/json"));
    let body = refused.json();
    assert_eq!(body["status"], 400);
    assert_eq!(body["errors"].as_array().unwrap().len(), 4);
    assert!(body["message"].is_string());

    let refused = post(address, "/v1/deals", JSON, b"{}").await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["error"]["code"], "validation_error");
    let unread = post(address, "/v1/deals", "", b"{}").await;
    assert_eq!(unread.status, 415);
    assert_eq!(unread.json()["error"]["code"], "unsupported_media_type");

    // Slant documents no body of an error.
    let refused = post(address, "/v1/households/h/opportunities", JSON, b"{}").await;
    assert_eq!(
        refused.header("content-type"),
        Some("application/problem+json")
    );
}

#[tokio::test]
async fn faults_are_told_by_a_function_of_ones_own() {
    use axum::response::IntoResponse;
    let own = Reply::own(|rejection| {
        let status = axum::http::StatusCode::IM_A_TEAPOT;
        (status, rejection.messages().join("\n")).into_response()
    });
    let address = start(settings().reply(own)).await;
    let refused = post(address, "/opportunity-stages", JSON, b"{}").await;
    assert_eq!((refused.status, refused.body.lines().count()), (418, 4));
}

#[tokio::test]
async fn messages_come_in_the_language_that_is_set() {
    let address = start(settings().locale(Locale::De)).await;
    let refused = post(address, "/v1/deals", JSON, b"{}").await;
    assert_eq!(refused.json()["errors"][0]["message"], "`name` fehlt");
}

#[tokio::test]
async fn headers_are_checked_if_asked() {
    let address = start(settings().headers(true)).await;
    let good = br#"{"name":"Acme"}"#;
    let refused = post(address, "/v1/deals", JSON, good).await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    assert_eq!(
        refused.json()["errors"][0]["payload"],
        "leadlex/create-deal/headers"
    );
    assert_eq!(refused.json()["errors"][0]["pointer"], "/Authorization");

    let headers = format!("{JSON}authorization: Bearer wbk_3f9a1c77de5b42e8\r\n");
    assert_eq!(post(address, "/v1/deals", &headers, good).await.status, 201);
    // Faults of all parts come in one reply.
    let refused = post(address, "/v1/deals", JSON, b"{}").await;
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn warnings_go_to_the_response_if_asked() {
    let deal = "{\"name\":\"Acme\",\"stagé\":\"Proposal\"}".as_bytes();
    let address = start(settings().warnings(Warnings::Header)).await;
    let made = post(address, "/v1/deals", JSON, deal).await;
    assert_eq!(made.status, 201);
    assert_eq!(
        made.header("pipelint-warnings"),
        Some("\"schema/unknown-property\";pointer=\"/stag%C3%A9\"")
    );
    let address = start(settings()).await;
    let made = post(address, "/v1/deals", JSON, deal).await;
    assert_eq!((made.status, made.header("pipelint-warnings")), (201, None));
}

#[tokio::test]
async fn what_the_policy_says_counts() {
    let toml = r#"
        [rules]
        "schema/unknown-property" = "error"
        "policy/max-items" = "warning"
        [policy]
        stages = ["Proposal"]
        [mask]
        properties = ["stage"]
        [limits]
        size = 500
    "#;
    let config = pipelint_config::Config::parse(toml, None).unwrap();
    let policy = pipelint_config::Settings::of(&config, std::path::Path::new("/")).unwrap();
    let of_requests = policy.without_file(NOW.parse().unwrap());
    let mut schemas = SchemaOverlays::new();
    let deal = r#"{ "required": ["owner_id"], "properties": { "tags": { "maxItems": 1 } } }"#;
    schemas.add("leadlex/create-deal", deal).unwrap();
    let path = r#"{ "properties": { "household_id": { "pattern": "^h" } } }"#;
    schemas.add("slant/create-opportunity/path", path).unwrap();
    let levels = of_requests.schema_levels;
    schemas.levels(move |rule| levels.of(rule));
    let settings = settings()
        .options(of_requests.options)
        .schemas(schemas)
        .path(true)
        .warnings(Warnings::Header);
    let address = start(settings.clone()).await;

    let deal = br#"{"name":"Acme","stage":"SECRET","x":1,"tags":["a","b"]}"#;
    let refused = post(address, "/v1/deals", JSON, deal).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(!refused.body.contains("SECRET"), "{}", refused.body);
    let problem = refused.json();
    let told = |key: &str| -> Vec<String> {
        let list = problem[key].as_array().unwrap().iter();
        list.map(|one| one["rule"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        told("errors"),
        [
            "policy/unknown-stage",
            "schema/unknown-property",
            "policy/required"
        ]
    );
    assert_eq!(told("warnings"), ["policy/max-items"]);
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("`owner_id` is missing")
    );

    // A schema's word alone refuses, and is reported in the vendor's shape, too.
    let deal = br#"{"name":"Acme","stage":"Proposal"}"#;
    assert_eq!(post(address, "/v1/deals", JSON, deal).await.status, 422);
    let vendors = start(settings.reply(Reply::Vendor)).await;
    let refused = post(vendors, "/v1/deals", JSON, deal).await;
    assert_eq!(refused.json()["error"]["message"], "`owner_id` is missing");

    let deal = br#"{"name":"Acme","owner_id":"user-001","tags":["a","b"]}"#;
    let made = post(address, "/v1/deals", JSON, deal).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(
        made.header("pipelint-warnings"),
        Some("\"policy/max-items\";pointer=\"/tags\"")
    );
    let opportunity = br#"{"name":"Acme"}"#;
    for (household, status) in [("h1", 201), ("x1", 400)] {
        let path = format!("/v1/households/{household}/opportunities");
        let answer = post(address, &path, JSON, opportunity).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
    let large = post(address, "/v1/deals", JSON, &[b' '; 501]).await;
    assert_eq!(large.status, 413);
}

#[tokio::test]
async fn readmes_show_what_is_answered() {
    for file in ["README.md", "crates/axum/README.md"] {
        let calls = readme::calls(file, 3000);
        assert!(!calls.is_empty(), "{file}");
        let address = start(settings()).await;
        for call in calls {
            let (name, value) = &call.header;
            let headers = format!("{name}: {value}\r\n");
            let answer = post(address, &call.path, &headers, call.body.as_bytes()).await;
            let printed = call.filtered(&answer.json());
            assert_eq!(printed, call.shown, "{file}: {}", call.path);
        }
    }
}

/// Takes down every event as text.
struct Events(Arc<Mutex<String>>);

impl tracing::Subscriber for Events {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "pipelint"
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        struct Fields<'f>(&'f mut String);
        impl tracing::field::Visit for Fields<'_> {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                let _ = std::fmt::Write::write_fmt(
                    &mut self.0,
                    format_args!("{}={value:?} ", field.name()),
                );
            }
        }
        event.record(&mut Fields(&mut self.0.lock().unwrap()));
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn the_log_names_rules_and_no_values() {
    let log = Arc::new(Mutex::new(String::new()));
    let _guard = tracing::subscriber::set_default(Events(Arc::clone(&log)));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let address = start(settings()).await;
        let deal = br#"{"name":"Acme","status":"SECRET-STATUS"}"#;
        assert_eq!(post(address, "/v1/deals", JSON, deal).await.status, 422);
    });
    let log = log.lock().unwrap();
    assert!(
        log.contains("payload=\"leadlex/create-deal/request\""),
        "{log}"
    );
    assert!(log.contains("schema/enum"), "{log}");
    assert!(log.contains("errors=1"), "{log}");
    assert!(!log.contains("SECRET"), "{log}");
}
