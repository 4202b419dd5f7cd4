//! `pipelint mcp`.

use std::path::PathBuf;

use clap::Args;
use pipelint::{Instant, Locale};
use pipelint_mcp::{ConfigSource, McpOptions};

use crate::error::CliError;
use crate::{args, clock};

pub(crate) const EXAMPLES: &str = "\
A client of the Model Context Protocol starts this program, with settings such as:
  { \"mcpServers\": { \"pipelint\": { \"command\": \"pipelint\", \"args\": [\"mcp\"] } } }

Tools: check, fix, explain, payloads, schema. None of them writes a file.";

#[derive(Debug, Args)]
pub(crate) struct McpArgs {
    /// The folder with the payloads; files outside of it are not read
    #[arg(
        long,
        value_name = "FOLDER",
        default_value = ".",
        hide_default_value = true
    )]
    pub(crate) folder: PathBuf,

    /// The configuration to use [default: the nearest pipelint.toml above each file]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long)]
    pub(crate) no_config: bool,

    /// The time that counts as now, as RFC 3339 [default: the configuration's, or the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Instant>,

    /// The language of messages and help, en or de [default: the configuration's, or en]
    #[arg(long, value_name = "LANGUAGE", value_parser = args::locale)]
    pub(crate) locale: Option<Locale>,
}

/// Serves one client.
pub(crate) fn mcp(args: &McpArgs) -> Result<(), CliError> {
    let folder = args
        .folder
        .canonicalize()
        .map_err(|error| CliError::Folder {
            folder: args.folder.clone(),
            error,
        })?;
    let mut options = McpOptions::new(folder, clock::now);
    options.config = match &args.config {
        Some(file) => ConfigSource::File(file.clone()),
        None if args.no_config => ConfigSource::None,
        None => ConfigSource::Closest,
    };
    options.now = args.now;
    options.locale = args.locale;
    pipelint_mcp::serve(options)?;
    Ok(())
}
