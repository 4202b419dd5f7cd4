//! `pipelint lsp`.

use std::io::{BufReader, Write, stdin};
use std::path::PathBuf;

use clap::Args;
use pipelint::{Instant, Locale};
use pipelint_lsp::{ConfigSource, LspOptions};

use crate::error::CliError;
use crate::{CLEAN, FOUND, args, clock};

pub(crate) const EXAMPLES: &str = "\
An editor starts this program; docs/editors.md has the settings for VS Code, Neovim, Zed and Helix.

Exit status:
  0  the editor sent a shutdown request before it left
  1  it did not
  2  the arguments were wrong, or nothing could be written";

#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    /// Use standard input and output; this is always so, but some editors pass the option
    #[arg(long)]
    pub(crate) stdio: bool,

    /// The configuration to use [default: the nearest pipelint.toml above each document]
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

/// Serves one editor; returns the exit status.
pub(crate) fn lsp(args: &LspArgs, out: &mut dyn Write) -> Result<u8, CliError> {
    let mut options = LspOptions::new(clock::now);
    options.config = match &args.config {
        Some(file) => ConfigSource::File(file.clone()),
        None if args.no_config => ConfigSource::None,
        None => ConfigSource::Closest,
    };
    options.now = args.now;
    options.locale = args.locale;
    let is_clean =
        pipelint_lsp::serve(options, BufReader::new(stdin()), out).map_err(CliError::Write)?;
    Ok(if is_clean { CLEAN } else { FOUND })
}
