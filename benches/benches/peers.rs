//! All ways, to profile one: `cargo bench --manifest-path benches/Cargo.toml
//! --features peers -- leadlex`. The figures of README.md come from `cargo xtask bench`.

use divan::{Bencher, black_box};
use pipelint_benches::peers::{PEERS, SPEAKERS};
use pipelint_benches::{SYSTEMS, System};

fn main() {
    divan::main();
}

/// One way with one payload.
#[derive(Clone, Copy)]
struct Case {
    system: &'static System,
    kind: &'static str,
    text: &'static str,
    way: usize,
}

impl std::fmt::Display for Case {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}, {}, ", self.system.name, self.kind)?;
        out.write_str(if self.kind == "messages" {
            SPEAKERS[self.way].name
        } else {
            PEERS[self.way].name
        })
    }
}

fn verdicts() -> impl Iterator<Item = Case> {
    SYSTEMS.iter().flat_map(|system| {
        let texts = system
            .valid()
            .into_iter()
            .chain([("invalid", system.invalid)]);
        texts.flat_map(move |(kind, text)| {
            (0..PEERS.len()).map(move |way| Case {
                system,
                kind,
                text,
                way,
            })
        })
    })
}

fn speeches() -> impl Iterator<Item = Case> {
    SYSTEMS.iter().flat_map(|system| {
        (0..SPEAKERS.len()).map(move |way| Case {
            system,
            kind: "messages",
            text: system.invalid,
            way,
        })
    })
}

#[divan::bench(args = verdicts())]
fn verdict(bencher: Bencher, case: Case) {
    let mut run = (PEERS[case.way].prepare)(case.system);
    bencher.bench_local(|| run(black_box(case.text)));
}

#[divan::bench(args = speeches())]
fn messages(bencher: Bencher, case: Case) {
    let mut run = (SPEAKERS[case.way].prepare)(case.system);
    bencher.bench_local(|| run(black_box(case.text)));
}
