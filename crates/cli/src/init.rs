//! `pipelint init`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use pipelint_config::Config;

use crate::error::CliError;
use crate::{CLEAN, say};

/// Writes a configuration that says nothing yet, with every key explained. One that is there
/// already stays as it is.
pub(crate) fn init(folder: &Path) -> Result<u8, CliError> {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    let file = folder.join(Config::FILE_NAME);
    let unwritten = |error| CliError::unwritten(&file, error);
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&file)
        .map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => CliError::ConfigExists(file.clone()),
            _ => unwritten(error),
        })?;
    new.write_all(Config::default_text().as_bytes())
        .map_err(unwritten)?;
    say(&format_args!("wrote {}", file.display()));
    Ok(CLEAN)
}
