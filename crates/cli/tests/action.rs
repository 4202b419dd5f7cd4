//! The scripts of the GitHub Action, as its runner calls them, and the hooks of pre-commit.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{Folder, Ran};

const DEAL: &str = "{\"name\": \"Acme\", \"status\": \"Won\", \"colour\": \"red\"}\n";

/// Runs a script of the action with these inputs.
fn script(folder: &Folder, name: &str, inputs: &[(&str, &str)]) -> Ran {
    let program = Path::new(env!("CARGO_BIN_EXE_pipelint"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut command = Command::new("bash");
    command
        .arg(format!("{root}/action/{name}"))
        .current_dir(folder.path())
        .env("PATH", path)
        .env("GITHUB_ACTION_PATH", root)
        .env("GITHUB_WORKSPACE", folder.path())
        .env("GITHUB_OUTPUT", folder.path().join("output.txt"))
        .env("GITHUB_PATH", folder.path().join("path.txt"))
        .env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))
        .envs(inputs.iter().copied());
    Ran::new(&command.output().unwrap())
}

#[test]
fn the_check_annotates_sums_up_and_writes_sarif() {
    let folder = Folder::new(&[
        ("in/deal one.json", DEAL),
        ("in/good.json", "{\"name\": \"A\"}"),
    ]);
    let ran = script(
        &folder,
        "check.sh",
        &[
            ("INPUT_PATHS", "in/deal one.json\nin/good.json\n"),
            ("INPUT_ARGS", "--payload\nleadlex/create-deal\n"),
            ("INPUT_SARIF", "found.sarif"),
            ("INPUT_SUMMARY", "true"),
        ],
    );
    assert_eq!(ran.status, 1, "{}", ran.all());
    assert!(
        ran.stdout
            .starts_with("::error title=pipelint (schema/enum),file=in/deal one.json,line=1,"),
        "{}",
        ran.stdout
    );
    assert_eq!(folder.read("output.txt"), "status=1\nsarif=found.sarif\n");
    let summary = folder.read("summary.md");
    assert!(
        summary.starts_with("## pipelint: 1 error, 1 warning in 1 of 2 payloads\n"),
        "{summary}"
    );
    let log: serde_json::Value = serde_json::from_str(&folder.read("found.sarif")).unwrap();
    assert_eq!(
        log.pointer("/runs/0/results/0/ruleId").unwrap(),
        "schema/enum"
    );
}

#[test]
fn the_check_passes_and_stays_silent_where_nothing_is_asked_of_it() {
    let folder = Folder::new(&[("good.json", "{\"name\": \"A\", \"tags\": [\"b\"]}")]);
    let inputs = [
        ("INPUT_PATHS", "."),
        ("INPUT_ARGS", "--payload=leadlex/create-deal"),
        ("INPUT_SUMMARY", "false"),
    ];
    let ran = script(&folder, "check.sh", &inputs);
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert_eq!(ran.stdout, "");
    assert_eq!(folder.read("output.txt"), "status=0\n");
    assert!(!folder.path().join("summary.md").exists());
}

#[test]
fn inputs_are_never_read_as_a_script_or_as_options() {
    let folder = Folder::new(&[("good.json", "{\"name\": \"A\"}")]);
    let inputs = [
        (
            "INPUT_PATHS",
            "$(touch injected)\n--version\n`touch injected`",
        ),
        ("INPUT_FAIL_ON", "warning"),
    ];
    let ran = script(&folder, "check.sh", &inputs);
    assert_eq!(ran.status, 2, "{}", ran.all());
    assert!(
        ran.stderr.contains("cannot read --version"),
        "{}",
        ran.stderr
    );
    assert!(!folder.path().join("injected").exists());
}

#[test]
fn the_hooks_of_pre_commit_call_what_there_is() {
    let hooks = include_str!("../../../.pre-commit-hooks.yaml");
    let entries: Vec<&str> = hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: pipelint "))
        .collect();
    assert_eq!(entries.len(), hooks.matches("- id: ").count());
    for entry in entries {
        let folder = Folder::new(&[
            (
                "deal.json",
                "{\"name\": \"Acme\", \"status\": \"won\", \"tags\": []}",
            ),
            ("tsconfig.json", "{\"compilerOptions\": {}}"),
        ]);
        let ran = folder.run(&format!("{entry} deal.json tsconfig.json"));
        assert_eq!(ran.status, 0, "{entry}: {}", ran.all());
        assert!(
            ran.stderr.contains("tsconfig.json: skipped"),
            "{}",
            ran.all()
        );
    }
}

#[test]
fn an_installed_pipelint_is_used() {
    let folder = Folder::new(&[]);
    let ran = script(&folder, "install.sh", &[]);
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(
        ran.stdout
            .contains(concat!("pipelint ", env!("CARGO_PKG_VERSION"))),
        "{}",
        ran.stdout
    );
}
