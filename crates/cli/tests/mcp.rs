//! Sessions of the SDK's own client with the program, over its standard input and output.

#![cfg(feature = "mcp")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a program of tests"
)]

mod common;

use std::future::Future;

use common::{Folder, NOW};
use rmcp::ServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService};
use rmcp::transport::TokioChildProcess;
use serde_json::{Value, json};

type Client = RunningService<RoleClient, ()>;

/// Starts the program in a folder, and lets a client talk to it.
fn session<F: Future<Output = ()>>(folder: &Folder, talk: impl FnOnce(Client) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_pipelint"));
    command
        .args(["mcp", "--now", NOW])
        .current_dir(folder.path());
    runtime.block_on(async {
        let client = ().serve(TokioChildProcess::new(command).unwrap()).await.unwrap();
        talk(client).await;
    });
}

async fn call(client: &Client, tool: &'static str, arguments: Value) -> CallToolResult {
    let Value::Object(arguments) = arguments else {
        unreachable!("arguments are an object")
    };
    let request = CallToolRequestParams::new(tool).with_arguments(arguments);
    client.call_tool(request).await.unwrap()
}

fn text(result: &CallToolResult) -> &str {
    assert_eq!(result.content.len(), 1);
    &result.content[0].as_text().unwrap().text
}

/// The text of an answer.
async fn said(client: &Client, tool: &'static str, arguments: Value) -> String {
    let result = call(client, tool, arguments).await;
    assert_eq!(result.is_error, Some(false), "{}", text(&result));
    text(&result).to_owned()
}

/// The text of an error.
async fn refused(client: &Client, tool: &'static str, arguments: Value) -> String {
    let result = call(client, tool, arguments).await;
    assert_eq!(result.is_error, Some(true), "{}", text(&result));
    text(&result).to_owned()
}

const DEAL: &str =
    r#"{ "name": "Acme", "currency": "eur", "estimated_value": 5, "status": "wonn" }"#;

#[test]
fn a_model_checks_reads_and_fixes() {
    session(&Folder::new(&[]), |client| async move {
        let info = client.peer_info().unwrap();
        assert_eq!(info.server_info.as_ref().unwrap().name, "pipelint");
        assert!(info.instructions.as_ref().unwrap().contains("`check`"));
        let tools = client.list_all_tools().await.unwrap();
        let names: Vec<_> = tools.iter().map(|tool| &*tool.name).collect();
        assert_eq!(names, ["check", "fix", "explain", "payloads", "schema"]);
        for tool in &tools {
            let annotations = tool.annotations.as_ref().unwrap();
            assert_eq!(annotations.read_only_hint, Some(true));
            assert_eq!(tool.input_schema["type"], "object");
            assert_eq!(tool.input_schema["additionalProperties"], false);
        }
        assert_eq!(tools[2].input_schema["required"], json!(["rule"]));
        let limit = &tools[0].input_schema["properties"]["limit"];
        assert_eq!(limit["maximum"], 200, "{limit}");

        let found = said(&client, "check", json!({ "text": DEAL })).await;
        let expected = "2 errors (checked as leadlex/create-deal/request):\n\
            1:31 error currency/wrong-case /currency: `currency` must be in capital letters: \"eur\"\n  \
            help: Write \"EUR\".\n  fix (safe): Write \"EUR\"\n    replace `\"eur\"` at 1:31 with `\"EUR\"`\n\
            1:70 error schema/enum /status: ";
        assert!(found.starts_with(expected), "{found}");
        assert!(found.contains("help: Did you mean \"won\"?"), "{found}");

        let page = said(&client, "explain", json!({ "rule": "currency/wrong-case" })).await;
        assert!(page.starts_with("# `currency/wrong-case`") && !page.contains("## Words"));
        let group = said(&client, "explain", json!({ "rule": "currency" })).await;
        assert!(group.contains("currency/unknown (error): "), "{group}");
        let page = said(&client, "explain", json!({ "rule": "policy/pattern" })).await;
        assert!(page.contains("policy/pattern"), "{page}");

        let list = said(&client, "payloads", json!({})).await;
        assert!(
            list.contains("leadlex/create-deal/request: LeadLex: Create a deal"),
            "{list}"
        );
        let schema = said(
            &client,
            "schema",
            json!({ "payload": "leadlex/create-deal" }),
        )
        .await;
        let schema: Value = serde_json::from_str(&schema).unwrap();
        assert_eq!(schema["required"], json!(["name"]));
        let arguments = json!({ "payload": "leadlex/create-deal", "property": "/tags/*" });
        let schema = said(&client, "schema", arguments).await;
        assert_eq!(schema, "{\n  \"type\": \"string\"\n}\n");

        let fixed = said(&client, "fix", json!({ "text": DEAL })).await;
        assert!(
            fixed.starts_with("Applied 1 fix:\n- currency/wrong-case /currency: Write \"EUR\"\n"),
            "{fixed}"
        );
        assert!(fixed.contains("1 error (checked as"), "{fixed}");
        let new = DEAL.replace("eur", "EUR");
        assert!(
            fixed.ends_with(&format!("The fixed text:\n{new}")),
            "{fixed}"
        );
        let fixed = said(&client, "fix", json!({ "text": DEAL, "unsafe": true })).await;
        assert!(fixed.ends_with(&new.replace("wonn", "won")), "{fixed}");
        assert!(fixed.contains("Nothing is left to fix"), "{fixed}");
        client.cancel().await.unwrap();
    });
}

#[test]
fn files_are_judged_by_their_configuration_and_read_only_in_the_folder() {
    let lines = format!(
        "{DEAL}\r\n\n{}\n",
        r#"{ "name": "Acme", "value": -5, "owner_id": "u" }"#
    );
    let outside = Folder::new(&[("secret.json", DEAL)]);
    let secret = outside.path().join("secret.json").display().to_string();
    let config = "[rules]\ncurrency = \"off\"\n[mask]\nproperties = [\"status\"]\n";
    let folder = Folder::new(&[
        ("pipelint.toml", config),
        ("deal.json", DEAL),
        ("deals.ndjson", &lines),
    ]);
    session(&folder, |client| async move {
        let found = said(&client, "check", json!({ "path": "deal.json" })).await;
        assert!(found.starts_with("1 error (checked as"), "{found}");
        assert!(found.contains("schema/enum /status"), "{found}");
        assert!(!found.contains("wonn"), "{found}");
        // The second line is another payload.
        let found = said(&client, "check", json!({ "path": "deals.ndjson" })).await;
        assert!(found.contains(" in 2 payloads (checked as"), "{found}");
        assert!(
            found.contains("\n3:28 ") && !found.contains("unknown-property"),
            "{found}"
        );
        for path in [&*secret, "..", "../none.json"] {
            let why = refused(&client, "check", json!({ "path": path })).await;
            let expected = ["is outside of the folder", "cannot read"];
            assert!(expected.iter().any(|part| why.contains(part)), "{why}");
        }
        let why = refused(&client, "check", json!({ "path": "." })).await;
        assert!(why.contains("it is not a file"), "{why}");
        client.cancel().await.unwrap();
    });
}

#[test]
fn a_payload_of_the_configuration_s_own_is_known_to_every_tool() {
    let schema = r#"{ "properties": { "title": { "type": "string" }, "worth": { "type": "number", "x-meaning": { "is": "money", "unit": "major" } } } }"#;
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            "[payloads.\"acme/add-deal\"]\nschema = \"acme.json\"\n",
        ),
        ("acme.json", schema),
    ]);
    session(&folder, |client| async move {
        let list = said(&client, "payloads", json!({})).await;
        assert!(list.contains("acme/add-deal/request: "), "{list}");
        let text = r#"{ "title": "A", "worth": -5 }"#;
        let found = said(&client, "check", json!({ "text": text })).await;
        assert!(found.contains("money/negative /worth"), "{found}");
        let arguments = json!({ "payload": "acme/add-deal", "property": "/title" });
        let schema = said(&client, "schema", arguments).await;
        assert_eq!(schema, "{\n  \"type\": \"string\"\n}\n");
        client.cancel().await.unwrap();
    });
}

#[test]
fn no_answer_holds_a_credential() {
    let key = "wbk_abcdefghijklmnopqrstuvwxyz012345";
    let deal = format!(
        "{{ \"name\": \"Acme\", \"stage\": \"x\", \"notes\": \"{key}\", \"currency\": \"eur\", \"estimated_value\": 1 }}"
    );
    session(&Folder::new(&[]), |client| async move {
        let found = said(&client, "check", json!({ "text": deal })).await;
        assert!(
            found.contains("text/credential") && !found.contains("wbk_"),
            "{found}"
        );
        let fixed = said(&client, "fix", json!({ "text": deal })).await;
        assert!(
            fixed.contains("Applied 1 fix") && !fixed.contains("wbk_"),
            "{fixed}"
        );
        assert!(
            fixed.contains("because it holds a credential or a masked value"),
            "{fixed}"
        );
        for (tool, arguments) in [
            ("explain", json!({ "rule": key })),
            ("schema", json!({ "payload": key })),
            ("check", json!({ key: 1 })),
        ] {
            let why = refused(&client, tool, arguments).await;
            assert!(!why.contains("wbk_"), "{why}");
        }
        client.cancel().await.unwrap();
    });
}

#[test]
fn answers_are_bounded() {
    let line = "{ \"name\": \"\", \"status\": \"Won\", \"stage\": \"x\" }\n";
    session(&Folder::new(&[]), |client| async move {
        let arguments =
            |limit: Value| json!({ "text": line.repeat(300), "format": "ndjson", "limit": limit });
        let found = said(&client, "check", arguments(Value::Null)).await;
        assert!(found.starts_with("600 errors in 300 payloads"), "{found}");
        assert_eq!(found.matches(" error ").count(), 20);
        assert!(
            found.ends_with("580 more are left out; fix these first, and check again.\n"),
            "{found}"
        );
        let found = said(&client, "check", arguments(json!(1))).await;
        assert_eq!(found.matches(" error ").count(), 1);
        let why = refused(&client, "check", arguments(json!(0))).await;
        assert!(why.contains("from 1 to 200"), "{why}");
        let text = line.repeat(2000);
        let fixed = said(&client, "fix", json!({ "text": text, "format": "ndjson" })).await;
        assert!(
            fixed.starts_with("Applied 2000 fixes:\n- line 1 schema/enum /status: "),
            "{fixed}"
        );
        assert!(
            fixed.contains("\nand 1980 more\n") && fixed.len() < 32 << 10,
            "{fixed}"
        );
        assert!(fixed.contains("longer than 32 KiB"), "{fixed}");
        client.cancel().await.unwrap();
    });
}

#[test]
fn an_error_says_what_to_do_instead() {
    session(&Folder::new(&[]), |client| async move {
        for (tool, arguments, part) in [
            ("check", json!({}), "give either `text` or `path`"),
            (
                "check",
                json!({ "text": "{}", "path": "a" }),
                "give either `text` or `path`",
            ),
            ("check", json!({ "txt": "{}" }), "unknown field `txt`"),
            ("check", json!({ "text": "" }), "the text is empty"),
            (
                "check",
                json!({ "text": r#"{ "name": "A" }"# }),
                "name one in `payload`",
            ),
            (
                "check",
                json!({ "text": "{}", "payload": "leadlex/create-dael" }),
                "did you mean `leadlex/create-deal`?",
            ),
            (
                "explain",
                json!({ "rule": "money/negativ" }),
                "did you mean `money/negative`?",
            ),
            ("explain", json!({}), "missing field `rule`"),
            (
                "schema",
                json!({ "payload": "slant/create-opportunity", "property": "/vlaue" }),
                "did you mean `value`?",
            ),
        ] {
            let why = refused(&client, tool, arguments).await;
            assert!(why.contains(part), "{why}");
        }
        let unknown = client.call_tool(CallToolRequestParams::new("chekc")).await;
        assert!(
            unknown
                .unwrap_err()
                .to_string()
                .contains("unknown tool `chekc`")
        );
        // The session goes on.
        let clean = json!({ "text": r#"{ "name": "Acme", "stage": "x" }"# });
        let found = said(&client, "check", clean).await;
        assert_eq!(
            found,
            "No findings (checked as leadlex/create-deal/request).\n"
        );
        client.cancel().await.unwrap();
    });
}

#[test]
fn the_server_ends_with_the_stream_of_its_client() {
    let folder = Folder::new(&[]);
    let ran = folder.run("mcp");
    assert_eq!((ran.status, &*ran.stdout), (0, ""), "{}", ran.stderr);
    let ran = folder.run("mcp --folder none");
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot use the folder none"),
        "{}",
        ran.stderr
    );
}
