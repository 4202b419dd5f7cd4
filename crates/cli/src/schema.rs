//! `pipelint schema`.

use std::fs;
use std::io::Write;
use std::path::Path;

use pipelint::compile::{CompileOptions, ContractTables, compile};
use pipelint::contract::Contract;
use pipelint::payloads;
use pipelint_discover::annotate::apply_file;

use crate::error::CliError;
use crate::output::snippet::plain;
use crate::{CLEAN, say};

/// The name under which the configuration's schema is printed.
const CONFIG: &str = "config";

/// Prints the JSON Schema of the payload of that name, or of the configuration.
pub(crate) fn schema(name: &str, out: &mut dyn Write) -> Result<u8, CliError> {
    if name == CONFIG {
        let schema = pipelint_config::json_schema();
        writeln!(out, "{schema:#}").map_err(CliError::Write)?;
        return Ok(CLEAN);
    }
    let id = payloads::by_id(name).map_or(name, |payload| payload.id);
    let schema = pipelint_schemas::schema(id).ok_or_else(|| CliError::no_such_payload(name))?;
    out.write_all(schema.as_bytes()).map_err(CliError::Write)?;
    Ok(CLEAN)
}

/// A schema of the user's own.
pub(crate) struct OwnSchema<'a> {
    pub(crate) file: &'a Path,
    /// A file of JSON pointers into the schema and the meanings there.
    pub(crate) meanings: Option<&'a Path>,
    /// `<system>/<operation>/<part>`.
    pub(crate) id: &'a str,
    pub(crate) system: &'a str,
    pub(crate) title: &'a str,
}

impl OwnSchema<'_> {
    /// The contract. The program compiles each schema once, and keeps it until it ends.
    pub(crate) fn compile(&self, is_quiet: bool) -> Result<&'static Contract<'static>, CliError> {
        let mut text = read(self.file)?;
        let name = plain(&self.file.display().to_string());
        if let Some(meanings) = self.meanings {
            text = with_meanings(&name, &text, meanings)?;
        }
        let mut options = CompileOptions {
            file: &name,
            id: self.id,
            ..CompileOptions::default()
        };
        for (option, own) in [
            (&mut options.system, self.system),
            (&mut options.title, self.title),
        ] {
            if !own.is_empty() {
                *option = own;
            }
        }
        let contract = compile(&text, &options).map_err(CliError::Schema)?;
        if !is_quiet {
            for note in contract.notes() {
                say(note);
            }
        }
        let tables: &'static ContractTables = Box::leak(Box::new(contract.tables()));
        Ok(tables.contract())
    }
}

/// The contract of the schema that an argument names.
pub(crate) fn of_argument(
    file: &Path,
    meanings: Option<&Path>,
    is_quiet: bool,
) -> Result<&'static Contract<'static>, CliError> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.strip_suffix(".schema").unwrap_or(&stem);
    let schema = OwnSchema {
        file,
        meanings,
        id: &format!("own/{stem}/request"),
        system: "",
        title: "",
    };
    schema.compile(is_quiet)
}

fn read(file: &Path) -> Result<String, CliError> {
    fs::read_to_string(file).map_err(|error| CliError::SchemaFile {
        file: file.to_owned(),
        error,
    })
}

/// A schema with the meanings of another file.
fn with_meanings(name: &str, schema: &str, meanings: &Path) -> Result<String, CliError> {
    let fault = |name: &str, reason: String| CliError::Document {
        name: name.to_owned(),
        reason,
    };
    let shown = plain(&meanings.display().to_string());
    let parse = |name: &str, text: &str| {
        pipelint_discover::read(text).map_err(|error| fault(name, error.to_string()))
    };
    let mut root = parse(name, schema)?;
    let file = parse(&shown, &read(meanings)?)?;
    let entries = file.as_object().cloned().unwrap_or_default();
    apply_file(&mut root, &entries).map_err(|faults| {
        let faults = faults.join("; ");
        fault(&shown, format!("{faults} in {name}"))
    })?;
    Ok(root.to_string())
}
