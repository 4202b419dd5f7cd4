//! The forms for code scanning and CI: what they hold, and that nothing in a payload or in a
//! file's name breaks them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod common;

use std::process::Command;

use common::{Folder, NOW, Ran};
use insta::assert_snapshot;
use serde_json::Value;

const FORMATS: [&str; 6] = ["sarif", "github", "gitlab", "junit", "markdown", "agent"];

/// A deal with a fault that is advice, one that can be fixed, and one that is missing something.
const DEAL: &str = r#"{
  "name": "Acme",
  "estimated_value": 50000,
  "status": "Won",
  "follow_up_date": "2026-09-01",
  "folow_up": "späť", "follow_up_date": "2026-09-02"
}
"#;

const LINES: &str = "\
{\"name\": \"Acme\", \"probability\": 60}\r
\r
{\"name\": \"Ümläut 🙂\", \"probability\": 0.5}\r
{\"name\": \"Ümläut 🙂\", \"probability\": 0.5}
{\"name\": \"\"}";

/// What formats could take for their own: workflow commands, the end of CDATA, tables, code,
/// HTML, links, people, issues, emoji, formulas, what steers terminals or the direction of writing.
const HOSTILE: &str = "{\
  \"status\": \"a\\n::error::b %0A ]]> <b>&amp; | `c` \\u202e\\u0000\\u001b[31m\",\
  \"x\\n::warning file=a,line=1::`|\\\\<script>\": 1,\
  \"y @team #1 https://example.com www.example.com :tada: $z$ _a_ *b* [c](d)\": 1\
}";

fn folder() -> Folder {
    Folder::new(&[
        ("deal.json", DEAL),
        ("deals.ndjson", LINES),
        ("good.json", "{\"name\": \"Acme\"}"),
    ])
}

/// `pipelint check` for `LeadLex`, with everything that changes from version to version left out.
fn run(folder: &Folder, format: &str, more: &str) -> Ran {
    let mut ran = folder.run(&format!(
        "check --payload leadlex/create-deal --now {NOW} --output-format {format} {more}"
    ));
    ran.stdout = ran.stdout.replace(
        concat!("\"semanticVersion\":\"", env!("CARGO_PKG_VERSION"), "\""),
        "\"semanticVersion\":\"VERSION\"",
    );
    ran
}

#[test]
fn each_form_has_its_places_and_words() {
    for format in FORMATS {
        let ran = run(
            &folder(),
            format,
            "deal.json deals.ndjson good.json none.json",
        );
        assert_eq!(ran.status, 2, "{}", ran.all());
        assert_snapshot!(format, ran.stdout);
    }
}

#[test]
fn each_form_has_an_empty_one() {
    for format in FORMATS {
        let ran = run(&folder(), format, "good.json");
        assert_snapshot!(format!("{format}-empty"), ran.all());
    }
}

#[test]
#[cfg(unix)]
fn hostile_names_and_values_break_nothing() {
    let name = "a,b:c%\n::error::<&|`\u{202e}.json";
    let folder = Folder::new(&[(name, HOSTILE)]);
    for format in FORMATS {
        let ran = run(&folder, format, ".");
        assert_eq!(ran.status, 1, "{}", ran.all());
        assert_snapshot!(format!("{format}-hostile"), ran.stdout);
        let odd = |c: &char| {
            (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}')
        };
        // GitLab finds the file by its name, so that is as it is.
        let said = ran.stdout.replace(&name.replace('\n', "\\n"), "");
        assert_eq!(said.chars().find(odd), None, "{format}");
    }
    let github = run(&folder, "github", ".").stdout;
    for line in github.lines() {
        assert!(line.starts_with("::"), "{line}");
        assert!(line.contains(" title=pipelint ("), "{line}");
    }
    let markdown = run(&folder, "markdown", ".").stdout;
    for row in markdown.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(row.matches('|').count(), 5, "{row}");
        assert!(!row.contains("<script>") && !row.contains("<b>"), "{row}");
    }
}

#[test]
fn sarif_holds_to_its_schema() {
    // The pattern of languages closes a bracket that it never opened.
    let schema = include_str!("schemas/sarif-2.1.0.schema.json").replace("-[a-zA-Z]{2}]?$", "$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })));
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let folder = folder();
    folder.write("hostile.json", HOSTILE.as_bytes());
    for inputs in ["good.json", "deal.json", "none.json", ".", ". none.json"] {
        let log: Value = serde_json::from_str(&run(&folder, "sarif", inputs).stdout).unwrap();
        sound(&validator, &log);
    }
    let ran = folder.run(&format!(
        "check --now {NOW} --output-format sarif {examples}"
    ));
    sound(&validator, &serde_json::from_str(&ran.stdout).unwrap());
}

/// Holds to the schema, and to what the schema cannot say.
fn sound(validator: &jsonschema::Validator, log: &Value) {
    let errors: Vec<_> = validator
        .iter_errors(log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{log:#}");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut names = std::collections::BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        for text in ["text", "markdown"] {
            assert!(!rule["help"][text].as_str().unwrap().is_empty(), "{rule}");
        }
        let name = result["partialFingerprints"]["pipelint/v1"]
            .as_str()
            .unwrap();
        assert!(names.insert(name.to_owned()), "{name} names two results");
    }
}

#[test]
fn sarif_fixes_mend_the_file() {
    let folder = folder();
    let log: Value = serde_json::from_str(&run(&folder, "sarif", "deal.json").stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let fix = results
        .iter()
        .find(|result| result["ruleId"] == "schema/enum")
        .map(|result| &result["fixes"][0])
        .unwrap();
    assert_eq!(fix["description"]["text"], "Write \"won\" (safe)");
    let replacement = &fix["artifactChanges"][0]["replacements"][0];
    let region = |name: &str| replacement["deletedRegion"][name].as_u64().unwrap() as usize;
    assert_eq!(region("startLine"), region("endLine"));
    let line = DEAL.lines().nth(region("startLine") - 1).unwrap();
    let characters: Vec<char> = line.chars().collect();
    let old: String = characters[region("startColumn") - 1..region("endColumn") - 1]
        .iter()
        .collect();
    assert_eq!(old, "\"Won\"");
    assert_eq!(replacement["insertedContent"]["text"], "\"won\"");
}

#[test]
fn columns_are_counted_in_code_points() {
    let log: Value = serde_json::from_str(&run(&folder(), "sarif", "deals.ndjson").stdout).unwrap();
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let places: Vec<_> = results
        .iter()
        .map(|result| {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            (region["startLine"].clone(), region["startColumn"].clone())
        })
        .collect();
    // The same fault in two records, after characters of two and of four bytes.
    assert_eq!(places[0], (3.into(), 37.into()));
    assert_eq!(places[1], (4.into(), 37.into()));
}

#[test]
fn a_record_is_one_line_whatever_stands_in_it() {
    // Some editors break lines at a bare CR; the lines of NDJSON end with LF.
    let text =
        "{\"name\": \"Acme\",\r\"status\": \"Won\"}\n{\"name\": \"Acme\", \"status\": \"Won\"}\n";
    let folder = Folder::new(&[("deals.ndjson", text)]);
    for format in ["concise", "github", "full"] {
        let out = run(&folder, format, "deals.ndjson").stdout;
        assert!(out.contains("deals.ndjson:1:28"), "{out}");
        assert!(out.contains("deals.ndjson:2:28"), "{out}");
    }
}

#[test]
fn findings_keep_their_names_when_lines_move() {
    let names = |folder: &Folder| -> Vec<Value> {
        let issues: Vec<Value> = serde_json::from_str(&run(folder, "gitlab", ".").stdout).unwrap();
        let mut names: Vec<_> = issues
            .iter()
            .map(|issue| issue["fingerprint"].clone())
            .collect();
        names.sort_by_key(ToString::to_string);
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "two findings have the same name");
        names
    };
    let folder = folder();
    let before = names(&folder);
    assert!(!before.is_empty());
    folder.write("deal.json", format!("\n\n{DEAL}").as_bytes());
    folder.write("deals.ndjson", format!("\n\n\n{LINES}").as_bytes());
    assert_eq!(names(&folder), before);
    folder.write("deal.json", DEAL.replace("\"Won\"", "\"Lost\"").as_bytes());
    assert_ne!(names(&folder), before, "another value is another finding");
}

#[test]
fn files_are_named_from_the_root_of_the_repository() {
    let folder = Folder::new(&[("sales/deal.json", DEAL)]);
    let named = |format: &str, variable: &str| {
        let arguments =
            format!("check --payload leadlex/create-deal --output-format {format} deal.json");
        let mut command = folder.command(&arguments);
        command
            .current_dir(folder.path().join("sales"))
            .env(variable, folder.path());
        Ran::new(&command.output().unwrap()).stdout
    };
    let github = named("github", "GITHUB_WORKSPACE");
    assert!(github.contains("file=sales/deal.json,"), "{github}");
    let gitlab = named("gitlab", "CI_PROJECT_DIR");
    assert!(gitlab.contains("\"path\":\"sales/deal.json\""), "{gitlab}");
    let sarif = named("sarif", "GITHUB_WORKSPACE");
    assert!(sarif.contains("\"uri\":\"sales/deal.json\""), "{sarif}");
}

#[test]
fn what_fails_the_check_is_a_test_that_failed() {
    let out = run(&folder(), "junit", "deal.json").stdout;
    assert!(out.contains("<failure type=\"error\""), "{out}");
    assert!(!out.contains("<failure type=\"info\""), "{out}");
    let out = run(&folder(), "junit", "--fail-on info deal.json").stdout;
    assert!(out.contains("<failure type=\"info\""), "{out}");
}

#[test]
fn junit_is_well_formed_and_counts_right() {
    let folder = folder();
    folder.write("hostile.json", HOSTILE.as_bytes());
    folder.write("bytes.json", b"{\"name\": \"\xff\"}");
    let out = run(&folder, "junit", ". none.json").stdout;
    let mut reader = quick_xml::Reader::from_str(&out);
    reader.config_mut().check_end_names = true;
    let mut suite = [0; 3];
    let mut suites = 0;
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => match start.name().as_ref() {
                b"testsuite" => {
                    suites += 1;
                    suite = ["tests", "failures", "errors"].map(|name| {
                        let count = start.try_get_attribute(name).unwrap().unwrap();
                        std::str::from_utf8(&count.value)
                            .unwrap()
                            .parse::<i64>()
                            .unwrap()
                    });
                }
                b"testcase" => suite[0] -= 1,
                b"failure" => suite[1] -= 1,
                b"error" => suite[2] -= 1,
                _ => {}
            },
            Event::End(end) if end.name().as_ref() == b"testsuite" => {
                assert_eq!(suite, [0; 3], "{out}");
            }
            _ => {}
        }
    }
    // One for each file, and one for the input that is not there.
    assert_eq!(suites, 6, "{out}");
    folder.write("out.xml", out.as_bytes());
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/junit-10.xsd");
    // Where the tool is installed, the schema has its say, too.
    let output = Command::new("xmllint")
        .args(["--noout", "--schema", schema, "out.xml"])
        .current_dir(folder.path())
        .output();
    if let Ok(output) = output {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}\n{out}");
    }
}

#[test]
fn a_model_gets_the_first_findings_and_the_number_of_the_others() {
    // One of the files is named like what follows a finding.
    let lines = "{\"name\": \"\", \"status\": \"Won\"}\n".repeat(300);
    let folder = Folder::new(&[(" deals.ndjson", &lines), ("deal.json", DEAL)]);
    let ran = run(&folder, "agent", ".");
    let findings = ran
        .stdout
        .lines()
        .filter(|line| line.contains(": `"))
        .count();
    assert_eq!(findings, 200);
    let all = run(&folder, "json-lines", ".").stdout.lines().count();
    let left = format!(
        "\n{} findings are left out; fix these first, and check again\n",
        all - 200
    );
    assert!(ran.stdout.contains(&left), "{left}{}", ran.stdout);
    let key = "wbk_abcdefghijklmnopqrstuvwxyz012345";
    folder.write(
        "key.json",
        format!("{{\"name\": \"Acme\", \"notes\": \"{key} \"}}").as_bytes(),
    );
    let said = run(&folder, "agent", "key.json").stdout;
    assert!(
        said.contains("text/credential") && !said.contains("wbk_"),
        "{said}"
    );
}

#[test]
fn a_table_that_is_too_long_says_what_it_leaves_out() {
    let lines = "{\"name\": \"\", \"status\": \"Won\"}\n".repeat(2_000);
    let folder = Folder::new(&[("deals.ndjson", &lines)]);
    let out = run(&folder, "markdown", "deals.ndjson").stdout;
    assert!(out.chars().count() < 65_536);
    let rows = out
        .lines()
        .filter(|line| line.starts_with("| error"))
        .count();
    let left: usize = out
        .lines()
        .last()
        .and_then(|line| line.split(' ').next())
        .and_then(|count| count.parse().ok())
        .unwrap();
    assert_eq!(rows + left, 4_000);
}
