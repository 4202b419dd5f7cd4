//! A table in Markdown, for a job's summary or a comment.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::findings::Findings;
use crate::summary::Summary;

use super::path::Root;
use super::{At, Emitter, Part, Renderer, snippet, sum};

/// GitHub takes comments of 65,536 characters; this leaves room for what others add.
const ROOM: usize = 60_000;

#[derive(Debug)]
pub(super) struct Markdown {
    root: Root,
    rows: String,
    /// How many characters the rows have.
    used: usize,
    /// Whether nothing more has room.
    full: Arc<AtomicBool>,
    /// How many findings had no room.
    left_out: u64,
    troubles: String,
}

impl Markdown {
    pub(super) fn new() -> Self {
        Self {
            root: Root::of("GITHUB_WORKSPACE"),
            rows: String::new(),
            used: 0,
            full: Arc::default(),
            left_out: 0,
            troubles: String::new(),
        }
    }
}

impl Renderer for Markdown {
    fn scribe(&self) -> Box<dyn Emitter> {
        Box::new(Rows {
            root: self.root.clone(),
            full: Arc::clone(&self.full),
        })
    }

    fn unchecked(&mut self, _out: &mut dyn Write, why: &str) -> io::Result<()> {
        if self.troubles.len() < ROOM / 10 {
            let _ = writeln!(self.troubles, "- {}", text(why));
        }
        Ok(())
    }

    fn part(&mut self, _out: &mut dyn Write, part: &Part) -> io::Result<()> {
        let mut taken = 0;
        let text = String::from_utf8_lossy(&part.text);
        for row in text.split_inclusive('\n') {
            let length = row.chars().count();
            if self.left_out > 0 || self.used + length > ROOM {
                break;
            }
            self.used += length;
            self.rows.push_str(row);
            taken += 1;
        }
        self.left_out += part.findings - taken;
        if self.left_out > 0 {
            self.full.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, tally: &Summary) -> io::Result<()> {
        writeln!(out, "## pipelint: {}", sum(tally))?;
        if !self.rows.is_empty() {
            writeln!(out, "\n| Severity | Place | What is wrong | Rule |")?;
            writeln!(out, "| --- | --- | --- | --- |")?;
            out.write_all(self.rows.as_bytes())?;
        }
        if self.left_out > 0 {
            let number = self.left_out;
            writeln!(out, "\n{number} more are left out here, for want of room.")?;
        }
        if !self.troubles.is_empty() {
            writeln!(out, "\nNot checked:\n\n{}", self.troubles.trim_end())?;
        }
        Ok(())
    }
}

/// Writes a row for each finding, while there is room.
struct Rows {
    root: Root,
    full: Arc<AtomicBool>,
}

impl Emitter for Rows {
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>) {
        part.findings += found.iter().len() as u64;
        if self.full.load(Ordering::Relaxed) {
            return;
        }
        let file = self.root.name(at.file);
        for finding in found.iter() {
            let said = finding.explain(at);
            let start = at.place(found.report, finding.span().start);
            let mut row = format!(
                "| {} | {} | {}",
                finding.severity().name(),
                code(&format!("{file}:{}:{}", start.line, start.column)),
                text(&said.message)
            );
            if let Some(help) = &said.help {
                row.push_str("<br>");
                row.push_str(&text(help));
            }
            let _ = writeln!(row, " | {} |", code(finding.rule()));
            part.text.extend_from_slice(row.as_bytes());
        }
    }
}

/// A text in which only the pairs of backticks are Markdown.
fn text(text: &str) -> String {
    let text = snippet::plain(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        // An odd number of backticks makes no pairs.
        return escaped(&text);
    }
    let mut out = String::with_capacity(text.len() + 32);
    for (number, part) in parts.into_iter().enumerate() {
        if number.is_multiple_of(2) {
            out.push_str(&escaped(part));
        } else {
            out.push_str(&code(part));
        }
    }
    out
}

/// A text as code. In a table, Markdown's own backticks would not keep a `|`.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(&snippet::plain(text)))
}

/// Every character that Markdown or HTML could take for something is written by its number; so is
/// every one that would make a link, or call a person or an issue.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let marks = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => true,
            // Within a word it is a letter.
            '_' => {
                !out.ends_with(char::is_alphanumeric)
                    || !characters.peek().is_some_and(|next| next.is_alphanumeric())
            }
            // `https://`, and names of emoji.
            ':' => characters
                .peek()
                .is_some_and(|next| !next.is_ascii_digit() && *next != ' '),
            // `www.example.com`
            '.' => out.ends_with('w'),
            '@' | '#' => {
                // Between it and the name, a space that is not seen.
                let _ = write!(out, "&#{};&#8203;", character as u32);
                continue;
            }
            _ => false,
        };
        if marks {
            let _ = write!(out, "&#{};", character as u32);
        } else {
            out.push(character);
        }
    }
    out
}
