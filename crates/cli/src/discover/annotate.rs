//! `pipelint annotate`: proposes what the fields of a schema mean.

use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use pipelint_discover::annotate::{Confidence, Proposal, propose, to_file};
use serde_json::json;

use super::source::Source;
use crate::args::ListFormat;
use crate::error::CliError;
use crate::{CLEAN, say};

pub(crate) const EXAMPLES: &str = "\
Examples:
  See the proposals, each with its reason:
      pipelint annotate deal.schema.json

  Write those that are at least likely into the schema, as x-meaning:
      pipelint annotate deal.schema.json --write

  Write them into a file of their own, for a schema that must not change:
      pipelint annotate deal.schema.json --meanings deal.meanings.json";

#[derive(Debug, Args)]
pub(crate) struct AnnotateArgs {
    /// A JSON Schema, as JSON or YAML
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Write the proposals into the schema; everything else in it stays as it is
    #[arg(long, conflicts_with = "meanings")]
    write: bool,

    /// Write the proposals into this file, as an object of JSON pointers and meanings
    #[arg(long, value_name = "FILE")]
    meanings: Option<PathBuf>,

    /// The least confidence of the proposals that are written
    #[arg(long, value_name = "CONFIDENCE", default_value = "medium")]
    min_confidence: Least,

    /// The keyword to write
    #[arg(long, value_name = "KEYWORD", default_value = "x-meaning")]
    keyword: Keyword,

    /// How to write the proposals to standard output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: ListFormat,
}

/// A confidence, as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    /// One weak hint
    Low,
    /// The name says so
    Medium,
    /// The name and the schema agree
    High,
}

impl From<Least> for Confidence {
    fn from(least: Least) -> Self {
        match least {
            Least::Low => Self::Low,
            Least::Medium => Self::Medium,
            Least::High => Self::High,
        }
    }
}

/// The keyword under which a meaning is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keyword {
    /// For OpenAPI, and for validators that refuse unknown keywords without a prefix
    #[value(name = "x-meaning")]
    Extension,
    /// The short form
    Meaning,
}

/// Prints the proposals, and writes them where the arguments say.
pub(crate) fn annotate(args: &AnnotateArgs, out: &mut dyn Write) -> Result<u8, CliError> {
    let source = Source::read(&args.file)?;
    let proposals = propose(&source.value);
    print(&proposals, args.output_format, out).map_err(CliError::Write)?;
    let least = Confidence::from(args.min_confidence);
    let chosen: Vec<Proposal> = proposals
        .into_iter()
        .filter(|proposal| proposal.confidence >= least)
        .collect();
    if args.write {
        let keyword = match args.keyword {
            Keyword::Extension => "x-meaning",
            Keyword::Meaning => "meaning",
        };
        let text = annotated(&source, &chosen, keyword)?;
        save(&args.file, &text)?;
        say(&format_args!(
            "{} meanings written to {}",
            chosen.len(),
            source.name
        ));
    } else if let Some(file) = &args.meanings {
        save(file, &format!("{:#}\n", to_file(&chosen)))?;
        say(&format_args!(
            "{} meanings written to {}",
            chosen.len(),
            file.display()
        ));
    }
    Ok(CLEAN)
}

fn print(proposals: &[Proposal], format: ListFormat, out: &mut dyn Write) -> std::io::Result<()> {
    if format == ListFormat::Json {
        let list = proposals.iter().map(|one| {
            json!({
                "pointer": one.pointer,
                "meaning": one.meaning,
                "confidence": one.confidence.to_string(),
                "reason": one.reason,
            })
        });
        return writeln!(out, "{:#}", list.collect::<serde_json::Value>());
    }
    for one in proposals {
        writeln!(out, "#{}  {}", one.pointer, one.confidence)?;
        writeln!(out, "    {}", one.meaning)?;
        writeln!(out, "    {}", one.reason)?;
    }
    if proposals.is_empty() {
        writeln!(out, "no proposals")?;
    }
    Ok(())
}

fn save(file: &Path, text: &str) -> Result<(), CliError> {
    fs::write(file, text).map_err(|error| CliError::unwritten(file, error))
}

/// The schema's text with the meanings in it; nothing else changes.
pub(super) fn annotated(
    source: &Source,
    proposals: &[Proposal],
    keyword: &str,
) -> Result<String, CliError> {
    let edits = source.with_places(|root| {
        let mut edits: Vec<(usize, String)> = Vec::new();
        for proposal in proposals {
            if let Some(schema) = root.find(&proposal.pointer) {
                let last = schema.children().last();
                let last = last.and_then(|last| Some((last.key_span()?, last.span())));
                edits.push(member(&source.text, schema.span(), last, keyword, proposal));
            }
        }
        edits.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        edits
    });
    let Some(edits) = edits else {
        return Err(CliError::Document {
            name: source.name.clone(),
            reason: "meanings can be written into JSON only; write them into a file of their own \
                     with --meanings"
                .to_owned(),
        });
    };
    let mut text = source.text.clone();
    for (at, member) in edits {
        text.insert_str(at, &member);
    }
    Ok(text)
}

/// The text of a new last member of a schema, and where it belongs.
fn member(
    text: &str,
    schema: Range<usize>,
    last: Option<(Range<usize>, Range<usize>)>,
    keyword: &str,
    proposal: &Proposal,
) -> (usize, String) {
    let meaning = &proposal.meaning;
    let Some((key, value)) = last else {
        return (schema.start + 1, format!("\"{keyword}\": {meaning}"));
    };
    // On a line of its own, with the indentation of the last member, if that has its own line.
    let line = text.get(..key.start).and_then(|before| before.rfind('\n'));
    let start = line.map_or(0, |at| at + 1);
    let indent = text.get(start..key.start).unwrap_or_default();
    let own_line = line.is_some_and(|at| at > schema.start) && indent.trim().is_empty();
    let separator = if own_line {
        format!(",\n{indent}")
    } else {
        ", ".to_owned()
    };
    (value.end, format!("{separator}\"{keyword}\": {meaning}"))
}
