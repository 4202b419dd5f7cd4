//! Schemas of your own: `import`, `annotate` and `schema lint`.

mod common;

use std::fs;

use common::{Folder, NOW, Ran};

const OPENAPI: &str = include_str!("../../../examples/acme.openapi.yaml");

fn openapi() -> Folder {
    Folder::new(&[("openapi.yaml", OPENAPI)])
}

#[test]
fn the_operations_of_a_document_are_listed() {
    let ran = openapi().run("import openapi.yaml");
    assert_eq!(ran.status, 0, "{}", ran.all());
    insta::assert_snapshot!(ran.all());
}

#[test]
fn an_imported_schema_checks_payloads_by_their_meaning() {
    let folder = openapi();
    let ran = folder.run("import openapi.yaml --operation addDeal --annotate");
    insta::assert_snapshot!(ran.all());
    folder.write(
        "deal.json",
        br#"{"titel": "Acme", "amount": 5, "currency": "eur", "win_probability": 0.4}"#,
    );
    let ran = folder.run(&format!(
        "check --now {NOW} --schema schemas/add-deal.request.schema.json \
         --output-format concise deal.json"
    ));
    assert_eq!(ran.status, 1, "{}", ran.all());
    insta::assert_snapshot!("an_imported_schema_checks", ran.all());
}

#[test]
fn operations_are_chosen_by_method_and_path() {
    let folder = openapi();
    let output = folder
        .command("import openapi.yaml --all-parts --operation")
        .arg("* /deals")
        .output()
        .unwrap();
    let ran = Ran::new(&output);
    assert_eq!(ran.status, 0, "{}", ran.all());
    let mut names: Vec<_> = fs::read_dir(folder.path().join("schemas"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "add-deal.request.schema.json",
            "add-deal.response-201.schema.json",
            "add-deal.response-400.schema.json",
            "list-deals.query.schema.json",
        ]
    );
}

#[test]
fn an_import_overwrites_only_by_force() {
    let folder = openapi();
    folder.write("schemas/add-deal.request.schema.json", b"mine");
    let file = folder.path().join("schemas/add-deal.request.schema.json");
    let ran = folder.run("import openapi.yaml --operation addDeal");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--force"), "{}", ran.all());
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    let ran = folder.run("import openapi.yaml --operation addDeal --force");
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(fs::read(&file).unwrap().starts_with(b"{"));
}

#[test]
fn an_unknown_operation_gets_the_nearest_name() {
    let ran = openapi().run("import openapi.yaml --operation addDeel");
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("did you mean `addDeal`?"),
        "{}",
        ran.all()
    );
}

const SCHEMA: &str = r#"{
  "type": "object",
  "required": ["title", "nope"],
  "requird": [],
  "properties": {
    "title": { "type": "string", "minLength": 5, "maxLength": 2 },
    "amount":    {"type": "number"},
    "close_date": {
      "type": "string",
      "format": "date"
    },
    "stage": {}
  }
}
"#;

#[test]
fn meanings_are_proposed_with_reasons() {
    let ran = Folder::new(&[("deal.schema.json", SCHEMA)]).run("annotate deal.schema.json");
    insta::assert_snapshot!(ran.all());
}

#[test]
fn meanings_are_added_to_a_schema_that_stays_as_it_is() {
    let folder = Folder::new(&[("deal.schema.json", SCHEMA)]);
    let ran = folder.run("annotate deal.schema.json --write");
    assert_eq!(ran.status, 0, "{}", ran.all());
    let written = folder.read("deal.schema.json");
    insta::assert_snapshot!(written);
    let removed: Vec<&str> = written.split(", \"x-meaning\": ").collect();
    assert!(removed.len() > 1);
    // A second run finds nothing to add.
    folder.run("annotate deal.schema.json --write");
    let again = folder.read("deal.schema.json");
    assert_eq!(again, written);
}

#[test]
fn meanings_are_written_into_a_file_of_their_own() {
    let folder = Folder::new(&[("deal.schema.json", SCHEMA)]);
    let ran = folder.run("annotate deal.schema.json --meanings deal.meanings.json");
    assert_eq!(ran.status, 0, "{}", ran.all());
    let schema = folder.read("deal.schema.json");
    assert_eq!(schema, SCHEMA);
    insta::assert_snapshot!(folder.read("deal.meanings.json"));
}

#[test]
fn meanings_are_not_written_into_yaml() {
    let folder = Folder::new(&[(
        "deal.yaml",
        "type: object\nproperties: { amount: { type: number } }\n",
    )]);
    let ran = folder.run("annotate deal.yaml --write");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--meanings"), "{}", ran.all());
}

#[test]
fn faults_of_a_schema_have_places() {
    let folder = Folder::new(&[("deal.schema.json", SCHEMA)]);
    let ran = folder.run("schema lint deal.schema.json");
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!(ran.all());
    let ran = folder.run("schema lint --output-format json deal.schema.json");
    let faults: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(faults.as_array().unwrap().len(), 3);
    assert_eq!(faults[2]["line"], 6);
}

#[test]
fn a_file_that_is_not_a_document_is_an_error() {
    let folder = Folder::new(&[("deal.schema.json", "{\"type\": ")]);
    for command in ["schema lint", "annotate", "import"] {
        let ran = folder.run(&format!("{command} deal.schema.json"));
        assert_eq!(ran.status, 2, "{command}");
        assert!(ran.stderr.contains("invalid JSON"), "{}", ran.all());
    }
}

/// The path of the README: from an OpenAPI document to a checked payload.
#[test]
fn own_payloads_of_a_configuration_are_payloads_like_others() {
    let folder = openapi();
    let ran = folder.run("import openapi.yaml --operation addDeal --annotate --system acme");
    assert_eq!(ran.status, 0, "{}", ran.all());
    let config = format!("{}[files]\n\"*.txt\" = \"acme/add-deal\"\n", ran.stdout);
    folder.write("pipelint.toml", config.as_bytes());
    let ran = folder.run("payloads --output-format json");
    assert!(
        ran.stdout.contains("\"acme/add-deal/request\""),
        "{}",
        ran.all()
    );

    let deal = br#"{"title": "Acme", "amount": 5, "currency": "eur", "win_probability": 40}"#;
    folder.write("deal.json", deal);
    folder.write("deal.txt", deal);
    for arguments in ["deal.json", "deal.txt", "--payload acme/add-deal deal.json"] {
        let ran = folder.run(&format!(
            "check --now {NOW} --output-format json {arguments}"
        ));
        assert_eq!(ran.status, 1, "{arguments}: {}", ran.all());
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let found = &document["diagnostics"][0];
        assert_eq!(found["payload"], "acme/add-deal/request", "{arguments}");
        assert_eq!(found["rule"], "currency/wrong-case", "{arguments}");
    }
    let ran = folder.run(&format!("check --now {NOW} --fix deal.json"));
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(folder.read("deal.json").contains("\"EUR\""));
}

#[test]
fn lines_of_own_and_of_built_in_payloads_are_told_apart() {
    let folder = openapi();
    let ran = folder.run("import openapi.yaml --operation addDeal --annotate --system acme");
    folder.write("pipelint.toml", ran.stdout.as_bytes());
    folder.write(
        "mixed.ndjson",
        b"{\"title\": \"A\", \"amount\": 5, \"currency\": \"eur\"}\n{\"name\": \"A\", \"stage\": \"B\", \"currency\": \"usd\", \"estimated_value\": 5}\n",
    );
    let ran = folder.run(&format!(
        "check --now {NOW} --output-format json mixed.ndjson"
    ));
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let payloads: Vec<_> = document["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["payload"].as_str().unwrap())
        .collect();
    assert_eq!(
        payloads,
        ["acme/add-deal/request", "leadlex/create-deal/request"]
    );
}

#[test]
fn faults_in_own_payloads_of_a_configuration_are_reported_together() {
    let folder = Folder::new(&[
        ("a.json", r#"{"type": "strin"}"#),
        ("b.json", r#"{"minLength": -1}"#),
        (
            "pipelint.toml",
            "[payloads.\"acme/a\"]\nschema = \"a.json\"\n[payloads.\"acme/b\"]\nschema = \"b.json\"\n",
        ),
        ("deal.json", "{}"),
    ]);
    let ran = folder.run("check deal.json");
    assert_eq!(ran.status, 2);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn meanings_of_another_file_apply_to_a_schema_that_has_none() {
    let folder = Folder::new(&[
        ("deal.schema.json", SCHEMA),
        (
            "deal.json",
            r#"{"title": "Acme Ltd", "nope": 1, "close_date": "1800-01-01"}"#,
        ),
        (
            "pipelint.toml",
            "[payloads.\"acme/deal\"]\nschema = \"deal.schema.json\"\nmeanings = \"deal.meanings.json\"\n",
        ),
    ]);
    folder.run("annotate deal.schema.json --meanings deal.meanings.json");
    for arguments in [
        "--schema deal.schema.json --meanings deal.meanings.json",
        "--payload acme/deal",
    ] {
        let ran = folder.run(&format!(
            "check --quiet --now {NOW} --output-format concise {arguments} deal.json"
        ));
        assert!(ran.stdout.contains("[date/before-1990]"), "{}", ran.all());
    }
}
