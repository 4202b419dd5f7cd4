//! Compiles the schemas of this folder.

fn main() -> Result<(), pipelint_compiler::Error> {
    pipelint_compiler::Compiler::new()
        .folder("schemas")?
        .write("payloads.rs")
}
