//! Schemas of your own: `import`, `annotate` and `schema lint`.

mod common;

use std::fs;

use common::{Folder, NOW, Ran};

const OPENAPI: &str = r"openapi: 3.0.3
info: { title: Acme CRM, version: '1' }
paths:
  /deals:
    get:
      operationId: listDeals
      summary: List deals
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
      responses: {}
    post:
      operationId: addDeal
      summary: Add a deal
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Deal' }
      responses:
        '201':
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Deal' }
        '400':
          content:
            application/json:
              schema: { type: object }
components:
  schemas:
    Deal:
      type: object
      required: [title, id]
      properties:
        id: { type: integer, readOnly: true }
        title: { type: string }
        amount: { type: number, nullable: true }
        currency: { type: string, example: EUR }
        win_probability: { type: number, minimum: 0, maximum: 100 }
";

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
