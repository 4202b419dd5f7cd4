//! `pipelint check`.

mod fix;

use std::io::{self, BufRead, IsTerminal, Write};

use pipelint::contract::Contract;
use pipelint::{Checker, Inference, infer};

use crate::args::{self, CheckArgs};
use crate::config::{Configs, Terms};
use crate::findings::Findings;
use crate::input::{self, Source};
use crate::output::{self, At, Renderer};
use crate::progress::Progress;
use crate::tally::Tally;
use crate::trouble::Trouble;
use crate::{CLEAN, FOUND, TROUBLE, say};
use fix::Fixing;

/// Checks what the arguments name; returns the exit status.
pub(crate) fn check(args: &CheckArgs, paint: bool, out: &mut dyn Write) -> Result<u8, Trouble> {
    let configs = Configs::new(args)?;
    if args.paths.is_empty() && io::stdin().is_terminal() {
        say(&"reading standard input; `pipelint check --help` tells more");
    }
    let fixing = Fixing::new(&args.fixing);
    let (mut nowhere, mut err) = (io::sink(), io::stderr());
    // Standard output is either for findings or for what was fixed.
    let (out, text, paint): (&mut dyn Write, &mut dyn Write, bool) = match fixing {
        Some(fixing) if fixing.diff => (&mut nowhere, out, false),
        Some(_) if input::has_stdin(&args.paths) => (&mut err, out, false),
        _ => (out, &mut nowhere, paint),
    };
    let mut run = Run {
        configs,
        fixing,
        checker: Checker::new(),
        renderer: output::renderer(args.output_format, paint, args::width()),
        out,
        text,
        tally: Tally {
            fixed: fixing.map(|_| 0),
            dry: fixing.is_some_and(|fixing| fixing.diff),
            ..Tally::default()
        },
        progress: Progress::new(),
    };
    match run.all(args) {
        Ok(()) => {
            if fixing.is_some_and(|fixing| fixing.diff) {
                say(&output::sum(&run.tally));
            }
            Ok(run.status())
        }
        // The reader has gone; the verdict is about what they read.
        Err(Trouble::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(run.status()),
        Err(trouble) => Err(trouble),
    }
}

/// What stays the same from one input to the next.
struct Run<'a> {
    configs: Configs,
    fixing: Option<Fixing>,
    checker: Checker,
    renderer: Box<dyn Renderer>,
    /// Where findings go.
    out: &'a mut dyn Write,
    /// Where standard input goes once it is fixed, and diffs.
    text: &'a mut dyn Write,
    tally: Tally,
    progress: Progress,
}

impl Run<'_> {
    fn all(&mut self, args: &CheckArgs) -> Result<(), Trouble> {
        self.renderer.start(self.out).map_err(Trouble::Write)?;
        for source in input::sources(&args.paths, args.input_format) {
            match source.and_then(|source| self.source(&source)) {
                Ok(()) => {}
                Err(Trouble::Write(error)) => return Err(Trouble::Write(error)),
                // One input that cannot be read keeps no other from being checked.
                Err(trouble) => self.unchecked(&trouble),
            }
        }
        self.progress.clear();
        self.renderer
            .finish(self.out, &self.tally)
            .and_then(|()| self.out.flush())
            .map_err(Trouble::Write)
    }

    fn source(&mut self, source: &Source) -> Result<(), Trouble> {
        let terms = self.configs.terms(source)?;
        if let Some(fixing) = self.fixing {
            return self.fix(fixing, &terms, source);
        }
        let mut reader = source.open()?;
        let mut buffer = Vec::new();
        if source.lines {
            self.lines(&terms, source, &mut *reader, &mut buffer)
        } else {
            input::whole(&mut *reader, terms.options.limits.size, &mut buffer)
                .map_err(|error| source.unreadable(error))?;
            match self.recognise(&terms, source, &buffer)? {
                Some(contract) => self.payload(contract, &terms, source, None, &buffer),
                None => Ok(()),
            }
        }
    }

    /// Checks an input with one payload a line. The first line tells which payload they are.
    fn lines(
        &mut self,
        terms: &Terms,
        source: &Source,
        reader: &mut dyn BufRead,
        buffer: &mut Vec<u8>,
    ) -> Result<(), Trouble> {
        let mut contract = terms.contract;
        let mut number = 0;
        while input::line(reader, terms.options.limits.size, buffer)
            .map_err(|error| source.unreadable(error))?
        {
            number += 1;
            if input::is_blank(buffer) {
                continue;
            }
            if contract.is_none() {
                contract = self.recognise(terms, source, buffer)?;
            }
            let Some(contract) = contract else {
                return Ok(());
            };
            self.payload(contract, terms, source, Some(number), buffer)?;
        }
        Ok(())
    }

    fn payload(
        &mut self,
        contract: &'static Contract,
        terms: &Terms,
        source: &Source,
        record: Option<u64>,
        bytes: &[u8],
    ) -> Result<(), Trouble> {
        self.progress.tick(self.tally.payloads, &source.name);
        let report = self.checker.check(contract, bytes, &terms.options);
        let found = Findings::new(&report, terms);
        let at = At {
            file: &source.name,
            record,
            fail_on: terms.fail_on,
        };
        self.tally.add(at, &found);
        if found.is_empty() {
            return Ok(());
        }
        self.progress.clear();
        self.renderer
            .report(self.out, at, &found)
            .and_then(|()| {
                // On one terminal with the progress, in the order in which it happens.
                if self.progress.shared {
                    self.out.flush()
                } else {
                    Ok(())
                }
            })
            .map_err(Trouble::Write)
    }

    /// Which payload an input is. Of a file that was only found in a folder, it may be none.
    fn recognise(
        &mut self,
        terms: &Terms,
        source: &Source,
        bytes: &[u8],
    ) -> Result<Option<&'static Contract>, Trouble> {
        if terms.contract.is_some() {
            return Ok(terms.contract);
        }
        let name = source.name.clone();
        match infer(bytes) {
            Inference::One(contract) => {
                self.progress.clear();
                say(&format!("{name}: checked as {}", contract.operation));
                Ok(Some(contract))
            }
            Inference::Several(candidates) => Err(Trouble::Ambiguous { name, candidates }),
            Inference::None if source.found => {
                self.progress.clear();
                say(&format!(
                    "{name}: passed over, its keys are those of no payload"
                ));
                Ok(None)
            }
            Inference::None => Err(Trouble::Unrecognised { name }),
        }
    }

    fn unchecked(&mut self, trouble: &Trouble) {
        self.progress.clear();
        self.tally.unchecked += 1;
        say(trouble);
    }

    fn status(&self) -> u8 {
        if self.tally.unchecked > 0 {
            TROUBLE
        } else if self.tally.failed {
            FOUND
        } else {
            CLEAN
        }
    }
}
