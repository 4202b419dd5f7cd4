//! Times whole command lines on files of deals, each as its users would run it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::generated;
use crate::run::{Outcome, cargo, root, run};

use super::deals;

/// How many deals there are in each form. Not all take lines, and with as many files as lines some
/// would take hours.
const LINES: u32 = 1_000_000;
const ARRAY: u32 = 100_000;
const FILES: u32 = 10_000;

/// How often each command runs at least, and as often as takes this long; the best counts.
const TIMES: u32 = 3;
const LONG: Duration = Duration::from_secs(6);

const SCHEMA: &str = "schemas/leadlex/create-deal/request.schema.json";

/// A command line on all of these, ready to be started.
type Make<'m> = dyn Fn(&Deals) -> Command + 'm;

/// One row of the table.
struct Row {
    name: String,
    reads: &'static str,
    deals: u32,
    took: Took,
}

/// The time of one command.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    /// Of all cores together, in user and system.
    cpu: Duration,
}

/// Installs the others, times all, and writes the table of docs/performance.md.
pub(crate) fn command_lines() -> Outcome {
    let folder = root().join("target/command-lines");
    let tools = install(&folder)?;
    let deals = Deals::good(&folder.join("good"))?;
    let bad = Deals::bad(&folder.join("bad"))?;
    let schema = root().join(SCHEMA);
    let array = folder.join("array.schema.json");
    fs::write(&array, of_many(&fs::read_to_string(&schema)?))?;

    let cores = std::thread::available_parallelism()?.get();
    let ours = || Ok("**pipelint**".to_owned());
    let sourcemeta_name = || npm(&folder, "@sourcemeta/jsonschema");
    let ajv_name = || npm(&folder, "ajv-cli");
    let row = |name: Outcome<String>, reads, count, make: &Make<'_>| {
        let name = name?;
        // Who refuses nothing has judged nothing.
        if make(&bad).output()?.status.success() {
            return Err(format!("{name}, {reads}: takes a deal that is wrong").into());
        }
        time(name, reads, count, || make(&deals))
    };
    let rows = [
        row(ours(), "lines, one core", LINES, &|deals| {
            let mut command = tools.pipelint(1);
            command.arg(&deals.lines);
            command
        })?,
        row(ours(), "lines, all cores", LINES, &|deals| {
            let mut command = tools.pipelint(cores);
            command.arg(&deals.lines);
            command
        })?,
        row(ours(), "a pipe, one core", LINES, &|deals| {
            piped(&deals.lines, &tools.pipelint(1))
        })?,
        row(ours(), "a pipe, all cores", LINES, &|deals| {
            piped(&deals.lines, &tools.pipelint(cores))
        })?,
        row(ours(), "files, one core", FILES, &|deals| {
            let mut command = tools.pipelint(1);
            command.arg(&deals.folder);
            command
        })?,
        row(sourcemeta_name(), "lines", LINES, &|deals| {
            let mut command = tools.sourcemeta();
            command.args([&schema, &deals.lines]);
            command
        })?,
        row(said(&tools.jsonschema), "one array", ARRAY, &|deals| {
            let mut command = tools.jsonschema(&array);
            command.args([Path::new("-i"), &deals.array]);
            command
        })?,
        row(said(&tools.jsonschema), "files", FILES, &|deals| {
            let mut command = tools.jsonschema(&schema);
            command.args(deals.files.iter().flat_map(|file| [Path::new("-i"), file]));
            command
        })?,
        row(ajv_name(), "one array", ARRAY, &|deals| {
            tools.ajv(&array, &deals.array)
        })?,
        row(ajv_name(), "files", FILES, &|deals| {
            tools.ajv(&schema, &deals.folder.join("*.json"))
        })?,
        row(said(&tools.check), "one array", ARRAY, &|deals| {
            let mut command = tools.check(&array);
            command.arg(&deals.array);
            command
        })?,
        row(said(&tools.check), "files", FILES, &|deals| {
            let mut command = tools.check(&schema);
            command.args(&deals.files);
            command
        })?,
    ];
    fs::remove_dir_all(folder.join("good"))?;

    let table = table(&rows, cores, &super::today()?)?;
    println!("{table}");
    generated::put("docs/performance.md", "command-lines", &table)
}

/// The programs.
struct Tools {
    pipelint: PathBuf,
    sourcemeta: PathBuf,
    jsonschema: PathBuf,
    ajv: PathBuf,
    check: PathBuf,
}

impl Tools {
    fn pipelint(&self, jobs: usize) -> Command {
        let mut command = Command::new(&self.pipelint);
        command
            .args(["check", "--now", "2026-01-15T00:00:00Z"])
            .args(["--payload", "leadlex/create-deal"])
            .arg(format!("--jobs={jobs}"));
        command
    }

    fn sourcemeta(&self) -> Command {
        let mut command = Command::new(&self.sourcemeta);
        command.args(["validate", "--fast", "--format-assertion"]);
        command
    }

    fn jsonschema(&self, schema: &Path) -> Command {
        let mut command = Command::new(&self.jsonschema);
        command
            .args(["validate", "--assert-format", "--errors-only"])
            .arg(schema);
        command
    }

    fn ajv(&self, schema: &Path, data: &Path) -> Command {
        let mut command = Command::new(&self.ajv);
        command
            .args(["validate", "--spec=draft2020", "--strict=false"])
            .args(["-c", "ajv-formats", "-s"])
            .args([schema, Path::new("-d"), data]);
        command
    }

    fn check(&self, schema: &Path) -> Command {
        let mut command = Command::new(&self.check);
        command.arg("--schemafile").arg(schema);
        command
    }
}

/// A command that reads the lines of a file from the pipe that another program writes them to.
fn piped(lines: &Path, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "cat \"$0\" | \"$@\""])
        .arg(lines)
        .arg(command.get_program())
        .args(command.get_args())
        .arg("--input-format=ndjson");
    shell
}

fn install(folder: &Path) -> Outcome<Tools> {
    run(cargo().args(["build", "--release", "--quiet", "--package", "pipelint-cli"]))?;
    let rust = folder.join("cargo");
    run(cargo()
        .args(["install", "--quiet", "--locked", "jsonschema-cli", "--root"])
        .arg(&rust)
        // So that it goes on where it was broken off.
        .env("CARGO_TARGET_DIR", folder.join("cargo-target")))?;
    let npm = folder.join("npm");
    fs::create_dir_all(&npm)?;
    run(Command::new("npm")
        .args(["install", "--no-fund", "--no-audit", "--prefix"])
        .arg(&npm)
        .args(["@sourcemeta/jsonschema", "ajv-cli", "ajv-formats"]))?;
    let venv = folder.join("venv");
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    run(Command::new(venv.join("bin/pip")).args(["install", "--quiet", "check-jsonschema"]))?;
    Ok(Tools {
        pipelint: root().join("target/release/pipelint"),
        sourcemeta: npm.join("node_modules/.bin/jsonschema"),
        jsonschema: rust.join("bin/jsonschema-cli"),
        ajv: npm.join("node_modules/.bin/ajv"),
        check: venv.join("bin/check-jsonschema"),
    })
}

/// Deals in every form that a command may take.
struct Deals {
    lines: PathBuf,
    array: PathBuf,
    files: Vec<PathBuf>,
    /// Where the files are, and nothing else.
    folder: PathBuf,
}

impl Deals {
    /// As many as are measured with, of which nothing is to be said.
    fn good(folder: &Path) -> Outcome<Self> {
        let lines = folder.join("deals.jsonl");
        deals(LINES, &lines)?;
        let part = folder.join("part.jsonl");
        deals(ARRAY, &part)?;
        Self::new(folder, lines, &fs::read_to_string(&part)?)
    }

    /// Three, of which the last is wrong.
    fn bad(folder: &Path) -> Outcome<Self> {
        let lines = folder.join("deals.jsonl");
        deals(3, &lines)?;
        let mut text = fs::read_to_string(&lines)?;
        if let Some(at) = text.rfind("\"probability\":") {
            text.insert_str(at + "\"probability\":".len(), "12345");
        }
        fs::write(&lines, &text)?;
        Self::new(folder, lines, &text)
    }

    /// Writes what is in a text of lines as an array and as files, too.
    fn new(folder: &Path, lines: PathBuf, text: &str) -> Outcome<Self> {
        let array = folder.join("array.json");
        let joined: Vec<&str> = text.lines().collect();
        fs::write(&array, format!("[{}]", joined.join(",\n")))?;
        let folder = folder.join("files");
        fs::create_dir_all(&folder)?;
        let files = text.lines().take(FILES as usize).enumerate();
        let files = files.map(|(number, line)| {
            let file = folder.join(format!("{number:05}.json"));
            fs::write(&file, line)?;
            Ok(file)
        });
        Ok(Self {
            files: files.collect::<Outcome<_>>()?,
            lines,
            array,
            folder,
        })
    }
}

/// The schema of an array of what a schema describes.
fn of_many(schema: &str) -> String {
    let head = r#""$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array""#;
    format!("{{ {head}, \"items\": {schema} }}")
}

fn time(name: String, reads: &'static str, deals: u32, make: impl Fn() -> Command) -> Outcome<Row> {
    let mut took = Took {
        wall: Duration::MAX,
        cpu: Duration::MAX,
    };
    let (begin, mut times) = (Instant::now(), 0);
    while times < TIMES || begin.elapsed() < LONG {
        times += 1;
        let (start, before) = (Instant::now(), of_children()?);
        // A program that refuses a deal, or its arguments, has not done the work.
        let output = make().stdin(Stdio::null()).output()?;
        took.wall = took.wall.min(start.elapsed());
        took.cpu = took.cpu.min(of_children()?.saturating_sub(before));
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said: String = said.chars().take(500).collect();
            return Err(format!("{name} failed: {}: {said}", output.status).into());
        }
    }
    eprintln!(
        "{name}, {reads}: {deals} deals in {:?}, {:?} of all cores",
        took.wall, took.cpu
    );
    Ok(Row {
        name,
        reads,
        deals,
        took,
    })
}

/// The time that cores have spent on the programs that were waited for, which Linux counts in
/// hundredths of a second.
fn of_children() -> Outcome<Duration> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let behind_name = text.rsplit(')').next().unwrap_or_default();
    let fields = behind_name.split_whitespace().skip(13).take(2);
    let ticks: Vec<u64> = fields.map(str::parse).collect::<Result<_, _>>()?;
    Ok(Duration::from_millis(10 * ticks.iter().sum::<u64>()))
}

/// A package of npm with the version that is installed.
fn npm(folder: &Path, name: &str) -> Outcome<String> {
    let file = folder
        .join("npm/node_modules")
        .join(name)
        .join("package.json");
    let text = fs::read_to_string(file)?;
    let version = text
        .split("\"version\": \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    Ok(format!("{name} {}", version.unwrap_or_default()))
}

/// What a program says of itself: `name version`, or `name, version version`.
fn said(program: &Path) -> Outcome<String> {
    let output = Command::new(program).arg("--version").output()?;
    let said = String::from_utf8(output.stdout)?;
    let version = said.split_whitespace().last().unwrap_or_default();
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{name} {version}"))
}

fn table(rows: &[Row], cores: usize, today: &str) -> Outcome<String> {
    let mut table = String::from(
        "| command line | reads | deals | time a deal | of all cores |\n|---|---|---:|---:|---:|\n",
    );
    let a_deal = |time: Duration, row: &Row| time.as_secs_f64() / f64::from(row.deals);
    let first = rows.first().ok_or("nothing was measured")?;
    for row in rows {
        let times = |of: fn(&Took) -> Duration| {
            let times = a_deal(of(&row.took), row) / a_deal(of(&first.took), first);
            match times {
                ..10.0 => format!("{times:.2}"),
                ..100.0 => format!("{times:.1}"),
                _ => format!("{times:.0}"),
            }
        };
        writeln!(
            table,
            "| {} | {} | {} | {} | {} |",
            row.name,
            row.reads,
            row.deals,
            times(|took| took.wall),
            times(|took| took.cpu),
        )?;
    }
    writeln!(
        table,
        "\nTimes as a multiple of pipelint's on one core, a deal: that on the clock, and that of all \
         cores together, with what starting takes. Whole commands on a machine with {cores} cores, \
         the best of {TIMES} runs or of what had room in {} seconds, {today}. All take these deals for valid, and refuse one that is \
         wrong. Those that take no lines got a part of the deals, as an array in one file and as \
         one file a deal. Into the pipe `cat` writes, whose time counts as well.",
        LONG.as_secs()
    )?;
    Ok(table)
}
