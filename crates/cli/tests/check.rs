//! `pipelint check`, as a user runs it.

mod common;

use std::io::{Read, Write};
use std::process::Stdio;
use std::time::Duration;

use common::{FORMATS, Folder, NOW, Ran, said};
use insta::assert_snapshot;

const STAGE: &str = r#"{
  "name": "Proposal Sent",
  "probability": 0.45,
  "statusId": "open",
  "opportunityPipelineId": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2"
}
"#;

/// A flag that is none, and a property that Ruddr does not know.
const WRONG: &str = r#"{
  "name": "Proposal Sent",
  "probability": 0.45,
  "statusId": "open",
  "opportunityPipelineId": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
  "isActive": [],
  "descripton": "late"
}
"#;

const RUDDR: &str = "--payload ruddr/create-opportunity-stage --now 2026-03-01T00:00:00Z";

/// A wrong stage on one line.
fn line() -> String {
    WRONG.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_good_payload_passes() {
    let ran = Folder::new(&[("stage.json", STAGE)]).run("check stage.json");
    assert_snapshot!("good", ran.all());
}

#[test]
fn faults_are_shown_under_their_lines() {
    let folder = Folder::new(&[("stage.json", WRONG)]);
    assert_snapshot!("full", folder.run("check stage.json").all());
    let ran = folder.run("check --output-format concise stage.json");
    assert_snapshot!("concise", ran.all());
    let ran = folder.run("check --output-format json-lines stage.json");
    assert_snapshot!("json-lines", ran.all());
    let ran = folder.run("check --color always stage.json");
    assert_snapshot!("colour", ran.stdout.replace('\u{1b}', "ESC"));
}

#[test]
fn messages_come_in_other_languages() {
    let folder = Folder::new(&[("stage.json", WRONG)]);
    let ran = folder.run("check --locale de stage.json");
    assert_snapshot!("german", ran.all());
    let same = folder.run("check --locale de-AT stage.json");
    assert_eq!(same.stdout, ran.stdout);
    let ran = folder.run("check --locale tlh stage.json");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("there are en, de"), "{}", ran.stderr);

    let folder = Folder::new(&[("stage.json", WRONG), ("pipelint.toml", "locale = 'de'")]);
    assert_eq!(folder.run("check stage.json").stdout, same.stdout);
    let english = folder.run("check --no-config stage.json");
    let asked = folder.run("check --locale en stage.json");
    assert_eq!(asked.stdout, english.stdout);
}

#[test]
fn colour_obeys_the_environment() {
    let folder = Folder::new(&[("stage.json", WRONG)]);
    let painted = |variables: &[(&str, &str)]| {
        let mut command = folder.command("check stage.json");
        command.envs(variables.iter().copied());
        Ran::new(&command.output().unwrap())
            .stdout
            .contains('\u{1b}')
    };
    assert!(!painted(&[]), "a pipe is no terminal");
    assert!(painted(&[("CLICOLOR_FORCE", "1")]));
    assert!(!painted(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn the_severity_that_fails_can_be_chosen() {
    let text = STAGE.replace("\"name\"", "\"descripton\": \"late\", \"name\"");
    let folder = Folder::new(&[("stage.json", &text)]);
    assert_eq!(folder.run("check stage.json").status, 0);
    assert_eq!(folder.run("check --fail-on warning stage.json").status, 1);
    assert_eq!(folder.run("check --fail-on info stage.json").status, 1);
}

#[test]
fn the_time_can_be_fixed() {
    let folder = Folder::new(&[(
        "opportunity.json",
        r#"{"name": "Plan", "target_close_date": "2026-03-02T00:00:00Z", "pipeline_stage_id": "s1"}"#,
    )]);
    assert_eq!(
        folder
            .run(&format!("check --now {NOW} opportunity.json"))
            .status,
        0
    );
    let ran = folder.run("check --now yesterday opportunity.json");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("RFC 3339"), "{}", ran.stderr);
}

#[test]
fn standard_input_is_read_with_and_without_a_name() {
    let folder = Folder::new(&[]);
    for arguments in ["check", "check -"] {
        let ran = folder.run_with(arguments, WRONG);
        assert_eq!(ran.status, 1);
        assert!(ran.stdout.contains("--> <stdin>:6:15"), "{}", ran.stdout);
    }
}

#[test]
fn lines_are_checked_one_by_one() {
    let text = format!("{}\r\n\r\n  \n{}\r\n{}", line(), line(), "{");
    let folder = Folder::new(&[("stages.ndjson", &text), ("stages.jsonl", &text)]);
    let arguments = "check --output-format concise";
    let ran = folder.run(&format!("{arguments} stages.ndjson"));
    assert_snapshot!("ndjson", ran.all());
    let ran = folder.run(&format!("{arguments} stages.jsonl"));
    assert!(ran.stdout.contains("stages.jsonl:4:"), "{}", ran.stdout);
    let ran = folder.run_with(&format!("{arguments} --input-format ndjson -"), text);
    assert!(ran.stdout.contains("<stdin>:4:"), "{}", ran.stdout);
}

#[test]
fn a_line_keeps_its_own_places() {
    let text = format!("{STAGE_LINE}\n{}\n", line());
    let folder = Folder::new(&[("stages.ndjson", &text)]);
    let ran = folder.run("check --output-format json-lines stages.ndjson");
    let found: serde_json::Value =
        serde_json::from_str(ran.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(found["record"], 2);
    assert_eq!(found["line"], 1);
    let (offset, length) = (&found["offset"], &found["length"]);
    let (offset, length) = (offset.as_u64().unwrap(), length.as_u64().unwrap());
    let (offset, length) = (offset as usize, length as usize);
    assert_eq!(&line()[offset..offset + length], "[]");
}

const STAGE_LINE: &str = r#"{"name": "A", "probability": 0.5, "statusId": "open", "opportunityPipelineId": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2"}"#;

#[test]
fn folders_are_walked() {
    let folder = Folder::new(&[
        ("in/a.json", STAGE),
        ("in/deep/b.json", WRONG),
        ("in/deep/c.ndjson", &line()),
        ("in/notes.txt", "no JSON"),
        ("in/.hidden.json", "{"),
        ("in/left-out.json", "{"),
        ("in/.gitignore", "left-out.json\n"),
        ("in/other.json", r#"{"compilerOptions": {}}"#),
        ("empty/readme.md", ""),
    ]);
    let ran = folder.run("check --output-format concise in");
    assert_snapshot!("folder", ran.all());
    assert_snapshot!("empty-folder", folder.run("check empty").all());
}

#[test]
fn one_unreadable_input_keeps_no_other_from_being_checked() {
    let folder = Folder::new(&[("stage.json", WRONG)]);
    let ran = folder.run("check --output-format concise missing.json stage.json");
    assert_snapshot!("missing-file", ran.all());
}

#[test]
fn an_unknown_payload_is_refused_with_the_nearest() {
    let folder = Folder::new(&[("stage.json", STAGE)]);
    let ran = folder.run("check --payload rudder/create-opportunity-stage stage.json");
    assert_snapshot!("unknown-payload", ran.all());
    let ran = folder.run("check --payload hubspot stage.json");
    assert_snapshot!("stranger-payload", ran.all());
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    let folder = Folder::new(&[
        ("any.json", r#"{"name": "Plan", "probability": 5}"#),
        ("none.json", r#"{"compilerOptions": {}}"#),
    ]);
    assert_snapshot!("ambiguous", folder.run("check any.json").all());
    assert_snapshot!("unrecognised", folder.run("check none.json").all());
    let ran = folder.run("check --skip-unknown none.json");
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(ran.stderr.contains("none.json: skipped"), "{}", ran.stderr);
}

#[test]
fn a_long_line_is_cut_around_its_fault() {
    let text = line().replace(
        "\"name\": \"Proposal Sent\"",
        &format!(
            "\"name\": \"Sent\", \"description\": \"{}\"",
            "日本語 ".repeat(1000).trim_end()
        ),
    );
    let folder = Folder::new(&[("stage.json", &text)]);
    let ran = folder.run("check stage.json");
    assert_snapshot!("long-line", ran.all());
    assert!(ran.stdout.lines().all(|line| line.chars().count() < 110));
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let folder = Folder::new(&[]);
    let text = STAGE.replace("Proposal", "\u{1b}[31mProposal\u{202e}\u{9b}0m");
    for format in FORMATS {
        let ran = folder.run_with(&format!("check {RUDDR} --output-format {format}"), &*text);
        assert_eq!(ran.status, 1, "{}", ran.all());
        let odd = |c: &char| c.is_control() && *c != '\n';
        assert_eq!(ran.stdout.chars().find(odd), None, "{format}");
    }
}

#[test]
#[cfg(unix)]
fn names_of_files_cannot_steer_the_terminal_or_begin_a_line() {
    let hostile = "x\n::error title=pwn::hello\u{1b}[31m\u{7}\u{202e}.json";
    for text in ["", "{", "{}", "\u{fffd}", STAGE] {
        for format in FORMATS {
            for how in ["", "--skip-unknown", RUDDR, "--fix", "--diff"] {
                let folder = Folder::new(&[(hostile, text)]);
                let ran = folder.run(&format!("check --output-format {format} {how} ."));
                let mut lines = ran.stdout.lines().chain(ran.stderr.lines());
                let injected = lines.find(|line| line.starts_with("::error title=pwn"));
                assert_eq!(injected, None, "{format} {how} {text}");
                let odd = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
                let found = ran.stdout.chars().chain(ran.stderr.chars()).find(odd);
                assert_eq!(found, None, "{format} {how} {text}: {}", ran.all());
            }
        }
    }
}

#[test]
fn what_cannot_be_decoded_is_an_error_with_skip_unknown_too() {
    let deal = r#"{"title": "Café", "value": 100, "status": "open"}"#;
    let utf16 = |bytes: fn(u16) -> [u8; 2]| deal.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    let latin1: Vec<u8> = deal
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for (name, bytes, why) in [
        (
            "latin1.json",
            latin1.clone(),
            "byte 0xE9 on line 1 is not UTF-8; save it as UTF-8",
        ),
        (
            "latin1.ndjson",
            [&*latin1, b"\n"].concat(),
            "byte 0xE9 on line 1 is not UTF-8",
        ),
        (
            "le.json",
            utf16(u16::to_le_bytes),
            "cannot read UTF-16 or UTF-32; save it as UTF-8",
        ),
        (
            "be.json",
            utf16(u16::to_be_bytes),
            "cannot read UTF-16 or UTF-32; save it as UTF-8",
        ),
        (
            "mark.json",
            [&[0xff, 0xfe], &*utf16(u16::to_le_bytes)].concat(),
            "UTF-16",
        ),
    ] {
        let folder = Folder::new(&[]);
        folder.write(name, &bytes);
        for how in [
            name,
            ".",
            &format!("--skip-unknown {name}"),
            &format!("--skip-unknown --fix {name}"),
        ] {
            let ran = folder.run(&format!("check {how}"));
            assert_eq!(ran.status, 2, "{name} {how}: {}", ran.all());
            assert!(ran.stderr.contains(why), "{name} {how}: {}", ran.stderr);
        }
    }
}

#[test]
fn quiet_prints_findings_and_errors_but_no_notes() {
    let stage = STAGE.replace("Proposal Sent", " ");
    let folder = Folder::new(&[("a.json", &stage), ("b.json", r#"{"other": 1}"#)]);
    let loud = folder.run("check .");
    assert!(
        loud.stderr.contains("a.json: checked as"),
        "{}",
        loud.stderr
    );
    assert!(loud.stderr.contains("b.json: skipped"), "{}", loud.stderr);
    for quiet in ["-q", "--quiet"] {
        let ran = folder.run(&format!("check {quiet} ."));
        assert_eq!((ran.status, &*ran.stderr), (loud.status, ""));
        assert_eq!(ran.stdout, loud.stdout);
        let lines = line() + "\n" + &line().replace("Proposal Sent", " ") + "\n";
        let piped = folder.run_with(&format!("check {quiet}"), lines);
        assert_eq!((piped.status, &*piped.stderr), (1, ""));
        let missing = folder.run(&format!("check {quiet} missing.json"));
        assert_eq!(missing.status, 2);
        assert!(
            missing.stderr.contains("cannot read missing.json"),
            "{}",
            missing.stderr
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_shown_as_such() {
    let folder = Folder::new(&[]);
    let ran = folder.run_with(
        &format!("check {RUDDR}"),
        b"{\"name\": \"Caf\xe9\"}".as_slice(),
    );
    assert_snapshot!("encoding", ran.all());
}

#[test]
fn a_secret_is_never_printed() {
    let folder = Folder::new(&[]);
    let secret = "tops3cr3t";
    for headers in [
        r#"{"Authorization": "Basic tops3cr3t", "Content-Type": 5}"#,
        r#"{"Authorization": "tops3cr3t", "Authorization": "tops3cr3t"}"#,
        r#"{"Authorization": ["tops3cr3t"]}"#,
        r#"{"authorization": "Bearer tops3cr3t ", "X-Api-Key": "tops3cr3t"}"#,
        r#"{"Autorization": "Bearer tops3cr3t"}"#,
        r#"{"Authorization": Bearer tops3cr3t}"#,
        r#"{"Authorization": tops3cr3t}"#,
        r#"{"Authorization": 'Bearer tops3cr3t'}"#,
        r#"{"Authorization": "Bearer tops3cr3t"#,
        r#"{"Authorization": "Bearer tops3cr3t" "Content-Type": "x"}"#,
        "{\"Authorization\": \"Bearer\ntops3cr3t\"}",
        "{\"Authorization\": \"tops3cr3t\u{7f}\"}",
        r#""Bearer tops3cr3t""#,
        r#"["Bearer tops3cr3t"]"#,
        "Bearer tops3cr3t",
    ] {
        for vendor in [
            "leadlex/create-deal",
            "slant/create-opportunity",
            "ruddr/create-opportunity-stage",
        ] {
            for format in FORMATS {
                let ran = folder.run_with(
                    &format!("check --payload {vendor}/headers --output-format {format}"),
                    headers,
                );
                assert!(!ran.all().contains(secret), "{headers}\n{}", ran.all());
            }
        }
    }
    // Bytes that are no text at all.
    let ran = folder.run_with(
        "check --payload leadlex/create-deal/headers",
        b"{\"Authorization\": \"tops3cr3t\xff\"}".as_slice(),
    );
    assert!(!ran.all().contains(secret), "{}", ran.all());
    assert_eq!(ran.status, 1);
}

#[test]
fn secrets_are_masked_where_they_stand() {
    let folder = Folder::new(&[(
        "headers.json",
        r#"{"Authorization": "Bearer wbk_tops3cr3t", "Content-Type": 5}"#,
    )]);
    let ran = folder.run("check --payload leadlex/create-deal/headers headers.json");
    assert!(
        ran.stdout
            .contains(r#"{"Authorization": "****** *************", "Content-Type": 5}"#),
        "{}",
        ran.stdout
    );
}

#[test]
fn why_a_payload_cannot_be_told_is_said() {
    let folder = Folder::new(&[
        ("empty.json", ""),
        ("blank.json", " \n"),
        ("bare.json", "{\n  name: 'Acme' }"),
        ("other.json", "{ \"version\": 1 }"),
    ]);
    for (name, why) in [
        ("empty.json", "is empty"),
        ("blank.json", "is empty"),
        ("bare.json", "is not JSON"),
        ("other.json", "keys"),
    ] {
        let ran = folder.run(&format!("check {name}"));
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains(why), "{}", ran.stderr);
        let walked = folder.run("check .").stderr;
        let skipped = format!("{name}: skipped, ");
        let mut lines = walked.lines();
        assert!(
            lines.any(|line| line.contains(&skipped) && line.contains(why)),
            "{walked}"
        );
    }
    let said = folder.run("check bare.json").stderr;
    assert!(said.contains("line 2, column 3"), "{said}");
    // With its name, it is checked like any other.
    let ran = folder.run(&format!("check {RUDDR} bare.json"));
    assert_eq!(ran.status, 1, "{}", ran.all());
}

/// What is found is in a reader's hands while standard input is still to come, and what comes
/// in it does before its end.
#[test]
#[cfg(unix)]
fn nothing_waits_for_standard_input() {
    let good = STAGE.split_whitespace().collect::<String>();
    // Who has the wrong one and goes on to standard input is done before.
    let long = " ".repeat(4 << 20) + &good;
    let folder = Folder::new(&[
        ("long.json", &long),
        ("good.json", &good),
        ("wrong.json", &line()),
    ]);
    std::os::unix::fs::symlink("/dev/stdin", folder.path().join("in.ndjson")).unwrap();
    for (stdin, jobs) in [("-", 1), ("in.ndjson", 1), ("-", 2), ("in.ndjson", 2)] {
        let mut child = folder
            .command(&format!(
                "check {RUDDR} --output-format concise --jobs {jobs} long.json wrong.json good.json {stdin}"
            ))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = said(&mut child);
        // It would come at the end; a busy machine may be slow.
        let comes = |start: &str| {
            let wait = Duration::from_mins(1);
            let mut lines = std::iter::from_fn(|| lines.recv_timeout(wait).ok());
            lines.any(|line| line.starts_with(start))
        };
        let about = format!("{stdin}, {jobs} jobs");
        assert!(comes("wrong.json:"), "{about}");
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(line().as_bytes()).unwrap();
        pipe.write_all(b"\n").unwrap();
        if stdin == "in.ndjson" {
            assert!(comes("in.ndjson:"), "{about}");
        }
        drop(pipe);
        assert_eq!(child.wait().unwrap().code(), Some(1), "{about}");
    }
}

#[test]
fn a_closed_pipe_is_quiet() {
    let folder = Folder::new(&[("stages.ndjson", &format!("{}\n", line()).repeat(20_000))]);
    let mut child = folder
        .command("check --output-format concise stages.ndjson")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    // The reading end is closed now.
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!(ran.status, 1, "what was read had errors");
    assert_eq!(
        ran.stderr,
        "pipelint: stages.ndjson: checked as ruddr/create-opportunity-stage\n"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said() {
    let folder = Folder::new(&[("stage.json", WRONG)]);
    let full = || std::fs::File::options().write(true).open("/dev/full");
    for arguments in [
        "check stage.json",
        "check --output-format json stage.json",
        "payloads",
        "rules",
        "explain name/blank",
        "schema leadlex/create-deal",
        "completions fish",
        "--help",
        "--version",
    ] {
        let mut command = folder.command(arguments);
        let ran = Ran::new(&command.stdout(full().unwrap()).output().unwrap());
        assert_eq!(ran.status, 2, "{arguments}");
        assert!(
            ran.stderr
                .ends_with("pipelint: cannot write to standard output: No space left on device\n"),
            "{arguments}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_payload_over_the_limit_is_not_read_to_its_end() {
    let folder = Folder::new(&[]);
    let text = format!("{{\"name\": \"{}", "x".repeat(20 << 20));
    for format in ["json", "ndjson"] {
        let ran = folder.run_with(
            &format!("check {RUDDR} --output-format concise --input-format {format}"),
            &*text,
        );
        assert_eq!(ran.status, 1);
        assert!(ran.stdout.contains("[json/too-large]"), "{}", ran.stdout);
    }
}
