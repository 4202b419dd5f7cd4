//! The calls of curl that READMEs show, with the answers that they show.

use serde_json::Value;

/// `$ curl -s localhost:<port><path> -H '<name>: <value>' -d '<body>' | jq -r '<filter>'`, and
/// what it prints.
#[derive(Debug)]
pub struct Call {
    pub path: String,
    pub header: (String, String),
    pub body: String,
    filter: String,
    /// The lines below.
    pub shown: String,
}

/// The calls to that port, in every block of a file of this repository.
pub fn calls(file: &str, port: u16) -> Vec<Call> {
    let path = super::here("..").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let blocks = text.split("```console\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap_or_default());
    let commands = blocks.flat_map(|block| block.split("$ ").skip(1));
    let address = format!("curl -s localhost:{port}/");
    let calls = commands.filter(|command| command.starts_with(&address));
    calls.map(call).collect()
}

fn call(command: &str) -> Call {
    let command = command.replace("\\\n", "");
    let (line, shown) = command.split_once('\n').unwrap_or((&command, ""));
    // Quotes are at odd places.
    let parts: Vec<&str> = line.split('\'').collect();
    let [start, header, _, body, _, filter, ""] = parts[..] else {
        panic!("{line}: no such call is understood");
    };
    let address = start.split_whitespace().nth(2).unwrap_or_default();
    let (_, path) = address.split_once('/').unwrap_or_default();
    let (name, value) = header.split_once(": ").unwrap_or_default();
    Call {
        path: format!("/{path}"),
        header: (name.to_owned(), value.to_owned()),
        body: body.to_owned(),
        filter: filter.to_owned(),
        shown: shown.to_owned(),
    }
}

impl Call {
    /// What jq prints of an answer: of filters, `.list[] | "\(.a) \(.b.c)"` is understood.
    pub fn filtered(&self, answer: &Value) -> String {
        let (list, template) = self.filter.split_once("[] | ").unwrap();
        let pointer = |path: &str| path.replace('.', "/");
        let list = answer.pointer(&pointer(list)).and_then(Value::as_array);
        let template = template.trim_matches('"');
        let mut printed = String::new();
        for item in list.unwrap_or_else(|| panic!("{answer}")) {
            let mut parts = template.split("\\(");
            printed.push_str(parts.next().unwrap_or_default());
            for part in parts {
                let (path, behind) = part.split_once(')').unwrap();
                let value = item.pointer(&pointer(path)).unwrap();
                match value.as_str() {
                    Some(text) => printed.push_str(text),
                    None => printed.push_str(&value.to_string()),
                }
                printed.push_str(behind);
            }
            printed.push('\n');
        }
        printed
    }
}
