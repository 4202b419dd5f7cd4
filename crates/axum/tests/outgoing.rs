//! Requests to the vendors are refused before they are sent.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use pipelint_axum::{Prevalidate, PrevalidateError, Reason, RequestValidator, Settings};
use tower::{Layer, ServiceExt, service_fn};

/// Sends a request through the layer; whether it was sent, and why not.
async fn send<B>(layer: &Prevalidate, request: Request<B>) -> (usize, Option<Reason>)
where
    B: http_body::Body<Data = Bytes> + From<Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>> + std::fmt::Debug,
{
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let vendor = service_fn(move |request: Request<B>| {
        let count = Arc::clone(&count);
        async move {
            let body = request.into_body().collect().await.unwrap().to_bytes();
            count.fetch_add(body.len(), Ordering::SeqCst);
            Ok::<_, Infallible>(Response::new(()))
        }
    });
    let reason = match layer.layer(vendor).oneshot(request).await {
        Ok(_) => None,
        Err(PrevalidateError::Refused(rejection)) => Some(rejection.reason()),
        Err(other) => panic!("{other:?}"),
    };
    (sent.load(Ordering::SeqCst), reason)
}

fn request(uri: &str) -> http::request::Builder {
    let key = if uri == DEALS {
        "Bearer wbk_3f9a1c77de5b42e8"
    } else {
        "Bearer 3f9a1c77de5b42e8"
    };
    Request::post(uri)
        .header("authorization", key)
        .header("content-type", "application/json")
}

const DEALS: &str = "https://data.leadlex.com/functions/v1/api-gateway/v1/deals";

#[tokio::test]
async fn good_requests_are_sent_whole() {
    let validator = Prevalidate::default();
    let good = r#"{"name":"Acme"}"#;
    let full = request(DEALS).body(Full::<Bytes>::from(good)).unwrap();
    assert_eq!(send(&validator, full).await, (15, None));
    let body = request(DEALS).body(Body::from(good)).unwrap();
    assert_eq!(send(&validator, body).await, (15, None));
}

#[tokio::test]
async fn bad_requests_are_not_sent() {
    let validator = Prevalidate::default();
    for (request, reason) in [
        (
            request(DEALS).body(Full::<Bytes>::from("{}")),
            Reason::Refused,
        ),
        (request(DEALS).body(Full::from("{")), Reason::NotJson),
        (
            Request::post(DEALS)
                .header("content-type", "application/json")
                .body(Full::from(r#"{"name":"Acme"}"#)),
            Reason::Credential,
        ),
        (
            Request::post(DEALS).body(Full::from(r#"{"name":"Acme"}"#)),
            Reason::ContentType,
        ),
        (
            request(DEALS).body(Full::from(vec![b' '; 2 << 20])),
            Reason::TooLarge,
        ),
        (
            request("https://www.ruddr.io/api/workspace/opportunity-stages")
                .body(Full::from(r#"{"name":"Won","probability":75}"#)),
            Reason::Refused,
        ),
    ] {
        assert_eq!(send(&validator, request.unwrap()).await, (0, Some(reason)));
    }
}

#[tokio::test]
async fn other_requests_pass_untouched() {
    let validator = Prevalidate::default();
    for uri in [
        "https://example.com/v1/deals",
        "https://data.leadlex.com/functions/v1/api-gateway/v1/deals/bulk",
    ] {
        let request = request(uri).body(Full::<Bytes>::from("no JSON")).unwrap();
        assert_eq!(send(&validator, request).await, (7, None), "{uri}");
    }
    let get = Request::get(DEALS).body(Full::<Bytes>::from("?")).unwrap();
    assert_eq!(send(&validator, get).await, (1, None));
}

#[tokio::test]
async fn hosts_of_ones_own_are_known_once_named() {
    let validator = RequestValidator::new(Settings::new()).host("localhost:8080", "slant");
    let layer = Prevalidate::new(validator.clone());
    let uri = "http://localhost:8080/v1/households/h%201/opportunities";
    let bad = request(uri)
        .body(Full::<Bytes>::from(r#"{"value":1.5}"#))
        .unwrap();
    assert_eq!(send(&layer, bad).await, (0, Some(Reason::Refused)));

    let (head, ()) = request(uri).body(()).unwrap().into_parts();
    let rejection = validator.check(&head, br#"{"value":1.5}"#).unwrap_err();
    assert_eq!(rejection.contract().id, "slant/create-opportunity/request");
    // What passes may still be warned of.
    let warned = validator
        .check(&head, br#"{"name":"Acme","probabilty":7}"#)
        .unwrap();
    assert_eq!(warned.len(), 1);
}
