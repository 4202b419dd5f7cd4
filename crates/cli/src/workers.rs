//! Checks on several cores, and gives the outcomes in the order of the input.
//!
//! A worker takes a free block and then its turn at the feed, which fills the block; it checks
//! what is in there alone, and hands it on with what it found. So the bytes are checked by the
//! core that has just read them. There are only so many blocks: who has none waits until one was
//! dealt with, and memory stays bounded.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use pipelint::Checker;

use crate::blocks::{Block, lines};
use crate::config::Terms;
use crate::feed::{Feed, Input, Lines, Task, recognise};
use crate::findings::Findings;
use crate::input::{Source, is_blank};
use crate::trouble::Trouble;

/// What a worker has done.
#[derive(Default)]
pub(crate) struct Outcome {
    /// What was checked; none if nothing was.
    pub(crate) input: Option<Input>,
    /// What a person has to know of the input.
    pub(crate) note: Option<String>,
    /// Whether this is the start of an input.
    pub(crate) first: bool,
    /// What was read.
    pub(crate) block: Block,
    /// How many bytes of the input that stands for.
    pub(crate) size: u64,
    /// How many lines were in it; none if it is one whole payload.
    pub(crate) lines: Option<u64>,
    /// How many payloads there are of which nothing is to be said.
    pub(crate) clean: u64,
    /// The others.
    pub(crate) found: Vec<Found>,
    /// Why the input could not be checked, or not to its end.
    pub(crate) trouble: Option<Trouble>,
}

/// A payload of which something is to be said.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The line in its block, from 1; none if it is the whole input.
    pub(crate) line: Option<u64>,
    /// Where it stands in its block.
    pub(crate) at: Range<usize>,
}

/// The workers, for who waits for their outcomes.
pub(crate) struct Workers {
    outcomes: Receiver<Message>,
    free: Sender<Block>,
    /// Outcomes that came before their turn.
    early: BTreeMap<u64, Outcome>,
    next: u64,
}

/// An outcome with its number; none from a worker that ended badly.
type Message = Option<(u64, Outcome)>;

/// What all workers share.
struct Shared {
    /// With the number of the next task.
    feed: Mutex<(u64, Feed)>,
    free: Mutex<Receiver<Block>>,
}

impl Workers {
    /// Starts so many. They end with the feed, or when nobody waits for them any more.
    pub(crate) fn start(jobs: usize, feed: Feed) -> Self {
        let (free, taken) = channel();
        // Each has one in hand, and one that waits for its turn to be written.
        for _ in 0..2 * jobs + 2 {
            let _ = free.send(Block::default());
        }
        let shared = Arc::new(Shared {
            feed: Mutex::new((0, feed)),
            free: Mutex::new(taken),
        });
        let (done, outcomes) = channel();
        for _ in 0..jobs {
            let (shared, done) = (Arc::clone(&shared), done.clone());
            thread::spawn(move || work(&shared, &done));
        }
        Self {
            outcomes,
            free,
            early: BTreeMap::new(),
            next: 0,
        }
    }

    /// The next outcome, in the order of the input, or `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.early.remove(&self.next) {
                self.next += 1;
                return Some(outcome);
            }
            match self.outcomes.recv().ok()? {
                Some((number, outcome)) => self.early.insert(number, outcome),
                // That may not pass for having found nothing. What it was stands on the screen.
                None => std::panic::resume_unwind(Box::new("a worker panicked")),
            };
        }
    }

    /// Takes a block back that was dealt with.
    pub(crate) fn free(&self, mut block: Block) {
        block.shrink();
        // At the end, nobody needs it.
        let _ = self.free.send(block);
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

fn work(shared: &Shared, done: &Sender<Message>) {
    let _watch = Watch(done);
    let mut checker = Checker::new();
    loop {
        let free = shared.free.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(mut block) = free.recv() else { return };
        drop(free);
        let mut feed = shared.feed.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(task) = feed.1.next(&mut block) else {
            // For the others, which are to see the end too.
            return;
        };
        let number = feed.0;
        feed.0 += 1;
        drop(feed);
        let outcome = match task {
            Task::Whole(source, terms) => whole(&mut checker, source, terms, block),
            Task::Lines(lines) => each(&mut checker, lines, block),
            Task::Say(trouble) => Outcome {
                trouble: Some(trouble),
                block,
                ..Outcome::default()
            },
            Task::PassOver(note) => Outcome {
                note: Some(note),
                block,
                ..Outcome::default()
            },
        };
        if done.send(Some((number, outcome))).is_err() {
            return;
        }
    }
}

/// Reads and checks one payload.
fn whole(
    checker: &mut Checker,
    source: Arc<Source>,
    terms: Arc<Terms>,
    mut block: Block,
) -> Outcome {
    let mut outcome = Outcome::default();
    let read = source.open().and_then(|reader| {
        let read = block.read_whole(reader, terms.options.limits.size);
        read.map_err(|error| source.unreadable(error))?;
        if terms.contract.is_some() {
            return Ok(terms.contract);
        }
        let told = recognise(&source, block.bytes())?;
        outcome.note = Some(told.note);
        Ok(told.contract)
    });
    match read {
        Err(trouble) => outcome.trouble = Some(trouble),
        Ok(None) => {}
        Ok(Some(contract)) => {
            let input = Input {
                source,
                terms,
                contract,
            };
            if is_clean(checker, &input, block.bytes()) {
                outcome.clean = 1;
            } else {
                outcome.found.push(Found {
                    line: None,
                    at: 0..block.bytes().len(),
                });
            }
            outcome.input = Some(input);
        }
    }
    outcome.size = block.bytes().len() as u64;
    outcome.first = true;
    outcome.block = block;
    outcome
}

/// Checks the lines of a block.
fn each(checker: &mut Checker, task: Lines, block: Block) -> Outcome {
    let (mut count, mut clean, mut found) = (0, 0, Vec::new());
    for (start, line) in lines(block.bytes()) {
        count += 1;
        if is_blank(line) {
            continue;
        }
        let Some(input) = &task.input else { continue };
        if is_clean(checker, input, line) {
            clean += 1;
        } else {
            found.push(Found {
                line: Some(count),
                at: start..start + line.len(),
            });
        }
    }
    Outcome {
        input: task.input,
        note: task.note,
        first: task.first,
        block,
        size: task.size,
        lines: Some(count),
        clean,
        found,
        trouble: None,
    }
}

/// Whether nothing is to be said of a payload.
fn is_clean(checker: &mut Checker, input: &Input, payload: &[u8]) -> bool {
    let report = checker.check(input.contract, payload, &input.terms.options);
    Findings::new(&report, &input.terms).is_empty()
}
