//! Options that select, count and skip, and compressed inputs.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::io::Write;

use common::{Folder, NOW};
use flate2::Compression;
use flate2::write::GzEncoder;

const DEAL: &str = r#"{"name": "", "status": "Won", "estimated_value": 5, "currency": "eur"}"#;

fn folder() -> Folder {
    Folder::new(&[("deal.json", DEAL), ("old/deal.json", DEAL)])
}

fn rules(ran: &common::Ran) -> Vec<&str> {
    let lines = ran.stdout.lines();
    lines
        .filter_map(|line| line.rsplit_once('[')?.1.strip_suffix(']'))
        .collect()
}

#[test]
fn selected_rules_and_groups_are_reported_alone() {
    let check = |arguments: &str| {
        folder().run(&format!(
            "check --now {NOW} --output-format concise {arguments} deal.json"
        ))
    };
    assert_eq!(
        rules(&check("")),
        ["name/blank", "schema/enum", "currency/wrong-case"]
    );
    assert_eq!(rules(&check("--select currency")), ["currency/wrong-case"]);
    assert_eq!(
        rules(&check("--select name/blank,schema --ignore schema/enum")),
        ["name/blank"]
    );
    assert_eq!(
        rules(&check("--ignore name --ignore currency")),
        ["schema/enum"]
    );
}

#[test]
fn only_selected_rules_are_fixed() {
    let folder = folder();
    folder.run(&format!(
        "check --now {NOW} --fix --select currency deal.json"
    ));
    assert_eq!(folder.read("deal.json"), DEAL.replace("eur", "EUR"));
}

#[test]
fn an_unknown_rule_to_select_gets_the_nearest_name() {
    let ran = folder().run("check --select curency deal.json");
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("did you mean `currency`?"),
        "{}",
        ran.all()
    );
}

#[test]
fn statistics_count_findings_and_fixes_by_rule() {
    let ran = folder().run(&format!("check --quiet --now {NOW} --statistics ."));
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!(ran.stdout);
    let ran = folder().run(&format!(
        "check --quiet --now {NOW} --statistics --output-format json ."
    ));
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let counts: Vec<_> = document["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| {
            (
                rule["rule"].as_str().unwrap(),
                rule["count"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("currency/wrong-case", 2),
            ("name/blank", 2),
            ("schema/enum", 2)
        ]
    );
    assert_eq!(document["rules"][0]["safeFixes"], 2);
    assert_eq!(document["summary"]["payloads"], 2);
}

#[test]
fn findings_leave_the_status_at_zero_if_asked() {
    let ran = folder().run("check --exit-zero deal.json");
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("name/blank"));
    // An input that cannot be read is not a finding.
    let ran = folder().run("check --exit-zero missing.json");
    assert_eq!(ran.status, 2);
}

#[test]
fn excluded_files_and_folders_are_skipped() {
    for glob in ["old", "old/", "**/old/*.json", "/old/deal.json"] {
        let ran = folder().run(&format!("check --output-format json --exclude {glob} ."));
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(document["summary"]["payloads"], 1, "{glob}");
    }
    let ran = folder().run("check --exclude [ .");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("invalid glob `[`"), "{}", ran.all());
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn compressed_inputs_are_checked_like_others() {
    let lines = b"{\"name\": \"Acme\"}\n{\"name\": \"\"}\n".as_slice();
    let folder = Folder::new(&[]);
    folder.write("a.ndjson", lines);
    folder.write("a.ndjson.gz", &gzip(lines));
    folder.write("a.ndjson.zst", &zstd(lines));
    // Two streams, one after the other, and a name that says nothing.
    folder.write("twice.ndjson.gz", &[gzip(lines), gzip(lines)].concat());
    folder.write("twice.ndjson.zst", &[zstd(lines), zstd(lines)].concat());
    folder.write("export", &gzip(lines));
    let check = |name: &str| {
        let ran = folder.run(&format!(
            "check --quiet --payload leadlex/create-deal --output-format concise {name}"
        ));
        ran.stdout.replace(name, "NAME")
    };
    let expected = check("a.ndjson");
    assert!(expected.contains("NAME:2:10"), "{expected}");
    for name in ["a.ndjson.gz", "a.ndjson.zst", "export"] {
        assert_eq!(check(name), expected, "{name}");
    }
    for name in ["twice.ndjson.gz", "twice.ndjson.zst"] {
        assert!(check(name).contains("NAME:4:10"), "{name}");
    }
    // Folders hold them, too, and so does standard input.
    let ran = folder.run("check --quiet --output-format json --payload leadlex/create-deal .");
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["summary"]["payloads"], 2 + 2 + 2 + 4 + 4);
    let ran = folder.run_with(
        "check --quiet --payload leadlex/create-deal --output-format concise -",
        zstd(lines),
    );
    assert_eq!(ran.stdout.replace("<stdin>", "NAME"), expected);
}

#[test]
fn compressed_inputs_are_not_fixed() {
    let folder = Folder::new(&[]);
    let deal = gzip(DEAL.as_bytes());
    folder.write("deal.json.gz", &deal);
    folder.write("deals.ndjson.zst", &zstd(DEAL.as_bytes()));
    for arguments in [
        "--fix deal.json.gz",
        "--diff deal.json.gz",
        "--fix deals.ndjson.zst",
    ] {
        let ran = folder.run(&format!("check {arguments}"));
        assert_eq!(ran.status, 2, "{arguments}");
        assert!(
            ran.stderr.contains("cannot fix a compressed input"),
            "{}",
            ran.all()
        );
    }
    assert_eq!(
        std::fs::read(folder.path().join("deal.json.gz")).unwrap(),
        deal
    );
}

#[test]
fn a_compressed_input_that_is_cut_off_is_unreadable() {
    let folder = Folder::new(&[]);
    let text = DEAL.repeat(50);
    for (name, bytes) in [
        ("a.json.gz", gzip(text.as_bytes())),
        ("a.json.zst", zstd(text.as_bytes())),
    ] {
        folder.write(name, &bytes[..bytes.len() / 2]);
        let ran = folder.run(&format!("check --payload leadlex/create-deal {name}"));
        assert_eq!(ran.status, 2, "{}", ran.all());
        assert!(
            ran.stderr.contains(&format!("cannot read {name}")),
            "{}",
            ran.all()
        );
    }
}

#[test]
fn the_pages_of_all_rules_and_the_manual_are_printed() {
    let ran = folder().run("rules --all");
    assert!(ran.stdout.starts_with("# `"), "{}", ran.stdout);
    let pages = ran.stdout.lines().filter(|line| line.starts_with("# `"));
    assert_eq!(pages.count(), pipelint::rules::all().count());
    let ran = folder().run("man");
    assert!(ran.stdout.contains(".TH pipelint 1"), "{}", ran.stdout);
    assert!(ran.stdout.contains("SUBCOMMANDS"));
}
