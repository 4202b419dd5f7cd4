//! Every request of the corpus through the extractor: the diagnostics are the library's.

#![allow(clippy::unwrap_used, clippy::panic)]

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::post;
use http_body_util::BodyExt;
use pipelint::contract::Part;
use pipelint::{Payload, Record, Report, leadlex, ruddr, slant};
use pipelint_axum::{CheckedJson, Settings};
use pipelint_tests::corpus;
use serde_json::Value;
use tower::ServiceExt;

fn records(report: &Report<'_>) -> Vec<Value> {
    report
        .diagnostics()
        .map(|diagnostic| {
            let record = Record {
                file: None,
                record: None,
                diagnostic,
            };
            serde_json::to_value(record).unwrap()
        })
        .collect()
}

/// Says what was to be said of a payload that was taken.
async fn say<T: Payload>(payload: CheckedJson<T>) -> String {
    let warnings = payload.warnings().map(|kept| records(&kept.report()));
    Value::from(warnings.unwrap_or_default()).to_string()
}

#[tokio::test]
async fn every_request_gets_the_same_diagnostics() {
    let mut count = 0;
    for case in corpus::cases() {
        if case.contract.part != Part::Request {
            continue;
        }
        let route = match case.contract.operation {
            "leadlex/create-deal" => post(say::<leadlex::CreateDeal>),
            "slant/create-opportunity" => post(say::<slant::CreateOpportunity>),
            "ruddr/create-opportunity-stage" => post(say::<ruddr::CreateOpportunityStage>),
            _ => continue,
        };
        let now = case.options.now;
        let settings = Settings::new().limit(16 << 20).clock(move || now);
        let app: Router = Router::new().route("/", route).layer(settings);
        let request = Request::post("/")
            .header("content-type", "application/json")
            .body(Body::from(case.bytes.clone()))
            .unwrap();
        let response = app.oneshot(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body: Value = serde_json::from_slice(&body).unwrap();

        let report = case.report();
        let mut expected = records(&report);
        let mut told = if report.is_ok() {
            assert_eq!(status, StatusCode::OK, "{}: {body}", case.name);
            body.as_array().unwrap().clone()
        } else {
            let list = |key: &str| body[key].as_array().unwrap().clone();
            [list("errors"), list("warnings")].concat()
        };
        for list in [&mut told, &mut expected] {
            list.sort_by_key(ToString::to_string);
        }
        assert_eq!(told, expected, "{}", case.name);
        count += 1;
    }
    println!("{count} requests of the corpus agree");
    assert!(count > 50, "{count}");
}
