//! Checks on several cores, and gives the outcomes in the order of the input.
//!
//! A worker takes a free block and then its turn at the feed, which fills the block; it checks
//! what is in there alone, puts what it found into words, and hands that on to be written. So the
//! bytes are checked by the core that has just read them. There are only so many blocks: who has
//! none waits until one was dealt with, and memory stays bounded.

use std::collections::BTreeMap;
use std::io;
use std::mem::take;
use std::ops::Range;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pipelint::Checker;
use pipelint::contract::Contract;

use crate::baseline::{BaselineKeys, Known, Suppressed};
use crate::check::fix::{Fixed, Fixing, Job};
use crate::chunk_reader::{self, Block, lines};
use crate::config::ResolvedSettings;
use crate::error::CliError;
use crate::findings::Findings;
use crate::input::{Reader, Source, is_blank};
use crate::line_offsets::LineOffsets;
use crate::output::{At, Emitter, Part};
use crate::sequencer::Sequencer;
use crate::summary::Summary;
use crate::task_source::{Input, Lines, Task, TaskSource, recognise};

/// How much of what was found in a block is put into words by a worker, about. Where there is more
/// in a few lines than anybody reads, the rest waits until it is written.
const WORDS: usize = 2 << 20;

/// What a worker has done.
#[derive(Default)]
pub(crate) struct Outcome {
    /// What was checked; none if nothing was.
    pub(crate) input: Option<Input>,
    /// What a person has to know of the input.
    pub(crate) note: Option<String>,
    /// Whether this is the start of an input.
    pub(crate) first: bool,
    /// Whether nothing of the input was checked before.
    pub(crate) announce: bool,
    /// What was read.
    pub(crate) block: Block,
    /// How many bytes of the input that stands for.
    pub(crate) size: u64,
    /// How many lines were in it; none if it is one whole payload.
    pub(crate) lines: Option<u64>,
    /// The payloads of which nothing is to be said, and those of which it is said in `part`.
    pub(crate) tally: Summary,
    /// What was found, in words.
    pub(crate) part: Part,
    /// The payloads of which something is still to be said, after the others.
    pub(crate) found: Vec<Found>,
    /// The payloads other than the first line's, each with the first line, from 1, that holds it.
    pub(crate) changes: Vec<(u64, &'static Contract<'static>)>,
    /// What of it was fixed.
    pub(crate) fixed: Option<Fixed>,
    /// The diff of it.
    pub(crate) text: Vec<u8>,
    /// What is still to be fixed.
    pub(crate) later: Option<DeferredFix>,
    /// Why the input could not be checked, or not to its end.
    pub(crate) trouble: Option<CliError>,
    /// Whether the worker has kept the memory: it was a file, and nothing is to be said of it.
    kept: bool,
}

impl Outcome {
    /// Keeps the first line of each payload other than the first line's.
    fn note_change(&mut self, contract: &'static Contract<'static>, line: u64) {
        if !self
            .changes
            .iter()
            .any(|(_, other)| other.id == contract.id)
        {
            self.changes.push((line, contract));
        }
    }

    /// Whether nothing is to be said of what was one file.
    fn is_quiet(&self) -> bool {
        self.lines.is_none()
            && self.input.is_some()
            && self.note.is_none()
            && self.trouble.is_none()
            && self.found.is_empty()
            && self.part.is_empty()
            && self.fixed.is_none()
            && self.text.is_empty()
    }
}

/// An input that is left to be fixed by who writes.
#[derive(Debug)]
pub(crate) struct DeferredFix {
    /// The number of its turn.
    pub(crate) number: u64,
    pub(crate) source: Arc<Source>,
    pub(crate) terms: Arc<ResolvedSettings>,
}

/// A payload of which something is to be said.
pub(crate) struct Found {
    /// The line in its block, from 1; none if it is the whole input.
    pub(crate) line: Option<u64>,
    /// What it is; another payload than the first line's if its keys fit that one.
    pub(crate) input: Input,
    /// Its place in its block.
    pub(crate) at: Range<usize>,
    /// Which of its findings are known.
    pub(crate) judged: Suppressed,
}

/// The workers, for the thread that receives their outcomes.
pub(crate) struct Workers {
    outcomes: Receiver<Message>,
    free: Sender<Room>,
    /// Outcomes that came before their turn.
    early: BTreeMap<u64, Outcome>,
    next: u64,
}

/// The memory for a task.
type Room = (Block, Part);

/// Outcomes with their numbers; none from a worker that ended badly.
type Message = Option<Vec<(u64, Outcome)>>;

/// How many files without a finding are reported together: each message may wake a thread, which
/// costs more than a small file.
const TOLD: usize = 64;

/// How long nothing comes before what was written is handed on: a moment for a person, and long
/// beside what a block takes.
const IDLE: Duration = Duration::from_millis(50);

/// Files without a finding of which nobody has told yet.
#[derive(Default)]
struct Quiet {
    outcomes: Vec<(u64, Outcome)>,
    /// Whether an input may arrive slowly: from then on every outcome is reported at once.
    slow: bool,
}

/// What all workers share.
struct Shared {
    /// With the number of the next task.
    feed: Mutex<(u64, TaskSource)>,
    free: Mutex<Receiver<Room>>,
    numbers: LineOffsets,
    quiet: Mutex<Quiet>,
    known: Option<Arc<Sequencer<Known>>>,
}

impl Shared {
    /// Tells of what is ready, since the next input may be long in coming.
    fn wait(&self, done: &Sender<Message>) {
        let mut quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.slow = true;
        // Nobody waits for what has nothing to be sent to.
        let _ = done.send(Some(take(&mut quiet.outcomes)));
    }

    /// Tells of an outcome and of those before it, or keeps it until there are more.
    fn tell(
        &self,
        told: Option<(u64, Outcome)>,
        at_once: bool,
        done: &Sender<Message>,
    ) -> Result<(), SendError<Message>> {
        let mut quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.outcomes.extend(told);
        if at_once || quiet.slow {
            let outcomes = take(&mut quiet.outcomes);
            drop(quiet);
            return done.send(Some(outcomes));
        }
        Ok(())
    }

    /// Tells of what is ready before that number's turn is waited for: who writes may have to take
    /// one before.
    fn let_on(&self, known: &Sequencer<Known>, number: u64, done: &Sender<Message>) {
        if !known.is_turn(number) {
            // At the end, nobody waits for it.
            let _ = self.tell(None, true, done);
        }
    }

    /// Whether the next file without a finding can be kept.
    fn keeps(&self) -> bool {
        let quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.outcomes.len() + 1 < TOLD
    }
}

impl Workers {
    /// Starts so many, each with a scribe of its own. They end with the feed, or when nobody waits
    /// for them any more.
    pub(crate) fn start(
        jobs: usize,
        feed: TaskSource,
        fixing: Option<Fixing>,
        known: Option<Arc<Sequencer<Known>>>,
        scribe: impl Fn() -> Box<dyn Emitter>,
    ) -> Self {
        let (free, taken) = channel();
        // Each has one in hand, and one that waits for its turn to be written.
        for _ in 0..2 * jobs + 2 {
            let _ = free.send(Room::default());
        }
        let shared = Arc::new(Shared {
            feed: Mutex::new((0, feed)),
            free: Mutex::new(taken),
            numbers: LineOffsets::default(),
            quiet: Mutex::default(),
            known,
        });
        let (done, outcomes) = channel();
        for _ in 0..jobs {
            let (shared, done) = (Arc::clone(&shared), done.clone());
            let scribe = scribe();
            thread::spawn(move || {
                let worker = Worker {
                    shared: &shared,
                    done: &done,
                    checker: Checker::new(),
                    scribe,
                    fixing,
                };
                worker.work();
            });
        }
        Self {
            outcomes,
            free,
            early: BTreeMap::new(),
            next: 0,
        }
    }

    /// The next outcome, in the order of the input, or `None` at the end. Calls `idle` when none
    /// comes for a moment.
    pub(crate) fn next(
        &mut self,
        mut idle: impl FnMut() -> io::Result<()>,
    ) -> io::Result<Option<Outcome>> {
        loop {
            if let Some(outcome) = self.early.remove(&self.next) {
                self.next += 1;
                return Ok(Some(outcome));
            }
            let came = match self.outcomes.recv_timeout(IDLE) {
                Err(RecvTimeoutError::Timeout) => {
                    idle()?;
                    self.outcomes.recv().ok()
                }
                came => came.ok(),
            };
            match came {
                None => return Ok(None),
                Some(Some(outcomes)) => self.early.extend(outcomes),
                // That must not count as having found nothing. The panic message is on the screen.
                Some(None) => std::panic::resume_unwind(Box::new("a worker panicked")),
            }
        }
    }

    /// Takes the memory of an outcome back that was dealt with.
    pub(crate) fn free(&self, outcome: Outcome) {
        if outcome.kept {
            return;
        }
        let (mut block, mut part) = (outcome.block, outcome.part);
        block.shrink();
        part.clear();
        part.shrink(WORDS);
        // At the end, nobody needs it.
        let _ = self.free.send((block, part));
    }
}

/// Tells that a worker ended badly, so that nobody waits for it.
struct Watch<'a>(&'a Sender<Message>);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(None);
        }
    }
}

/// One of those who work.
struct Worker<'s> {
    shared: &'s Shared,
    done: &'s Sender<Message>,
    checker: Checker,
    scribe: Box<dyn Emitter>,
    fixing: Option<Fixing>,
}

impl Worker<'_> {
    fn work(mut self) {
        let done = self.done;
        let _watch = Watch(done);
        let mut room = None;
        loop {
            let taken = room.take().or_else(|| self.room());
            let Some((mut block, part)) = taken else {
                return;
            };
            let feed = self.shared.feed.lock();
            let mut feed = feed.unwrap_or_else(PoisonError::into_inner);
            let Some(task) = feed.1.next(&mut block, || self.shared.wait(done)) else {
                // Nobody waits for what has nothing to be sent to.
                let _ = self.shared.tell(None, true, done);
                return;
            };
            let number = feed.0;
            feed.0 += 1;
            drop(feed);
            let mut outcome = Outcome {
                block,
                part,
                ..Outcome::default()
            };
            if let Task::Lines(lines) = task {
                self.each(number, lines, &mut outcome);
            } else {
                self.shared.numbers.pass(number);
                match task {
                    Task::Whole(source, terms, reader) => {
                        if source.is_slow() {
                            self.shared.wait(done);
                        }
                        self.whole(number, source, terms, reader, &mut outcome);
                    }
                    Task::DeferredFix(source, terms) => {
                        outcome.later = Some(DeferredFix {
                            number,
                            source,
                            terms,
                        });
                    }
                    Task::Say(trouble) => {
                        self.unread(number, &trouble);
                        outcome.trouble = Some(trouble);
                    }
                    Task::Skip(note) => {
                        self.leave(number, |_| {});
                        outcome.note = Some(note);
                    }
                    Task::Lines(_) => {}
                }
            }
            // The last one gives its memory away, so that who is ahead waits for the others.
            if outcome.is_quiet() && self.shared.keeps() {
                outcome.block.shrink();
                room = Some((take(&mut outcome.block), take(&mut outcome.part)));
                outcome.kept = true;
            }
            let told = Some((number, outcome));
            if self.shared.tell(told, room.is_none(), done).is_err() {
                return;
            }
        }
    }

    /// Free memory, as soon as there is some; none at the end.
    fn room(&self) -> Option<Room> {
        let free = self.shared.free.lock();
        let free = free.unwrap_or_else(PoisonError::into_inner);
        free.recv().ok()
    }

    /// Leaves something to be done with what is known when that number's turn comes.
    fn leave(&self, number: u64, act: impl FnOnce(&mut Known) + Send + 'static) {
        if let Some(known) = &self.shared.known {
            known.leave(number, act);
        }
    }

    /// Nothing is known of an input that cannot be read to its end.
    fn unread(&self, number: u64, trouble: &CliError) {
        let name = trouble.unread().map(str::to_owned);
        self.leave(number, move |known| {
            if let Some(name) = name {
                known.forget(&name);
            }
        });
    }

    /// Reads and checks one payload.
    fn whole(
        &mut self,
        number: u64,
        source: Arc<Source>,
        terms: Arc<ResolvedSettings>,
        reader: Option<Reader>,
        outcome: &mut Outcome,
    ) {
        let reader = reader.map_or_else(|| source.open(), Ok);
        let read = reader.and_then(|reader| {
            if self.fixing.is_some() {
                source.refuse_compressed()?;
            }
            let read = outcome.block.read_whole(reader, terms.options.limits.size);
            read.map_err(|error| source.unreadable(error))?;
            if terms.contract.is_some() {
                return Ok(terms.contract);
            }
            let told = recognise(&source, &terms.own, outcome.block.bytes())?;
            outcome.note = Some(told.note);
            Ok(told.contract)
        });
        match read {
            Err(trouble) => {
                self.unread(number, &trouble);
                outcome.trouble = Some(trouble);
            }
            Ok(None) => self.leave(number, |_| {}),
            Ok(Some(contract)) => {
                let input = Input {
                    source,
                    terms,
                    contract,
                };
                let block = take(&mut outcome.block);
                if let Err(trouble) = self.only(number, &input, block.bytes(), outcome) {
                    outcome.trouble = Some(trouble);
                }
                outcome.block = block;
                outcome.input = Some(input);
            }
        }
        outcome.size = outcome.block.bytes().len() as u64;
        outcome.first = true;
        outcome.announce = true;
    }

    /// Fixes, if that is asked for, and checks what is the only payload of its input.
    fn only(
        &mut self,
        number: u64,
        input: &Input,
        bytes: &[u8],
        outcome: &mut Outcome,
    ) -> Result<(), CliError> {
        let Some(fixing) = self.fixing else {
            self.payload(number, input, bytes, outcome);
            return Ok(());
        };
        let mut job = Job::new(fixing, &input.terms, &input.source);
        let (checker, out) = (&mut self.checker, &mut outcome.text);
        let new = job.payload(checker, out, input.contract, None, bytes, b"");
        match new {
            Ok(new) => {
                let new = new.as_ref().map_or(bytes, |new| new.as_bytes());
                self.payload(number, input, new, outcome);
            }
            Err(trouble) => {
                let source = Arc::clone(&input.source);
                self.leave(number, move |known| known.start(&source));
                return Err(trouble);
            }
        }
        outcome.fixed = job.finish(&mut outcome.text)?;
        Ok(())
    }

    /// Checks what is the only payload of its input, and says what was found.
    fn payload(&mut self, number: u64, input: &Input, bytes: &[u8], outcome: &mut Outcome) {
        let report = (self.checker).check(input.contract, bytes, &input.terms.options);
        let mut findings = Findings::new(&report, &input.terms);
        let source = Arc::clone(&input.source);
        if let Some(known) = &self.shared.known {
            if findings.is_empty() {
                known.leave(number, move |known| known.start(&source));
            } else {
                let asked = BaselineKeys::of(&findings);
                self.shared.let_on(known, number, self.done);
                let judged = known.take(number, |known| {
                    known.start(&source);
                    known.judge(&source, asked)
                });
                outcome.tally.know(judged.known());
                judged.apply(&mut findings);
            }
        }
        say(&*self.scribe, input, None, &findings, outcome);
    }

    /// Checks the lines of a block. What is found can be put into words when it is known how many
    /// lines stand before, and which of it is known; what was found until then is kept, and checked
    /// again.
    fn each(&mut self, number: u64, task: Lines, outcome: &mut Outcome) {
        let numbers = &self.shared.numbers;
        let (mut count, mut told, mut before) = (0, false, None);
        let mut asked = Vec::new();
        let block = take(&mut outcome.block);
        for (start, line) in lines(block.bytes()) {
            count += 1;
            if is_blank(line) {
                continue;
            }
            let Some(input) = &task.input else { continue };
            let report = (self.checker).check(input.contract, line, &input.terms.options);
            let other = (!report.is_empty()).then(|| input.other_payload(line));
            let other = other.flatten();
            let (input, report) = match &other {
                None => (input, report),
                Some(other) => {
                    outcome.note_change(other.contract, count);
                    let options = &other.terms.options;
                    (other, self.checker.check(other.contract, line, options))
                }
            };
            let findings = Findings::new(&report, &input.terms);
            if findings.is_empty() {
                outcome.tally.clean(1);
                continue;
            }
            if !told {
                numbers.tell(number, task.first, chunk_reader::count(block.bytes()), true);
                told = true;
            }
            let asks = self.shared.known.is_some();
            if asks {
                asked.push(BaselineKeys::of(&findings));
            } else {
                before = before.or_else(|| numbers.known(number));
                if outcome.found.is_empty()
                    && let Some(before) = before
                    && outcome.part.size() <= WORDS
                {
                    say(
                        &*self.scribe,
                        input,
                        Some(before + count),
                        &findings,
                        outcome,
                    );
                    continue;
                }
            }
            outcome.found.push(Found {
                line: Some(count),
                at: start..start + line.len(),
                input: input.clone(),
                judged: Suppressed::default(),
            });
            if !asks && let Some(before) = before {
                self.say_found(before, block.bytes(), outcome);
            }
        }
        if !told {
            numbers.tell(number, task.first, count, false);
        }
        self.judge(number, &task, asked, outcome);
        if told && before.is_none() {
            let before = numbers.before(number);
            self.say_found(before, block.bytes(), outcome);
        }
        outcome.block = block;
        outcome.input = task.input;
        outcome.note = task.note;
        outcome.first = task.first;
        outcome.announce = task.announce;
        outcome.size = task.size;
        outcome.lines = Some(count);
    }

    /// Asks which of what was found in a block of lines is known.
    fn judge(&self, number: u64, task: &Lines, asked: Vec<BaselineKeys>, outcome: &mut Outcome) {
        let Some(known) = &self.shared.known else {
            return;
        };
        let Some(input) = &task.input else {
            return known.leave(number, |_| {});
        };
        let (source, announce) = (Arc::clone(&input.source), task.announce);
        if asked.is_empty() {
            return known.leave(number, move |known| {
                if announce {
                    known.start(&source);
                }
            });
        }
        self.shared.let_on(known, number, self.done);
        let judged: Vec<Suppressed> = known.take(number, |known| {
            if announce {
                known.start(&source);
            }
            let asked = asked.into_iter();
            asked.map(|asked| known.judge(&source, asked)).collect()
        });
        for (found, judged) in outcome.found.iter_mut().zip(judged) {
            outcome.tally.know(judged.known());
            found.judged = judged;
        }
        let before = outcome.found.len();
        outcome.found.retain(|found| !found.judged.is_all());
        outcome.tally.clean((before - outcome.found.len()) as u64);
    }

    /// Puts what was found into words, as far as there is room, after so many lines of the input.
    fn say_found(&mut self, before: u64, bytes: &[u8], outcome: &mut Outcome) {
        if outcome.part.size() > WORDS {
            return;
        }
        let found = take(&mut outcome.found);
        let mut left = found.into_iter();
        while outcome.part.size() <= WORDS
            && let Some(found) = left.next()
        {
            let payload = bytes.get(found.at.clone()).unwrap_or_default();
            let input = &found.input;
            let report = (self.checker).check(input.contract, payload, &input.terms.options);
            let mut findings = Findings::new(&report, &input.terms);
            found.judged.apply(&mut findings);
            let record = found.line.map(|line| before + line);
            say(&*self.scribe, input, record, &findings, outcome);
        }
        outcome.found.extend(left);
    }
}

/// Puts what was found in one payload into words.
fn say(
    scribe: &dyn Emitter,
    input: &Input,
    record: Option<u64>,
    findings: &Findings<'_>,
    outcome: &mut Outcome,
) {
    let at = At {
        file: &input.source.name,
        record,
        fail_on: input.terms.fail_on,
    };
    outcome.tally.add(at, findings);
    if !findings.is_empty() {
        scribe.report(&mut outcome.part, at, findings);
    }
}
