//! A configuration with the files that it names.

#![allow(clippy::unwrap_used, reason = "a program of tests")]

use std::fs;

use pipelint_config::{ConfigSource, Project, ProjectError, Projects};

const CONFIG: &str = "\
[policy.schemas]
\"leadlex/create-deal\" = \"deal.schema.json\"
[payloads.\"acme/add-deal\"]
schema = \"acme.schema.json\"
meanings = \"acme.meanings.json\"
";

const ACME: &str = r#"{ "type": "object", "properties": { "worth": { "type": "number" } } }"#;

fn read(policy: &str, own: &str, meanings: &str) -> Result<Project, ProjectError> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("pipelint.toml", CONFIG),
        ("deal.schema.json", policy),
        ("acme.schema.json", own),
        ("acme.meanings.json", meanings),
    ] {
        if !text.is_empty() {
            fs::write(folder.path().join(name), text).unwrap();
        }
    }
    Project::read(&folder.path().join("pipelint.toml"))
}

#[test]
fn a_project_holds_the_schemas_that_its_configuration_names() {
    let policy = r#"{ "required": ["owner_id"] }"#;
    let meanings = r#"{ "/properties/worth": { "is": "money", "unit": "major" } }"#;
    let project = read(policy, ACME, meanings).unwrap();
    let now = "2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap();
    let options = pipelint::Options::at(now);
    let contract = project.contract("leadlex/create-deal").unwrap();
    let report = pipelint::check(contract, br#"{ "name": "Acme" }"#, &options);
    let refused = project.overlays.as_ref().unwrap().check(&report);
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].rule, "policy/required");
    // The rules work on the payload of its own, by the meaning of its property.
    let contract = project.contract("acme/add-deal").unwrap();
    let report = pipelint::check(contract, br#"{ "worth": -5 }"#, &options);
    let rules: Vec<_> = report.diagnostics().map(|one| one.rule().name).collect();
    assert_eq!(rules, ["money/negative"]);
    assert_eq!(project.named_files().count(), 3);
    assert!(
        project.own[0]
            .schema
            .pointer("/properties/worth/meaning")
            .is_some()
    );
    assert!(project.contract("acme/add").is_none());
}

#[test]
fn a_file_that_is_missing_or_broken_is_named() {
    let (policy, meanings) = ("{}", "{}");
    for (read, file) in [
        (read("", ACME, meanings), "deal.schema.json"),
        (read("{ \"type\": 7 }", ACME, meanings), "deal.schema.json"),
        (read(policy, "", meanings), "acme.schema.json"),
        (
            read(policy, "{ \"type\": 7 }", meanings),
            "acme.schema.json",
        ),
        (read(policy, ACME, ""), "acme.meanings.json"),
        (
            read(policy, ACME, "{ \"/nowhere\": {} }"),
            "acme.meanings.json",
        ),
    ] {
        let error = read.unwrap_err();
        assert!(error.named_file().unwrap().ends_with(file), "{error}");
        assert!(error.to_string().contains(file), "{error}");
    }
}

fn clock() -> pipelint::Instant {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

#[test]
fn the_closest_configuration_holds_and_is_read_again_when_it_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (file, deal) = (
        folder.path().join("pipelint.toml"),
        folder.path().join("a.json"),
    );
    let mut projects = Projects::new(ConfigSource::Closest, clock);
    let payload = |projects: &mut Projects| {
        let terms = projects.terms(Some(&deal), None);
        terms.map(|terms| terms.payload.map(|payload| payload.operation))
    };
    assert_eq!(payload(&mut projects).unwrap(), None);
    fs::write(&file, "[files]\n\"*.json\" = \"leadlex/create-deal\"\n").unwrap();
    assert_eq!(payload(&mut projects).unwrap(), Some("leadlex/create-deal"));
    fs::write(
        &file,
        "[files]\n\"*.json\" = \"slant/create-opportunity\"\n",
    )
    .unwrap();
    assert_eq!(
        payload(&mut projects).unwrap(),
        Some("slant/create-opportunity")
    );
    fs::write(&file, "[file]\n").unwrap();
    assert_eq!(payload(&mut projects).unwrap_err().file, file);
    // A text in no file has the configuration of its folder, but no globs are about it.
    fs::write(
        &file,
        "locale = \"de\"\n[files]\n\"*\" = \"leadlex/create-deal\"\n",
    )
    .unwrap();
    let terms = projects.terms(None, Some(folder.path())).unwrap();
    assert_eq!(terms.options.locale, pipelint::Locale::De);
    assert!(terms.payload.is_none());
    projects.locale = Some(pipelint::Locale::En);
    let terms = projects.terms(Some(&deal), None).unwrap();
    assert_eq!(terms.options.locale, pipelint::Locale::En);
}
