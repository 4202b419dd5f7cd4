//! The service by itself: `cargo run -p pipelint-serve --example serve -- 127.0.0.1:8471`; with
//! `openapi` instead of an address it writes the OpenAPI document.

use pipelint_serve::{Config, openapi, run};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut config = Config::default();
    match std::env::args().nth(1).as_deref() {
        Some("openapi") => {
            println!("{:#}", openapi());
            return Ok(());
        }
        Some(address) => config.address = address.parse()?,
        None => {}
    }
    run(config, |address| println!("listening on http://{address}"))?;
    Ok(())
}
