//! Unified diffs.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use similar::{Algorithm, ChangeTag, DiffTag, capture_diff_slices};

use crate::output::{snippet, visible};

/// How many lines are shown before and after a change.
const CONTEXT: usize = 3;

/// Writes the diff of one file, change by change.
///
/// The parts of the file come in their order. Two parts that differ are both given whole lines.
#[derive(Debug)]
pub(crate) struct Diff {
    name: String,
    look: Look,
    begun: bool,
    /// Lines read so far.
    old: usize,
    new: usize,
    /// The last lines before the next change.
    before: VecDeque<Line>,
    hunk: Option<Hunk>,
}

/// How a diff is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// In colours.
    pub(crate) paint: bool,
    /// To a terminal, which no character may steer.
    pub(crate) terminal: bool,
}

/// A line with its end.
type Line = Box<[u8]>;

#[derive(Debug)]
struct Hunk {
    old: usize,
    new: usize,
    lines: Vec<(ChangeTag, Line)>,
    /// How many lines at the end are context.
    quiet: usize,
}

/// A part of a file, and what of it may be shown: the same lines, with secrets masked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'p> {
    pub(crate) text: &'p [u8],
    pub(crate) masked: &'p [u8],
}

impl Diff {
    pub(crate) fn new(name: &str, look: Look) -> Self {
        Self {
            name: name.trim_start_matches('/').to_owned(),
            look,
            begun: false,
            old: 0,
            new: 0,
            before: VecDeque::new(),
            hunk: None,
        }
    }

    /// A part that stays.
    pub(crate) fn keep(&mut self, out: &mut dyn Write, masked: &[u8]) -> io::Result<()> {
        for line in lines(masked) {
            self.line(out, ChangeTag::Equal, line)?;
        }
        Ok(())
    }

    /// A part that becomes another.
    pub(crate) fn change(
        &mut self,
        out: &mut dyn Write,
        old: Part<'_>,
        new: Part<'_>,
    ) -> io::Result<()> {
        let (old_lines, new_lines) = (split(old.text), split(new.text));
        let (old_shown, new_shown) = (split(old.masked), split(new.masked));
        for op in capture_diff_slices(Algorithm::Myers, &old_lines, &new_lines) {
            let (_, old, new) = op.as_tag_tuple();
            let part = |shown: &[&[u8]], range: Range<usize>| -> Vec<Line> {
                let lines = shown.get(range).unwrap_or_default();
                lines.iter().map(|line| Line::from(*line)).collect()
            };
            if op.tag() == DiffTag::Equal {
                for line in part(&new_shown, new) {
                    self.line(out, ChangeTag::Equal, &line)?;
                }
                continue;
            }
            for line in part(&old_shown, old) {
                self.line(out, ChangeTag::Delete, &line)?;
            }
            for line in part(&new_shown, new) {
                self.line(out, ChangeTag::Insert, &line)?;
            }
        }
        Ok(())
    }

    /// A line that is too long to be shown. It stays; no hunk reaches over it.
    pub(crate) fn skip(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close(out)?;
        self.before.clear();
        self.old += 1;
        self.new += 1;
        Ok(())
    }

    /// The end of the file.
    pub(crate) fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close(out)
    }

    fn line(&mut self, out: &mut dyn Write, tag: ChangeTag, line: &[u8]) -> io::Result<()> {
        if tag == ChangeTag::Equal {
            if let Some(hunk) = &mut self.hunk {
                hunk.lines.push((tag, line.into()));
                hunk.quiet += 1;
                // Nearer changes share a hunk, so that no line is in two.
                if hunk.quiet > 2 * CONTEXT {
                    self.close(out)?;
                }
            } else {
                self.before.push_back(line.into());
                if self.before.len() > CONTEXT {
                    self.before.pop_front();
                }
            }
        } else {
            let (old, new) = (self.old, self.new);
            let hunk = self.hunk.get_or_insert_with(|| Hunk {
                old: old - self.before.len(),
                new: new - self.before.len(),
                lines: self
                    .before
                    .drain(..)
                    .map(|line| (ChangeTag::Equal, line))
                    .collect(),
                quiet: 0,
            });
            hunk.lines.push((tag, line.into()));
            hunk.quiet = 0;
        }
        self.old += usize::from(tag != ChangeTag::Insert);
        self.new += usize::from(tag != ChangeTag::Delete);
        Ok(())
    }

    /// Writes the hunk. The remaining lines after it may come before the next.
    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(mut hunk) = self.hunk.take() else {
            return Ok(());
        };
        let rest = hunk.quiet.saturating_sub(CONTEXT);
        let rest = hunk.lines.split_off(hunk.lines.len() - rest);
        let rest = rest.into_iter().map(|(_, line)| line);
        self.before = rest.rev().take(CONTEXT).collect();
        self.before.make_contiguous().reverse();
        let style = |style: Style| if self.look.paint { style } else { Style::new() };
        let bold = style(Style::new().bold());
        if !self.begun {
            self.begun = true;
            let (old, new) = (git_quoted("a/", &self.name), git_quoted("b/", &self.name));
            writeln!(out, "{bold}--- {old}{bold:#}\n{bold}+++ {new}{bold:#}")?;
        }
        let count = |not: ChangeTag| hunk.lines.iter().filter(|(tag, _)| *tag != not).count();
        let (old, new) = (count(ChangeTag::Insert), count(ChangeTag::Delete));
        let place = style(AnsiColor::Cyan.on_default());
        writeln!(
            out,
            "{place}@@ -{} +{} @@{place:#}",
            range(hunk.old, old),
            range(hunk.new, new)
        )?;
        for (tag, line) in &hunk.lines {
            let (sign, colour) = match tag {
                ChangeTag::Equal => (' ', Style::new()),
                ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
                ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
            };
            let colour = style(colour);
            let (text, ended) = match line.strip_suffix(b"\n") {
                Some(text) => (text, true),
                None => (&**line, false),
            };
            write!(out, "{colour}{sign}")?;
            if self.look.terminal {
                let text = text.strip_suffix(b"\r").unwrap_or(text);
                write!(out, "{}", visible(&String::from_utf8_lossy(text)))?;
            } else {
                out.write_all(text)?;
            }
            writeln!(out, "{colour:#}")?;
            if !ended {
                out.write_all(b"\\ No newline at end of file\n")?;
            }
        }
        Ok(())
    }
}

/// The name of a file as git writes it: in quotes and with escapes if characters of it would break
/// the line, end the name or steer a terminal.
fn git_quoted(side: &str, name: &str) -> String {
    let is_special = |character| {
        matches!(character, '\t' | '"' | '\\') || snippet::visible(character) != character
    };
    if !name.chars().any(is_special) {
        return format!("{side}{name}");
    }
    let mut quoted = format!("\"{side}");
    for character in name.chars() {
        match character {
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '"' | '\\' => quoted.extend(['\\', character]),
            special if is_special(special) => {
                let mut bytes = [0; 4];
                for byte in special.encode_utf8(&mut bytes).bytes() {
                    // Memory takes everything.
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// The lines, each with its end.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n')
}

fn split(text: &[u8]) -> Vec<&[u8]> {
    lines(text).collect()
}

/// Where a hunk's lines are: their first, from 1, and their number. Of none, the line before.
fn range(before: usize, count: usize) -> String {
    match count {
        0 => format!("{before},0"),
        1 => (before + 1).to_string(),
        _ => format!("{},{count}", before + 1),
    }
}
