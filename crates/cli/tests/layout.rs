//! The format of an input is detected from its start if nothing else says it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use common::{FORMATS, Folder, NOW, Ran, said};

const DEAL: &str = "--payload leadlex/create-deal";
const GOOD: &str = r#"{"name": "Acme", "stage": "Proposal"}"#;
const BAD: &str =
    r#"{"name": "Acme", "currency": "usd", "estimated_value": 5, "probability": 120}"#;

/// What is said where something is found in lines that nobody has said to be lines.
fn assumed(name: &str) -> String {
    format!(
        "pipelint: {name}: read as NDJSON, one payload per line; --input-format json reads it as one payload\n"
    )
}

/// What comes of a text on standard input.
fn piped(arguments: &str, text: &str) -> Ran {
    Folder::new(&[]).run_with(&format!("check --now {NOW} {arguments}"), text)
}

/// The same, whether the format is detected or given; only the notes may differ.
fn same(arguments: &str, format: &str, text: &str) {
    let told = piped(arguments, text);
    let given = piped(&format!("{arguments} --input-format {format}"), text);
    let said = assumed("<stdin>");
    assert_eq!(
        Ran {
            stderr: told.stderr.replace(&said, ""),
            ..told
        }
        .all(),
        given.all(),
        "{arguments}, {text:?}"
    );
    assert!(told.stderr.matches(&said).count() < 2, "{}", told.stderr);
}

#[test]
fn lines_are_told_on_standard_input() {
    let long = format!(
        r#"{{"name": "Acme", "stage": "b", "notes": "{}"}}"#,
        "x".repeat(300 << 10)
    );
    for text in [
        format!("{GOOD}\n{GOOD}"),
        format!("{BAD}\n{GOOD}\n{BAD}\n"),
        format!("\r\n \r\n{GOOD}\r\n\t\r\n{BAD}\r\n"),
        format!("\u{feff}{BAD}\n{BAD}\n"),
        // One that is not JSON leaves the others what they are.
        format!("{}\n{BAD}\n{{\n", BAD.replace("120", "NaN")),
        format!("{BAD}\n{{\n{GOOD}\ntrailing\n"),
        format!("[]\n[{GOOD},\n{GOOD}]"),
    ] {
        for format in FORMATS {
            same(&format!("{DEAL} --output-format {format}"), "ndjson", &text);
        }
        same("-j1 -", "ndjson", &text);
    }
    // Longer than what is read at once.
    for text in [
        format!("{long}\n{BAD}\n"),
        format!("{BAD}\n{GOOD}\n").repeat(4000),
    ] {
        same("--output-format concise", "ndjson", &text);
    }
}

#[test]
fn what_else_comes_on_standard_input_is_one_payload() {
    for text in [
        "",
        "\n \n",
        GOOD,
        &format!("{BAD}\n"),
        &format!("\r\n{BAD}\r\n\r\n"),
        "{\n  \"name\": \"Acme\",\n  \"probability\": 120\n}\n",
        "[\n{}\n]",
        &format!("{BAD} trailing"),
        &format!("{BAD}\ntrailing\n{BAD}"),
        &format!("{BAD}\n]\n"),
        &format!("{BAD},\n{BAD}\n"),
        &format!("{GOOD} {GOOD}\n{GOOD}"),
        &format!("{{\n\"name\": \"A\"}}\n{GOOD}\n"),
        &format!("deals:\n{GOOD}\n{GOOD}\n"),
        "{\"name\": \"A\n{\"name\": \"B\"}\n",
    ] {
        for format in FORMATS {
            same(&format!("{DEAL} --output-format {format}"), "json", text);
        }
        same("", "json", text);
        let ran = piped(DEAL, text);
        assert!(!ran.stderr.contains("NDJSON"), "{}", ran.stderr);
    }
}

#[test]
fn how_lines_were_taken_is_said_where_something_is_found() {
    let said = assumed("<stdin>");
    let ran = piped(DEAL, &format!("{GOOD}\n{BAD}\n{BAD}\n"));
    assert_eq!((ran.status, &ran.stderr), (1, &said));
    let ran = piped(DEAL, &format!("{GOOD}\n{GOOD}\n"));
    assert_eq!(ran.all().matches("NDJSON").count(), 0);
    assert_eq!(ran.stdout, "nothing found in 2 payloads\n");
    let ran = piped(
        &format!("{DEAL} --input-format ndjson"),
        &format!("{BAD}\n{BAD}\n"),
    );
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
}

#[test]
fn help_on_what_goes_on_names_the_argument_that_takes_lines() {
    let flag = "--input-format ndjson";
    let folder = Folder::new(&[("deals.json", &format!("{GOOD}\n{GOOD}\n"))]);
    for locale in ["en", "de"] {
        for format in FORMATS {
            let ran = folder.run(&format!(
                "check {DEAL} --locale {locale} --output-format {format} deals.json"
            ));
            // Who reads JSON gets what every surface gives; one line has no room for help.
            let expected = usize::from(!format.starts_with("json") && format != "concise");
            let named = ran.stdout.matches(flag).count();
            assert_eq!(named, expected, "{format}: {}", ran.stdout);
        }
    }
    // It helps nobody who has given it, nor with other faults.
    for (arguments, text) in [
        ("--input-format ndjson", format!("{GOOD} {GOOD}")),
        ("", GOOD.replace('}', ",}")),
        ("", format!("{GOOD} // ours")),
    ] {
        let ran = piped(&format!("{DEAL} {arguments}"), &text);
        assert!(ran.stdout.contains("[json/syntax]"), "{}", ran.stdout);
        assert!(!ran.stdout.contains(flag), "{}", ran.stdout);
    }
}

#[test]
fn lines_on_standard_input_are_fixed() {
    let text = format!("{BAD}\r\n\n{GOOD}\n{BAD}");
    for mode in ["--fix", "--diff", "--fix --unsafe-fixes"] {
        same(&format!("{DEAL} {mode}"), "ndjson", &text);
        same(mode, "ndjson", &text);
        same(&format!("{DEAL} {mode}"), "json", &format!("{BAD}\n"));
    }
    let ran = piped(&format!("{DEAL} --fix"), &text);
    assert_eq!(ran.stdout, text.replace("usd", "USD"));
    for text in [
        "",
        "{",
        "{\"compilerOptions\": {}}\n{",
        "not JSON\n\nat all",
    ] {
        let ran = piped("--fix", text);
        assert_eq!(ran.stdout, text);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
    }
}

#[test]
fn a_baseline_knows_lines_on_standard_input() {
    let folder = Folder::new(&[]);
    let text = format!("{BAD}\n{GOOD}\n");
    let check = |more: &str, text: &str| {
        folder.run_with(
            &format!("check {DEAL} --now {NOW} --baseline known.json {more}"),
            text,
        )
    };
    check("--write-baseline --input-format ndjson", &text);
    let known = folder.read("known.json");
    std::fs::remove_file(folder.path().join("known.json")).unwrap();
    check("--write-baseline", &text);
    assert_eq!(folder.read("known.json"), known);
    // What is known is not said, and so is not how it was read.
    let ran = check("", &text);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    let ran = check("", &format!("{text}{BAD}"));
    assert_eq!((ran.status, ran.stderr), (1, assumed("<stdin>")));
}

#[test]
fn files_with_other_endings_are_told_and_those_with_known_ones_are_not() {
    let lines = format!("{BAD}\n{BAD}\n");
    let folder = Folder::new(&[
        ("deals.txt", &lines),
        ("deals.json", &lines),
        ("deals.ndjson", &lines),
        ("in/deals.log", &lines),
        ("in/one.log", BAD),
        (
            "pipelint.toml",
            "[files]\n'in/*.log' = 'leadlex/create-deal'",
        ),
    ]);
    let run = |name: &str| {
        folder.run(&format!(
            "check {DEAL} --now {NOW} --output-format concise {name}"
        ))
    };
    let lines = run("deals.ndjson");
    assert_eq!(lines.stderr, "");
    let told = run("deals.txt");
    assert_eq!(
        told.stdout.replace("deals.txt", "deals.ndjson"),
        lines.stdout
    );
    assert_eq!(told.stderr, assumed("deals.txt"));
    assert!(run("deals.json").stdout.contains("[json/syntax]"));
    let walked = run("in");
    assert_eq!(walked.stderr, assumed("in/deals.log"));
    assert!(
        walked.stdout.ends_with("6 errors in 3 payloads\n"),
        "{}",
        walked.stdout
    );
    run("--fix in deals.txt deals.txt");
    for name in ["deals.txt", "in/deals.log", "in/one.log"] {
        let text = folder.read(name);
        assert!(
            text.contains("USD") && !text.contains("usd"),
            "{name}: {text}"
        );
    }
}

#[test]
fn over_the_limit_an_input_is_one_payload() {
    let text = format!("{{\"name\": \"{}\"}}\n{GOOD}\n", "x".repeat(9 << 20));
    let ran = piped(&format!("{DEAL} --output-format concise"), &text);
    assert!(ran.stdout.contains("[json/too-large]"), "{}", ran.stdout);
    let ran = piped(&format!("{DEAL} --fix"), &text);
    assert!(ran.stdout == text);
    let blank = format!("{GOOD}\n{}\n{BAD}", "\n".repeat(300 << 10));
    same(&format!("{DEAL} --output-format concise"), "ndjson", &blank);
}

/// Lines are checked as soon as the second begins, however long the pipe stays open.
#[test]
fn lines_are_told_while_standard_input_is_open() {
    for jobs in [1, 2] {
        let mut child = Folder::new(&[])
            .command(&format!(
                "check {DEAL} --output-format concise --jobs {jobs}"
            ))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = said(&mut child);
        let next = |wait: Duration| lines.recv_timeout(wait).ok();
        let mut pipe = child.stdin.take().unwrap();
        for part in ["\n", BAD, "\n", "\r\n"] {
            pipe.write_all(part.as_bytes()).unwrap();
        }
        assert_eq!(next(Duration::from_millis(200)), None);
        pipe.write_all(b"{").unwrap();
        let found = next(Duration::from_mins(1)).unwrap();
        assert!(found.starts_with("<stdin>:2:"), "{found}");
        drop(pipe);
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
}

#[test]
fn each_line_is_checked_as_the_payload_that_its_keys_fit() {
    let deal = r#"{"name": "Acme", "estimated_value": 5, "currency": "USD", "status": "Won"}"#;
    let stage = r#"{"statusId": "won", "isActive": true, "name": "Won", "x": 1}"#;
    let good = r#"{"name": "Acme", "estimated_value": 5, "currency": "USD"}"#;
    let text = [deal, stage, good, deal, stage, ""].join("\n");
    let folder = Folder::new(&[("mixed.ndjson", &text)]);
    let ran = folder.run("check --output-format concise mixed.ndjson");
    let notes: Vec<_> = ran.stderr.lines().collect();
    assert_eq!(
        notes,
        [
            "pipelint: mixed.ndjson: checked as leadlex/create-deal",
            "pipelint: mixed.ndjson: line 2 checked as ruddr/create-opportunity-stage",
        ]
    );
    let whole = |line: &str, contract: &str, number: usize| {
        let folder = Folder::new(&[("one.ndjson", line)]);
        let ran = folder.run(&format!(
            "check --output-format concise --payload {contract} one.ndjson"
        ));
        let lines = ran
            .stdout
            .lines()
            .filter(|line| line.starts_with("one.ndjson:1:"));
        lines
            .map(|line| line.replacen("one.ndjson:1:", &format!("mixed.ndjson:{number}:"), 1))
            .collect::<Vec<_>>()
    };
    let expected: Vec<_> = [
        whole(deal, "leadlex/create-deal", 1),
        whole(stage, "ruddr/create-opportunity-stage", 2),
        whole(deal, "leadlex/create-deal", 4),
        whole(stage, "ruddr/create-opportunity-stage", 5),
    ]
    .concat();
    assert!(expected.len() > 4, "{expected:?}");
    let found: Vec<_> = ran
        .stdout
        .lines()
        .filter(|line| line.starts_with("mixed"))
        .collect();
    assert_eq!(found, expected);
    // With the payload given, all lines are that one.
    let given =
        folder.run("check --payload leadlex/create-deal --output-format concise mixed.ndjson");
    assert!(given.stdout.contains("`statusId`"), "{}", given.stdout);
    // A fix keeps to the payload of its line.
    folder.run("check --fix mixed.ndjson");
    let fixed = deal.replace("Won", "won");
    assert_eq!(
        folder.read("mixed.ndjson"),
        [&*fixed, stage, good, &*fixed, stage, ""].join("\n")
    );
}
