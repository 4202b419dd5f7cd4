//! `pipelint check --baseline`, as a user works with it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::process::Stdio;

use common::{FORMATS, Folder, NOW, Ran};
use insta::assert_snapshot;
use serde_json::Value;

const DEAL: &str = r#"{
  "name": "Acme",
  "status": "Won",
  "probability": 120,
  "folow_up_date": "2026-12-01"
}
"#;
const LINES: &str = "{\"name\": \"A\", \"probability\": 120}\n{\"name\": \"B\", \"probability\": 120}\n{\"name\": \"C\", \"probability\": 10}\n";

fn run(folder: &Folder, arguments: &str) -> Ran {
    let arguments = format!(
        "check --payload leadlex/create-deal --now {NOW} --output-format concise {arguments}"
    );
    folder.run(&arguments)
}

/// A folder whose faults are all known.
fn known() -> Folder {
    let folder = Folder::new(&[("deals/deal.json", DEAL), ("deals/lines.ndjson", LINES)]);
    let ran = run(&folder, "--baseline known.json --write-baseline deals");
    assert_eq!(ran.status, 0, "{}", ran.all());
    folder
}

#[test]
fn known_findings_stay_quiet_and_new_ones_fail() {
    let folder = Folder::new(&[("deals/deal.json", DEAL), ("deals/lines.ndjson", LINES)]);
    let wrote = run(&folder, "--baseline known.json --write-baseline deals");
    assert_snapshot!("write", wrote.all());
    assert_snapshot!("file", folder.read("known.json"));
    assert_snapshot!("quiet", run(&folder, "--baseline known.json deals").all());
    // Formatted anew, moved, and with one more fault in each file.
    let deal: Value = serde_json::from_str(DEAL).unwrap();
    let deal = deal
        .to_string()
        .replace("\"Acme\"", "\"Acme\", \"currency\": \"EURO\"");
    folder.write("deals/deal.json", format!("\n\n{deal}\n").as_bytes());
    let lines: Vec<&str> = LINES.lines().rev().collect();
    let lines = lines.join("\n") + "\n{\"name\": \"D\", \"probability\": 120}";
    folder.write("deals/lines.ndjson", lines.as_bytes());
    assert_snapshot!("new", run(&folder, "--baseline known.json deals").all());
}

#[test]
fn entries_that_match_nothing_are_named() {
    let folder = known();
    folder.write("deals/deal.json", DEAL.replace("Won", "won").as_bytes());
    folder.write("deals/lines.ndjson", LINES.replace("120", "12").as_bytes());
    assert_snapshot!("mended", run(&folder, "--baseline known.json deals").all());
    // Of files that were not checked nothing is known, but of those that are gone.
    let ran = run(&folder, "--baseline known.json deals/deal.json");
    assert!(ran.stderr.contains("deals/deal.json"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("lines.ndjson"), "{}", ran.stderr);
    std::fs::remove_file(folder.path().join("deals/lines.ndjson")).unwrap();
    let ran = run(&folder, "--baseline known.json deals/deal.json");
    assert!(ran.stderr.contains("lines.ndjson"), "{}", ran.stderr);
}

#[test]
fn a_baseline_is_the_same_from_every_folder_and_by_every_name() {
    let folder = known();
    let absolute = folder.path().join("deals/deal.json");
    for (from, arguments) in [
        (
            "deals",
            "--baseline ../known.json deal.json ./lines.ndjson".to_owned(),
        ),
        (".", format!("--baseline known.json {}", absolute.display())),
        (
            ".",
            "--baseline deals/../known.json deals deals/deal.json ./deals/lines.ndjson".to_owned(),
        ),
    ] {
        let mut command = folder.command(&format!(
            "check --payload leadlex/create-deal --now {NOW} {arguments}"
        ));
        command.current_dir(folder.path().join(from));
        let ran = Ran::new(&command.output().unwrap());
        assert_eq!(ran.status, 0, "{arguments}: {}", ran.all());
        assert_eq!(ran.stderr, "", "{arguments}");
    }
}

#[test]
fn writing_anew_keeps_what_was_not_checked() {
    let folder = known();
    let before = folder.read("known.json");
    let ran = run(
        &folder,
        "--baseline known.json --write-baseline deals/lines.ndjson",
    );
    assert!(
        ran.stderr.contains("known.json is as it was"),
        "{}",
        ran.stderr
    );
    assert_eq!(folder.read("known.json"), before);
    folder.write("deals/lines.ndjson", b"{\"name\": \"A\"}\n");
    let ran = run(
        &folder,
        "--baseline known.json --write-baseline deals/lines.ndjson",
    );
    assert!(
        ran.stderr
            .contains("wrote known.json: 3 findings in 1 file"),
        "{}",
        ran.stderr
    );
    let text = folder.read("known.json");
    assert!(
        text.contains("deal.json") && !text.contains("lines.ndjson"),
        "{text}"
    );
    std::fs::remove_file(folder.path().join("deals/deal.json")).unwrap();
    run(&folder, "--baseline known.json --write-baseline deals");
    assert_eq!(
        serde_json::from_str::<Value>(&folder.read("known.json")).unwrap()["entries"],
        serde_json::json!([])
    );
}

#[test]
fn a_baseline_is_written_when_nobody_reads_the_rest() {
    let folder = Folder::new(&[("deal.json", DEAL)]);
    let baseline = format!("check --payload leadlex/create-deal --now {NOW} --baseline known.json");
    let mut child = folder
        .command(&format!("{baseline} --write-baseline deal.json"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("wrote known.json: 3 findings"),
        "{}",
        ran.stderr
    );
    let ran = folder.run(&format!("{baseline} deal.json"));
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.all());
}

#[test]
fn what_no_baseline_can_be_read_from_is_said() {
    let folder = Folder::new(&[
        ("deal.json", DEAL),
        ("bad.json", "{}"),
        ("later.json", "{\"version\": 2, \"entries\": []}"),
    ]);
    for name in ["missing.json", "bad.json", "later.json"] {
        let ran = run(&folder, &format!("--baseline {name} deal.json"));
        assert_snapshot!(format!("trouble-{name}"), ran.all());
    }
    let ran = run(&folder, "--write-baseline deal.json");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--baseline <FILE>"), "{}", ran.stderr);
    let ran = run(
        &folder,
        "--baseline no/folder/known.json --write-baseline deal.json",
    );
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot write no/folder/known.json"),
        "{}",
        ran.stderr
    );
}

#[test]
fn standard_input_schemas_of_the_policy_and_fixes_have_their_place() {
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            "[policy.schemas]\n\"leadlex/create-deal\" = \"policy.json\"\n",
        ),
        ("policy.json", "{ \"required\": [\"owner_id\"] }"),
        ("deal.json", DEAL),
    ]);
    run(&folder, "--baseline known.json --write-baseline deal.json");
    assert!(folder.read("known.json").contains("policy/required"));
    let ran = run(&folder, "--baseline known.json deal.json");
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.all());
    let arguments = format!("check --payload leadlex/create-deal --now {NOW} --baseline in.json");
    let ran = folder.run_with(&format!("{arguments} --write-baseline -"), DEAL);
    assert_eq!(ran.status, 0, "{}", ran.all());
    let ran = folder.run_with(&format!("{arguments} -"), DEAL);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.all());
    let ran = folder.run(
        "check --payload leadlex/create-deal --output-format json --baseline known.json deal.json",
    );
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["summary"]["known"], 4);
    assert_eq!(document["summary"]["errors"], 0);
    // What is fixed is known no more.
    let ran = run(&folder, "--fix --baseline known.json deal.json");
    assert_snapshot!("fix", ran.all());
}

#[test]
fn a_secret_leaves_no_trace() {
    let headers = r#"{"Authorization": "tops3cr3t", "Content-Type": "text/plain"}"#;
    let folder = Folder::new(&[("headers.json", headers)]);
    let check = "check --payload leadlex/create-deal/headers --baseline known.json";
    folder.run(&format!("{check} --write-baseline headers.json"));
    let first = folder.read("known.json");
    folder.write(
        "headers.json",
        headers.replace("tops3cr3t", "an0ther").as_bytes(),
    );
    let ran = folder.run(&format!("{check} headers.json"));
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.all());
    assert!(!first.contains("tops3cr3t"));
}

#[test]
fn what_is_known_is_the_same_in_every_format_on_any_number_of_cores() {
    let faulty = |number: u32| format!("{{\"name\": \"N{}\", \"probability\": 120}}", number % 7);
    let files: Vec<(String, String)> = (0..60)
        .map(|number| match number % 10 {
            3 => {
                // Room, so that there are several blocks; and the same fault several times.
                let lines = (0..300).map(|line| format!("{}{:1500}\n", faulty(line), ""));
                (format!("in/{number}.ndjson"), lines.collect())
            }
            4 => (
                format!("in/{number}.json"),
                "{\"name\": \"Good\"}".to_owned(),
            ),
            _ => (format!("in/{number}.json"), faulty(number)),
        })
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let folder = Folder::new(&files);
    let check = |arguments: &str| run(&folder, &format!("--baseline {arguments}"));
    check("alone.json --write-baseline --jobs 1 in");
    check("together.json --write-baseline --jobs 4 in");
    let known = folder.read("alone.json");
    assert_eq!(folder.read("together.json"), known);

    // Some entries are gone, and some cover fewer than there are.
    let mut some: Value = serde_json::from_str(&known).unwrap();
    let entries = some["entries"].as_array_mut().unwrap();
    let mut number = 0;
    entries.retain_mut(|entry| {
        number += 1;
        let count = entry["count"].as_u64().unwrap();
        entry["count"] = (count / 2).max(1).into();
        number % 3 != 0
    });
    folder.write("some.json", some.to_string().as_bytes());
    for format in FORMATS {
        let check = |jobs: u32| {
            folder.run(&format!(
                "check --payload leadlex/create-deal --now {NOW} --output-format {format} --baseline some.json --jobs {jobs} in none.json in/0.json"
            ))
        };
        let alone = check(1);
        assert_eq!(alone.status, 2, "{}", alone.stderr);
        assert!(
            alone.stdout.len() > 10_000,
            "{format}: {}",
            alone.stdout.len()
        );
        assert!(check(4).all() == alone.all(), "{format}");
    }
}
