//! `pipelint.toml`, as a user works with it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Folder, NOW};
use insta::assert_snapshot;
use serde_json::Value;

/// One fault in the word, one in the case of the currency, and a property that is none.
const DEAL: &str = r#"{
  "name": "Acme",
  "status": "Won",
  "estimated_value": 1500,
  "currency": "usd",
  "folow_up_date": "2026-12-01"
}
"#;

fn concise(folder: &Folder, arguments: &str) -> String {
    let ran = folder.run(&format!("check --output-format concise {arguments}"));
    ran.all()
}

#[test]
fn the_nearest_file_above_each_input_holds() {
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            "now = 2026-03-01T00:00:00Z\n[rules]\nschema = \"off\"\n",
        ),
        ("deal.json", DEAL),
        ("deep/er/deal.json", DEAL),
        (
            "other/pipelint.toml",
            "[rules]\n\"currency/wrong-case\" = \"off\"\n",
        ),
        ("other/deal.json", DEAL),
    ]);
    assert_snapshot!("nearest", concise(&folder, "."));
    // From any folder, and by any name.
    let mut command = folder.command("check --output-format concise ../../deal.json");
    command.current_dir(folder.path().join("deep/er"));
    let ran = common::Ran::new(&command.output().unwrap());
    assert_eq!(ran.stdout.lines().count(), 2, "{}", ran.all());
    assert!(
        ran.stdout.contains("[currency/wrong-case]"),
        "{}",
        ran.all()
    );
    // Standard input has no folder but the current one.
    let ran = folder.run_with("check --output-format concise -", DEAL);
    assert!(!ran.stdout.contains("[schema/"), "{}", ran.all());
}

#[test]
fn a_configuration_can_be_named_or_left_out() {
    let folder = Folder::new(&[
        ("pipelint.toml", "[rules]\nschema = \"off\"\n"),
        (
            "strict.toml",
            "fail-on = \"info\"\n[rules]\nschema = \"off\"\ncurrency = \"info\"\n",
        ),
        ("deal.json", DEAL),
    ]);
    let rules = |arguments: &str| {
        let ran = folder.run(&format!("check --output-format json {arguments} deal.json"));
        let document: Value = serde_json::from_str(&ran.stdout).unwrap();
        let found = document["diagnostics"].as_array().unwrap().iter();
        let found: Vec<_> = found
            .map(|one| format!("{} {}", one["rule"], one["severity"]).replace('"', ""))
            .collect();
        (ran.status, found.join(", "))
    };
    let own = "currency/wrong-case error".to_owned();
    assert_eq!(rules(""), (1, own));
    let named = "currency/wrong-case info".to_owned();
    assert_eq!(rules("--config strict.toml"), (1, named.clone()));
    assert_eq!(rules("--config strict.toml --fail-on error"), (0, named));
    let all = "schema/enum error, currency/wrong-case error, schema/unknown-property warning";
    assert_eq!(rules("--no-config"), (1, all.to_owned()));
    let ran = folder.run("check --config missing.toml deal.json");
    assert_snapshot!("missing-config", ran.all());
    let ran = folder.run("check --no-config --config strict.toml deal.json");
    assert_eq!(ran.status, 2);
}

#[test]
fn a_broken_configuration_stops_with_every_problem_and_its_line() {
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            "fail_on = \"error\"\n[rules]\n\"currency/wrong-csae\" = \"off\"\ncurency = \"off\"\n[policy]\ncurrencies = [\"usd\"]\n",
        ),
        ("deal.json", DEAL),
    ]);
    assert_snapshot!("broken-config", folder.run("check deal.json").all());
    folder.write("pipelint.toml", b"[rules\n");
    let ran = folder.run("check --output-format json deal.json");
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{}", ran.all());
    assert!(
        ran.stderr.starts_with("pipelint: pipelint.toml:1:7: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn one_that_is_broken_further_down_keeps_no_other_file_from_being_checked() {
    let folder = Folder::new(&[
        ("a.json", DEAL),
        ("deep/pipelint.toml", "[limits]\ndepth = 0\n"),
        ("deep/b.json", DEAL),
        ("deep/c.json", DEAL),
    ]);
    assert_snapshot!("broken-below", concise(&folder, "--fail-on warning ."));
}

#[test]
fn globs_say_which_file_is_which_payload() {
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            "[files]\n\"crm/*.json\" = \"leadlex/create-deal\"\n\"*.slant.json\" = \"slant/create-opportunity\"\n",
        ),
        ("crm/bare.json", r#"{ "name": "Acme" }"#),
        ("crm/bare.slant.json", r#"{ "name": "Acme", "value": "5" }"#),
        ("else/bare.json", r#"{ "name": "Acme" }"#),
    ]);
    let ran = folder.run("check --output-format json-lines crm");
    assert!(!ran.stderr.contains("checked as"), "{}", ran.all());
    assert!(
        ran.stdout
            .contains(r#""payload":"slant/create-opportunity/request""#),
        "{}",
        ran.all()
    );
    let ran = folder.run("check else/bare.json");
    assert_eq!(ran.status, 2, "its keys do not tell");
    // An argument counts more.
    let ran = folder.run("check --payload leadlex/create-deal --output-format json-lines crm");
    assert!(!ran.stdout.contains("slant/"), "{}", ran.all());
}

#[test]
fn a_walk_finds_the_files_that_are_named() {
    let files = [
        ("deals/a.deal", DEAL),
        ("deals/b.json", DEAL),
        ("deals/deep/c.deal", DEAL),
        ("deals/README.md", "# No payload"),
        ("other/d.deal", DEAL),
        ("other/e.txt", "no payload"),
    ];
    let walked = |config: &str| {
        let mut files = files.to_vec();
        files.push(("pipelint.toml", config));
        let folder = Folder::new(&files);
        let said = folder.run(&format!("check --output-format concise --now {NOW} ."));
        let mut names: Vec<String> = said
            .stdout
            .lines()
            .filter_map(|line| Some(line.split_once(".deal:").or(line.split_once(".json:"))?.0))
            .map(str::to_owned)
            .collect();
        names.dedup();
        (names, folder)
    };
    let (names, folder) = walked("[files]\n\"deals/**/*.deal\" = \"leadlex/create-deal\"\n");
    assert_eq!(names, ["deals/a", "deals/b", "deals/deep/c"]);
    let ran = folder.run("check --no-config --output-format concise .");
    assert!(!ran.all().contains(".deal"), "{}", ran.all());
    let fixed = folder.run(&format!("check --now {NOW} --fix deals"));
    assert!(fixed.all().contains("fixed"), "{}", fixed.all());
    assert!(folder.read("deals/deep/c.deal").contains("\"USD\""));
    assert!(!folder.read("other/d.deal").contains("\"USD\""));
    // What only says where payloads are takes no file for one.
    for config in ["deals/", "deals/**", "**"] {
        let (names, _) = walked(&format!(
            "[files]\n\"{config}\" = \"leadlex/create-deal\"\n"
        ));
        assert_eq!(names, ["deals/b"], "{config}");
    }
}

#[test]
fn overrides_time_policy_limits_and_masks_hold() {
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            r#"
            now = 2026-03-01T00:00:00Z
            [files]
            "*" = "leadlex/create-deal"
            [[overrides]]
            files = ["legacy/"]
            rules = { currency = "off", "schema/enum" = "warning" }
            [policy]
            stages = ["Lead", "Closed Won"]
            currencies = ["EUR"]
            [mask]
            properties = ["name"]
            [limits]
            size = 200
            "#,
        ),
        (
            "deal.json",
            r#"{ "name": "Hush ", "stage": "Laed", "currency": "USD", "estimated_value": 5 }"#,
        ),
        (
            "legacy/deal.json",
            r#"{ "name": "Hush", "status": "Won", "currency": "usd", "estimated_value": 5 }"#,
        ),
        (
            "late.json",
            r#"{ "name": "Acme", "follow_up_date": "2026-02-01" }"#,
        ),
        (
            "big.json",
            &format!("{{ \"name\": \"{}\" }}", "x".repeat(300)),
        ),
    ]);
    let shown = concise(&folder, "deal.json legacy late.json big.json");
    assert!(!shown.contains("Hush"), "{shown}");
    assert_snapshot!("settings", shown);
    let full = folder.run("check deal.json").all();
    assert!(!full.contains("Hush"), "{full}");
    // An argument counts more.
    let ran = folder.run("check --now 2026-01-01T00:00:00Z late.json");
    assert!(!ran.stdout.contains("past"), "{}", ran.all());
}

const HOUSE: &str = r#"
[files]
"*.json" = "leadlex/create-deal"
"*.ndjson" = "leadlex/create-deal"
[policy.schemas]
"leadlex/create-deal" = "schemas/deal.schema.json"
[rules]
"policy/pattern" = "warning"
"#;
const SCHEMA: &str = r#"{
  "required": ["owner_id"],
  "properties": { "name": { "pattern": "^[A-Z]" }, "tags": { "minItems": 1 } }
}"#;

#[test]
fn a_schema_of_the_policy_is_laid_over_a_payload_in_every_output() {
    let folder = Folder::new(&[
        ("pipelint.toml", HOUSE),
        ("schemas/deal.schema.json", SCHEMA),
        ("deal.json", "{\n  \"name\": \"acme\",\n  \"tags\": []\n}\n"),
        ("good.json", r#"{ "name": "Acme", "owner_id": "u1" }"#),
        (
            "deals.ndjson",
            "{ \"name\": \"Acme\", \"owner_id\": \"u1\" }\n{ \"name\": \"acme\" }\n",
        ),
    ]);
    let files = "deal.json good.json deals.ndjson";
    assert_snapshot!("policy-full", folder.run(&format!("check {files}")).all());
    assert_snapshot!("policy-concise", concise(&folder, files));
    let ran = folder.run("check --output-format json-lines deals.ndjson");
    assert_snapshot!("policy-json-lines", ran.all());
    // Every format tells of it.
    let help = folder.run("check --help").stdout;
    let formats = help.split("--output-format").nth(1).unwrap();
    let formats: Vec<&str> = formats
        .split("\n      --")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- "))
        .filter_map(|line| line.split(':').next())
        .collect();
    assert!(formats.len() >= 4, "{help}");
    for format in formats {
        let ran = folder.run(&format!("check --output-format {format} deal.json"));
        assert_eq!(ran.status, 1, "{format}: {}", ran.all());
        for word in ["policy/required", "owner_id", "deal.json"] {
            assert!(
                ran.stdout.contains(word),
                "{format} lacks {word}: {}",
                ran.all()
            );
        }
    }
}

#[test]
fn a_schema_of_the_policy_that_is_missing_or_broken_stops_at_the_start() {
    let folder = Folder::new(&[("pipelint.toml", HOUSE), ("deal.json", DEAL)]);
    assert_snapshot!("policy-missing", folder.run("check deal.json").all());
    let mut said = String::new();
    for text in [
        "{ \"type\": ",
        r#"{ "properties": { "name": { "type": "text" } } }"#,
        r#"{ "properties": { "name": { "pattern": "(" } } }"#,
        r#"{ "$ref": "other.json" }"#,
    ] {
        folder.write("schemas/deal.schema.json", text.as_bytes());
        let ran = folder.run("check deal.json");
        said.extend([text, "\n", &ran.all(), "\n"]);
    }
    assert_snapshot!("policy-broken", said);
}

#[test]
fn init_writes_a_configuration_once() {
    let folder = Folder::new(&[("deal.json", DEAL)]);
    assert_snapshot!("init", folder.run("init").all());
    let written = folder.read("pipelint.toml");
    assert!(
        written.contains("# \"deals/**/*.json\" = \"leadlex/create-deal\""),
        "{written}"
    );
    // What it says changes nothing.
    let with = folder.run(&format!("check --now {NOW} deal.json"));
    let without = folder.run(&format!("check --now {NOW} --no-config deal.json"));
    assert_eq!(with.all(), without.all());
    folder.write("pipelint.toml", b"# mine\n");
    assert_snapshot!("init-again", folder.run("init").all());
    assert_eq!(folder.read("pipelint.toml"), "# mine\n");
    assert_snapshot!("init-nowhere", folder.run("init no/such/folder").all());
}

/// The README's configuration, with the schema that it names.
#[test]
fn the_configuration_that_the_readme_shows_can_be_used() {
    let readme = include_str!("../../../README.md");
    let config = readme.split("```toml\n").nth(1).unwrap();
    let config = config.split("```").next().unwrap();
    let folder = Folder::new(&[
        ("pipelint.toml", config),
        (
            "schemas/our-deal.schema.json",
            "{ \"required\": [\"owner_id\"] }",
        ),
        (
            "deals/deal.json",
            r#"{ "name": "Acme", "notes": "Hush ", "colour": 1 }"#,
        ),
    ]);
    let ran = folder.run("check deals");
    assert!(!ran.all().contains("Hush"), "{}", ran.all());
    for rule in [
        "error[policy/required]",
        "error[schema/unknown-property]",
        "warning[text/padded]",
    ] {
        assert!(ran.stdout.contains(rule), "{rule}: {}", ran.all());
    }
}

#[test]
fn the_schema_of_the_configuration_is_printed() {
    let ran = Folder::new(&[]).run("schema config");
    let schema: Value = serde_json::from_str(&ran.stdout).unwrap();
    let stored = include_str!("../../config/config.schema.json");
    assert_eq!(schema, serde_json::from_str::<Value>(stored).unwrap());
}
