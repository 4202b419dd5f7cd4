//! `pipelint`: checks sales-pipeline payloads before the API does.
//!
//! The program only reads, asks the library, and writes. Standard output holds what was asked
//! for and nothing else; everything that is said beside it goes to standard error.

mod args;
mod baseline;
mod check;
mod chunk_reader;
mod clock;
mod compressed;
mod config;
mod detachable_writer;
mod detect_format;
mod diff;
mod discover;
mod error;
mod explain;
mod findings;
mod init;
mod input;
mod line_offsets;
mod list;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "mcp")]
mod mcp;
mod output;
mod page;
mod progress;
mod replace;
mod schema;
mod sequencer;
mod serve;
mod summary;
mod task_source;
mod unfinished_files;
mod workers;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command, SchemaCommand};
use error::CliError;

/// Nothing was found that fails the check.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// The program was called wrongly, or could not read or write.
const TROUBLE: u8 = 2;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => return usage(&message),
    };
    let done = run(cli);
    // Workers may still be writing if the program stops early.
    let _guard = unfinished_files::remove_all();
    match done {
        Ok(status) => ExitCode::from(status),
        // Who reads only the first lines has what they wanted.
        Err(CliError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::from(CLEAN)
        }
        Err(trouble) => {
            say(&trouble);
            ExitCode::from(TROUBLE)
        }
    }
}

fn run(cli: Cli) -> Result<u8, CliError> {
    let color = cli.color;
    let paint = color.paint();
    let mut out = BufWriter::new(io::stdout().lock());
    let status = match cli.command {
        Command::Check(args) => check::check(&args, paint, &mut out)?,
        Command::Init { folder } => init::init(&folder)?,
        Command::Payloads(args) => list::payloads(args.output_format, &mut out)?,
        Command::Rules(args) if args.all => list::pages(&mut out)?,
        Command::Rules(args) => list::rules(args.list.output_format, &mut out)?,
        Command::Explain { rule } => explain::explain(&rule, color, &mut out)?,
        Command::Schema(args) => match (args.command, args.payload) {
            (Some(SchemaCommand::Lint(args)), _) => discover::lint::lint_schemas(&args, &mut out)?,
            (None, payload) => schema::schema(&payload.unwrap_or_default(), &mut out)?,
        },
        Command::Import(args) => discover::import::import(&args, &mut out)?,
        Command::Annotate(args) => discover::annotate::annotate(&args, &mut out)?,
        Command::Serve(args) => {
            serve::serve(&args)?;
            CLEAN
        }
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::lsp(&args, &mut out)?,
        #[cfg(feature = "mcp")]
        Command::Mcp(args) => {
            // The server writes from another thread.
            drop(out);
            mcp::mcp(&args)?;
            return Ok(CLEAN);
        }
        Command::Openapi { service } => {
            let document = if service {
                pipelint_serve::service_openapi()
            } else {
                pipelint_serve::openapi()
            };
            writeln!(out, "{document:#}").map_err(CliError::Write)?;
            CLEAN
        }
        Command::Man => {
            let mut page = Vec::new();
            let written = clap_mangen::Man::new(Cli::command()).render(&mut page);
            written
                .and_then(|()| out.write_all(&page))
                .map_err(CliError::Write)?;
            CLEAN
        }
        Command::Completions { shell } => {
            // The generator panics where it cannot write, so it writes to memory.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "pipelint", &mut script);
            out.write_all(&script).map_err(CliError::Write)?;
            CLEAN
        }
    };
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Write(error)),
        _ => Ok(status),
    }
}

/// Prints what clap has to say: help, the version, or what was wrong with the arguments.
fn usage(message: &clap::Error) -> ExitCode {
    let status = u8::try_from(message.exit_code()).unwrap_or(TROUBLE);
    match message.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say(&CliError::Write(error));
            ExitCode::from(TROUBLE)
        }
        _ => ExitCode::from(status),
    }
}

/// Says something on standard error. Where that is closed, nobody wants to hear it.
fn say(what: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "pipelint: {what}");
}
