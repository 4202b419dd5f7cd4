//! The routes and their handlers.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use pipelint::Instant;
use pipelint::contract::Contract;
use pipelint::rules::{self, Source};
use pipelint_overlay::Keyword;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::config::Config;
use crate::metrics::Metrics;
use crate::problem::{self, problem};
use crate::request::{self, Format};
use crate::{accept_language, openapi, response, service_openapi, stream};

/// The state that the handlers share.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) config: Config,
    pub(crate) metrics: Metrics,
    /// A permit for each check that may be under way.
    pub(crate) gate: Arc<Semaphore>,
}

/// The service's routes, for a server of your own. Connections (their number, the wait for headers,
/// shutdown) and the check of the host name are left to the server; see [`serve`](crate::serve).
pub fn router(config: Config) -> Router {
    let service = Arc::new(Service {
        gate: Arc::new(Semaphore::new(config.checks)),
        metrics: Metrics::new(),
        config,
    });
    let counting = Arc::clone(&service);
    Router::new()
        .route("/check/{*payload}", post(check))
        .route("/payloads", get(list_payloads))
        .route("/rules", get(list_rules))
        .route("/rules/{group}/{rule}", get(rule))
        .route("/operations.json", get(|| async { json(&openapi()) }))
        .route("/openapi.json", get(|| async { json(&service_openapi()) }))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/metrics", get(metrics))
        .fallback(async || problem(StatusCode::NOT_FOUND, "There is no such call"))
        .method_not_allowed_fallback(async || {
            problem(
                StatusCode::METHOD_NOT_ALLOWED,
                "The call takes another method",
            )
        })
        .layer(axum::middleware::map_response(async |response| {
            problem::from_framework(response)
        }))
        .layer(axum::middleware::map_response(move |response: Response| {
            counting.metrics.answered(response.status().as_u16());
            std::future::ready(response)
        }))
        .with_state(service)
}

fn json(body: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// The query of a check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    now: Option<String>,
}

async fn check(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    query: Result<Query<Asked>, QueryRejection>,
    request: Request,
) -> Response {
    let Some(contract) = service.config.payload(name.trim_end_matches('/')) else {
        return problem(
            StatusCode::NOT_FOUND,
            "No payload has this name; GET /payloads lists them",
        );
    };
    let Ok(Query(asked)) = query else {
        return problem(
            StatusCode::BAD_REQUEST,
            "The query may name `now`, and nothing else",
        );
    };
    let Ok(now) = asked.now.as_deref().map(str::parse::<Instant>).transpose() else {
        let title = "`now` must be an RFC 3339 date-time such as 2026-06-01T00:00:00Z";
        return problem(StatusCode::BAD_REQUEST, title);
    };
    let headers = request.headers();
    let format = match request::encoding(headers).and_then(|()| request::format(headers)) {
        Ok(format) => format,
        Err((status, title)) => return problem(status, title),
    };
    let options = service
        .config
        .options(now, accept_language::accepted(headers));
    let language = HeaderValue::from_static(options.locale.tag());
    let mut response = match format {
        Format::Lines => stream::lines(service, contract, options, request.into_body()),
        Format::Json => one(service, contract, options, request).await,
    };
    if response.status() == StatusCode::OK {
        let headers = response.headers_mut();
        headers.insert(CONTENT_LANGUAGE, language);
        headers.insert(VARY, HeaderValue::from_static("accept-language"));
    }
    response
}

/// Checks a body as one payload.
async fn one(
    service: Arc<Service>,
    contract: &'static Contract<'static>,
    options: pipelint::Options,
    request: Request,
) -> Response {
    let config = &service.config;
    let large = || problem(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large");
    let busy = || {
        problem(
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many checks are under way",
        )
    };
    if request::length(request.headers()).is_some_and(|length| length > config.limit() as u64) {
        return large();
    }
    // A body that cannot be checked need not be read.
    if service.gate.available_permits() == 0 {
        return busy();
    }
    let whole = Limited::new(request.into_body(), config.limit()).collect();
    let body = match tokio::time::timeout(config.timeout, whole).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return large(),
        Ok(Err(_)) => {
            return problem(
                StatusCode::BAD_REQUEST,
                "The body could not be read to its end",
            );
        }
        Err(_) => {
            return problem(
                StatusCode::REQUEST_TIMEOUT,
                "The body did not arrive in time",
            );
        }
    };
    let Ok(permit) = Arc::clone(&service.gate).try_acquire_owned() else {
        return busy();
    };
    let checked = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let schemas = &service.config.schemas;
        let (answer, verdict) = response::answer(contract, &body, None, &options, schemas);
        service.metrics.checked(contract, body.len(), verdict);
        answer
    });
    match checked.await {
        Ok(answer) => ([(CONTENT_TYPE, "application/json")], Body::from(answer)).into_response(),
        Err(_) => problem(StatusCode::INTERNAL_SERVER_ERROR, "The check failed"),
    }
}

async fn list_payloads(State(service): State<Arc<Service>>) -> Response {
    let payloads = service.config.all_payloads().map(|contract| {
        json!({
            "payload": contract.id,
            "operation": contract.operation,
            "part": contract.part.name(),
            "system": contract.system,
            "title": contract.title,
        })
    });
    json(&payloads.collect())
}

async fn list_rules() -> Response {
    let rules = rules::all().map(|rule| {
        // A page's second paragraph is its summary.
        let summary = rule.page.split("\n\n").nth(1).unwrap_or_default().trim();
        json!({
            "rule": rule.name,
            "severity": rule.severity.name(),
            "summary": summary,
            "source": match rule.source {
                Source::Vendor => "vendor",
                Source::Standard(name) => name,
                Source::Meaning => "pipelint",
                Source::Policy => "the policy",
            },
            "since": rule.since,
        })
    });
    json(&rules.collect())
}

async fn rule(Path((group, rule)): Path<(String, String)>) -> Response {
    let name = format!("{group}/{rule}");
    let own = rules::by_name(&name).map(|rule| rule.page.to_owned());
    match own.or_else(|| Keyword::by_rule(&name).map(Keyword::page)) {
        Some(page) => ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], page).into_response(),
        None => problem(
            StatusCode::NOT_FOUND,
            "No rule has this name; GET /rules lists them",
        ),
    }
}

async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let under_way = service
        .config
        .checks
        .saturating_sub(service.gate.available_permits());
    let page = service.metrics.page(under_way);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], page).into_response()
}
