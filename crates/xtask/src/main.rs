//! `cargo xtask …`: the commands for contributors.

mod bench;
mod generated;
mod hostile;
mod mutants;
mod ready;
mod run;
mod scaffold;
mod site;
mod tally;
mod vscode;
mod wasm;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  ready              check format, lints, tests, documentation, generated files and the npm
                     package: what CI runs; as root on Debian it installs what it needs
  generate           regenerate every generated file and part of a document
  new-rule NAME      write the files of a new rule, group/name-of-the-fault, and list it
  new-payload NAME   write the files of a new payload, system/operation, and its catalogue row
  bench              compare with other crates, and write the tables of docs/performance.md
  bench --test       check that all contestants give the same verdicts
  bench --command-lines
                     compare with other command lines, and write the table of docs/performance.md
  bench --instructions [--write]
                     count the instructions of a check with callgrind, and compare them with
                     benches/instructions.txt, or renew that
  bench --deals COUNT FILE
                     write a file with COUNT deals, one a line; a million are about 740 MB
  hostile [SHAPE]    count the instructions and the memory that hostile payloads cost the command
                     line, in every output format (needs valgrind, and about an hour for all shapes)
  mutants            mutate the rules and check that the tests notice (needs cargo-mutants)
  vscode             test the extension for Visual Studio Code with the real server, and pack it
  site [FOLDER]      build the documentation and the playground as static files, by default into
                     target/site
  site pages         write only the pages, for `npm run dev` in the folder `site`
  site test          build them, and test them in Chromium
  wasm               build the WebAssembly module and the npm package around it
  wasm test          build them, test them in Node and Chromium, check what would be published
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["ready"] => ready::ready(),
        ["generate"] => generated::write(),
        ["new-rule", name] => scaffold::new_rule(name),
        ["new-payload", name] => scaffold::new_payload(name),
        ["bench"] => bench::peers(),
        ["bench", "--test"] => bench::test(),
        ["bench", "--command-lines"] => bench::command_lines(),
        ["bench", "--instructions"] => bench::instructions(false),
        ["bench", "--instructions", "--write"] => bench::instructions(true),
        ["bench", "--deals", count, file] => match count.parse() {
            Ok(count) => bench::deals(count, file.as_ref()),
            Err(_) => Err(format!("{count} is not a number of deals").into()),
        },
        ["hostile"] => hostile::hostile(""),
        ["hostile", shape] => hostile::hostile(shape),
        ["mutants", further @ ..] => mutants::mutants(further),
        ["vscode"] => {
            let mut tests = tally::Tests::default();
            let outcome = vscode::test(&mut tests);
            println!("\n{tests}");
            outcome
        }
        ["site"] => site::build(&site::default_folder()),
        ["site", "pages"] => site::pages(),
        ["site", "test"] => site::test(),
        ["site", folder] => site::build(folder.as_ref()),
        ["wasm"] => wasm::build(),
        ["wasm", "test"] => {
            let mut tests = tally::Tests::default();
            let outcome = wasm::test(&mut tests);
            println!("\n{tests}");
            outcome
        }
        #[cfg(feature = "bindgen")]
        ["bindgen", module, folder] => wasm::bindgen(module, folder),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such command\n\n{USAGE}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
