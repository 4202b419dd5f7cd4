//! Sessions with the language server, over the standard input and output of the real program.

#![cfg(feature = "lsp")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a program of tests"
)]
#![allow(clippy::needless_pass_by_value, reason = "`json!` makes values")]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use common::{Folder, NOW};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_mins(1);

/// An editor with one server.
struct Editor {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    folder: String,
    requests: i32,
    version: i32,
    /// Messages that came before they were asked for.
    early: Vec<Value>,
}

impl Editor {
    /// Starts the server and sends the capabilities of the editor.
    fn start(folder: &Folder, capabilities: Value) -> (Self, Value) {
        let mut editor = Self::connect(folder);
        let root = editor.uri("");
        let answer = editor.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": root,
                "capabilities": capabilities,
                "workspaceFolders": [{ "uri": root, "name": "test" }],
            }),
        );
        editor.tell("initialized", json!({}));
        (editor, answer["result"].clone())
    }

    fn connect(folder: &Folder) -> Self {
        let mut child = folder
            .command(&format!("lsp --now {NOW}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, from) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            to: child.stdin.take().unwrap(),
            child,
            from,
            folder: folder.path().to_str().unwrap().to_owned(),
            requests: 0,
            version: 0,
            early: Vec::new(),
        }
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder)
    }

    fn write(&mut self, text: &str) {
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.to.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.write(&message.to_string());
    }

    /// Sends a request, and returns its ID.
    fn request(&mut self, method: &str, params: Value) -> i32 {
        self.requests += 1;
        let id = self.requests;
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.write(&message.to_string());
        id
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.answer(&json!(id))
    }

    fn answer(&mut self, id: &Value) -> Value {
        self.receive(|message| message.get("method").is_none() && message["id"] == *id)
    }

    /// The next message of that kind.
    fn receive(&mut self, is_meant: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.early.iter().position(&is_meant) {
            return self.early.remove(at);
        }
        loop {
            let message = self
                .from
                .recv_timeout(PATIENCE)
                .expect("the server answers");
            if is_meant(&message) {
                return message;
            }
            self.early.push(message);
        }
    }

    fn open(&mut self, name: &str, language: &str, text: &str) {
        self.version += 1;
        let document = json!({
            "uri": self.uri(name),
            "languageId": language,
            "version": self.version,
            "text": text,
        });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, name: &str, changes: Value) {
        self.version += 1;
        let document = json!({ "uri": self.uri(name), "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    /// The diagnostics of the newest version of a document.
    fn diagnostics(&mut self, name: &str) -> Vec<Value> {
        let (uri, version) = (self.uri(name), self.version);
        let message = self.receive(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == *uri
                && message["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Asks about a place in a document.
    fn at(&mut self, method: &str, name: &str, line: u32, character: u32) -> Value {
        let params = json!({
            "textDocument": { "uri": self.uri(name) },
            "position": { "line": line, "character": character },
        });
        self.ask(method, params)["result"].clone()
    }

    fn actions(&mut self, name: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({
            "textDocument": { "uri": self.uri(name) },
            "range": range,
            "context": context,
        });
        let answer = self.ask("textDocument/codeAction", params);
        answer["result"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .clone()
    }

    /// Leaves as the protocol wants it, and returns the exit status.
    fn leave(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }
}

fn read(from: &mut impl BufRead) -> Option<Value> {
    let mut size = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        if let Some(text) = line.strip_prefix("Content-Length: ") {
            size = text.trim().parse().unwrap();
        }
    }
    let mut bytes = vec![0; size];
    from.read_exact(&mut bytes).unwrap();
    let message: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(message["jsonrpc"], "2.0");
    Some(message)
}

fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true },
            "codeAction": { "dataSupport": true, "resolveSupport": { "properties": ["edit"] } },
        },
        "workspace": {
            "workspaceEdit": { "documentChanges": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
    })
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|one| one["code"].as_str().unwrap_or("none"))
        .collect()
}

/// The text after the edits of a workspace edit, for a text of ASCII characters.
fn edited(text: &str, edits: &Value) -> String {
    let mut lines: Vec<usize> = vec![0];
    lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let offset = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let character = usize::try_from(position["character"].as_u64().unwrap()).unwrap();
        lines
            .get(line)
            .map_or(text.len(), |start| start + character)
    };
    let mut edits: Vec<_> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (
                offset(&range["start"])..offset(&range["end"]),
                edit["newText"].as_str().unwrap(),
            )
        })
        .collect();
    edits.sort_by_key(|(span, _)| span.start);
    let mut text = text.to_owned();
    for (span, new) in edits.into_iter().rev() {
        text.replace_range(span, new);
    }
    text
}

const DEAL: &str = r#"{
  "name": "Acme",
  "status": "won",
  "probability": 50,
  "estimated_value": 5000,
  "currency": "eur"
}
"#;

#[test]
#[allow(clippy::too_many_lines, reason = "one session")]
fn a_session_from_start_to_shutdown() {
    let folder = Folder::new(&[]);
    let (mut editor, abilities) = Editor::start(&folder, able());
    let capabilities = &abilities["capabilities"];
    assert_eq!(capabilities["positionEncoding"], "utf-8");
    assert_eq!(capabilities["textDocumentSync"]["change"], 2);
    assert_eq!(capabilities["hoverProvider"], true);
    let watch = editor.receive(|message| message["method"] == "client/registerCapability");
    let registered = &watch["params"]["registrations"][0];
    assert_eq!(registered["method"], "workspace/didChangeWatchedFiles");
    editor.write(&json!({ "jsonrpc": "2.0", "id": watch["id"], "result": null }).to_string());

    editor.open("deal.json", "json", DEAL);
    let found = editor.diagnostics("deal.json");
    assert_eq!(
        codes(&found),
        ["probability/won-below-certain", "currency/wrong-case"]
    );
    let won = &found[0];
    assert_eq!(won["source"], "pipelint");
    assert_eq!(won["severity"], 2);
    assert_eq!(won["range"]["start"], json!({ "line": 3, "character": 17 }));
    assert_eq!(won["range"]["end"], json!({ "line": 3, "character": 19 }));
    let page = won["codeDescription"]["href"].as_str().unwrap();
    assert!(
        page.ends_with("/probability/won_below_certain.md"),
        "{page}"
    );
    let related = &won["relatedInformation"][0];
    assert_eq!(related["message"], "`status`");
    assert_eq!(related["location"]["range"]["start"]["line"], 2);

    // On a diagnostic: what the property is, and the page of the rule.
    let hover = editor.at("textDocument/hover", "deal.json", 3, 18);
    let text = hover["contents"]["value"].as_str().unwrap();
    for part in [
        "**Win probability** (`probability`): number",
        "The chance of winning, in percent.",
        "- a probability, from 0 to 100",
        "- at most 100",
        "LeadLex: Create a deal",
        "# `probability/won-below-certain`",
        "## What to do",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(
        !text.contains("## Words") && !text.contains("## Examples"),
        "{text}"
    );
    assert_eq!(
        hover["range"]["start"],
        json!({ "line": 3, "character": 17 })
    );

    let actions = editor.actions("deal.json", &found[1]["range"], Some("quickfix"));
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["title"], "Write \"EUR\"");
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["diagnostics"][0]["code"], "currency/wrong-case");
    let changes = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(changes["textDocument"]["version"], 1);
    assert_eq!(edited(DEAL, &changes["edits"]), DEAL.replace("eur", "EUR"));

    // All safe fixes: the edit is made when the action is chosen.
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let actions = editor.actions("deal.json", &range, Some("source.fixAll"));
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["kind"], "source.fixAll.pipelint");
    assert_eq!(actions[0].get("edit"), None);
    let resolved = editor.ask("codeAction/resolve", actions[0].clone());
    let changes = &resolved["result"]["edit"]["documentChanges"][0];
    assert_eq!(edited(DEAL, &changes["edits"]), DEAL.replace("eur", "EUR"));

    // A new key after the last one: existing keys are not proposed.
    let place =
        json!({ "start": { "line": 5, "character": 19 }, "end": { "line": 5, "character": 19 } });
    editor.change(
        "deal.json",
        json!([{ "range": place, "text": ",\n  \"pri" }]),
    );
    let items = editor.at("textDocument/completion", "deal.json", 6, 6);
    let items = items.as_array().unwrap();
    let labels: Vec<_> = items
        .iter()
        .map(|item| item["label"].as_str().unwrap())
        .collect();
    assert!(
        labels.contains(&"priority") && labels.contains(&"stage"),
        "{labels:?}"
    );
    assert!(
        !labels.contains(&"status") && !labels.contains(&"name"),
        "{labels:?}"
    );
    let priority = items
        .iter()
        .find(|item| item["label"] == "priority")
        .unwrap();
    assert_eq!(priority["textEdit"]["newText"], "\"priority\": ");
    assert_eq!(
        priority["textEdit"]["range"]["start"],
        json!({ "line": 6, "character": 2 })
    );
    let found = editor.diagnostics("deal.json");
    assert_eq!(codes(&found), ["json/syntax"]);

    // A value of the key.
    let place =
        json!({ "start": { "line": 6, "character": 6 }, "end": { "line": 6, "character": 6 } });
    editor.change(
        "deal.json",
        json!([{ "range": place, "text": "ority\": \"\"" }]),
    );
    let items = editor.at("textDocument/completion", "deal.json", 6, 15);
    let labels: Vec<_> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["label"].clone())
        .collect();
    assert_eq!(labels, ["low", "medium", "high", "urgent"]);
    editor.diagnostics("deal.json");

    editor.change(
        "deal.json",
        json!([{ "text": DEAL.replace("50,", "100,").replace("eur", "EUR") }]),
    );
    assert_eq!(editor.diagnostics("deal.json"), [json!(null); 0]);

    let uri = editor.uri("deal.json");
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri } }),
    );
    let closed = editor.receive(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(closed["params"]["diagnostics"], json!([]));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn characters_are_counted_as_the_client_does() {
    let text = "{ \"name\": \"🦀ß\", \"stage\": \"x\", \"probability\": 120 }";
    let folder = Folder::new(&[]);
    for (capabilities, encoding, start) in [
        (json!({}), "utf-16", 46),
        (
            json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } }),
            "utf-8",
            49,
        ),
    ] {
        let (mut editor, abilities) = Editor::start(&folder, capabilities);
        assert_eq!(abilities["capabilities"]["positionEncoding"], encoding);
        editor.open("deal.json", "json", text);
        let found = editor.diagnostics("deal.json");
        assert_eq!(codes(&found), ["schema/maximum"]);
        assert_eq!(found[0]["range"]["start"]["character"], start, "{encoding}");
        // This client shows neither links nor related places.
        assert_eq!(found[0].get("codeDescription"), None);
        // A change after the wide character.
        let range = json!({ "start": { "line": 0, "character": start }, "end": { "line": 0, "character": start + 3 } });
        editor.change("deal.json", json!([{ "range": range, "text": "12" }]));
        assert_eq!(editor.diagnostics("deal.json").len(), 0);
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn lines_are_checked_one_by_one() {
    let folder = Folder::new(&[]);
    let (mut editor, _) = Editor::start(&folder, json!({}));
    let line = "{ \"name\": \"Acme\", \"stage\": \"x\", \"probability\": 120 }\n";
    let text = [
        line,
        "\n",
        line,
        "{ \"name\": \"Acme\", \"currency\": \"eur\", \"estimated_value\": 1 }\n",
    ]
    .concat();
    editor.open("deals.ndjson", "json", &text);
    let found = editor.diagnostics("deals.ndjson");
    assert_eq!(
        codes(&found),
        ["schema/maximum", "schema/maximum", "currency/wrong-case"]
    );
    let lines: Vec<_> = found
        .iter()
        .map(|one| one["range"]["start"]["line"].clone())
        .collect();
    assert_eq!(lines, [0, 2, 3]);
    // This client asks for no edits later, so the action has its edit.
    let range =
        json!({ "start": { "line": 3, "character": 0 }, "end": { "line": 3, "character": 0 } });
    let actions = editor.actions("deals.ndjson", &range, Some("source.fixAll.pipelint"));
    let uri = editor.uri("deals.ndjson");
    let edits = &actions[0]["edit"]["changes"][&uri];
    assert_eq!(edited(&text, edits), text.replace("eur", "EUR"));
    let items = editor.at("textDocument/completion", "deals.ndjson", 3, 33);
    let has_euro = |items: &Value| {
        items
            .as_array()
            .unwrap()
            .iter()
            .any(|item| item["label"] == "EUR")
    };
    assert!(has_euro(&items), "{items}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_closest_configuration_holds_and_its_changes_count() {
    let folder = Folder::new(&[
        ("pipelint.toml", "[rules]\n\"schema/maximum\" = \"off\"\n"),
        (
            "crm/pipelint.toml",
            "locale = \"de\"\n[files]\n\"*.data\" = \"slant/create-opportunity\"\n[policy]\nowners = [\"u-1\"]\n[policy.schemas]\n\"slant/create-opportunity\" = \"own.json\"\n",
        ),
        (
            "crm/own.json",
            r#"{ "properties": { "name": { "pattern": "^[A-Z]" } } }"#,
        ),
    ]);
    let (mut editor, _) = Editor::start(&folder, json!({}));
    editor.open(
        "deal.json",
        "json",
        r#"{ "name": "A", "stage": "x", "probability": 120 }"#,
    );
    assert_eq!(editor.diagnostics("deal.json").len(), 0);
    // Its name says which payload it is, and not its keys.
    editor.open(
        "crm/x.data",
        "plaintext",
        r#"{ "name": "acme", "owner_id": "u-2" }"#,
    );
    let found = editor.diagnostics("crm/x.data");
    assert_eq!(codes(&found), ["policy/pattern", "policy/unknown-owner"]);
    assert!(
        found[1]["message"].as_str().unwrap().contains(" ist "),
        "{}",
        found[1]
    );
    let items = editor.at("textDocument/completion", "crm/x.data", 0, 31);
    assert_eq!(items[0]["label"], "u-1");
    let hover = editor.at("textDocument/hover", "crm/x.data", 0, 12);
    assert!(hover.to_string().contains("policy/pattern"), "{hover}");

    folder.write(
        "crm/pipelint.toml",
        b"[files]\n\"*.data\" = \"slant/create-opportunity\"\n",
    );
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(editor.diagnostics("crm/x.data").len(), 0);
    // One that cannot be used keeps its documents from being checked.
    folder.write("crm/pipelint.toml", b"[file]\n");
    let uri = editor.uri("crm/pipelint.toml");
    editor.tell(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": uri } }),
    );
    let found = editor.diagnostics("crm/x.data");
    let message = found[0]["message"].as_str().unwrap();
    assert!(message.starts_with("not checked, because "), "{message}");
    assert!(message.contains("unknown key `file`"), "{message}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_payload_of_the_configuration_s_own_is_known_in_every_answer() {
    let schema = r#"{
        "type": "object",
        "required": ["title"],
        "properties": {
            "title": { "type": "string", "description": "What it is called.", "x-meaning": { "is": "record-name" } },
            "rating": { "enum": ["hot", "cold"] }
        }
    }"#;
    let folder = Folder::new(&[
        (
            "pipelint.toml",
            "[payloads.\"acme/add-deal\"]\nschema = \"acme.json\"\nsystem = \"Acme\"\n",
        ),
        ("acme.json", schema),
    ]);
    let (mut editor, _) = Editor::start(&folder, json!({}));
    editor.open("x.json", "json", r#"{ "title": " ", "rating": "" }"#);
    assert_eq!(
        codes(&editor.diagnostics("x.json")),
        ["name/blank", "schema/enum"]
    );
    let hover = editor.at("textDocument/hover", "x.json", 0, 4);
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(
        text.contains("What it is called.") && text.contains("- required"),
        "{text}"
    );
    assert!(text.contains("(`acme/add-deal/request`)"), "{text}");
    let items = editor.at("textDocument/completion", "x.json", 0, 27);
    let labels: Vec<_> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["label"].clone())
        .collect();
    assert_eq!(labels, ["hot", "cold"]);
    // A schema that becomes broken is shown where it is named.
    folder.write("acme.json", b"{ \"type\": 7 }");
    editor.open("pipelint.toml", "toml", &folder.read("pipelint.toml"));
    let found = editor.diagnostics("pipelint.toml");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0]["range"]["start"],
        json!({ "line": 1, "character": 9 })
    );
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_configuration_is_checked_and_its_words_are_mended() {
    let folder = Folder::new(&[]);
    let (mut editor, _) = Editor::start(&folder, json!({}));
    editor.open(
        "pipelint.toml",
        "toml",
        "fail-on = \"eror\"\n[rules]\ncurency = \"off\"\n",
    );
    let found = editor.diagnostics("pipelint.toml");
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[1]["range"]["start"],
        json!({ "line": 2, "character": 0 })
    );
    let actions = editor.actions("pipelint.toml", &found[1]["range"], None);
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["title"], "Write `currency`");
    let uri = editor.uri("pipelint.toml");
    assert_eq!(
        actions[0]["edit"]["changes"][&uri][0]["newText"],
        "currency"
    );
    editor.change(
        "pipelint.toml",
        json!([{ "text": "[rules]\ncurrency = \"off\"\n" }]),
    );
    assert_eq!(editor.diagnostics("pipelint.toml").len(), 0);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn other_json_is_left_alone_and_an_ambiguous_payload_is_named() {
    let folder = Folder::new(&[]);
    let (mut editor, _) = Editor::start(&folder, able());
    editor.open(
        "package.json",
        "json",
        r#"{ "name": "web", "version": "1.0.0", "private": true }"#,
    );
    assert_eq!(editor.diagnostics("package.json").len(), 0);
    assert_eq!(
        editor.at("textDocument/hover", "package.json", 0, 4),
        Value::Null
    );
    let start = json!({ "line": 0, "character": 0 });
    let range = json!({ "start": start, "end": start });
    assert_eq!(editor.actions("package.json", &range, None).len(), 0);
    editor.open("one.json", "json", r#"{ "name": "A" }"#);
    let found = editor.diagnostics("one.json");
    assert_eq!(found[0]["severity"], 3);
    let message = found[0]["message"].as_str().unwrap();
    assert!(
        message.contains("leadlex/create-deal and slant/create-opportunity"),
        "{message}"
    );
    assert_eq!(editor.leave(), 0);
}

#[test]
fn an_error_of_the_client_is_answered_and_the_session_goes_on() {
    let folder = Folder::new(&[]);
    let mut editor = Editor::connect(&folder);
    let code = |answer: Value| answer["error"]["code"].as_i64().unwrap();
    assert_eq!(code(editor.ask("textDocument/hover", json!({}))), -32002);
    editor.tell("textDocument/didOpen", json!(7));
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    assert_eq!(
        code(editor.ask("initialize", json!({ "capabilities": {} }))),
        -32600
    );
    assert_eq!(code(editor.ask("textDocument/rename", json!({}))), -32601);
    assert_eq!(
        code(editor.ask("textDocument/hover", json!({ "position": 7 }))),
        -32602
    );
    let place = json!({ "textDocument": { "uri": "file:///nowhere.json" }, "position": { "line": 0, "character": 0 } });
    let answer = editor.ask("textDocument/hover", place);
    assert!(
        answer["error"]["message"]
            .as_str()
            .unwrap()
            .contains("is not open"),
        "{answer}"
    );
    editor.write("{ \"jsonrpc\":");
    assert_eq!(code(editor.answer(&Value::Null)), -32700);
    editor.write(r#"{ "jsonrpc": "2.0", "id": "x", "method": [] }"#);
    assert_eq!(code(editor.answer(&json!("x"))), -32600);
    editor.tell("textDocument/didChange", json!({ "textDocument": 3 }));
    let said = editor.receive(|message| message["method"] == "window/logMessage");
    assert!(
        said["params"]["message"]
            .as_str()
            .unwrap()
            .starts_with("textDocument/didChange: ")
    );
    editor.tell("$/unknown", json!({}));

    editor.open(
        "deal.json",
        "json",
        r#"{ "name": "A", "stage": "x", "probability": 120 }"#,
    );
    assert_eq!(codes(&editor.diagnostics("deal.json")), ["schema/maximum"]);
    editor.ask("shutdown", Value::Null);
    assert_eq!(code(editor.ask("textDocument/hover", json!({}))), -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_request_that_is_cancelled_before_it_is_begun_is_answered_as_such() {
    let folder = Folder::new(&[]);
    let (mut editor, _) = Editor::start(&folder, json!({}));
    // A large document keeps the server busy until all of the following is there.
    let line = "{ \"name\": \"Acme\", \"stage\": \"x\", \"notes\": \"0123456789 0123456789\" }\n";
    editor.open("deals.ndjson", "json", &line.repeat(20_000));
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let params = json!({
        "textDocument": { "uri": editor.uri("deals.ndjson") },
        "range": range,
        "context": { "diagnostics": [], "only": ["source.fixAll"] },
    });
    let busy = editor.request("textDocument/codeAction", params.clone());
    let unwanted = editor.request("textDocument/codeAction", params);
    editor.tell("$/cancelRequest", json!({ "id": unwanted }));
    let answer = editor.answer(&json!(unwanted));
    assert_eq!(answer["error"]["code"], -32800, "{answer}");
    assert_eq!(editor.answer(&json!(busy))["result"], json!([]));
    assert_eq!(editor.diagnostics("deals.ndjson").len(), 0);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_server_ends_with_the_stream_of_its_editor() {
    let folder = Folder::new(&[]);
    let (editor, _) = Editor::start(&folder, json!({}));
    let Editor { mut child, to, .. } = editor;
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn the_findings_of_a_large_document_are_bounded() {
    let folder = Folder::new(&[]);
    let (mut editor, _) = Editor::start(&folder, json!({}));
    let line = "{ \"name\": \"Acme\", \"stage\": \"x\", \"probability\": 120 }\n";
    editor.open("deals.ndjson", "json", &line.repeat(2000));
    let found = editor.diagnostics("deals.ndjson");
    assert_eq!(found.len(), 1001);
    let last = found[1000]["message"].as_str().unwrap();
    assert!(last.starts_with("only the first 1000 findings"), "{last}");
    assert_eq!(editor.leave(), 0);
}
