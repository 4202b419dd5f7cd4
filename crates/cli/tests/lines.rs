//! `pipelint check` of inputs with one payload a line, as a user runs it.

mod common;

use std::fmt::Write;

use common::{FORMATS, Folder};

const OPTIONS: &str =
    "--payload ruddr/create-opportunity-stage --now 2026-03-01T00:00:00Z --output-format concise";

/// A stage with a chance; above one, it is refused.
fn stage(chance: &str) -> String {
    format!(
        r#"{{"name":"Proposal Sent","probability":{chance},"statusId":"open","opportunityPipelineId":"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2"}}"#
    )
}

/// Enough lines for many blocks, with a fault in each 997th, and what is found there.
fn many() -> (String, Vec<String>) {
    let (mut text, mut places, mut line) = (String::new(), Vec::new(), 1);
    for number in 1..=40_000 {
        let chance = if number % 997 == 0 {
            places.push(format!(":{line}:"));
            "1.5"
        } else {
            "0.45"
        };
        // Blank lines count.
        let (end, lines) = match number % 3 {
            0 => ("\n", 1),
            1 => ("\r\n", 1),
            _ => ("\n \n", 2),
        };
        line += lines;
        let _ = write!(text, "{}{end}", stage(chance));
    }
    (text, places)
}

#[test]
fn what_is_found_comes_in_the_order_of_the_lines_on_any_number_of_cores() {
    let (text, places) = many();
    let folder = Folder::new(&[("a.ndjson", &text), ("b.ndjson", &text)]);
    let alone = folder.run(&format!("check {OPTIONS} -j1 a.ndjson b.ndjson"));
    assert_eq!(alone.status, 1);
    let found: Vec<_> = alone.stdout.lines().collect();
    assert_eq!(found.len(), 2 * places.len() + 1, "{}", alone.stdout);
    let expected = ["a", "b"].iter().flat_map(|name| {
        let places = places.iter();
        places.map(move |place| format!("{name}.ndjson{place}"))
    });
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(&expected), "{found}, not {expected}");
    }
    assert!(
        found[found.len() - 1].ends_with("80000 payloads"),
        "{}",
        alone.stdout
    );

    let together = folder.run(&format!("check {OPTIONS} --jobs 7 a.ndjson b.ndjson"));
    assert_eq!(alone.all(), together.all());
    // A pipe gives the same, under its own name.
    let piped = folder.run_with(&format!("check {OPTIONS} --input-format ndjson -"), text);
    let alone = folder.run(&format!("check {OPTIONS} a.ndjson"));
    assert_eq!(piped.stdout.replace("<stdin>", "a.ndjson"), alone.stdout);
}

#[test]
fn many_findings_are_the_same_in_every_format_on_any_number_of_cores() {
    let (mut text, mut dense) = (String::new(), String::new());
    for number in 0..500 {
        let line = match number % 3 {
            0 => stage("0.45"),
            1 => stage("1.5"),
            _ => format!(r#"{{"name":"  ","probability":"{number}","unknown":null}}"#),
        };
        // Room, so that there are several blocks.
        let _ = writeln!(text, "{line}\n{:1500}", "");
        dense.push_str(if number % 2 == 0 { "{}\n" } else { "[]\r\n\n" });
    }
    let folder = Folder::new(&[
        ("a.ndjson", &text),
        ("b.ndjson", &dense),
        ("c.ndjson", &text),
    ]);
    for format in FORMATS {
        let options = OPTIONS.replace("concise", format);
        let arguments = format!("check {options} a.ndjson none.ndjson b.ndjson c.ndjson");
        let alone = folder.run(&format!("{arguments} -j1"));
        assert_eq!(alone.status, 2, "{}", alone.stderr);
        assert!(alone.stdout.len() > 30_000, "{format}");
        let together = folder.run(&format!("{arguments} -j4"));
        assert!(alone.all() == together.all(), "{format}");
    }
}

#[test]
fn a_line_over_the_limit_is_one_fault_and_the_next_is_checked() {
    let text = format!(
        "{}\n{{\"name\":\"{}\n{}\n",
        stage("0.45"),
        "x".repeat(9 << 20),
        stage("1.5")
    );
    let folder = Folder::new(&[("a.ndjson", &text)]);
    for jobs in ["-j1", "-j3"] {
        let ran = folder.run(&format!("check {OPTIONS} {jobs} a.ndjson"));
        let found: Vec<_> = ran.stdout.lines().collect();
        assert_eq!(found.len(), 3, "{}", ran.stdout);
        assert!(found[0].starts_with("a.ndjson:2:"), "{}", found[0]);
        assert!(found[0].ends_with("[json/too-large]"), "{}", found[0]);
        assert!(found[1].starts_with("a.ndjson:3:"), "{}", found[1]);
        assert!(found[2].ends_with("2 of 3 payloads"), "{}", found[2]);
    }
}

#[test]
fn an_input_that_begins_with_many_blank_lines_is_told_from_the_one_before() {
    let faulty = stage("1.5");
    let blank = "\n".repeat(300 << 10);
    let folder = Folder::new(&[
        ("a.json", &faulty),
        ("in/b.ndjson", &format!("{blank}{faulty}\n")),
    ]);
    let ran = folder.run("check --output-format junit a.json in/b.ndjson");
    for suite in ["a.json", "in/b.ndjson"] {
        let suite = format!("<testsuite name=\"{suite}\" tests=\"1\" failures=\"1\"");
        assert!(ran.stdout.contains(&suite), "{}", ran.stdout);
    }
    assert!(ran.stdout.contains("in/b.ndjson:307201:"), "{}", ran.stdout);

    let ran = folder.run("check --baseline in/known.json --write-baseline in/b.ndjson");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let known = folder.read("in/known.json");
    assert!(known.contains("\"file\": \"b.ndjson\""), "{known}");
}

#[test]
fn lines_of_which_none_is_a_payload_are_said_and_no_fault() {
    let blank = "\r\n".repeat(200 << 10);
    let folder = Folder::new(&[
        ("none.ndjson", ""),
        ("blank.ndjson", &blank),
        ("stage.json", &stage("0.45")),
        ("in/blank.jsonl", " \n"),
    ]);
    for more in [
        "",
        "--fix",
        "--jobs 1",
        "--skip-unknown",
        "--input-format ndjson",
    ] {
        for name in ["none.ndjson", "blank.ndjson"] {
            for options in [OPTIONS, "--output-format concise"] {
                let ran = folder.run(&format!("check {options} {more} {name} stage.json"));
                assert_eq!(ran.status, 0, "{}", ran.stderr);
                let said = if more == "--skip-unknown" {
                    format!("pipelint: {name}: skipped, the input is empty\n")
                } else {
                    format!("pipelint: {name}: the input is empty\n")
                };
                assert!(ran.stderr.starts_with(&said), "{more}: {}", ran.stderr);
                assert_eq!(ran.stdout, "nothing found in 1 payload\n");
            }
        }
    }
    let ran = folder.run("check in");
    assert_eq!(
        ran.all(),
        "status: 0\n--- standard output\nnothing was checked\n--- standard error\n\
         pipelint: in/blank.jsonl: skipped, the input is empty\n"
    );
    let ran = folder.run_with(&format!("check {OPTIONS} --input-format ndjson"), "\n");
    assert_eq!(ran.stdout, "nothing was checked\n");
    assert_eq!(ran.stderr, "pipelint: <stdin>: the input is empty\n");
}

#[test]
fn a_byte_order_mark_is_a_fault_of_the_first_line_alone() {
    let text = format!("\u{feff}{}\n{}", stage("0.45"), stage("0.45"));
    let folder = Folder::new(&[("a.ndjson", &text)]);
    let ran = folder.run(&format!("check {OPTIONS} a.ndjson"));
    let found: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(found.len(), 2, "{}", ran.stdout);
    assert!(found[0].starts_with("a.ndjson:1:1:"), "{}", found[0]);
    assert!(found[0].ends_with("[json/byte-order-mark]"), "{}", found[0]);
}

#[test]
fn folders_of_many_files_are_checked_in_order_on_any_number_of_cores() {
    let files: Vec<_> = (0..300)
        .map(|number| {
            let chance = if number % 7 == 0 { "1.5" } else { "0.45" };
            (format!("in/{number:03}.json"), stage(chance))
        })
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let folder = Folder::new(&files);
    let alone = folder.run("check --output-format concise -j1 in");
    assert_eq!(alone.stdout.lines().count(), 44, "{}", alone.stdout);
    assert_eq!(alone.stderr.lines().count(), 300, "{}", alone.stderr);
    let together = folder.run("check --output-format concise -j5 in");
    assert_eq!(alone.all(), together.all());
}

#[test]
fn no_job_at_all_is_refused() {
    let ran = Folder::new(&[]).run("check -j0");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--jobs"), "{}", ran.stderr);
}
