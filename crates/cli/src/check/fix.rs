//! `pipelint check --fix` and `--diff`: fixes what can be fixed, and checks what is left.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::ops::Range;

use pipelint::contract::Contract;
use pipelint::{Applicability, fix};

use crate::args::FixArgs;
use crate::config::Terms;
use crate::diff::{Look, Part};
use crate::input::{self, Cut, Source};
use crate::say;
use crate::trouble::Trouble;

use super::Run;
use target::Target;

mod target;

/// What is to be fixed, and what becomes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fixing {
    /// The least applicable fixes that are applied.
    least: Applicability,
    /// Whether the changes are shown and nothing is written.
    pub(super) diff: bool,
    /// How a diff is written.
    look: Look,
}

impl Fixing {
    /// What the arguments ask for.
    pub(super) fn new(args: &FixArgs, paint: bool) -> Option<Self> {
        (args.fix || args.diff).then(|| Self {
            least: if args.unsafe_fixes {
                Applicability::Unsafe
            } else {
                Applicability::Safe
            },
            diff: args.diff,
            look: Look {
                paint,
                terminal: io::stdout().is_terminal(),
            },
        })
    }
}

/// One input that is being fixed.
struct Job<'j> {
    fixing: Fixing,
    terms: &'j Terms,
    source: &'j Source,
    target: Target,
    /// How often each rule's fix was applied.
    applied: BTreeMap<&'static str, u64>,
}

impl Run<'_> {
    /// Fixes one input, and reports what is left in it.
    pub(super) fn fix(
        &mut self,
        fixing: Fixing,
        terms: &Terms,
        source: &Source,
    ) -> Result<(), Trouble> {
        let mut reader = BufReader::with_capacity(1 << 16, source.open()?);
        let mut job = Job {
            fixing,
            terms,
            source,
            target: match source.path() {
                _ if fixing.diff => Target::diff(&source.name, fixing.look),
                None => Target::Through,
                Some(path) => Target::file(path),
            },
            applied: BTreeMap::new(),
        };
        let done = if source.lines {
            self.fix_lines(&mut job, &mut reader)
        } else {
            self.fix_whole(&mut job, &mut reader)
        };
        // What goes through the program comes out of it, whatever is wrong with it.
        if let Target::Through = job.target {
            io::copy(&mut reader, &mut *self.text).map_err(Trouble::Write)?;
        }
        done?;
        // Not every system lets a file be replaced while it is read.
        drop(reader);
        job.target.finish(&mut *self.text)?;
        if fixing.look.terminal {
            // On one terminal with the notes, in the order in which it happens.
            self.text.flush().map_err(Trouble::Write)?;
        }
        let count: u64 = job.applied.values().sum();
        if count > 0 {
            self.progress.clear();
            self.tally.failed |= fixing.diff;
            *self.tally.fixed.get_or_insert(0) += count;
            let verb = if fixing.diff { "would fix" } else { "fixed" };
            let each = job.applied.iter();
            let each: Vec<_> = each
                .map(|(rule, count)| format!("{count} {rule}"))
                .collect();
            say(&format_args!("{}: {verb} {}", source.name, each.join(", ")));
        }
        Ok(())
    }

    fn fix_whole(&mut self, job: &mut Job<'_>, reader: &mut dyn BufRead) -> Result<(), Trouble> {
        let mut text = Vec::new();
        input::whole(reader, job.terms.options.limits.size, &mut text)
            .map_err(|error| job.source.unreadable(error))?;
        self.progress.advance(text.len() as u64);
        match self.recognise(job.terms, job.source, &text) {
            Ok(Some(contract)) => self.fix_payload(job, contract, None, &text, b""),
            other => {
                job.target.keep(&mut *self.text, &text)?;
                other.map(drop)
            }
        }
    }

    fn fix_lines(&mut self, job: &mut Job<'_>, reader: &mut dyn BufRead) -> Result<(), Trouble> {
        let limit = job.terms.options.limits.size;
        let mut contract = job.terms.contract;
        let mut raw = Vec::new();
        let mut number = 0;
        while let Some(cut) = input::raw_line(reader, limit, &mut raw)
            .map_err(|error| job.source.unreadable(error))?
        {
            number += 1;
            self.progress.advance(raw.len() as u64);
            let (line, end) = input::split_end(&raw);
            if input::is_blank(line) {
                job.target.keep(&mut *self.text, &raw)?;
                continue;
            }
            if contract.is_none() {
                match self.recognise(job.terms, job.source, line) {
                    Ok(Some(known)) => contract = Some(known),
                    other => {
                        job.target.keep(&mut *self.text, &raw)?;
                        return other.map(drop);
                    }
                }
            }
            let Some(contract) = contract else {
                return Ok(());
            };
            if cut == Cut::Yes {
                self.payload(contract, job.terms, job.source, Some(number), line)?;
                self.long_line(job, reader, &raw)?;
            } else {
                self.fix_payload(job, contract, Some(number), line, end)?;
            }
        }
        Ok(())
    }

    /// Fixes one payload, hands it on together with the end of its line, and reports what is left.
    fn fix_payload(
        &mut self,
        job: &mut Job<'_>,
        contract: &'static Contract,
        record: Option<u64>,
        text: &[u8],
        end: &[u8],
    ) -> Result<(), Trouble> {
        let options = &job.terms.options;
        let faulty = !self.checker.check(contract, text, options).is_empty();
        let fixed = faulty
            .then(|| fix::mend(contract, text, options, job.fixing.least))
            .flatten()
            // A payload of several stays on its line.
            .filter(|fixed| record.is_none() || !fixed.text.contains('\n'));
        let new = fixed.as_ref().map_or(text, |fixed| fixed.text.as_bytes());
        if let Target::Diff(diff) = &mut job.target {
            let mut shown = |text: &[u8]| {
                let report = self.checker.check(contract, text, options);
                [&masked(text, report.secrets()), end].concat()
            };
            let masked = shown(text);
            if fixed.is_none() {
                diff.keep(&mut *self.text, &masked)
            } else {
                self.progress.clear();
                let old = Part {
                    text: &[text, end].concat(),
                    masked: &masked,
                };
                let new = Part {
                    text: &[new, end].concat(),
                    masked: &shown(new),
                };
                diff.change(&mut *self.text, old, new)
            }
            .map_err(Trouble::Write)?;
        } else {
            if fixed.is_some() {
                job.target.start_change()?;
            }
            job.target.keep(&mut *self.text, new)?;
            job.target.keep(&mut *self.text, end)?;
        }
        for one in fixed.iter().flat_map(|fixed| &fixed.applied) {
            *job.applied.entry(one.rule.name).or_default() += 1;
        }
        self.payload(contract, job.terms, job.source, record, new)
    }

    /// Hands on a line that is too long for a payload, of which the start was read.
    fn long_line(
        &mut self,
        job: &mut Job<'_>,
        reader: &mut dyn BufRead,
        start: &[u8],
    ) -> Result<(), Trouble> {
        let unreadable = |error| job.source.unreadable(error);
        if let Target::Diff(diff) = &mut job.target {
            reader.skip_until(b'\n').map_err(unreadable)?;
            return diff.skip(&mut *self.text).map_err(Trouble::Write);
        }
        job.target.keep(&mut *self.text, start)?;
        let mut part = Vec::new();
        loop {
            part.clear();
            let read = Read::take(&mut *reader, 1 << 16)
                .read_until(b'\n', &mut part)
                .map_err(unreadable)?;
            self.progress.advance(read as u64);
            job.target.keep(&mut *self.text, &part)?;
            if read == 0 || part.last() == Some(&b'\n') {
                return Ok(());
            }
        }
    }
}

/// The text with secrets masked, in as many lines.
fn masked(text: &[u8], secrets: &[Range<usize>]) -> Vec<u8> {
    let mut masked = text.to_vec();
    for span in secrets {
        for byte in masked.get_mut(span.clone()).into_iter().flatten() {
            if !byte.is_ascii_whitespace() && !b"{}[]:,\"".contains(byte) {
                *byte = b'*';
            }
        }
    }
    masked
}
