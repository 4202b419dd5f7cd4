//! The generated source; the crate `tests/everything` compiles it and checks its tables.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use pipelint_compiler::Compiler;
use std::path::{Path, PathBuf};

const CATALOGUE: &str = include_str!("../../../tests/everything/catalogue.json");
const HEADERS: &str = include_str!("../../../tests/everything/headers.schema.json");

fn everything() -> Compiler {
    let mut compiler = Compiler::new();
    let files = [
        ("acme/move/path.schema.json", "{}"),
        ("acme/create-deal/headers.schema.json", HEADERS),
        (
            "acme/create-deal/request.schema.json",
            include_str!("../../../tests/everything/everything.schema.json"),
        ),
    ];
    compiler.catalogue(CATALOGUE, files).unwrap();
    compiler
}

/// A folder of this test's own.
fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

#[test]
fn a_folder_gives_what_its_texts_give() {
    let dir = scratch("folder");
    let put = |path: &str, text: &str| {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("catalogue.json", CATALOGUE);
    put("acme/move/path.schema.json", "{}");
    put("acme/create-deal/headers.schema.json", HEADERS);
    put("acme/create-deal/NOTES.md", "notes");
    put("meta/vocabulary.schema.json", "{ not read }");
    let request = "acme/create-deal/request.schema.json";
    put(
        request,
        include_str!("../../../tests/everything/everything.schema.json"),
    );
    let mut compiler = Compiler::new();
    compiler.folder(&dir).unwrap();
    assert_eq!(compiler.source(), everything().source());

    put(request, r#"{"pattern":"x"}"#);
    let error = Compiler::new().folder(&dir).unwrap_err();
    assert_eq!(
        error.problems()[0].file,
        dir.join(request).display().to_string()
    );
}

#[test]
fn the_source_is_readable_and_always_the_same() {
    let source = everything().source();
    assert_eq!(source, everything().source());
    for piece in [
        "/// Acme (Inc).\npub mod acme {\n    /// Create a deal: `POST /deals`.\n    pub mod create_deal {\n        use ::pipelint::contract::{\n",
        "    /// Move a deal */ (b): `POST /deals/{id}`.\n    pub mod move_ {\n",
        "        static REQUEST_NAME: Schema<'static> = ready(Schema {\n            types: Types::STRING,\n            meaning: Meaning::RecordName,\n            text: Some(&TextLimits { min: 1, max: 255, format: None }),\n            ..Schema::ANY\n        });\n",
        "        static REQUEST_ROOT_2: Schema<'static> = Schema::ANY;\n",
        "            currency_in: Some(12),\n",
        "            Property::new(\"contact_id\", &REQUEST_CONTACT_ID, Some(17)),\n",
        "            Property::new(\"main_contact_id\", &REQUEST_DEFS_ID, None),\n",
        "        static REQUEST_PIPELINE_ID: Schema<'static>",
        "pub static ALL: &[&::pipelint::contract::Contract<'static>] = &[\n    &acme::create_deal::REQUEST,\n    &acme::create_deal::HEADERS,\n    &acme::move_::PATH,\n];\n",
    ] {
        assert!(source.contains(piece), "{piece}\n\nnot in\n\n{source}");
    }
    assert!(
        !source.contains("UNUSED"),
        "a definition that nothing refers to is left out"
    );
    assert!(Compiler::new().source().contains("= &[];"));
}
