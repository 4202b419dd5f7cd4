//! `pipelint check --fix` and `--diff`: fixes what can be fixed, and checks what is left.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::ops::Range;
use std::sync::Arc;

use pipelint::contract::Contract;
use pipelint::{Applicability, Checker, fix};

use crate::args::FixArgs;
use crate::config::ResolvedSettings;
use crate::detect_format::Layout;
use crate::diff::{Look, Part};
use crate::error::CliError;
use crate::input::{self, Cut, Source};
use crate::task_source::{Input, nothing};

use super::{Assumed, Run};
use target::Target;

mod target;

/// What is to be fixed, and what becomes of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fixing {
    /// The least applicable fixes that are applied.
    least: Applicability,
    /// Whether the changes are shown and nothing is written.
    pub(crate) diff: bool,
    /// How a diff is written.
    look: Look,
}

impl Fixing {
    /// What the arguments ask for.
    pub(crate) fn new(args: &FixArgs, paint: bool) -> Option<Self> {
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
pub(crate) struct Job<'j> {
    fixing: Fixing,
    terms: &'j ResolvedSettings,
    source: &'j Source,
    target: Target,
    /// How often each rule's fix was applied.
    applied: BTreeMap<&'static str, u64>,
    /// Whether faults were found in what a system has answered, which is evidence and stays.
    evidence: bool,
}

/// What was fixed in an input.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// How many faults were fixed, or would be.
    pub(crate) count: u64,
    /// The note for the user.
    pub(crate) note: String,
}

impl<'j> Job<'j> {
    pub(crate) fn new(fixing: Fixing, terms: &'j ResolvedSettings, source: &'j Source) -> Self {
        Self {
            fixing,
            terms,
            source,
            target: match source.path() {
                _ if fixing.diff => Target::diff(&source.name, fixing.look),
                None => Target::Through,
                Some(path) => Target::file(path, source.identity()),
            },
            applied: BTreeMap::new(),
            evidence: false,
        }
    }

    /// Fixes one payload, and hands it on together with the end of its line; returns what became
    /// of it, if anything changed.
    pub(crate) fn payload(
        &mut self,
        checker: &mut Checker,
        out: &mut dyn Write,
        contract: &'static Contract<'static>,
        record: Option<u64>,
        text: &[u8],
        end: &[u8],
    ) -> Result<Option<String>, CliError> {
        let options = &self.terms.options;
        let faulty = !checker.check(contract, text, options).is_empty();
        let is_sent = contract.part.is_sent();
        self.evidence |= faulty && !is_sent;
        let fixed = (faulty && is_sent)
            .then(|| fix::apply_fixes(contract, text, options, self.fixing.least))
            .flatten()
            // A payload of several stays on its line.
            .filter(|fixed| record.is_none() || !fixed.text.contains('\n'));
        let new = fixed.as_ref().map_or(text, |fixed| fixed.text.as_bytes());
        if let Target::Diff(diff) = &mut self.target {
            let mut shown = |text: &[u8]| {
                let report = checker.check(contract, text, options);
                [&masked(text, report.secrets()), end].concat()
            };
            let masked = shown(text);
            if fixed.is_none() {
                diff.keep(out, &masked)
            } else {
                let old = Part {
                    text: &[text, end].concat(),
                    masked: &masked,
                };
                let new = Part {
                    text: &[new, end].concat(),
                    masked: &shown(new),
                };
                diff.change(out, old, new)
            }
            .map_err(CliError::Write)?;
        } else {
            if fixed.is_some() {
                self.target.start_change()?;
            }
            self.target.keep(out, new)?;
            self.target.keep(out, end)?;
        }
        for one in fixed.iter().flat_map(|fixed| &fixed.applied) {
            *self.applied.entry(one.rule.name).or_default() += 1;
        }
        Ok(fixed.map(|fixed| fixed.text))
    }

    /// All payloads were fixed: puts the file in the place of the old one.
    pub(crate) fn finish(self, out: &mut dyn Write) -> Result<Option<Fixed>, CliError> {
        self.target.finish(out)?;
        let count: u64 = self.applied.values().sum();
        let verb = if self.fixing.diff {
            "would fix"
        } else {
            "fixed"
        };
        let each = self.applied.iter();
        let each: Vec<_> = each
            .map(|(rule, count)| format!("{count} {rule}"))
            .collect();
        let name = self.source.shown_name();
        let note = if count > 0 {
            format!("{name}: {verb} {}", each.join(", "))
        } else if self.evidence {
            format!("{name}: not fixed, since responses and error bodies are never edited")
        } else {
            return Ok(None);
        };
        Ok(Some(Fixed { count, note }))
    }
}

impl Run<'_> {
    /// Fixes one input that no worker does, and reports what is left in it.
    pub(super) fn fix(
        &mut self,
        fixing: Fixing,
        terms: &Arc<ResolvedSettings>,
        source: &Arc<Source>,
    ) -> Result<(), CliError> {
        if let Some(known) = &self.known {
            known.with(|known| known.start(source));
        }
        self.assumed = Assumed { said: self.quiet };
        self.input(source)?;
        self.others.clear();
        let (layout, reader) = source.open_told(terms.options.limits.size)?;
        source.refuse_compressed()?;
        let mut reader = BufReader::with_capacity(1 << 16, reader);
        let mut job = Job::new(fixing, terms, source);
        let done = match layout {
            Layout::Lines => self.fix_lines(&mut job, (terms, source), &mut reader),
            Layout::Whole => self.fix_whole(&mut job, (terms, source), &mut reader),
        };
        // What goes through the program comes out of it, whatever is wrong with it.
        let mut copied = Ok(0);
        if let Target::Through = job.target {
            copied = io::copy(&mut reader, &mut *self.text);
        }
        // Who cannot read an input fails here again.
        done?;
        copied.map_err(CliError::Write)?;
        // Not every system lets a file be replaced while it is read.
        drop(reader);
        let fixed = job.finish(&mut *self.text)?;
        self.fixed(fixing, fixed.as_ref())
    }

    /// Tells what was fixed in an input.
    pub(super) fn fixed(&mut self, fixing: Fixing, fixed: Option<&Fixed>) -> Result<(), CliError> {
        if fixing.look.terminal {
            // On one terminal with the notes, in the order in which it happens.
            self.text.flush().map_err(CliError::Write)?;
        }
        if let Some(fixed) = fixed {
            self.tally.failed |= fixing.diff && fixed.count > 0;
            *self.tally.fixed.get_or_insert(0) += fixed.count;
            self.note(&fixed.note);
        }
        Ok(())
    }

    fn fix_whole(
        &mut self,
        job: &mut Job<'_>,
        (terms, source): (&Arc<ResolvedSettings>, &Arc<Source>),
        reader: &mut dyn BufRead,
    ) -> Result<(), CliError> {
        let mut text = Vec::new();
        input::whole(reader, terms.options.limits.size, &mut text)
            .map_err(|error| source.unreadable(error))?;
        self.progress.advance(text.len() as u64);
        match self.recognise(terms, source, &text) {
            Ok(Some(contract)) => {
                let input = Input::new(source, terms, contract);
                self.fix_payload(job, &input, None, &text, b"")
            }
            other => {
                job.target.keep(&mut *self.text, &text)?;
                other.map(drop)
            }
        }
    }

    fn fix_lines(
        &mut self,
        job: &mut Job<'_>,
        (terms, source): (&Arc<ResolvedSettings>, &Arc<Source>),
        reader: &mut dyn BufRead,
    ) -> Result<(), CliError> {
        let limit = terms.options.limits.size;
        let known = |contract| Input::new(source, terms, contract);
        let mut input = terms.contract.map(known);
        let mut blank = true;
        let mut raw = Vec::new();
        let mut number = 0;
        while let Some(cut) =
            input::raw_line(reader, limit, &mut raw).map_err(|error| source.unreadable(error))?
        {
            number += 1;
            self.progress.advance(raw.len() as u64);
            let (line, end) = input::split_end(&raw);
            if input::is_blank(line) {
                job.target.keep(&mut *self.text, &raw)?;
                continue;
            }
            blank = false;
            if input.is_none() {
                match self.recognise(terms, source, line) {
                    Ok(Some(contract)) => input = Some(known(contract)),
                    other => {
                        job.target.keep(&mut *self.text, &raw)?;
                        return other.map(drop);
                    }
                }
            }
            let Some(first) = &input else {
                return Ok(());
            };
            // A valid line is what the first line is, as it is where nothing is fixed.
            let is_faulty = terms.contract.is_none() && {
                let report = self.checker.check(first.contract, line, &terms.options);
                !report.is_empty()
            };
            let other = is_faulty.then(|| first.other_payload(line)).flatten();
            if let Some(other) = &other {
                self.note_change(source, number, other.contract);
            }
            let input = other.as_ref().unwrap_or(first);
            if cut == Cut::Yes {
                self.payload(input, Some(number), line, None)?;
                self.long_line(job, reader, &raw)?;
            } else {
                self.fix_payload(job, input, Some(number), line, end)?;
            }
        }
        if blank {
            self.note(&nothing(source));
        }
        Ok(())
    }

    /// Fixes one payload, hands it on together with the end of its line, and reports what is left.
    fn fix_payload(
        &mut self,
        job: &mut Job<'_>,
        input: &Input,
        record: Option<u64>,
        text: &[u8],
        end: &[u8],
    ) -> Result<(), CliError> {
        if job.fixing.diff {
            self.progress.clear();
        }
        let checker = &mut self.checker;
        let new = job.payload(checker, &mut *self.text, input.contract, record, text, end)?;
        let new = new.as_ref().map_or(text, |new| new.as_bytes());
        self.payload(input, record, new, None)
    }

    /// Hands on a line that is too long for a payload, of which the start was read.
    fn long_line(
        &mut self,
        job: &mut Job<'_>,
        reader: &mut dyn BufRead,
        start: &[u8],
    ) -> Result<(), CliError> {
        let unreadable = |error| job.source.unreadable(error);
        if let Target::Diff(diff) = &mut job.target {
            reader.skip_until(b'\n').map_err(unreadable)?;
            return diff.skip(&mut *self.text).map_err(CliError::Write);
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
