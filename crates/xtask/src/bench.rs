//! `cargo xtask bench …`: what a check costs.

mod deals;
mod instructions;

use crate::run::{Outcome, root};

pub(crate) use deals::deals;
pub(crate) use instructions::instructions;

/// A path in the folder of the benches, which is a workspace of its own.
fn benches(path: &str) -> std::path::PathBuf {
    root().join("benches").join(path)
}

/// Builds one program of the benches as a user's would be, and returns where it is.
fn build(program: &str) -> Outcome<std::path::PathBuf> {
    let mut command = crate::run::cargo();
    command
        .current_dir(benches(""))
        // One that is set would be another workspace's.
        .env("CARGO_TARGET_DIR", benches("target"))
        .args(["build", "--release", "--quiet", "--bin", program]);
    crate::run::run(&mut command)?;
    Ok(benches("target/release").join(program))
}
