//! How often each way allocates for a payload, once it is warm: `system kind way count bytes`,
//! separated by tabs.

use pipelint_benches::SYSTEMS;
use pipelint_benches::peers::PEERS;

fn main() {
    for system in &SYSTEMS {
        for peer in PEERS {
            let mut run = (peer.prepare)(system);
            for (kind, text) in system.valid() {
                for _ in 0..3 {
                    run(text);
                }
                let counted = allocation_counter::measure(|| {
                    run(text);
                });
                println!(
                    "{}\t{kind}\t{}\t{}\t{}",
                    system.name, peer.name, counted.count_total, counted.bytes_total
                );
            }
        }
    }
}
