//! A service that takes the three vendors' payloads, each in one argument of its handler.
//!
//! ```text
//! cargo run -p pipelint-axum --example deals            # on 127.0.0.1:3000
//! cargo run -p pipelint-axum --example deals -- 8080
//!
//! curl -i 127.0.0.1:3000/v1/deals -H 'content-type: application/json' \
//!   -d '{ "name": " ", "probability": 120, "currency": "eur" }'
//! ```

mod app;

use std::net::Ipv4Addr;

use pipelint_axum::{Settings, Warnings};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = match std::env::args().nth(1) {
        Some(port) => port.parse()?,
        None => 3000,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let settings = Settings::new().path(true).warnings(Warnings::Header);
    axum::serve(listener, app::app(settings))
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}
