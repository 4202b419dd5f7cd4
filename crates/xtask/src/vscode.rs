//! `cargo xtask vscode`: tests the extension for Visual Studio Code with the real server.

use std::process::Command;

use crate::run::{Outcome, cargo, root, run, run_lines};
use crate::tally::Tests;

/// Builds the server, tests the extension with it, and packs the extension.
pub(crate) fn test(tests: &mut Tests) -> Outcome {
    run(cargo().args(["build", "--quiet", "--package", "pipelint-cli"]))?;
    run(npm().args(["ci", "--silent", "--no-audit", "--no-fund"]))?;
    let mut test = npm();
    run_lines(test.args(["run", "--silent", "test"]), |line| {
        tests.count(line);
    })?;
    run(npm().args(["run", "--silent", "package"]))
}

fn npm() -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(root().join("editors/vscode"));
    npm
}
