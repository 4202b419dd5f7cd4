//! `cargo xtask bench …`: measures the cost of a check.

mod command_lines;
mod deals;
mod instructions;
mod peers;

use crate::run::{Outcome, root};

pub(crate) use command_lines::command_lines;
pub(crate) use deals::deals;
pub(crate) use instructions::instructions;
pub(crate) use peers::{peers, test};

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
    // Others switch on features of what the instructions are compared with.
    if program != "instructions" {
        command.args(["--features", "peers"]);
    }
    crate::run::run(&mut command)?;
    Ok(benches("target/release").join(program))
}

/// The day, in UTC.
fn today() -> Outcome<String> {
    let output = std::process::Command::new("date")
        .args(["-u", "+%F"])
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
