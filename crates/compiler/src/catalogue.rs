//! The catalogue: one row for each operation, and the files that it names.

use crate::error::Problem;
use crate::json::{Fault, Node};
use crate::keywords::{list, object, word};
use crate::names::{did_you_mean, is_kebab, quoted_list};

/// A part of an operation.
#[derive(Debug)]
pub(crate) struct Part {
    /// In ids and in file names.
    pub(crate) name: &'static str,
    /// The variant of `Part`.
    pub(crate) variant: &'static str,
    /// In a sentence.
    pub(crate) words: &'static str,
}

/// All parts.
pub(crate) static PARTS: [Part; 5] = [
    Part::row("request", "Request", "The request"),
    Part::row("response", "Response", "The response"),
    Part::row("headers", "Headers", "The request's headers"),
    Part::row("path", "Path", "The parameters in the path"),
    Part::row("error", "Error", "An error's body"),
];

impl Part {
    const fn row(name: &'static str, variant: &'static str, words: &'static str) -> Self {
        Self {
            name,
            variant,
            words,
        }
    }

    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.name == name)
    }

    /// The parts' names, for a message.
    pub(crate) fn names() -> String {
        quoted_list(PARTS.iter().map(|part| part.name))
    }
}

/// One row.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) pointer: String,
    pub(crate) operation: String,
    pub(crate) system: String,
    pub(crate) title: String,
    /// `POST /v1/deals`.
    pub(crate) call: String,
    pub(crate) parts: Vec<&'static Part>,
}

const KEYS: [&str; 7] = [
    "operation",
    "system",
    "title",
    "method",
    "path",
    "record",
    "parts",
];

/// Reads a catalogue; faults go to `problems`, and rows with faults are left out.
pub(crate) fn rows(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Row> {
    let mut tell = |pointer: &str, keyword: &str, what: String| {
        problems.push(Problem {
            file: file.to_owned(),
            pointer: pointer.to_owned(),
            keyword: keyword.to_owned(),
            what,
        });
    };
    let mut faults = Vec::new();
    let node = Node::parse(text, &mut faults);
    for Fault { pointer, key, what } in faults {
        tell(&pointer, &key, what);
    }
    let rows = match node.as_ref().map(list) {
        Some(Ok(rows)) => rows,
        Some(Err(what)) => {
            tell("", "", format!("a catalogue {what}; one row an operation"));
            return Vec::new();
        }
        None => return Vec::new(),
    };
    let mut read: Vec<Row> = Vec::new();
    for (index, node) in rows.iter().enumerate() {
        let pointer = format!("/{index}");
        match row(&pointer, node) {
            Ok(row) if read.iter().any(|known| known.operation == row.operation) => {
                let what = format!("the operation {:?} has two rows", row.operation);
                tell(&pointer, "operation", what);
            }
            Ok(row) => read.push(row),
            Err((key, what)) => tell(&pointer, &key, what),
        }
    }
    read
}

fn row(pointer: &str, node: &Node) -> Result<Row, (String, String)> {
    for (key, _) in object(node).map_err(|what| (String::new(), format!("a row {what}")))? {
        if !KEYS.contains(&key.as_str()) {
            let hint = did_you_mean(key, KEYS);
            let keys = quoted_list(KEYS);
            let what = format!("the key {key:?} is not supported{hint}; supported are {keys}");
            return Err((key.clone(), what));
        }
    }
    let field = |key: &str| {
        let fault = |what: String| (key.to_owned(), format!("{key:?}: {what}"));
        match node.get(key) {
            Some(value) => word(value).map_err(fault),
            None => Err(fault("is missing".to_owned())),
        }
    };
    let operation = field("operation")?;
    split_operation(&operation).map_err(|what| ("operation".to_owned(), what))?;
    field("record")?;
    Ok(Row {
        pointer: pointer.to_owned(),
        system: field("system")?,
        title: field("title")?,
        call: format!("{} {}", field("method")?, field("path")?),
        parts: parts(node.get("parts")).map_err(|what| ("parts".to_owned(), what))?,
        operation,
    })
}

fn parts(value: Option<&Node>) -> Result<Vec<&'static Part>, String> {
    let fault = |what: String| format!("\"parts\": {what}; parts are {}", Part::names());
    let Some(value) = value else {
        return Err(fault("is missing".to_owned()));
    };
    let mut parts: Vec<&'static Part> = Vec::new();
    for name in list(value).map_err(fault)? {
        let Some(part) = name.as_str().and_then(Part::find) else {
            return Err(fault(format!("{name} is no part")));
        };
        if parts.iter().any(|known| known.name == part.name) {
            return Err(fault(format!("{name} is listed twice")));
        }
        parts.push(part);
    }
    if parts.is_empty() {
        return Err(fault("is empty".to_owned()));
    }
    Ok(parts)
}

/// `leadlex/create-deal` as its two halves.
pub(crate) fn split_operation(operation: &str) -> Result<(&str, &str), String> {
    match operation.split_once('/') {
        Some((system, name)) if is_kebab(system) && is_kebab(name) => Ok((system, name)),
        _ => Err(format!(
            "the operation {operation:?} must be SYSTEM/NAME, each in kebab-case \
             (lower-case letters and digits, a letter first), like \"acme/create-deal\""
        )),
    }
}

/// `leadlex/create-deal/request` as its operation and its part.
pub(crate) fn split_id(id: &str) -> Result<(&str, &'static Part), String> {
    let (operation, part) = id.rsplit_once('/').unwrap_or((id, ""));
    let Some(part) = Part::find(part) else {
        return Err(format!(
            "the id {id:?} must be SYSTEM/NAME/PART; parts are {}",
            Part::names()
        ));
    };
    split_operation(operation).map(|_| (operation, part))
}

/// Whether a path is that of a part's schema: `SYSTEM/NAME/PART.schema.json`.
pub(crate) fn is_schema_path(path: &str) -> bool {
    path.strip_suffix(".schema.json")
        .is_some_and(|id| split_id(id).is_ok())
}
