//! Compiles the schemas of this folder.

fn main() -> Result<(), pipelint_contract::Error> {
    pipelint_contract::Compiler::new()
        .folder("schemas")?
        .write("payloads.rs")
}
