//! `pipelint serve` as the real program over real TCP; and the corpus through it and through
//! `pipelint check`, which say the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use common::{Folder, NOW};
use pipelint::{Record, payloads};
use pipelint_tests::corpus::{self, Case};
use pipelint_tests::readme;
use serde_json::Value;

/// The program, serving until it is dropped.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start(folder: &Folder, arguments: &str) -> Self {
        let mut command = folder.command(&format!("serve --address 127.0.0.1:0 {arguments}"));
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let mut reader = BufReader::new(child.stderr.take().unwrap());
        reader.read_line(&mut said).unwrap();
        let address = said.trim().rsplit_once("http://");
        let address = address.unwrap_or_else(|| panic!("{said}")).1.to_owned();
        Self { child, address }
    }

    fn post(&self, payload: &str, body: &[u8]) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "POST /check/{payload} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // What is too large may be refused before it is all sent.
        let _ = stream.write_all(body);
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (_, body) = reply.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|_| panic!("{reply}"))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the library says of a case.
fn said(case: &Case) -> Value {
    let report = case.report();
    let records = report.diagnostics().map(|diagnostic| {
        let (file, record) = (None, None);
        let record = Record {
            file,
            record,
            diagnostic,
        };
        serde_json::to_value(record).unwrap()
    });
    records.collect()
}

#[test]
fn every_case_of_the_corpus_gets_the_same_diagnostics_from_check_and_from_serve() {
    let folder = Folder::new(&[]);
    let mut groups: BTreeMap<(String, &str), Vec<Case>> = BTreeMap::new();
    for case in corpus::cases() {
        if payloads::by_id(case.contract.id).is_some() {
            let now = case.now.clone();
            let group = groups.entry((now, case.contract.id)).or_default();
            group.push(case);
        }
    }
    let mut services: BTreeMap<&str, Service> = BTreeMap::new();
    let mut count = 0;
    for ((now, payload), cases) in &groups {
        let arguments = format!(
            "check --no-config --input-format json --output-format json --payload {payload} --now {now}"
        );
        let mut command = folder.command(&arguments);
        let output = command.args(cases.iter().map(|case| &case.file)).output();
        let written: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
        let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for diagnostic in written["diagnostics"].as_array().unwrap() {
            let mut diagnostic = diagnostic.clone();
            let fields = diagnostic.as_object_mut().unwrap();
            let file = fields.remove("file").unwrap();
            // A service knows of no files.
            assert_eq!(fields.remove("record"), Some(Value::Null));
            let file = file.as_str().unwrap().to_owned();
            by_file.entry(file).or_default().push(diagnostic);
        }
        let service = services
            .entry(now.as_str())
            .or_insert_with(|| Service::start(&folder, &format!("--now {now}")));
        for case in cases {
            let expected = said(case);
            let checked = by_file.remove(case.file.to_str().unwrap());
            let checked = Value::from(checked.unwrap_or_default());
            assert_eq!(checked, expected, "{}: check", case.name);
            let answer = service.post(payload, &case.bytes);
            assert_eq!(answer["diagnostics"], expected, "{}: serve", case.name);
            count += 1;
        }
        assert!(by_file.is_empty(), "{by_file:?}");
    }
    assert!(count > 100, "{count}");
}

#[test]
fn it_judges_as_the_configuration_says() {
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            r#"
            now = 2026-03-01T00:00:00Z
            [rules]
            "schema/unknown-property" = "error"
            "policy/required" = "warning"
            [[overrides]]
            files = ["*"]
            rules = { schema = "off" }
            [policy]
            stages = ["Proposal"]
            [policy.schemas]
            "leadlex/create-deal" = "our.json"
            [mask]
            properties = ["stage"]
            [limits]
            size = 200
            "#,
        ),
        (
            "our.json",
            r#"{ "required": ["owner_id"], "properties": { "name": { "pattern": "^[A-Z]" } } }"#,
        ),
    ]);
    let service = Service::start(&folder, "--config pipelint.toml");
    let deal = br#"{"name":"acme","stage":"SECRET","x":1,"follow_up_date":"2026-02-01"}"#;
    let answer = service.post("leadlex/create-deal", deal);
    let told: Vec<_> = answer["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{}: {}",
                one["severity"].as_str().unwrap(),
                one["rule"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "warning: policy/required",
            "error: policy/pattern",
            "error: policy/unknown-stage",
            "error: schema/unknown-property",
            "warning: date/past-follow-up",
        ]
    );
    assert!(!answer.to_string().contains("SECRET"), "{answer}");
    let large = service.post("leadlex/create-deal", &[b' '; 201]);
    assert_eq!(large["status"], 413);
}

#[test]
fn it_speaks_the_language_that_is_set() {
    let folder = Folder::new(&[("pipelint.toml", "locale = 'de'")]);
    for (arguments, message) in [
        ("", "`name` is missing"),
        ("--locale de", "`name` fehlt"),
        ("--config pipelint.toml", "`name` fehlt"),
        ("--config pipelint.toml --locale en", "`name` is missing"),
    ] {
        let answer = Service::start(&folder, arguments).post("leadlex/create-deal", b"{}");
        assert_eq!(answer["diagnostics"][0]["message"], message, "{arguments}");
    }
}

#[test]
fn readmes_show_what_is_answered() {
    let folder = Folder::new(&[]);
    let service = Service::start(&folder, "");
    for file in ["README.md", "crates/serve/README.md"] {
        let calls = readme::calls(file, 8471);
        assert!(!calls.is_empty(), "{file}");
        for call in calls {
            assert_eq!(call.header.1, "application/json");
            let payload = call.path.strip_prefix("/check/").unwrap();
            let answer = service.post(payload, call.body.as_bytes());
            assert_eq!(call.filtered(&answer), call.shown, "{file}: {payload}");
        }
    }
}

#[test]
fn what_it_cannot_serve_by_is_said_before_it_listens() {
    let folder = Folder::new(&[
        ("wrong.toml", "[rules]\ncurency = 'off'"),
        (
            "broken.toml",
            "[policy.schemas]\n\"leadlex/create-deal\" = \"broken.json\"",
        ),
        ("broken.json", r#"{ "type": 1 }"#),
    ]);
    for (arguments, said) in [
        ("--config none.toml", "cannot read none.toml"),
        ("--config wrong.toml", "did you mean `currency`?"),
        ("--config broken.toml", "broken at `/type`"),
        ("--address 127.0.0.1", "such as 127.0.0.1:8471"),
        ("--address localhost:x", "such as 127.0.0.1:8471"),
        ("--checks 0", "0 is not in 1.."),
        ("--now soon", "RFC 3339"),
    ] {
        let ran = folder.run(&format!("serve {arguments}"));
        assert_eq!(ran.status, 2, "{arguments}");
        assert!(ran.stderr.contains(said), "{arguments}: {}", ran.stderr);
    }
    let first = Service::start(&folder, &format!("--now {NOW}"));
    let by_name = first.address.replace("127.0.0.1", "localhost");
    for address in [&first.address, &by_name] {
        let ran = folder.run(&format!("serve --address {address}"));
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("cannot listen on"), "{}", ran.stderr);
    }
}
