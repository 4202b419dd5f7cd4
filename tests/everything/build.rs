//! Compiles a schema with every keyword and every meaning.

const CATALOGUE: &str = r#"[
    { "operation": "acme/create-deal", "system": "Acme [Inc]", "title": "Create a deal", "record": "deal",
      "method": "POST", "path": "/deals", "parts": ["request", "headers"] },
    { "operation": "acme/move", "system": "Acme [Inc]", "title": "Move a deal\n*/ <b>", "record": "deal",
      "method": "POST", "path": "/deals/{id}", "parts": ["path"] }
]"#;

const HEADERS: &str = r#"{
    "type": "object",
    "meaning": { "is": "headers" },
    "additionalProperties": true,
    "properties": {
        "Authorization": { "type": "string", "meaning": { "is": "credential", "scheme": "Bearer", "prefix": "wbk_" } },
        "Idempotency-Key": { "type": "string", "meaning": { "is": "idempotency-key" } },
        "Content-Type": { "type": "string", "meaning": { "is": "content-type", "media-type": "application/json" } }
    }
}"#;

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
