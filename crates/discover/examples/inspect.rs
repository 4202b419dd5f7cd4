//! Prints what is known of a file: the operations of an OpenAPI document, or the faults of a JSON
//! Schema and the meanings that are proposed for it.
//!
//! `cargo run -p pipelint-discover --example inspect -- FILE`

use std::error::Error;

use pipelint::compile::CompileOptions;
use pipelint_discover::annotate::propose;
use pipelint_discover::lint::lint;
use pipelint_discover::openapi::OpenApi;
use pipelint_discover::read;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a file")?;
    let root = read(&std::fs::read_to_string(&file)?)?;
    if root.get("openapi").is_some() {
        for operation in OpenApi::new(root)?.operations() {
            let parts: Vec<String> = operation.parts.iter().map(ToString::to_string).collect();
            let (method, path) = (&operation.method, &operation.path);
            println!("{}: {method} {path} ({})", operation.name, parts.join(", "));
        }
        return Ok(());
    }
    let options = CompileOptions {
        file: &file,
        ..CompileOptions::default()
    };
    for fault in lint(&root, &options) {
        println!("{file}{fault}");
    }
    for one in propose(&root) {
        let (pointer, meaning) = (&one.pointer, &one.meaning);
        println!("{pointer}: {meaning} ({}: {})", one.confidence, one.reason);
    }
    Ok(())
}
