//! `pipelint check`.

pub(crate) mod fix;

use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use pipelint::Checker;
use pipelint::contract::Contract;

use crate::args::{self, CheckArgs};
use crate::baseline::{BaselineKeys, Known, Suppressed};
use crate::config::{Configs, ResolvedSettings};
use crate::detachable_writer::DetachableWriter;
use crate::error::CliError;
use crate::findings::Findings;
use crate::input::{self, Source};
use crate::output::{self, At, Emitter, Part, Renderer, Style};
use crate::progress::Progress;
use crate::sequencer::Sequencer;
use crate::summary::Summary;
use crate::task_source::{Input, TaskSource, recognise};
use crate::workers::{DeferredFix, Outcome, Workers};
use crate::{CLEAN, FOUND, TROUBLE, say};
use fix::Fixing;

/// Checks what the arguments name; returns the exit status.
pub(crate) fn check(args: &CheckArgs, paint: bool, out: &mut dyn Write) -> Result<u8, CliError> {
    let configs = Configs::new(args)?;
    let known = Known::new(&args.known)?;
    if args.paths.is_empty() && io::stdin().is_terminal() && !args.quiet {
        say(&"reading standard input; see `pipelint check --help`");
    }
    let fixing = Fixing::new(&args.fixing, paint);
    let (mut nowhere, mut err) = (io::sink(), io::stderr());
    let beside = fixing.is_some_and(|fixing| !fixing.diff) && input::has_stdin(&args.paths);
    // Standard output is either for findings or for what was fixed.
    let (out, text, paint): (&mut dyn Write, &mut dyn Write, bool) = match fixing {
        Some(fixing) if fixing.diff => (&mut nowhere, out, false),
        Some(_) if beside => (&mut err, out, false),
        _ => (out, &mut nowhere, paint),
    };
    // What goes into files is done to the end, whoever reads of it.
    let alone = fixing.is_some_and(|fixing| !fixing.diff) || args.known.write_baseline;
    let mut out = DetachableWriter::new(out, alone);
    let renderer = output::renderer(Style {
        format: args.output_format,
        paint,
        width: args::width(),
        statistics: args.statistics,
    });
    let mut run = Run {
        fixing,
        checker: Checker::new(),
        scribe: renderer.scribe(),
        part: Part::default(),
        renderer,
        out: &mut out,
        text,
        lost: None,
        tally: Summary {
            fixed: fixing.map(|_| 0),
            known: known.as_ref().map(|_| 0),
            dry: fixing.is_some_and(|fixing| fixing.diff),
            ..Summary::default()
        },
        known: known.map(|known| Arc::new(Sequencer::new(known))),
        progress: Progress::new(input::size(&args.paths), beside),
        lines: 0,
        assumed: Assumed { said: args.quiet },
        others: Vec::new(),
        quiet: args.quiet,
        exit_zero: args.exit_zero,
    };
    let done = run.all(args, configs);
    let (status, tally) = (run.status(), run.tally);
    let lost = run.lost.or(out.lost);
    match done.and(lost.map_or(Ok(()), |error| Err(CliError::Write(error)))) {
        Ok(()) => {
            if fixing.is_some_and(|fixing| fixing.diff) {
                say(&output::sum(&tally));
            }
            Ok(status)
        }
        // The reader has gone; the verdict is about what was checked.
        Err(CliError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        Err(trouble) => Err(trouble),
    }
}

/// What stays the same from one input to the next.
struct Run<'a> {
    fixing: Option<Fixing>,
    checker: Checker,
    renderer: Box<dyn Renderer>,
    /// What is found on this thread, in words.
    scribe: Box<dyn Emitter>,
    part: Part,
    /// Where findings go.
    out: &'a mut dyn Write,
    /// Where standard input goes once it is fixed, and diffs.
    text: &'a mut dyn Write,
    /// Why standard input could not be handed on to its end.
    lost: Option<io::Error>,
    tally: Summary,
    known: Option<Arc<Sequencer<Known>>>,
    progress: Progress,
    /// How many lines of the input came before.
    lines: u64,
    assumed: Assumed,
    /// The payloads other than the first line's that were found in the input.
    others: Vec<&'static str>,
    /// Whether notes on standard error are left out.
    quiet: bool,
    /// Whether findings leave the exit status at 0.
    exit_zero: bool,
}

impl Run<'_> {
    fn all(&mut self, args: &CheckArgs, configs: Configs) -> Result<(), CliError> {
        self.renderer.start(self.out).map_err(CliError::Write)?;
        let mut known = configs.clone();
        let sources = input::sources(
            args.paths.clone(),
            args.input_format,
            args.skip_unknown,
            &args.exclude,
            move |path| known.names(path),
        )?;
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        let jobs = args.jobs.map_or_else(cores, usize::from);
        let feed = TaskSource::new(sources, configs, self.fixing.is_some());
        let scribe = || self.renderer.scribe();
        let mut workers = Workers::start(jobs, feed, self.fixing, self.known.clone(), scribe);
        while let Some(outcome) = workers.next(|| self.out.flush()).map_err(CliError::Write)? {
            self.outcome(&outcome)?;
            workers.free(outcome);
        }
        self.progress.clear();
        self.renderer
            .finish(self.out, &self.tally)
            .and_then(|()| self.out.flush())
            .map_err(CliError::Write)?;
        let known = self.known.take();
        known.map_or(Ok(()), |known| known.with(Known::finish))
    }

    /// Deals with what a worker has done.
    fn outcome(&mut self, outcome: &Outcome) -> Result<(), CliError> {
        if let Some(note) = &outcome.note {
            self.note(note);
        }
        if outcome.first {
            self.lines = 0;
            self.others.clear();
            self.assumed = Assumed { said: self.quiet };
        }
        self.progress.advance(outcome.size);
        self.tally.join(&outcome.tally);
        if let Some(input) = &outcome.input {
            if outcome.announce {
                self.input(&input.source)?;
            }
            self.progress.tick(self.tally.payloads, &input.source.name);
            for (line, contract) in &outcome.changes {
                self.note_change(&input.source, self.lines + line, contract);
            }
            if !outcome.part.is_empty() {
                let lines = outcome.lines.is_some();
                self.assumed.say(&input.source, lines, &mut self.progress);
                self.progress.make_way();
                self.renderer
                    .part(self.out, &outcome.part)
                    .map_err(CliError::Write)?;
                self.written()?;
            }
            for found in &outcome.found {
                let record = found.line.map(|line| self.lines + line);
                let bytes = outcome.block.bytes();
                let payload = bytes.get(found.at.clone()).unwrap_or_default();
                self.payload(&found.input, record, payload, Some(&found.judged))?;
            }
        }
        self.lines += outcome.lines.unwrap_or(0);
        if let Some(fixing) = self.fixing {
            self.text
                .write_all(&outcome.text)
                .map_err(CliError::Write)?;
            self.fixed(fixing, outcome.fixed.as_ref())?;
        }
        if let Some(later) = &outcome.later {
            self.later(later)?;
        }
        if let Some(trouble) = &outcome.trouble {
            self.unchecked(trouble)?;
        }
        Ok(())
    }

    /// Fixes an input that was left for its turn.
    fn later(&mut self, later: &DeferredFix) -> Result<(), CliError> {
        let Some(fixing) = self.fixing else {
            return Ok(());
        };
        let trouble = match self.fix(fixing, &later.terms, &later.source) {
            Err(CliError::Write(error)) if fixing.diff => return Err(CliError::Write(error)),
            done => done.err(),
        };
        if let Some(known) = &self.known {
            let unread = match &trouble {
                Some(CliError::Write(_)) => Some(&*later.source.name),
                other => other.as_ref().and_then(CliError::unread),
            };
            let unread = unread.map(str::to_owned);
            known.leave(later.number, |known| {
                if let Some(name) = unread {
                    known.forget(&name);
                }
            });
        }
        match trouble {
            None => Ok(()),
            // The other inputs are files, which are fixed where they are.
            Some(CliError::Write(error)) => {
                self.lost.get_or_insert(error);
                Ok(())
            }
            Some(trouble) => self.unchecked(&trouble),
        }
    }

    /// Checks a payload, and writes what is to be said of it. Which findings are known was judged
    /// before, or is asked now.
    fn payload(
        &mut self,
        input: &Input,
        record: Option<u64>,
        bytes: &[u8],
        judged: Option<&Suppressed>,
    ) -> Result<(), CliError> {
        let Input {
            source,
            terms,
            contract,
        } = input;
        self.progress.tick(self.tally.payloads, &source.name);
        let report = self.checker.check(contract, bytes, &terms.options);
        let mut found = Findings::new(&report, terms);
        if let Some(judged) = judged {
            judged.apply(&mut found);
        } else if let Some(known) = &self.known {
            let judged = known.with(|known| known.judge(source, BaselineKeys::of(&found)));
            self.tally.know(judged.known());
            judged.apply(&mut found);
        }
        let at = At {
            file: &source.name,
            record,
            fail_on: terms.fail_on,
        };
        self.tally.add(at, &found);
        if found.is_empty() {
            return Ok(());
        }
        self.assumed
            .say(source, record.is_some(), &mut self.progress);
        self.progress.make_way();
        self.part.clear();
        self.scribe.report(&mut self.part, at, &found);
        self.renderer
            .part(self.out, &self.part)
            .map_err(CliError::Write)?;
        self.written()
    }

    /// Findings were written just now.
    fn written(&mut self) -> Result<(), CliError> {
        if self.progress.shared {
            // On one terminal with the progress, in the order in which it happens.
            self.out.flush().map_err(CliError::Write)?;
        }
        Ok(())
    }

    /// Which payload an input is. Of a file that was only found in a folder, it may be none.
    fn recognise(
        &mut self,
        terms: &ResolvedSettings,
        source: &Source,
        bytes: &[u8],
    ) -> Result<Option<&'static Contract<'static>>, CliError> {
        if terms.contract.is_some() {
            return Ok(terms.contract);
        }
        let told = recognise(source, &terms.own, bytes)?;
        self.note(&told.note);
        Ok(told.contract)
    }

    /// Says, once, that an input holds another payload than its first line.
    fn note_change(&mut self, source: &Source, line: u64, contract: &Contract<'static>) {
        let (name, operation) = (source.shown_name(), contract.operation);
        if !self.others.contains(&contract.id) {
            self.others.push(contract.id);
            self.note(&format!("{name}: line {line} checked as {operation}"));
        }
    }

    fn note(&mut self, note: &str) {
        if !self.quiet {
            self.progress.clear();
            say(&note);
        }
    }

    /// One input that cannot be read keeps no other from being checked.
    fn unchecked(&mut self, trouble: &CliError) -> Result<(), CliError> {
        self.progress.clear();
        self.tally.unchecked += 1;
        say(trouble);
        self.renderer
            .unchecked(self.out, &trouble.to_string())
            .map_err(CliError::Write)
    }

    fn input(&mut self, source: &Source) -> Result<(), CliError> {
        self.renderer
            .input(self.out, &source.name)
            .map_err(CliError::Write)
    }

    fn status(&self) -> u8 {
        if self.tally.unchecked > 0 {
            TROUBLE
        } else if self.tally.failed && !self.exit_zero {
            FOUND
        } else {
            CLEAN
        }
    }
}

/// Whether it was said of an input how it was taken to be laid out.
#[derive(Debug)]
struct Assumed {
    said: bool,
}

impl Assumed {
    /// Something was found in an input: says, once, how it was taken, if it may have been meant
    /// otherwise.
    fn say(&mut self, source: &Source, lines: bool, progress: &mut Progress) {
        if lines && source.layout.is_none() && !std::mem::replace(&mut self.said, true) {
            progress.clear();
            let name = source.shown_name();
            say(&format_args!(
                "{name}: read as NDJSON, one payload per line; --input-format json reads it as one payload"
            ));
        }
    }
}
