//! Compiles a schema with every keyword and every meaning.

const CATALOGUE: &str = include_str!("catalogue.json");
const HEADERS: &str = include_str!("headers.schema.json");

fn main() -> Result<(), pipelint_compiler::Error> {
    let request = include_str!("everything.schema.json");
    let files = [
        ("acme/move/path.schema.json", "{}"),
        ("acme/create-deal/headers.schema.json", HEADERS),
        ("acme/create-deal/request.schema.json", request),
    ];
    let mut compiler = pipelint_compiler::Compiler::new();
    compiler.catalogue(CATALOGUE, files)?;
    compiler.write("payloads.rs")
}
