//! Four services to check against each other under load; each accepts a deal and answers with its name.
//!
//! ```text
//! crates/axum/examples/load.sh      # all four in turns, with wrk: requests a second, peak memory
//! ```
//!
//! | mode | the handler's argument |
//! |---|---|
//! | `checked` | `CheckedJson<CreateDeal>`: all rules |
//! | `typed` | `Json<CreateDeal>`: no validation |
//! | `jsonschema` | `Json<Value>`, checked against the crate jsonschema's validator, then read |
//! | `value` | `Json<Value>`: no validation |

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use pipelint::leadlex::CreateDeal;
use pipelint_axum::CheckedJson;
use serde_json::Value;
use tokio::net::TcpListener;

async fn checked(deal: CheckedJson<CreateDeal>) -> String {
    deal.into_inner().name
}

async fn typed(Json(deal): Json<CreateDeal>) -> String {
    deal.name
}

async fn value(Json(deal): Json<Value>) -> String {
    name(&deal)
}

async fn validated(
    State(validator): State<Arc<jsonschema::Validator>>,
    Json(deal): Json<Value>,
) -> Result<String, StatusCode> {
    if validator.is_valid(&deal) {
        Ok(name(&deal))
    } else {
        Err(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

fn name(deal: &Value) -> String {
    let name = deal.get("name").and_then(Value::as_str);
    name.unwrap_or_default().to_owned()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().unwrap_or_default();
    let port: u16 = arguments.next().unwrap_or_default().parse()?;
    let app = match mode.as_str() {
        "checked" => Router::new().route("/", post(checked)),
        "typed" => Router::new().route("/", post(typed)),
        "value" => Router::new().route("/", post(value)),
        "jsonschema" => {
            let schema = pipelint_schemas::schema("leadlex/create-deal/request");
            let schema: Value = serde_json::from_str(schema.unwrap_or_default())?;
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)?;
            Router::new()
                .route("/", post(validated))
                .with_state(Arc::new(validator))
        }
        other => return Err(format!("no such mode: {other}").into()),
    };
    // One thread, so that the other core is the client's.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        axum::serve(listener, app).await?;
        Ok(())
    })
}
