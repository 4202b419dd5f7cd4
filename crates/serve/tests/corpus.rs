//! Every case of the corpus through the service: the diagnostics are the library's.

#![allow(clippy::unwrap_used, clippy::panic)]

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use pipelint::{Record, payloads};
use pipelint_serve::{Config, router};
use pipelint_tests::corpus;
use serde_json::Value;
use tower::ServiceExt;

#[tokio::test]
async fn every_case_gets_the_same_diagnostics() {
    let mut count = 0;
    for case in corpus::cases() {
        if payloads::by_id(case.contract.id).is_none() {
            continue;
        }
        let config = Config {
            now: Some(case.options.now),
            ..Config::default()
        };
        let lines = !case.bytes.contains(&b'\n') && !case.bytes.trim_ascii().is_empty();
        for (media_type, record) in [
            ("application/json", None),
            ("application/x-ndjson", Some(1)),
        ] {
            if record.is_some() && !lines {
                continue;
            }
            let report = case.report();
            let expected: Vec<Value> = report
                .diagnostics()
                .map(|diagnostic| {
                    let record = Record {
                        file: None,
                        record,
                        diagnostic,
                    };
                    serde_json::to_value(record).unwrap()
                })
                .collect();
            let request = Request::post(format!("/check/{}", case.contract.id))
                .header("content-type", media_type)
                .body(Body::from(case.bytes.clone()))
                .unwrap();
            let response = router(config.clone()).oneshot(request).await.unwrap();
            let body = response.into_body().collect().await.unwrap().to_bytes();
            let answer: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(
                answer["diagnostics"],
                Value::from(expected),
                "{}",
                case.name
            );
            assert_eq!(answer["ok"], report.is_ok(), "{}", case.name);
            count += 1;
        }
    }
    println!("{count} answers agree");
    assert!(count > 100, "{count}");
}
