//! The outgoing layer around the clients that people use: what has faults never reaches the wire.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::post;
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use pipelint_axum::{Prevalidate, PrevalidateError, Reason, RequestValidator};
use tokio::net::TcpListener;
use tower::{Layer, Service, ServiceExt, service_fn};

/// A vendor that takes everything and counts it.
async fn vendor() -> (SocketAddr, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let taken = Arc::clone(&count);
    let app: Router = Router::new().route(
        "/v1/deals",
        post(async move |body: String| {
            taken.fetch_add(1, Ordering::SeqCst);
            (StatusCode::CREATED, body)
        }),
    );
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, count)
}

fn layer(vendor: SocketAddr) -> Prevalidate {
    Prevalidate::new(RequestValidator::default().host(vendor.to_string(), "leadlex"))
}

fn deal<B: From<&'static str>>(vendor: SocketAddr, body: &'static str) -> Request<B> {
    Request::post(format!("http://{vendor}/v1/deals"))
        .header("authorization", "Bearer wbk_3f9a1c77de5b42e8")
        .header("content-type", "application/json")
        .body(B::from(body))
        .unwrap()
}

const GOOD: &str = r#"{"name":"Acme"}"#;
const BAD: &str = r#"{"name":"Acme","probability":120}"#;

/// Sends a good request, a bad one, and a good one again; returns the answers.
async fn send<S, B, E>(mut client: S, vendor: SocketAddr, count: &AtomicUsize) -> Vec<S::Response>
where
    S: Service<Request<B>, Error = PrevalidateError<E>>,
    B: From<&'static str>,
    E: std::fmt::Debug,
{
    let mut answers = Vec::new();
    for (body, sent) in [(GOOD, 1), (BAD, 1), (GOOD, 2)] {
        let client = client.ready().await.unwrap();
        match client.call(deal(vendor, body)).await {
            Ok(answer) => answers.push(answer),
            Err(PrevalidateError::Refused(rejection)) => {
                assert_eq!(body, BAD);
                assert_eq!(rejection.reason(), Reason::Refused);
                assert_eq!(rejection.messages().len(), 1);
            }
            Err(other) => panic!("{other:?}"),
        }
        assert_eq!(count.load(Ordering::SeqCst), sent);
    }
    answers
}

#[tokio::test]
async fn hyper_sends_what_passes() {
    let (vendor, count) = vendor().await;
    let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let answers = send(layer(vendor).layer(client), vendor, &count).await;
    assert_eq!(answers.len(), 2);
    for answer in answers {
        assert_eq!(answer.status(), StatusCode::CREATED);
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body, GOOD);
    }
}

#[tokio::test]
async fn reqwest_sends_what_passes() {
    let (vendor, count) = vendor().await;
    let client = reqwest::Client::new();
    let client = service_fn(move |request: Request<reqwest::Body>| {
        let client = client.clone();
        async move { client.execute(request.try_into()?).await }
    });
    let answers = send(layer(vendor).layer(client), vendor, &count).await;
    assert_eq!(answers.len(), 2);
    for answer in answers {
        assert_eq!(answer.status(), StatusCode::CREATED);
        assert_eq!(answer.text().await.unwrap(), GOOD);
    }
}
