//! Every fault of a schema is reported with its file, its pointer, its keyword and what to do.

#![allow(clippy::panic, reason = "helpers of tests")]
#![allow(clippy::too_many_lines, reason = "long tables of cases")]

use pipelint_compiler::{Compiler, Error, Problem};

const FILE: &str = "schemas/acme/create-deal/request.schema.json";

fn problems(part: &str, text: &str) -> Vec<Problem> {
    let id = format!("acme/create-deal/{part}");
    match Compiler::new().schema(FILE, &id, "Acme", "Create a deal", text) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems().to_vec(),
    }
}

/// The one problem of a schema.
#[track_caller]
fn assert_one(text: &str, pointer: &str, keyword: &str, what: &str) {
    let found = problems("request", text);
    let [problem] = found.as_slice() else {
        panic!("{text}: {found:#?}");
    };
    assert_eq!(problem.file, FILE);
    assert_eq!(
        (problem.pointer.as_str(), problem.keyword.as_str()),
        (pointer, keyword),
        "{text}"
    );
    assert!(problem.what.contains(what), "{text}: {}", problem.what);
}

/// The one problem of a property `a`, beside which a property `b` and a code `c` stand.
#[track_caller]
fn assert_property(schema: &str, keyword: &str, what: &str) {
    let text = format!(
        r#"{{ "properties": {{ "a": {schema}, "b": {{}},
            "c": {{ "meaning": {{ "is": "currency-code" }} }},
            "d": {{ "meaning": {{ "is": "label", "alias-of": "b" }} }} }} }}"#
    );
    assert_one(&text, "/properties/a", keyword, what);
}

#[test]
fn the_message_names_file_pointer_and_keyword() {
    let found = problems(
        "request",
        r#"{ "properties": { "na/me": { "pattern": "^a" } } }"#,
    );
    let text = found[0].to_string();
    assert!(
        text.starts_with(
            "schemas/acme/create-deal/request.schema.json#/properties/na~1me: the keyword \
             \"pattern\" is not supported; use \"format\", \"enum\" or a \"meaning\"; supported are $schema, "
        ),
        "{text}"
    );
}

#[test]
fn keywords_that_are_not_supported() {
    for keyword in [
        "pattern",
        "oneOf",
        "anyOf",
        "allOf",
        "not",
        "if",
        "then",
        "else",
        "contains",
        "prefixItems",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedItems",
        "unevaluatedProperties",
        "minContains",
        "$anchor",
        "$dynamicRef",
        "$dynamicAnchor",
        "$vocabulary",
        "definitions",
        "nullable",
        "contentEncoding",
        "discriminator",
        "x-note",
        "",
    ] {
        let schema = format!("{{ {keyword:?}: {{}} }}");
        assert_property(&schema, keyword, "is not supported");
    }
    assert_property(
        r#"{"maxlength":1}"#,
        "maxlength",
        "did you mean \"maxLength\"?",
    );
    assert_property(
        r#"{"nullable":true}"#,
        "nullable",
        r#""type": ["string", "null"]"#,
    );
}

#[test]
fn keywords_of_the_root() {
    assert_property(r#"{"$defs":{}}"#, "$defs", "root of a file only");
    assert_property(r#"{"$id":"x"}"#, "$id", "root of a file only");
    assert_one(
        r#"{"$schema":"http://json-schema.org/draft-07/schema#"}"#,
        "",
        "$schema",
        "2020-12",
    );
    assert_one("[]", "", "", "must be an object");
    assert_one("{", "", "", "this is no JSON");
    assert_one(r#"{"title":"a","title":"b"}"#, "", "title", "given twice");
    assert_one(
        r#"{"properties":{"a":{},"\u0061":{}}}"#,
        "/properties",
        "a",
        "given twice",
    );
}

#[test]
fn values_of_keywords() {
    for (schema, keyword, what) in [
        ("true", "", "a schema must be an object"),
        (
            r#"{"type":"text"}"#,
            "type",
            "\"text\" is no type; types are \"null\"",
        ),
        (r#"{"type":"strin"}"#, "type", "did you mean \"string\"?"),
        (r#"{"type":[]}"#, "type", "a list of them"),
        (r#"{"type":["null","null"]}"#, "type", "listed twice"),
        (
            r#"{"format":"uri"}"#,
            "format",
            "supported are \"date-time\", \"date\", \"uuid\", \"email\"",
        ),
        (r#"{"format":1}"#, "format", "1 is not supported"),
        (r#"{"enum":[]}"#, "enum", "at least one"),
        (r#"{"enum":"a"}"#, "enum", "must be an array"),
        (
            r#"{"enum":[{"b":1}]}"#,
            "enum",
            r#"{"b":1} is not supported"#,
        ),
        (r#"{"enum":[1,1.0]}"#, "enum", "1.0 is listed twice"),
        (r#"{"const":[1]}"#, "const", "[1] is not supported"),
        (r#"{"const":1,"enum":[1]}"#, "enum", "side by side"),
        (
            r#"{"type":"string","enum":["a",1]}"#,
            "enum",
            "1 can never apply",
        ),
        (
            r#"{"type":"integer","const":1.5}"#,
            "const",
            "1.5 can never apply",
        ),
        (
            r#"{"type":"string","default":1}"#,
            "default",
            "no value that this schema allows",
        ),
        (
            r#"{"enum":["a"],"default":"b"}"#,
            "default",
            "no value that this schema allows",
        ),
        (
            r#"{"minLength":-1}"#,
            "minLength",
            "a whole number from 0 to 4294967294",
        ),
        (r#"{"maxLength":1.5}"#, "maxLength", "a whole number"),
        (r#"{"maxLength":4294967295}"#, "maxLength", "a whole number"),
        (r#"{"maxItems":"1"}"#, "maxItems", "a whole number"),
        (
            r#"{"minLength":2,"maxLength":1}"#,
            "minLength",
            "no value can pass",
        ),
        (
            r#"{"minItems":2,"maxItems":1}"#,
            "minItems",
            "no value can pass",
        ),
        (
            r#"{"minimum":1.01,"maximum":1}"#,
            "minimum",
            "no value can pass",
        ),
        (
            r#"{"exclusiveMinimum":1,"maximum":1.0}"#,
            "minimum",
            "no value can pass",
        ),
        (
            r#"{"minimum":0,"exclusiveMinimum":0}"#,
            "exclusiveMinimum",
            "twin",
        ),
        (r#"{"minimum":"0"}"#, "minimum", "must be a number"),
        (
            r#"{"minimum":12345678901234567891}"#,
            "minimum",
            "at most 19",
        ),
        (
            r#"{"maximum":1e99999}"#,
            "maximum",
            "out of the supported range",
        ),
        (r#"{"multipleOf":0}"#, "multipleOf", "above 0"),
        (r#"{"multipleOf":-0.1}"#, "multipleOf", "above 0"),
        (r#"{"uniqueItems":"yes"}"#, "uniqueItems", "true or false"),
        (
            r#"{"additionalProperties":{}}"#,
            "additionalProperties",
            "must be true",
        ),
        (r#"{"required":["x"]}"#, "required", "\"x\" is no property"),
        (
            r#"{"properties":{"x":{}},"required":["x","x"]}"#,
            "required",
            "listed twice",
        ),
        (r#"{"required":"x"}"#, "required", "must be an array"),
        (r#"{"properties":[]}"#, "properties", "must be an object"),
        (r#"{"title":1}"#, "title", "must be a string"),
        (r#"{"deprecated":1}"#, "deprecated", "true or false"),
        (r#"{"examples":1}"#, "examples", "must be an array"),
        (r#"{"source":" "}"#, "source", "must not be empty"),
        (
            r#"{"type":"integer","maxLength":1}"#,
            "maxLength",
            "can never apply",
        ),
        (
            r#"{"type":["array","null"],"format":"uuid"}"#,
            "format",
            "can never apply",
        ),
        (
            r#"{"type":"string","minimum":1}"#,
            "minimum",
            "can never apply",
        ),
        (
            r#"{"type":"object","items":{}}"#,
            "items",
            "can never apply",
        ),
        (
            r#"{"type":"array","properties":{}}"#,
            "properties",
            "can never apply",
        ),
    ] {
        assert_property(schema, keyword, what);
    }
}

#[test]
fn references() {
    assert_property(r##"{"$ref":"#"}"##, "$ref", "only \"#/$defs/NAME\"");
    assert_property(
        r##"{"$ref":"#/properties/b"}"##,
        "$ref",
        "only \"#/$defs/NAME\"",
    );
    assert_property(
        r#"{"$ref":"other.json#/$defs/a"}"#,
        "$ref",
        "only \"#/$defs/NAME\"",
    );
    assert_property(r##"{"$ref":"#/$defs/x"}"##, "$ref", "no definition \"x\"");
    assert_one(
        r##"{"$defs":{"x":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/x","maxLength":1}}}"##,
        "/properties/a",
        "maxLength",
        "beside \"$ref\"",
    );
    assert_one(
        r##"{"$defs":{"x":{"$ref":"#/$defs/x"}},"properties":{"a":{"$ref":"#/$defs/x"}}}"##,
        "/$defs/x",
        "$ref",
        "leads back to itself",
    );
    let circle = r##"{"$defs":{"x":{"$ref":"#/$defs/y"},"y":{"$ref":"#/$defs/x","title":"Y"}}}"##;
    assert_eq!(problems("request", circle).len(), 2);
}

#[test]
fn meanings() {
    for (meaning, what) in [
        (r#""money""#, "must be an object"),
        (r#"{"unit":"minor"}"#, "the key \"is\" is missing"),
        (r#"{"is":"mony"}"#, "did you mean \"money\"?"),
        (r#"{"is":"price"}"#, "kinds are \"record\""),
        (
            r#"{"is":"money"}"#,
            "the key \"unit\" of \"money\" is missing; add one of",
        ),
        (
            r#"{"is":"money","unit":"cents"}"#,
            "must be one of \"major\", \"minor\"",
        ),
        (
            r#"{"is":"money","unit":"minor","scale":"percent"}"#,
            "supported are \"is\", \"alias-of\", \"unit\"",
        ),
        (
            r#"{"is":"money","unit":"minor","disputed":1}"#,
            "true or false",
        ),
        (
            r#"{"is":"money","unit":"minor","currency-is":"usd"}"#,
            "three upper-case letters",
        ),
        (
            r#"{"is":"money","unit":"minor","currency-is":"USD","currency-in":"c"}"#,
            "side by side",
        ),
        (
            r#"{"is":"money","unit":"minor","currency-in":"x"}"#,
            "no such property",
        ),
        (
            r#"{"is":"money","unit":"minor","currency-in":"a"}"#,
            "names the property itself",
        ),
        (
            r#"{"is":"money","unit":"minor","currency-in":"b"}"#,
            "not \"currency-code\"",
        ),
        (r#"{"is":"label","alias-of":"x"}"#, "no such property"),
        (
            r#"{"is":"label","alias-of":"a"}"#,
            "names the property itself",
        ),
        (r#"{"is":"label","alias-of":"d"}"#, "itself an alias"),
        (r#"{"is":"label","alias-of":1}"#, "must be a string"),
        (r#"{"is":"record","of":"deal"}"#, "file's root only"),
        (r#"{"is":"headers"}"#, "file's root only"),
        (
            r#"{"is":"status","open":"o","won":"w"}"#,
            "\"lost\" of \"status\" is missing",
        ),
        (
            r#"{"is":"probability","scale":"Percent"}"#,
            "one of \"percent\", \"fraction\"",
        ),
        (
            r#"{"is":"close-date"}"#,
            "\"form\" of \"close-date\" is missing",
        ),
        (
            r#"{"is":"timestamp","form":"date-time","future":true}"#,
            "\"future\" is not supported",
        ),
        (
            r#"{"is":"reference"}"#,
            "\"to\" of \"reference\" is missing",
        ),
        (r#"{"is":"choice","known":["a","a"]}"#, "twice"),
        (r#"{"is":"choice","known":[]}"#, "at least one word"),
    ] {
        assert_property(&format!(r#"{{"meaning":{meaning}}}"#), "meaning", what);
    }
    assert_property(
        r#"{"type":"string","meaning":{"is":"money","unit":"major"}}"#,
        "meaning",
        "said of type integer or number",
    );
    assert_property(
        r#"{"enum":["open","won"],"meaning":{"is":"status","open":"open","won":"won","lost":"lost"}}"#,
        "meaning",
        "\"lost\" is not in \"enum\"",
    );
    assert_one(
        r#"{"$defs":{"x":{"meaning":{"is":"label","alias-of":"a"}}}}"#,
        "/$defs/x",
        "meaning",
        "only a property has siblings",
    );
    assert_one(
        r#"{"meaning":{"is":"free-text"}}"#,
        "",
        "meaning",
        "no meaning of a file's root",
    );
}

#[test]
fn headers() {
    let found = problems("headers", r#"{"properties":{}}"#);
    assert!(found[0].what.contains("a headers part needs"), "{found:?}");
    let twice = r#"{"meaning":{"is":"headers"},"properties":{"A":{},"a":{}}}"#;
    assert!(
        problems("headers", twice)[0]
            .what
            .contains("different case")
    );
    assert_one(
        r#"{"meaning":{"is":"headers"}}"#,
        "",
        "meaning",
        "headers part",
    );
}

#[test]
fn properties_have_a_limit() {
    let schema = |many: usize| {
        let properties: Vec<_> = (0..many).map(|i| format!("\"p{i}\":{{}}")).collect();
        format!("{{\"properties\":{{{}}}}}", properties.join(","))
    };
    assert!(problems("request", &schema(128)).is_empty());
    assert_one(&schema(129), "", "properties", "at most 128");
}

#[test]
fn ids() {
    let mut compiler = Compiler::new();
    for id in [
        "",
        "acme",
        "acme/deal",
        "acme/deal/body",
        "Acme/deal/request",
        "acme/a/b/request",
    ] {
        let error = compiler.schema(FILE, id, "Acme", "Deal", "{}").unwrap_err();
        assert_eq!(error.problems().len(), 1, "{id}");
    }
    compiler
        .schema(FILE, "acme/deal/request", "Acme", "Deal", "{}")
        .unwrap();
    let error = compiler
        .schema(FILE, "acme/deal/request", "Acme", "Deal", "{}")
        .unwrap_err();
    assert!(error.to_string().contains("already there"));
}

#[test]
fn all_faults_of_all_files_are_collected() {
    let catalogue = r#"[
        { "operation": "acme/a", "system": "Acme", "title": "A", "method": "POST", "path": "/a", "record": "deal", "parts": ["request", "response"] },
        { "operation": "acme/b", "system": "Acme", "title": "B", "method": "POST", "path": "/b", "record": "deal", "parts": ["request"] }
    ]"#;
    let files = [
        (
            "acme/a/request.schema.json",
            r#"{"pattern":"a","properties":{"x":{"format":"ipv4"}}}"#,
        ),
        ("acme/a/response.schema.json", "{}"),
        ("acme/c/request.schema.json", "{}"),
        ("acme/NOTES.md", "no schema"),
    ];
    let mut compiler = Compiler::new();
    let empty = compiler.source();
    let error = compiler.catalogue(catalogue, files).unwrap_err();
    let found: Vec<_> = error
        .problems()
        .iter()
        .map(|one| {
            (
                one.file.as_str(),
                one.pointer.as_str(),
                one.keyword.as_str(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("acme/a/request.schema.json", "", "pattern"),
            ("acme/a/request.schema.json", "/properties/x", "format"),
            ("catalogue.json", "/1", "parts"),
            ("acme/c/request.schema.json", "", ""),
        ]
    );
    assert!(
        error
            .to_string()
            .starts_with("4 problems in the schemas:\n  acme/a/")
    );
    assert_eq!(format!("{error:?}"), error.to_string());
    assert_eq!(compiler.source(), empty, "nothing is added");
}

#[test]
fn catalogues() {
    let row = |change: &str| {
        let row = r#"[{ "operation": "acme/a", "system": "Acme", "title": "A", "method": "POST", "path": "/a", "record": "deal", "parts": ["request"] }]"#;
        let (from, to) = change.split_once(" -> ").unwrap();
        assert!(row.contains(from));
        row.replace(from, to)
    };
    for (change, keyword, what) in [
        (r#""acme/a" -> "Acme/a""#, "operation", "kebab-case"),
        (r#""acme/a" -> 1"#, "operation", "must be a string"),
        (
            r#""system" -> "sistem""#,
            "sistem",
            "did you mean \"system\"?",
        ),
        (r#""title": "A", -> "#, "title", "is missing"),
        (r#"["request"] -> []"#, "parts", "is empty"),
        (
            r#"["request"] -> ["body"]"#,
            "parts",
            "\"body\" is no part; parts are \"request\"",
        ),
        (
            r#"["request"] -> ["request","request"]"#,
            "parts",
            "listed twice",
        ),
    ] {
        let files = [("acme/a/request.schema.json", "{}")];
        let error = Compiler::new().catalogue(&row(change), files).unwrap_err();
        let [problem] = error.problems() else {
            panic!("{change}: {error}")
        };
        assert_eq!(
            (problem.pointer.as_str(), problem.keyword.as_str()),
            ("/0", keyword)
        );
        assert!(problem.what.contains(what), "{problem}");
    }
    let error = Compiler::new().catalogue("{}", []).unwrap_err();
    assert!(error.to_string().contains("must be an array"));
}

#[test]
fn a_folder_that_is_not_there() {
    let error = Compiler::new().folder("no/such/folder").unwrap_err();
    assert!(
        error.to_string().contains("catalogue.json: cannot be read"),
        "{error}"
    );
}

#[test]
fn writing_needs_a_build_script() {
    if std::env::var_os("OUT_DIR").is_none() {
        assert!(matches!(
            Compiler::new().write("x.rs"),
            Err(Error::NoOutDir)
        ));
    }
}
