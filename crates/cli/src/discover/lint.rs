//! `pipelint schema lint`: faults of JSON Schemas.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use pipelint::compile::CompileOptions;
use pipelint_discover::lint::{Kind, lint};
use serde_json::json;

use super::source::{Source, position};
use crate::args::ListFormat;
use crate::error::CliError;
use crate::{CLEAN, FOUND};

#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// JSON Schemas, as JSON or YAML
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// How to write the faults
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: ListFormat,
}

/// Prints the faults of each schema. The status says whether there is an error among them.
pub(crate) fn lint_schemas(args: &LintArgs, out: &mut dyn Write) -> Result<u8, CliError> {
    let mut listed = Vec::new();
    let mut status = CLEAN;
    for file in &args.files {
        let source = Source::read(file)?;
        let options = CompileOptions {
            file: &source.name,
            ..CompileOptions::default()
        };
        let faults = lint(&source.value, &options);
        let offsets: Vec<Option<usize>> = source
            .with_places(|root| {
                let start = |pointer: &str| {
                    let value = root.find(pointer)?;
                    Some(value.key_span().unwrap_or_else(|| value.span()).start)
                };
                faults.iter().map(|fault| start(&fault.pointer)).collect()
            })
            .unwrap_or_default();
        for (index, fault) in faults.iter().enumerate() {
            let offset = offsets.get(index).copied().flatten();
            let place = offset.map(|offset| position(&source.text, offset));
            let severity = match fault.kind {
                Kind::MisspeltKeyword | Kind::UnnamedRequired => "warning",
                _ => {
                    status = FOUND;
                    "error"
                }
            };
            match args.output_format {
                ListFormat::Text => {
                    let place = place
                        .map_or_else(String::new, |(line, column)| format!("{line}:{column}:"));
                    let (name, kind) = (&source.name, fault.kind.name());
                    let (pointer, message) = (&fault.pointer, &fault.message);
                    writeln!(
                        out,
                        "{name}:{place} {severity}: #{pointer}: {message} [schema/{kind}]"
                    )
                    .map_err(CliError::Write)?;
                }
                ListFormat::Json => listed.push(json!({
                    "file": source.name,
                    "line": place.map(|(line, _)| line),
                    "column": place.map(|(_, column)| column),
                    "pointer": fault.pointer,
                    "severity": severity,
                    "kind": fault.kind.name(),
                    "message": fault.message,
                })),
            }
        }
    }
    if args.output_format == ListFormat::Json {
        writeln!(out, "{:#}", serde_json::Value::from(listed)).map_err(CliError::Write)?;
    }
    Ok(status)
}
