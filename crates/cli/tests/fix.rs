//! `pipelint check --fix` and `--diff`, as a user runs them.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use common::{Folder, NOW, Ran};
use insta::assert_snapshot;
use serde_json::Value;

/// Two faults with safe fixes, one with an unsafe fix, one with none; and odd formatting.
const DEAL: &str = r#"{
    "name" : "Acme",
  "status":"Won",
	"currency": "usd", "estimated_value": 10,
  "probability": 120,

  "tags": ["new", "new"]
}
"#;

fn run(folder: &Folder, arguments: &str) -> Ran {
    folder.run(&format!(
        "check --payload leadlex/create-deal --now {NOW} {arguments}"
    ))
}

fn folder() -> Folder {
    Folder::new(&[("deal.json", DEAL)])
}

#[test]
fn safe_fixes_are_made_and_nothing_else_changes() {
    let folder = folder();
    let ran = run(&folder, "--fix --output-format concise deal.json");
    assert_snapshot!("fix", ran.all());
    let expected = DEAL
        .replace("Won", "won")
        .replace("usd", "USD")
        .replace("[\"new\", \"new\"]", "[\"new\"]");
    assert_eq!(folder.read("deal.json"), expected);
    let again = run(&folder, "--fix --output-format json deal.json");
    let document: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(document["summary"]["fixed"], 0);
    assert_eq!(document["summary"]["errors"], 1);
    assert_eq!(folder.read("deal.json"), expected);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left behind"
    );
}

#[test]
fn responses_are_never_edited_and_that_is_said() {
    let text = r#"{"id": "d1", "name": "Acme", "currency": "usd", "status": "Won"}"#;
    let note = "not fixed, since responses and error bodies are never edited";
    for how in ["--fix", "--fix --unsafe-fixes", "--diff"] {
        for name in ["response.json", "response.ndjson"] {
            let folder = Folder::new(&[(name, text)]);
            let ran = folder.run(&format!(
                "check --payload leadlex/create-deal/response --now {NOW} {how} {name}"
            ));
            assert!(
                ran.stderr.contains(&format!("{name}: {note}")),
                "{}",
                ran.all()
            );
            assert_eq!(ran.stderr.matches(note).count(), 1, "{}", ran.all());
            assert_eq!(folder.read(name), text);
        }
    }
    // Nothing is said of a request, nor of a response without faults.
    let folder = Folder::new(&[("deal.json", DEAL)]);
    assert!(!run(&folder, "--fix deal.json").stderr.contains(note));
}

#[test]
fn the_status_is_that_of_what_is_left() {
    let folder = Folder::new(&[("deal.json", &DEAL.replace("120", "100"))]);
    let ran = run(&folder, "--fix deal.json");
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (0, "3 faults fixed; nothing left in 1 payload\n")
    );
}

#[test]
fn unsafe_fixes_are_made_only_when_they_are_asked_for() {
    let text = r#"{"name": "Acme", "probability": 0.5}"#;
    let folder = Folder::new(&[("deal.json", text)]);
    assert_eq!(run(&folder, "--fix deal.json").status, 0);
    assert_eq!(folder.read("deal.json"), text);
    assert_snapshot!(
        "unsafe",
        run(&folder, "--fix --unsafe-fixes deal.json").all()
    );
    assert_eq!(folder.read("deal.json"), text.replace("0.5", "50"));
    assert_snapshot!(
        "unsafe-alone",
        run(&folder, "--unsafe-fixes deal.json").all()
    );
}

#[test]
fn a_diff_can_be_applied_and_writes_nothing() {
    let folder = Folder::new(&[
        ("deals/deal.json", DEAL),
        ("deals/other.json", r#"{"name": "A", "currency": "eur"}"#),
    ]);
    let ran = run(&folder, "--diff deals");
    assert_eq!(folder.read("deals/deal.json"), DEAL);
    assert_snapshot!("diff", ran.all());
    folder.write("fixes.diff", ran.stdout.as_bytes());
    let applied = Command::new("git")
        .args(["apply", "--verbose", "fixes.diff"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        applied.status.success(),
        "{}",
        String::from_utf8_lossy(&applied.stderr)
    );
    let by_diff = folder.read("deals/deal.json") + &folder.read("deals/other.json");
    folder.write("deals/deal.json", DEAL.as_bytes());
    folder.write("deals/other.json", br#"{"name": "A", "currency": "eur"}"#);
    run(&folder, "--fix deals");
    assert_eq!(
        by_diff,
        folder.read("deals/deal.json") + &folder.read("deals/other.json")
    );
    let clean = Folder::new(&[("deal.json", r#"{"name": "Acme"}"#)]);
    assert_snapshot!("diff-clean", run(&clean, "--diff deal.json").all());
    // With --fix, too, nothing is written.
    folder.write("deals/deal.json", DEAL.as_bytes());
    run(&folder, "--diff --fix deals");
    assert_eq!(folder.read("deals/deal.json"), DEAL);
}

#[test]
fn hunks_are_apart_where_changes_are() {
    let lines: Vec<String> = (0..40)
        .map(|number| match number {
            3 | 4 | 11 | 19 | 20 | 39 => format!(
                "{{\"name\": \"A{number}\", \"currency\": \"usd\", \"estimated_value\": 5}}"
            ),
            _ => format!("{{\"name\": \"A{number}\"}}"),
        })
        .collect();
    let folder = Folder::new(&[("deals.ndjson", &lines.join("\n"))]);
    let ran = run(&folder, "--diff deals.ndjson");
    assert_snapshot!("hunks", ran.stdout);
    folder.write("fixes.diff", ran.stdout.as_bytes());
    let applied = Command::new("git")
        .args(["apply", "fixes.diff"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        applied.status.success(),
        "{}",
        String::from_utf8_lossy(&applied.stderr)
    );
    assert_eq!(
        folder.read("deals.ndjson"),
        lines.join("\n").replace("usd", "USD")
    );
}

#[test]
fn line_ends_and_the_lack_of_one_are_kept() {
    for (name, text) in [
        ("crlf.json", DEAL.replace('\n', "\r\n")),
        ("none.json", DEAL.trim_end().to_owned()),
        ("cr.json", DEAL.replace('\n', "\r")),
    ] {
        let folder = Folder::new(&[(name, &text)]);
        run(&folder, &format!("--fix {name}"));
        let expected = text
            .replace("Won", "won")
            .replace("usd", "USD")
            .replace("[\"new\", \"new\"]", "[\"new\"]");
        assert_eq!(folder.read(name), expected, "{name}");
    }
}

#[test]
fn ndjson_is_fixed_line_by_line() {
    let line = r#"{ "name": "Acme", "currency": "usd", "estimated_value": 5 }"#;
    let text = format!(
        "{line}\r\n\r\n{{\"name\": \"B\"}}\n   \n{{'name': \"C\", // three\n{line},\n{line}"
    );
    let folder = Folder::new(&[("deals.ndjson", &text)]);
    let ran = run(&folder, "--fix --output-format concise deals.ndjson");
    assert_snapshot!(
        "fix-ndjson",
        format!("{}--- file\n{}", ran.all(), folder.read("deals.ndjson"))
    );
    assert!(
        folder
            .read("deals.ndjson")
            .contains("\"USD\", \"estimated_value\": 5 }\r\n\r\n{\"name\": \"B\"}\n   \n")
    );
    let ran = folder.run_with(
        "check --payload leadlex/create-deal --input-format ndjson --fix -",
        text,
    );
    assert_eq!(ran.stdout, folder.read("deals.ndjson"));
    assert!(ran.stderr.contains("<stdin>: fixed"), "{}", ran.stderr);
}

#[test]
fn standard_input_comes_out_whatever_is_wrong_with_it() {
    let folder = Folder::new(&[]);
    let fix =
        |arguments: &str, text: &[u8]| folder.run_with(&format!("check --fix {arguments}"), text);
    let ran = fix("--payload leadlex/create-deal", DEAL.as_bytes());
    assert_snapshot!("fix-stdin", ran.all());
    for text in [
        &b"{\"compilerOptions\": {}}"[..],
        b"",
        b"{\"name\": ",
        b"not JSON\n\nat all",
        b"{\"name\": \"Plan\", \"probability\": 5}\n",
    ] {
        for format in ["json", "ndjson"] {
            let ran = fix(&format!("--input-format {format}"), text);
            assert_eq!(ran.stdout.as_bytes(), text, "{}", ran.all());
        }
    }
    // Over the limit, too.
    let big = format!(
        "{{\"name\": \"{}\", \"currency\": \"usd\"}}\n{{\"name\": \"B\"}}",
        "x".repeat(9 << 20)
    );
    for format in ["json", "ndjson"] {
        let ran = fix(
            &format!("--payload leadlex/create-deal --input-format {format}"),
            big.as_bytes(),
        );
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        assert!(ran.stdout == big, "{format}");
    }
}

#[test]
fn a_line_over_the_limit_stays_among_lines_that_are_fixed() {
    let bad = r#"{"name": "A", "currency": "usd", "estimated_value": 5}"#;
    let long = format!("{{\"name\": \"{}\"}}", "x".repeat(9 << 20));
    let folder = Folder::new(&[("deals.ndjson", &format!("{bad}\n{long}\n{bad}\n"))]);
    let ran = run(&folder, "--diff deals.ndjson");
    assert_eq!(ran.stdout.matches("\n+{").count(), 2, "{}", ran.stderr);
    assert!(ran.stdout.len() < 2000);
    run(&folder, "--fix deals.ndjson");
    let good = bad.replace("usd", "USD");
    assert!(folder.read("deals.ndjson") == format!("{good}\n{long}\n{good}\n"));
}

#[test]
fn text_that_is_no_json_is_fixed_as_far_as_it_can_be() {
    let folder = Folder::new(&[
        (
            "comma.json",
            "{\n  \"name\": \"Acme\", // ours\n  'tags': ['a',],\n}\n",
        ),
        ("cut.json", "{\n  'name': \"Acme\",\n  \"tags\": [\n"),
    ]);
    let ran = run(&folder, "--fix --output-format concise comma.json cut.json");
    let files = folder.read("comma.json") + "---\n" + &folder.read("cut.json");
    assert_snapshot!("fix-syntax", format!("{}--- files\n{files}", ran.all()));
    folder.write(
        "bytes.json",
        b"{\"name\": \"Caf\xe9\", \"currency\": \"usd\"}",
    );
    run(&folder, "--fix bytes.json");
    let left = fs::read(folder.path().join("bytes.json")).unwrap();
    assert_eq!(left, b"{\"name\": \"Caf\xe9\", \"currency\": \"usd\"}");
    folder.write(
        "mark.json",
        b"\xef\xbb\xbf{\"name\": \"Acme\", \"currency\": \"usd\", \"estimated_value\": 5}",
    );
    run(&folder, "--fix mark.json");
    assert_eq!(
        folder.read("mark.json"),
        r#"{"name": "Acme", "currency": "USD", "estimated_value": 5}"#
    );
}

#[test]
fn a_path_given_twice_is_fixed_once() {
    let folder = folder();
    let ran = run(
        &folder,
        "--fix --output-format concise deal.json ./deal.json .",
    );
    assert_eq!(ran.stderr.matches("fixed").count(), 1, "{}", ran.stderr);
    assert_eq!(ran.status, 1);
}

#[test]
fn what_the_configuration_turns_off_is_not_fixed() {
    let folder = folder();
    folder.write(
        "pipelint.toml",
        b"[rules]\ncurrency = \"off\"\n[policy]\ncurrencies = [\"EUR\"]\n",
    );
    run(&folder, "--fix deal.json");
    assert!(folder.read("deal.json").contains("usd"));
    assert!(folder.read("deal.json").contains("\"won\""));
}

#[test]
fn a_diff_prints_no_secret() {
    let text = "{\n  \"Authorization\": \"bearer  wbk_tops3cr3t\",\n  \"Content-Type\": \"application/json\"\n}\n";
    let folder = Folder::new(&[
        ("headers.json", text),
        ("pipelint.toml", "[mask]\nproperties = [\"name\"]\n"),
        (
            "deal.json",
            "{ \"name\": \" Hushhush \", \"notes\": \"ask Bearer sk_live_0123456789abcdefghijkl\", \"currency\": \"usd\" }",
        ),
    ]);
    let ran = folder
        .run("check --payload leadlex/create-deal/headers --diff --unsafe-fixes headers.json");
    assert!(ran.stdout.contains("+++"), "{}", ran.all());
    assert!(!ran.all().contains("tops3cr3t"), "{}", ran.all());
    let ran = run(&folder, "--diff --unsafe-fixes deal.json");
    assert!(ran.stdout.contains("\"USD\""), "{}", ran.all());
    assert!(
        !ran.all().contains("Hush") && !ran.all().contains("sk_live"),
        "{}",
        ran.all()
    );
}

#[test]
fn a_folder_of_payloads_with_known_faults_is_fixed_to_the_byte() {
    let folder = Folder::new(&[]);
    let (mut files, mut right) = (String::new(), Vec::new());
    let mut count = 0;
    pipelint_tests::faults::mutants(3, |mutant| {
        let id = mutant.contract.id;
        count += 1;
        // Each file is brought to the disk, which takes its time.
        if count % 3 > 0 || id.starts_with("acme") {
            return;
        }
        let line = format!("\"{id}/\" = \"{id}\"\n");
        if !files.contains(&line) {
            files += &line;
        }
        let name = format!("{id}/{}.json", right.len());
        folder.write(&name, mutant.faulty.as_bytes());
        right.push((name, mutant.right, mutant.kinds));
    });
    assert!(right.len() > 200);
    let now = pipelint_tests::NOW;
    let config = format!("now = {now}\n[files]\n{files}");
    folder.write("pipelint.toml", config.as_bytes());
    let ran = folder.run("check --fix --output-format concise .");
    assert_eq!(ran.status, 1, "some faults cannot be fixed");
    for (name, right, kinds) in &right {
        assert_eq!(&folder.read(name), right, "{name}: {kinds:?}");
    }
    let again = folder.run("check --color never --diff .");
    assert_eq!(again.stdout, "", "nothing is left to fix");
    // All requests in one file, a line each.
    let (mut lines, mut fixed) = (String::new(), String::new());
    pipelint_tests::faults::mutants(2, |mutant| {
        let whole = mutant.contract.id == "leadlex/create-deal/request";
        let comment = mutant.kinds.contains(&"comment behind");
        if whole && !comment && !mutant.faulty.starts_with('\u{feff}') {
            let line = |text: &str| text.replace('\n', " ") + "\r\n";
            lines += &line(&mutant.faulty);
            fixed += &line(&mutant.right);
        }
    });
    folder.write("deals.ndjson", lines.as_bytes());
    let arguments = format!("check --fix --no-config --now {now} --payload leadlex/create-deal");
    folder.run(&format!("{arguments} deals.ndjson"));
    assert!(lines.len() > 10_000 && folder.read("deals.ndjson") == fixed);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// Starts to fix a large file and sends the signal while the new file is being written.
    fn interrupted(folder: &Folder, signal: &str) -> std::process::ExitStatus {
        let line = "{\"name\": \"Acme\", \"currency\": \"usd\"}\n";
        folder.write("deals.ndjson", line.repeat(100_000).as_bytes());
        let mut child = folder
            .command(&format!(
                "check --payload leadlex/create-deal --now {NOW} --fix deals.ndjson"
            ))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while temporary(folder) == 0 {
            assert!(child.try_wait().unwrap().is_none(), "it is still writing");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let kill = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(kill.success());
        let status = child.wait().unwrap();
        assert_eq!(folder.read("deals.ndjson"), line.repeat(100_000));
        status
    }

    /// How many temporary files there are.
    fn temporary(folder: &Folder) -> usize {
        let names = fs::read_dir(folder.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name());
        names
            .filter(|name| name.to_str().unwrap().starts_with(".pipelint-"))
            .count()
    }

    #[test]
    fn signals_leave_no_temporary_file() {
        use std::os::unix::process::ExitStatusExt;
        for (signal, number) in [("-INT", 2), ("-TERM", 15)] {
            let folder = Folder::new(&[]);
            assert_eq!(interrupted(&folder, signal).signal(), Some(number));
            assert_eq!(temporary(&folder), 0, "{signal}");
        }
    }

    #[test]
    fn the_next_run_removes_the_temporary_file_of_a_killed_one() {
        let folder = Folder::new(&[("deal.json", DEAL)]);
        interrupted(&folder, "-KILL");
        assert_eq!(temporary(&folder), 1);
        run(&folder, "--fix deal.json");
        assert!(folder.read("deal.json").contains("\"won\""));
        assert_eq!(temporary(&folder), 0);
    }

    #[test]
    fn diffs_quote_names_as_git_does() {
        let name = "a\tb\n\"c\"\u{1b}\u{9b}é.json";
        let folder = Folder::new(&[(name, DEAL)]);
        let ran = run(&folder, "--diff .");
        let quoted = r#"a\tb\n\"c\"\033\302\233é.json"#;
        assert!(
            ran.stdout
                .starts_with(&format!("--- \"a/{quoted}\"\n+++ \"b/{quoted}\"\n@@")),
            "{}",
            ran.stdout
        );
        folder.write("fixes.diff", ran.stdout.as_bytes());
        let applied = Command::new("git")
            .args(["apply", "fixes.diff"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(applied.status.success(), "{applied:?}");
        assert!(folder.read(name).contains("\"won\""));
    }

    #[test]
    fn permissions_and_links_are_kept() {
        let folder = Folder::new(&[("real/deal.json", DEAL)]);
        let real = folder.path().join("real/deal.json");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real/deal.json", folder.path().join("deal.json")).unwrap();
        run(&folder, "--fix deal.json");
        assert!(folder.read("real/deal.json").contains("\"won\""));
        let mode = fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        let link = fs::symlink_metadata(folder.path().join("deal.json")).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_dir(folder.path().join("real")).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_said_and_stays() {
        let folder = Folder::new(&[("locked.json", DEAL), ("deal.json", DEAL)]);
        let locked = folder.path().join("locked.json");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o444)).unwrap();
        let ran = run(
            &folder,
            "--fix --output-format concise locked.json deal.json",
        );
        assert_snapshot!("read-only", ran.all());
        assert_eq!(folder.read("locked.json"), DEAL);
        assert!(folder.read("deal.json").contains("\"won\""));
        // Of a pipe there is nothing to be replaced.
        let pipe = folder.path().join("pipe.json");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        folder.write("real.json", DEAL.as_bytes());
        let mut feed = Command::new("sh")
            .args(["-c", "cat real.json >pipe.json"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .spawn();
        let ran = run(&folder, "--fix pipe.json");
        feed.as_mut().unwrap().wait().unwrap();
        assert_eq!(ran.status, 2, "{}", ran.all());
        assert!(
            ran.stderr
                .contains("cannot write pipe.json: it is not a regular file"),
            "{}",
            ran.stderr
        );
    }

    #[test]
    fn standard_input_that_cannot_be_read_is_said() {
        let folder = Folder::new(&[]);
        let mut command = folder.command("check --payload leadlex/create-deal --fix -");
        let no_text = fs::File::open(folder.path()).unwrap();
        let ran = Ran::new(&command.stdin(no_text).output().unwrap());
        assert_eq!(ran.status, 2, "{}", ran.all());
        assert!(ran.stderr.contains("cannot read <stdin>"), "{}", ran.stderr);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_said() {
        let folder = Folder::new(&[("deal.json", DEAL)]);
        for arguments in ["check --diff deal.json", "check --fix deal.json"] {
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let mut command = folder.command(arguments);
            let ran = Ran::new(&command.stdout(full).output().unwrap());
            assert_eq!(ran.status, 2, "{arguments}");
        }
    }
}

#[test]
fn files_are_fixed_to_the_last_when_nobody_reads_what_is_left() {
    let files: Vec<_> = (0..120).map(|at| format!("in/{at:03}.json")).collect();
    let deals: Vec<_> = files.iter().map(|name| (&**name, DEAL)).collect();
    let run = |stdout: Stdio, jobs: u32| {
        let folder = Folder::new(&deals);
        let mut child = folder
            .command(&format!(
                "check --payload leadlex/create-deal --now {NOW} --fix --jobs {jobs} in"
            ))
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran = Ran::new(&child.wait_with_output().unwrap());
        all_fixed(&folder, &files, DEAL, &ran);
        ran
    };
    for jobs in [1, 4] {
        let ran = run(Stdio::piped(), jobs);
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        assert!(ran.stderr.ends_with(" tags/repeated\n"), "{}", ran.stderr);
    }
    if cfg!(target_os = "linux") {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let ran = run(full.into(), 4);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(
            ran.stderr
                .ends_with("cannot write to standard output: No space left on device\n"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn files_are_fixed_when_nobody_reads_standard_input_once_it_is_fixed() {
    let files: Vec<_> = (0..20).map(|at| format!("in/{at:03}.json")).collect();
    let line = DEAL.replace('\n', " ");
    let deals: Vec<_> = files.iter().map(|name| (&**name, &*line)).collect();
    let folder = Folder::new(&deals);
    let mut child = folder
        .command(&format!(
            "check --payload leadlex/create-deal --now {NOW} --fix --input-format ndjson - in"
        ))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // Without an end: it is not read on when nobody wants it.
    while stdin.write_all(b"{\"name\": \"Acme\"}\n").is_ok() {}
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    all_fixed(&folder, &files, &line, &ran);
}

/// Every file is fixed and told of, and nothing else is there.
fn all_fixed(folder: &Folder, files: &[String], faulty: &str, ran: &Ran) {
    let fixed = faulty.replace("Won", "won").replace("usd", "USD");
    let fixed = fixed.replace("[\"new\", \"new\"]", "[\"new\"]");
    for name in files {
        assert!(folder.read(name) == fixed, "{name}");
        let note = format!("pipelint: {name}: fixed ");
        assert!(ran.stderr.contains(&note), "{name}: {}", ran.stderr);
    }
    let there = fs::read_dir(folder.path().join("in")).unwrap();
    assert_eq!(there.count(), files.len());
}

#[test]
fn what_is_fixed_is_the_same_on_any_number_of_cores() {
    let files: Vec<(String, String)> = (0..60)
        .map(|number| {
            let name = format!("\"name\": \"N{number}\"");
            match number % 10 {
                3 => {
                    let line = format!("{{{name}, \"status\": \"Won\"}}\n");
                    (format!("in/{number}.ndjson"), line.repeat(20))
                }
                4..7 => (format!("in/{number}.json"), format!("{{{name}}}")),
                7 => (format!("in/{number}.json"), format!("{{{name}, 'a': [}}")),
                _ => (
                    format!("in/{number}.json"),
                    DEAL.replace("\"name\" : \"Acme\"", &name),
                ),
            }
        })
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let fix = |arguments: &str| {
        let folder = Folder::new(&files);
        fs::write(folder.path().join("in/155.json"), b"\xff").unwrap();
        let ran = folder.run_with(
            &format!("check --payload leadlex/create-deal --now {NOW} in/1.json none.json in - in/0.json {arguments}"),
            DEAL,
        );
        let names = files.iter().map(|(name, _)| folder.read(name));
        (ran.all(), names.collect::<Vec<_>>(), folder)
    };
    for arguments in [
        "--fix --output-format concise",
        "--fix --unsafe-fixes --output-format json",
        "--diff",
        "--fix --output-format junit --baseline known.json --write-baseline",
    ] {
        let (said, fixed, folder) = fix(&format!("{arguments} --jobs 1"));
        assert!(said.len() > 2_000, "{arguments}: {said}");
        let before = files.iter().map(|(_, text)| *text);
        assert_eq!(
            before.eq(fixed.iter().map(String::as_str)),
            arguments == "--diff"
        );
        let (said_4, fixed_4, folder_4) = fix(&format!("{arguments} --jobs 4"));
        assert!(said == said_4, "{arguments}: {said}\n{said_4}");
        assert!(fixed == fixed_4, "{arguments}");
        if arguments.contains("known.json") {
            let known = folder.read("known.json");
            assert_eq!(folder_4.read("known.json"), known);
            // What is left is known now, in files that were fixed and from standard input.
            let ran = folder.run_with(
                &format!("check --payload leadlex/create-deal --now {NOW} --baseline known.json --jobs 4 --fix in - in/0.json"),
                folder_4.read("in/0.json"),
            );
            assert_eq!(ran.status, 0, "{}", ran.stderr);
            assert!(!ran.stderr.contains("fixed"), "{}", ran.stderr);
        }
    }
}
