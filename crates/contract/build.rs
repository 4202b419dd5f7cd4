//! Writes the currency table from the crate `iso_currency`, corrected against ISO 4217.

#[path = "build/currency.rs"]
mod currency;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("currency.rs"), currency::source())?;
    for path in ["build.rs", "build", "currency"] {
        println!("cargo::rerun-if-changed={path}");
    }
    Ok(())
}
