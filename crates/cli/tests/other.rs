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
    for rule in list.as_array().unwrap() {
        for key in [
            "name", "group", "severity", "summary", "source", "since", "page",
        ] {
            assert!(!rule[key].as_str().unwrap().is_empty(), "{rule}: {key}");
        }
    }
    assert_eq!(list.as_array().unwrap().len(), text.lines().count());
}

#[test]
fn a_rule_is_explained() {
    let folder = Folder::new(&[]);
    assert_snapshot!("explain", folder.run("explain name/blank").all());
    assert_snapshot!("unknown-rule", folder.run("explain name/blnk").all());
    assert_snapshot!("half-a-rule", folder.run("explain duplicate-key").all());
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
