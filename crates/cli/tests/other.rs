//! The commands beside `check`.

mod common;

use common::Folder;
use insta::assert_snapshot;

#[test]
fn payloads_are_listed() {
    let folder = Folder::new(&[]);
    assert_snapshot!("payloads", folder.run("payloads").stdout);
    let ran = folder.run("payloads --output-format json");
    let list: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(list[0]["id"], "leadlex/create-deal/request");
}

#[test]
fn rules_are_listed_with_what_they_find() {
    let folder = Folder::new(&[]);
    let text = folder.run("rules").stdout;
    let blank = text.lines().find(|line| line.starts_with("name/blank "));
    assert!(blank.unwrap().contains("error"), "{text}");
    let ran = folder.run("rules --output-format json");
    let list: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let schema = serde_json::from_str(include_str!("../rules.schema.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(&list).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(list.as_array().unwrap().len(), text.lines().count());
    let rule = |name: &str| {
        let rules = list.as_array().unwrap().iter();
        rules.clone().find(|rule| rule["name"] == name).unwrap()
    };
    assert_eq!(
        rule("text/padded")["fixes"],
        serde_json::json!(["safe", "unsafe"])
    );
    assert_eq!(rule("name/missing")["advice"], true);
}

#[test]
fn a_rule_is_explained() {
    let folder = Folder::new(&[]);
    assert_snapshot!("explain", folder.run("explain name/blank").all());
    assert_snapshot!("unknown-rule", folder.run("explain name/blnk").all());
    assert_snapshot!("half-a-rule", folder.run("explain duplicate-key").all());
    assert_snapshot!("unknown-group", folder.run("explain mony").all());
    let ran = folder.run("explain --color always name/no-letters");
    assert_snapshot!("explain-in-colour", ran.stdout.replace('\u{1b}', "ESC"));
}

#[test]
fn what_schemas_of_the_policy_refuse_is_explained() {
    let folder = Folder::new(&[]);
    assert_snapshot!("explain-policy", folder.run("explain policy/pattern").all());
    let said = folder.run("explain policy/patern").stderr;
    assert!(said.contains("did you mean `policy/pattern`"), "{said}");
    // Every rule for which a configuration can set a level has a page, and is in the list.
    let schema = folder.run("schema config").stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let rules = schema["$defs"]["rule-or-group"]["enum"].as_array().unwrap();
    let list = folder.run("explain policy").stdout;
    let mut listed: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    listed.sort_unstable();
    let mut known: Vec<&str> = rules
        .iter()
        .filter_map(|rule| rule.as_str())
        .filter(|rule| rule.starts_with("policy/"))
        .collect();
    known.sort_unstable();
    assert_eq!(listed, known);
    for rule in known {
        let page = folder.run(&format!("explain {rule}"));
        assert!(
            page.stdout.starts_with(&format!("# `{rule}`\n")),
            "{}",
            page.all()
        );
    }
}

#[test]
fn a_group_is_explained_by_its_rules() {
    let folder = Folder::new(&[]);
    let ran = folder.run("explain tags");
    assert_eq!(ran.status, 0);
    assert!(!ran.stdout.is_empty());
    for line in ran.stdout.lines() {
        assert!(line.starts_with("tags/"), "{line}");
    }
    assert_eq!(folder.run("explain tags/").stdout, ran.stdout);
}

#[test]
fn a_schema_is_printed() {
    let folder = Folder::new(&[]);
    let ran = folder.run("schema slant/create-opportunity");
    let schema: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        schema["$id"],
        "urn:pipelint:slant:create-opportunity:request"
    );
    assert_eq!(
        ran.stdout,
        folder.run("schema slant/create-opportunity/request").stdout
    );
    let ran = folder.run("schema slant/create-oportunity");
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .contains("did you mean `slant/create-opportunity`")
    );
}

#[test]
fn half_a_payload_s_name_is_a_hint() {
    let folder = Folder::new(&[]);
    for (name, meant) in [
        ("leadlex", "leadlex/create-deal"),
        ("slant/opportunity", "slant/create-opportunity"),
        ("Create-Deal", "leadlex/create-deal"),
    ] {
        let said = folder.run(&format!("schema {name}")).stderr;
        assert!(said.contains(&format!("did you mean `{meant}`?")), "{said}");
    }
    let said = folder.run("schema hubspot").stderr;
    assert!(!said.contains("did you mean"), "{said}");
}

#[test]
fn shells_can_complete() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&format!("completions {shell}"));
        assert_eq!(ran.status, 0);
        assert!(ran.stdout.contains("output-format"), "{shell}");
    }
}

#[test]
fn wrong_arguments_are_refused() {
    let folder = Folder::new(&[]);
    for arguments in ["", "chek", "check --output-format xml", "explain"] {
        let ran = folder.run(arguments);
        assert_eq!(ran.status, 2, "{arguments}");
        assert_eq!(ran.stdout, "", "{arguments}");
    }
    assert_eq!(folder.run("--help").status, 0);
    assert_eq!(folder.run("--version").status, 0);
}
