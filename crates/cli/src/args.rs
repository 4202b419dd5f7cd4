//! The arguments, and the help that teaches them.

use std::io::{IsTerminal, stdout};
use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use pipelint::{Instant, Locale, Severity};

use crate::discover::{annotate, import, lint};
#[cfg(feature = "lsp")]
use crate::lsp;
#[cfg(feature = "mcp")]
use crate::mcp;
use crate::serve;

const EXAMPLES: &str = "\
Examples:
  pipelint check deal.json                           one payload, inferred from its keys
  pipelint check --payload slant/create-opportunity - <body.json
  pipelint check export.ndjson                       one payload a line
  pipelint check payloads/                           every .json, .ndjson and .jsonl file in a folder
  pipelint explain probability/out-of-range          the page of a rule: what, why, what to do
  pipelint payloads                                  the names of the payloads";

const CHECK_EXAMPLES: &str = "\
Examples:
  Check a file, and show each fault under its line:
      pipelint check deal.json

  Check the output of a program as a given payload:
      make-body | pipelint check --payload leadlex/create-deal -

  Check an export with one payload per line, with one line per diagnostic:
      pipelint check --output-format concise export.ndjson

  Check a compressed export on one core:
      pipelint check --jobs 1 export.ndjson.gz

  Give the same verdict on every day:
      pipelint check --now 2026-03-01T00:00:00Z opportunity.json

  Show the safe fixes, then apply them:
      pipelint check --diff payloads/
      pipelint check --fix payloads/

  Accept the current findings, and report new ones only:
      pipelint check --baseline known.json --write-baseline payloads/
      pipelint check --baseline known.json payloads/

  Write a pipelint.toml, to assign payloads to files and to configure rules:
      pipelint init

  Fail on warnings, and pass the result to another program:
      pipelint check --fail-on warning --output-format json payloads/ | jq .summary

Exit status:
  0  no findings at or above --fail-on
  1  findings at or above --fail-on
  2  wrong arguments, or an input or output could not be read or written";

/// Checks the payloads of sales-pipeline APIs before they are sent.
///
/// Reports what is wrong with a deal, an opportunity or a stage, where, why, and how to fix it.
#[derive(Debug, Parser)]
#[command(name = "pipelint", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check payloads
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Write a pipelint.toml that explains every key; an existing one is kept
    Init {
        /// The folder to write it in
        #[arg(default_value = ".", hide_default_value = true)]
        folder: PathBuf,
    },
    /// List the payloads that can be checked
    Payloads(ListArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Print the page of a rule: what it reports, why, and what to do
    #[command(
        after_help = "Examples:\n  pipelint explain money/negative\n  pipelint explain money"
    )]
    Explain {
        /// A rule, such as name/blank; or a group, such as name, to list its rules
        rule: String,
    },
    /// Print the JSON Schema of a payload, or of pipelint.toml; or lint schemas of your own
    #[command(
        args_conflicts_with_subcommands = true,
        subcommand_negates_reqs = true,
        after_help = "Examples:\n  pipelint schema leadlex/create-deal\n  pipelint schema config >pipelint.schema.json\n  pipelint schema lint deal.schema.json"
    )]
    Schema(SchemaArgs),
    /// Write JSON Schemas from an `OpenAPI` document
    #[command(about = "Write JSON Schemas from an OpenAPI document", after_help = import::EXAMPLES)]
    Import(import::ImportArgs),
    /// Propose what the fields of a JSON Schema mean
    #[command(after_help = annotate::EXAMPLES)]
    Annotate(annotate::AnnotateArgs),
    /// Serve checks over HTTP
    #[command(after_help = serve::EXAMPLES)]
    Serve(serve::ServeArgs),
    /// Check payloads in an editor, as a language server on standard input and output
    #[cfg(feature = "lsp")]
    #[command(after_help = lsp::EXAMPLES)]
    Lsp(lsp::LspArgs),
    /// Check and fix payloads for a language model, as a server of the Model Context Protocol
    #[cfg(feature = "mcp")]
    #[command(after_help = mcp::EXAMPLES)]
    Mcp(mcp::McpArgs),
    /// Print all operations as one `OpenAPI` 3.1 document
    #[command(about = "Print all operations as one OpenAPI 3.1 document")]
    Openapi {
        /// Describe the API of `pipelint serve` instead
        #[arg(long)]
        service: bool,
    },
    /// Print the manual page, for man
    #[command(after_help = "Example:\n  pipelint man >~/.local/share/man/man1/pipelint.1")]
    Man,
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  pipelint completions bash >~/.local/share/bash-completion/completions/pipelint"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    #[command(subcommand)]
    pub(crate) command: Option<SchemaCommand>,

    /// The payload's name, such as leadlex/create-deal; or config, for pipelint.toml
    #[arg(required = true)]
    pub(crate) payload: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// Print the faults of JSON Schemas
    ///
    /// Limits that no value can meet, required properties that the schema does not name, misspelt
    /// keywords, examples that their own schema rejects, and whatever keeps it from compiling.
    Lint(lint::LintArgs),
}

#[allow(clippy::struct_excessive_bools, reason = "one for each switch")]
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files and folders to check; `-` is standard input, the default
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The payload of the input [default: inferred from its keys; see: pipelint payloads]
    #[arg(long, value_name = "ID")]
    pub(crate) payload: Option<String>,

    /// Check against this JSON Schema instead of a built-in payload
    ///
    /// Supports drafts 2020-12, 2019-09 and draft-07, and the schema objects of OpenAPI 3.0. The
    /// keyword `meaning` or `x-meaning` says what a property means, so that all rules apply to it.
    #[arg(long, value_name = "FILE", conflicts_with = "payload")]
    pub(crate) schema: Option<PathBuf>,

    /// With --schema, a file of JSON pointers into the schema and the meanings there
    ///
    /// `pipelint annotate --meanings` writes such a file.
    #[arg(long, value_name = "FILE", requires = "schema")]
    pub(crate) meanings: Option<PathBuf>,

    /// Skip named files that match no payload, as in folders
    #[arg(long)]
    pub(crate) skip_unknown: bool,

    /// The format of the input [default: by the file extension, or detected]
    ///
    /// For standard input and other extensions than .json, .ndjson and .jsonl, the format is
    /// detected: NDJSON if the first payload ends on its first line and another one follows on a
    /// later line.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,

    /// The format of the findings
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    pub(crate) output_format: OutputFormat,

    #[command(flatten)]
    pub(crate) fixing: FixArgs,

    #[command(flatten)]
    pub(crate) known: BaselineArgs,

    /// The configuration file [default: the closest pipelint.toml above each file]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,

    /// Ignore configuration files
    #[arg(long)]
    pub(crate) no_config: bool,

    /// The current time for date rules, as RFC 3339 [default: the configuration's, or the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Instant>,

    /// The language of messages and help, en or de [default: the configuration's, or en]
    #[arg(long, value_name = "LANGUAGE", value_parser = locale)]
    pub(crate) locale: Option<Locale>,

    /// The number of payloads to check at the same time [default: the number of cores]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,

    /// Report these rules and groups only [can be repeated, or a list with commas]
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Do not report these rules and groups [can be repeated, or a list with commas]
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// Skip files and folders that match this glob, in the folders that are checked [can be
    /// repeated]
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Count the findings by rule instead of writing them
    ///
    /// With --output-format json, as one JSON document.
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    pub(crate) statistics: bool,

    /// Exit with status 0 whatever was found; errors of the program itself keep theirs
    #[arg(long)]
    pub(crate) exit_zero: bool,

    /// Suppress notes on standard error, such as the inferred payload; errors are still printed
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// The lowest severity that makes the exit status 1 [default: the configuration's, or error]
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("mode").args(["fix", "diff"]).multiple(true)))]
pub(crate) struct FixArgs {
    /// Apply safe fixes to the files, and report the remaining findings
    ///
    /// For standard input, the fixed text is written to standard output and the remaining findings
    /// to standard error.
    #[arg(long)]
    pub(crate) fix: bool,

    /// Show the safe fixes as a unified diff without applying them
    ///
    /// The exit status is 1 if there is a fix.
    #[arg(long, conflicts_with = "output_format")]
    pub(crate) diff: bool,

    /// With --fix or --diff, include unsafe fixes; review what they change
    #[arg(long, requires = "mode")]
    pub(crate) unsafe_fixes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    /// Suppress the findings that this file lists
    ///
    /// An entry matches a value by its file, its pointer and its text, so lines may move. Entries
    /// that match nothing are listed on standard error.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write all current findings to the baseline file
    ///
    /// Entries of files that are not checked in this run are kept.
    #[arg(long, requires = "baseline", conflicts_with = "diff")]
    pub(crate) write_baseline: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The format of the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output_format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,

    /// Print the page of every rule, as one Markdown document
    #[arg(long, conflicts_with = "output_format")]
    pub(crate) all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// One payload per file
    Json,
    /// One payload per line; blank lines are skipped
    Ndjson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// The source line of each finding, with help
    Full,
    /// One line per finding
    Concise,
    /// One JSON document
    Json,
    /// One JSON object per finding, one per line
    JsonLines,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Workflow commands, which GitHub shows next to the changed lines
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// `JUnit` XML: a finding at or above --fail-on is a failed test
    #[value(help = "JUnit XML: a finding at or above --fail-on is a failed test")]
    Junit,
    /// A table for a job summary or a comment
    Markdown,
    /// One line a fault with its JSON pointer, then help and edits, for a language model
    Agent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    Text,
    /// One JSON array
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// What the API refuses
    Error,
    /// And what is probably a mistake
    Warning,
    /// And advice
    Info,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` or `CLICOLOR` says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether standard output takes colours.
    pub(crate) fn paint(self) -> bool {
        match self {
            Self::Auto => anstream::AutoStream::choice(&stdout()) != anstream::ColorChoice::Never,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// The language of that tag.
pub(crate) fn locale(tag: &str) -> Result<Locale, String> {
    Locale::by_tag(tag).ok_or_else(|| {
        let known: Vec<_> = Locale::ALL.iter().map(|locale| locale.tag()).collect();
        format!(
            "no messages in that language; there are {}",
            known.join(", ")
        )
    })
}

/// How many columns the reader has: the terminal's, within reason, or 100 where there is none.
pub(crate) fn width() -> usize {
    if !stdout().is_terminal() {
        return 100;
    }
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).clamp(60, 160))
}
