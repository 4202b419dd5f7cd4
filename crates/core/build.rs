//! Writes what the library is built from: the payloads' tables and the messages.

#[path = "build/messages.rs"]
mod messages;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use pipelint_compiler::Compiler;

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);

    let files = pipelint_schemas::FILES
        .iter()
        .map(|file| (file.path, file.text));
    let mut compiler = Compiler::new();
    compiler.catalogue(pipelint_schemas::CATALOGUE, files)?;
    compiler.write("payloads.rs")?;

    fs::write(
        out.join("messages.rs"),
        messages::source(Path::new("src/rules"), Path::new("messages"))?,
    )?;

    for path in ["build.rs", "build", "messages", "src/rules"] {
        println!("cargo::rerun-if-changed={path}");
    }
    Ok(())
}
