//! Times all ways side by side: `system kind way ratio nanoseconds`, separated by tabs.
//!
//! The ways take turns, a batch each, so that whatever slows the machine down for a while slows
//! all of them down. A ratio is the median, over all turns, of a way's time to the yardstick's in
//! the same turn; the time is the shortest.

use std::hint::black_box;
use std::time::{Duration, Instant};

use pipelint_benches::peers::{OURS, PEERS, SPEAKERS};
use pipelint_benches::{SYSTEMS, System};

/// How long a batch takes: far longer than a look at the clock.
const BATCH: Duration = Duration::from_micros(50);
const TURNS: usize = 301;
/// How many batches of a size are tried before it is taken for large enough.
const TRIES: usize = 4;

fn main() {
    let turns = std::env::args()
        .nth(1)
        .map_or(TURNS, |turns| turns.parse().expect("a number"));
    for system in &SYSTEMS {
        for (kind, text) in system
            .valid()
            .into_iter()
            .chain([("invalid", system.invalid)])
        {
            let ways = PEERS.iter().map(|peer| {
                let mut run = (peer.prepare)(system);
                Way::new(peer.name, move || {
                    black_box(run(black_box(text)));
                })
            });
            race(system.name, kind, ways.collect(), turns);
        }
        let ways = SPEAKERS.iter().map(|speaker| {
            let mut run = (speaker.prepare)(system);
            Way::new(speaker.name, move || {
                black_box(run(black_box(system.invalid)));
            })
        });
        race(system.name, "messages", ways.collect(), turns);
        race(system.name, "reports", reports(system), turns);
    }
}

/// What the report of a payload with faults costs beside that of one with nothing to say.
fn reports(system: &'static System) -> Vec<Way> {
    let verdict = |name, text: &'static str| {
        let mut run = (OURS.prepare)(system);
        Way::new(name, move || {
            black_box(run(black_box(text)));
        })
    };
    let mut run = (SPEAKERS[0].prepare)(system);
    let messages = Way::new("the same, with all messages", move || {
        black_box(run(black_box(system.invalid)));
    });
    vec![
        verdict("every field, nothing to say", system.full),
        verdict("six to eight faults, compact", system.invalid),
        messages,
    ]
}

struct Way {
    name: &'static str,
    run: Box<dyn FnMut()>,
    /// How often it runs in a batch.
    times: u32,
    /// Seconds for one run, turn by turn.
    took: Vec<f64>,
}

impl Way {
    fn new(name: &'static str, run: impl FnMut() + 'static) -> Self {
        Self {
            name,
            run: Box::new(run),
            times: 1,
            took: Vec::new(),
        }
    }

    fn batch(&mut self) -> Duration {
        let start = Instant::now();
        for _ in 0..self.times {
            (self.run)();
        }
        start.elapsed()
    }

    /// Finds how often it fits into a batch. The first ones may take far longer than those that
    /// follow, or be interrupted, so that the best of several counts.
    fn warm_up(&mut self) {
        while (0..TRIES).map(|_| self.batch()).min() < Some(BATCH) {
            self.times *= 2;
        }
    }
}

fn race(system: &str, kind: &str, mut ways: Vec<Way>, turns: usize) {
    ways.iter_mut().for_each(Way::warm_up);
    for _ in 0..turns {
        for way in &mut ways {
            let took = way.batch().as_secs_f64() / f64::from(way.times);
            way.took.push(took);
        }
    }
    let yardstick = ways[0].took.clone();
    for way in &ways {
        let ratios = way
            .took
            .iter()
            .zip(&yardstick)
            .map(|(took, yardstick)| took / yardstick);
        let least = way.took.iter().copied().fold(f64::MAX, f64::min);
        println!(
            "{system}\t{kind}\t{}\t{:.3}\t{:.0}",
            way.name,
            median(ratios.collect()),
            least * 1e9
        );
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
