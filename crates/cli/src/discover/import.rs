//! `pipelint import`: JSON Schemas from an OpenAPI document.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use pipelint::values::nearest::nearest;
use pipelint_discover::annotate::{Confidence, apply, propose};
use pipelint_discover::openapi::{OpenApi, Operation, Part};
use serde_json::Value;

use super::source::Source;
use crate::error::CliError;
use crate::{CLEAN, say};

pub(crate) const EXAMPLES: &str = "\
Examples:
  List the operations of a document:
      pipelint import openapi.yaml

  Write the schemas of two operations, and propose what their fields mean:
      pipelint import openapi.yaml --operation addDeal --operation updateDeal --annotate

  Choose operations by method and path:
      pipelint import openapi.yaml --operation 'POST /v1/*'";

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// An OpenAPI 3.0 or 3.1 document, as JSON or YAML
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Write the schemas of this operation: its operationId, or its method and path; `*` stands
    /// for any characters
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,

    /// The folder to write the schemas in
    #[arg(long, value_name = "FOLDER", default_value = "schemas")]
    output: PathBuf,

    /// The name of the system, the first part of the payloads' names [default: the document's title]
    #[arg(long, value_name = "NAME")]
    system: Option<String>,

    /// Write the meanings that are at least likely into the schemas [see: pipelint annotate]
    #[arg(long)]
    annotate: bool,

    /// Write the schemas of query parameters and of error responses, too
    #[arg(long)]
    all_parts: bool,

    /// Overwrite schemas that exist
    #[arg(long)]
    force: bool,
}

/// Lists the operations, or writes the schemas of those chosen.
pub(crate) fn import(args: &ImportArgs, out: &mut dyn Write) -> Result<u8, CliError> {
    let source = Source::read(&args.file)?;
    let fault = |reason: String| CliError::Document {
        name: source.name.clone(),
        reason,
    };
    let title = source.value.pointer("/info/title").and_then(Value::as_str);
    let system = slug(args.system.as_deref().or(title).unwrap_or("own"));
    let document = OpenApi::new(source.value.clone()).map_err(|error| fault(error.to_string()))?;
    let operations = document.operations();
    if operations.is_empty() {
        return Err(fault("the document has no operations".to_owned()));
    }
    if args.operations.is_empty() {
        list(&operations, out).map_err(CliError::Write)?;
        say(&"choose operations with --operation NAME to write their schemas");
        return Ok(CLEAN);
    }
    let mut chosen: Vec<&Operation> = Vec::new();
    for wanted in &args.operations {
        let before = chosen.len();
        for operation in operations.iter().filter(|one| is_chosen(one, wanted)) {
            if !chosen.contains(&operation) {
                chosen.push(operation);
            }
        }
        if chosen.len() == before && !operations.iter().any(|one| is_chosen(one, wanted)) {
            let names = operations.iter().map(|one| one.name.as_str());
            let hint = nearest(wanted, names)
                .map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
            return Err(fault(format!("no operation is called `{wanted}`{hint}")));
        }
    }
    // All schemas are made before the first is written.
    let mut files: Vec<Schema> = Vec::new();
    for operation in chosen {
        for part in &operation.parts {
            if !args.all_parts && is_minor(part) {
                continue;
            }
            let mut schema = document
                .extract(operation, part)
                .map_err(|error| fault(format!("{} ({part}): {error}", operation.name)))?;
            let mut meanings = 0;
            if args.annotate {
                let mut proposals = propose(&schema);
                proposals.retain(|proposal| proposal.confidence >= Confidence::Medium);
                meanings = proposals.len();
                apply(&mut schema, &proposals, "x-meaning");
            }
            files.push(Schema::new(
                args, &system, operation, part, &schema, meanings,
            ));
        }
    }
    if files.is_empty() {
        return Err(fault(
            "the chosen operations have no JSON body, response or query".to_owned(),
        ));
    }
    if !args.force
        && let Some(existing) = files.iter().find(|file| file.path.exists())
    {
        return Err(CliError::SchemaExists(existing.path.clone()));
    }
    for file in &files {
        write_new(&file.path, &file.text, args.force)
            .map_err(|error| CliError::unwritten(&file.path, error))?;
        say(&format_args!(
            "{} written{}",
            file.path.display(),
            file.note()
        ));
    }
    configuration(&files, out).map_err(CliError::Write)?;
    Ok(CLEAN)
}

/// A schema that is to be written.
struct Schema {
    path: PathBuf,
    /// The name of the payload.
    payload: String,
    text: String,
    meanings: usize,
    /// What the operation does; may be empty.
    title: String,
}

impl Schema {
    fn new(
        args: &ImportArgs,
        system: &str,
        operation: &Operation,
        part: &Part,
        schema: &Value,
        meanings: usize,
    ) -> Self {
        let name = slug(&operation.name);
        let (part, file) = match part {
            Part::Response(status) => ("response", format!("response-{}", slug(status))),
            Part::Query => ("query", "query".to_owned()),
            _ => ("request", "request".to_owned()),
        };
        Self {
            path: args.output.join(format!("{name}.{file}.schema.json")),
            payload: format!("{system}/{name}/{part}"),
            text: format!("{schema:#}\n"),
            meanings,
            title: operation.summary.clone(),
        }
    }

    fn note(&self) -> String {
        match self.meanings {
            0 => String::new(),
            1 => ", with 1 meaning".to_owned(),
            count => format!(", with {count} meanings"),
        }
    }
}

fn list(operations: &[Operation], out: &mut dyn Write) -> io::Result<()> {
    let width = operations.iter().map(|one| one.name.chars().count()).max();
    let width = width.unwrap_or(0).min(48);
    for one in operations {
        let parts: Vec<String> = one.parts.iter().map(ToString::to_string).collect();
        let call = format!("{} {}", one.method, one.path);
        let call = if call == one.name {
            String::new()
        } else {
            format!("{call}  ")
        };
        let parts = if parts.is_empty() {
            "no JSON".to_owned()
        } else {
            parts.join(", ")
        };
        writeln!(out, "{:width$}  {call}({parts})  {}", one.name, one.summary)?;
    }
    Ok(())
}

/// The lines of `pipelint.toml` for the schemas.
fn configuration(files: &[Schema], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# for pipelint.toml")?;
    let mut known: Vec<&str> = Vec::new();
    for file in files {
        // An operation has one response, and no payload is a query.
        if file.payload.ends_with("/query") || known.contains(&file.payload.as_str()) {
            continue;
        }
        known.push(&file.payload);
        let path = file.path.display().to_string().replace('\\', "/");
        writeln!(out, "[payloads.\"{}\"]\nschema = \"{path}\"", file.payload)?;
        if !file.title.is_empty() {
            // A basic string of TOML has the escapes of JSON.
            writeln!(out, "title = {}", Value::from(file.title.as_str()))?;
        }
    }
    Ok(())
}

/// Whether a part is written only where all are asked for.
fn is_minor(part: &Part) -> bool {
    match part {
        Part::Response(status) => !status.starts_with('2'),
        Part::Query => true,
        _ => false,
    }
}

/// Whether an operation is the one that an argument names.
fn is_chosen(operation: &Operation, wanted: &str) -> bool {
    let call = format!("{} {}", operation.method, operation.path);
    matches(&operation.name, wanted) || matches(&call, wanted)
}

/// Whether a text matches a pattern in which `*` stands for any characters.
fn matches(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match text.split_once(part) {
            Some((_, behind)) => text = behind,
            None => return false,
        }
    }
    text.ends_with(end)
}

/// A name in lower case, its words joined by hyphens: `addDeal` is `add-deal`.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    let mut before = '-';
    for character in name.chars() {
        let starts_word = character.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || before.is_ascii_digit());
        if (starts_word || !character.is_ascii_alphanumeric())
            && !slug.is_empty()
            && !slug.ends_with('-')
        {
            slug.push('-');
        }
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "own".to_owned()
    } else {
        slug.to_owned()
    }
}

fn write_new(path: &Path, text: &str, force: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    if !force {
        options.create_new(true);
    }
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, expected) in [
            ("addDeal", "add-deal"),
            ("POST /v1/deals/{id}", "post-v1-deals-id"),
            ("Acme CRM API", "acme-crm-api"),
            ("2XX", "2-xx"),
            ("/", "own"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }

    #[test]
    fn a_star_matches_any_characters() {
        for (text, pattern, expected) in [
            ("addDeal", "addDeal", true),
            ("addDeal", "add*", true),
            ("addDeal", "*Deal", true),
            ("POST /v1/deals", "POST */deals", true),
            ("POST /v1/deals", "GET *", false),
            ("abc", "a*b", false),
            ("aba", "ab*ba", false),
        ] {
            assert_eq!(matches(text, pattern), expected, "{text} {pattern}");
        }
    }
}
