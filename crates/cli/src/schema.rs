//! `pipelint schema`.

use std::fs;
use std::io::Write;
use std::path::Path;

use pipelint::compile::{CompileOptions, ContractTables, compile};
use pipelint::contract::Contract;
use pipelint::payloads;

use crate::output::shown::plain;
use crate::trouble::Trouble;
use crate::{CLEAN, say};

/// The name under which the configuration's schema is printed.
const CONFIG: &str = "config";

/// Prints the JSON Schema of the payload of that name, or of the configuration.
pub(crate) fn schema(name: &str, out: &mut dyn Write) -> Result<u8, Trouble> {
    if name == CONFIG {
        let schema = pipelint_config::json_schema();
        writeln!(out, "{schema:#}").map_err(Trouble::Write)?;
        return Ok(CLEAN);
    }
    let id = payloads::by_id(name).map_or(name, |payload| payload.id);
    let schema = pipelint_schemas::schema(id).ok_or_else(|| Trouble::no_such_payload(name))?;
    out.write_all(schema.as_bytes()).map_err(Trouble::Write)?;
    Ok(CLEAN)
}

/// The contract of the user's own JSON Schema. The program compiles at most one, and keeps it until
/// it ends.
pub(crate) fn compiled(file: &Path, is_quiet: bool) -> Result<&'static Contract<'static>, Trouble> {
    let text = fs::read_to_string(file).map_err(|error| Trouble::SchemaFile {
        file: file.to_owned(),
        error,
    })?;
    let name = plain(&file.display().to_string());
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.strip_suffix(".schema").unwrap_or(&stem);
    let id = format!("own/{stem}/request");
    let options = CompileOptions {
        file: &name,
        id: &id,
        ..CompileOptions::default()
    };
    let contract = compile(&text, &options).map_err(Trouble::Schema)?;
    if !is_quiet {
        for note in contract.notes() {
            say(note);
        }
    }
    let tables: &'static ContractTables = Box::leak(Box::new(contract.tables()));
    Ok(tables.contract())
}
