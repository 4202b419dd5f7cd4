//! Validates outgoing requests before they are sent.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request};
use http_body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use pipelint::contract::{Contract, Part};
use pipelint::{OwnedReport, payloads};
use thiserror::Error;
use tower::{Layer, Service};

use crate::check;
use crate::extract::is_json;
use crate::parts;
use crate::rejection::{Reason, Rejection};
use crate::request_diagnostics::RequestDiagnostics;
use crate::settings::Settings;

/// The hosts that the vendors' pages send requests to, and their systems as payloads name them.
const HOSTS: [(&str, &str); 3] = [
    ("data.leadlex.com", "leadlex"),
    ("api.slant.app", "slant"),
    ("www.ruddr.io", "ruddr"),
];

/// Knows which requests go to which operation, and holds them against it.
///
/// Use it by itself where there is no tower service, as with reqwest:
///
/// ```
/// use pipelint_axum::RequestValidator;
///
/// let validator = RequestValidator::default();
/// let (head, ()) = http::Request::post("https://www.ruddr.io/api/workspace/opportunity-stages")
///     .header("authorization", "Bearer secret")
///     .header("content-type", "application/json")
///     .body(())?
///     .into_parts();
/// let rejection = validator.check(&head, br#"{ "name": "Won" }"#).unwrap_err();
/// assert_eq!(rejection.messages().len(), 3);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct RequestValidator(Arc<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    operations: Vec<Operation>,
    hosts: Vec<(String, String)>,
    settings: Settings,
}

/// One operation of the catalogue.
#[derive(Debug, Clone)]
struct Operation {
    name: String,
    method: Method,
    path: String,
}

impl Default for RequestValidator {
    fn default() -> Self {
        Self::new(Settings::new().headers(true).path(true))
    }
}

impl RequestValidator {
    /// A validator to the vendors' own hosts. Of the settings count the limit of bodies, whether
    /// headers and path are checked, the levels and the clock.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let rows: Vec<serde_json::Value> =
            serde_json::from_str(pipelint_schemas::CATALOGUE).unwrap_or_default();
        let text = |row: &serde_json::Value, key: &str| {
            let value = row.get(key).and_then(serde_json::Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let operations = rows.iter().filter_map(|row| {
            Some(Operation {
                name: text(row, "operation"),
                method: text(row, "method").parse().ok()?,
                path: text(row, "path"),
            })
        });
        let hosts = HOSTS
            .iter()
            .map(|(host, system)| ((*host).to_owned(), (*system).to_owned()));
        Self(Arc::new(Inner {
            operations: operations.collect(),
            hosts: hosts.collect(),
            settings,
        }))
    }

    /// Also checks requests to that host (and port, if one is given) as such to `system`:
    /// `leadlex`, `slant`, `ruddr`.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>, system: impl Into<String>) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.hosts.push((host.into(), system.into()));
        self
    }

    /// The operation that a request calls, with the parameters of its path.
    fn operation<'h>(
        &'h self,
        head: &'h Parts,
    ) -> Option<(&'h Operation, Vec<(&'h str, &'h str)>)> {
        let authority = head.uri.authority().map(http::uri::Authority::as_str);
        let named = head.headers.get(http::header::HOST);
        let host = authority.or_else(|| named.and_then(|host| host.to_str().ok()))?;
        let without_port = host.rsplit_once(':').map_or(host, |(host, _)| host);
        let system = self.0.hosts.iter().rev().find_map(|(known, system)| {
            (known.eq_ignore_ascii_case(host) || known.eq_ignore_ascii_case(without_port))
                .then_some(system)
        })?;
        self.0.operations.iter().find_map(|operation| {
            let (of, _) = operation.name.split_once('/')?;
            if of != system || operation.method != head.method {
                return None;
            }
            let found = parts::matched(&operation.path, head.uri.path())?;
            Some((operation, found))
        })
    }

    /// Whether a request calls an operation that is known.
    #[must_use]
    pub fn knows(&self, head: &Parts) -> bool {
        self.operation(head).is_some()
    }

    /// Checks a request. One that calls no known operation passes. What is returned are the parts
    /// of the request that got warnings or advice.
    ///
    /// # Errors
    /// The rejection, if some part has an error.
    #[allow(
        clippy::result_large_err,
        reason = "a refused request costs more than a move"
    )]
    pub fn check(&self, head: &Parts, body: &[u8]) -> Result<Vec<OwnedReport>, Rejection> {
        let Some((operation, parameters)) = self.operation(head) else {
            return Ok(Vec::new());
        };
        let Some(request) = part(&operation.name, Part::Request) else {
            return Ok(Vec::new());
        };
        let settings = &self.0.settings;
        let refuse = |reason| Err(Rejection::new(reason, request, settings.reply_with()));
        if body.len() > settings.body_limit() {
            return refuse(Reason::TooLarge);
        }
        if !is_json(&head.headers) {
            return refuse(Reason::ContentType);
        }
        let options = settings.options_now();
        let mut found = RequestDiagnostics::default();
        if settings.checks_path()
            && let Some(contract) = part(&operation.name, Part::Path)
        {
            let path = parts::parameters(&parameters);
            check::part(&mut found, contract, path.as_bytes(), &options, settings);
        }
        if settings.checks_headers()
            && let Some(contract) = part(&operation.name, Part::Headers)
        {
            let headers = parts::headers(contract, &head.headers);
            check::part(&mut found, contract, headers.as_bytes(), &options, settings);
        }
        check::part(&mut found, request, body, &options, settings);
        if found.has_errors() {
            return Err(Rejection::of(found, request, settings.reply_with()));
        }
        Ok(found.reports)
    }
}

/// A part of an operation.
fn part(operation: &str, part: Part) -> Option<&'static Contract<'static>> {
    payloads::ALL
        .iter()
        .copied()
        .find(|contract| contract.operation == operation && contract.part == part)
}

/// A layer that refuses bad requests to a vendor before they are sent; see [`RequestValidator`].
///
/// It goes around any client service that takes `http::Request`, such as those of hyper-util. The
/// body is read into memory and handed on whole.
///
/// Any client that is a tower service of [`http::Request`]s can be layered, such as hyper's; one
/// that is not, such as reqwest's, becomes one by a closure:
///
/// ```no_run
/// use http::Request;
/// use pipelint_axum::{Prevalidate, PrevalidateError};
/// use tower::{Layer, ServiceExt, service_fn};
///
/// # async fn send(request: Request<reqwest::Body>) -> Result<(), reqwest::Error> {
/// let client = reqwest::Client::new();
/// let send = service_fn(move |request: Request<reqwest::Body>| {
///     let client = client.clone();
///     async move { client.execute(request.try_into()?).await }
/// });
/// match Prevalidate::default().layer(send).oneshot(request).await {
///     Ok(response) => println!("{}", response.status()),
///     Err(PrevalidateError::Refused(rejection)) => println!("not sent: {rejection}"),
///     Err(other) => println!("{other}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Prevalidate(RequestValidator);

impl Prevalidate {
    /// Checks by that validator.
    #[must_use]
    pub fn new(validator: RequestValidator) -> Self {
        Self(validator)
    }
}

impl<S> Layer<S> for Prevalidate {
    type Service = PrevalidateService<S>;

    fn layer(&self, inner: S) -> PrevalidateService<S> {
        PrevalidateService {
            inner,
            validator: self.0.clone(),
        }
    }
}

/// The service of the layer [`Prevalidate`].
#[derive(Debug, Clone)]
pub struct PrevalidateService<S> {
    inner: S,
    validator: RequestValidator,
}

/// Why a request was not sent, or how sending it failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PrevalidateError<E> {
    /// The request has faults; it was not sent.
    #[error(transparent)]
    Refused(Box<Rejection>),
    /// The request's body could not be read; it was not sent.
    #[error("the request's body could not be read")]
    Body(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The service inside failed.
    #[error(transparent)]
    Inner(E),
}

type Sending<R, E> = Pin<Box<dyn Future<Output = Result<R, PrevalidateError<E>>> + Send>>;

impl<S, B> Service<Request<B>> for PrevalidateService<S>
where
    S: Service<Request<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: fmt::Debug,
    B: Body + From<Bytes> + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = S::Response;
    type Error = PrevalidateError<S::Error>;
    type Future = Sending<S::Response, S::Error>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(PrevalidateError::Inner)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that was ready goes with the request; its copy has yet to get ready.
        let copy = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, copy);
        let (head, body) = request.into_parts();
        if !self.validator.knows(&head) {
            let sending = inner.call(Request::from_parts(head, body));
            return Box::pin(async move { sending.await.map_err(PrevalidateError::Inner) });
        }
        let validator = self.validator.clone();
        Box::pin(async move {
            let limit = validator.0.settings.body_limit();
            let body = match Limited::new(body, limit).collect().await {
                Ok(body) => body.to_bytes(),
                Err(error) if error.is::<LengthLimitError>() => {
                    let operation = validator.operation(&head);
                    let contract = operation.and_then(|(of, _)| part(&of.name, Part::Request));
                    let reply = validator.0.settings.reply_with();
                    return Err(match contract {
                        Some(contract) => PrevalidateError::Refused(Box::new(Rejection::new(
                            Reason::TooLarge,
                            contract,
                            reply,
                        ))),
                        None => PrevalidateError::Body(error),
                    });
                }
                Err(error) => return Err(PrevalidateError::Body(error)),
            };
            let checked = validator.check(&head, &body);
            checked.map_err(|rejection| PrevalidateError::Refused(Box::new(rejection)))?;
            let request = Request::from_parts(head, B::from(body));
            inner.call(request).await.map_err(PrevalidateError::Inner)
        })
    }
}
