//! The payloads that benches measure with.
//!
//! A crate and workspace of its own: what a bench depends on must switch no feature on elsewhere.

#[cfg(feature = "peers")]
pub mod peers;

use pipelint::contract::Contract;
use pipelint::{Options, payloads};

/// Payloads of one system, each a file.
pub struct System {
    /// The system's name.
    pub name: &'static str,
    /// What its payloads are checked as.
    pub contract: &'static Contract<'static>,
    /// The sample of the vendor's page, as it is on the page, white space included.
    pub sample: &'static str,
    /// Every documented field, compact.
    pub full: &'static str,
    /// The same, with its keys in another order than the documented one.
    pub shuffled: &'static str,
    /// The same, indented.
    pub pretty: &'static str,
    /// The same, with escapes in texts.
    pub escapes: &'static str,
    /// The same, with texts as long as people write.
    pub long: &'static str,
    /// What is required and nothing else.
    pub minimal: &'static str,
    /// Six to eight faults, compact.
    pub invalid: &'static str,
}

macro_rules! system {
    ($name:literal, $operation:literal, $contract:expr) => {
        System {
            name: $name,
            contract: $contract,
            sample: include_str!(concat!(
                "../../tests/corpus/",
                $name,
                "/",
                $operation,
                "/request/valid-sample.json"
            )),
            full: include_str!(concat!("../payloads/", $name, "/full.json")).trim_ascii(),
            shuffled: include_str!(concat!("../payloads/", $name, "/shuffled.json")).trim_ascii(),
            pretty: include_str!(concat!("../payloads/", $name, "/pretty.json")).trim_ascii(),
            escapes: include_str!(concat!("../payloads/", $name, "/escapes.json")).trim_ascii(),
            long: include_str!(concat!("../payloads/", $name, "/long.json")).trim_ascii(),
            minimal: include_str!(concat!("../payloads/", $name, "/minimal.json")).trim_ascii(),
            invalid: include_str!(concat!("../payloads/", $name, "/invalid.json")).trim_ascii(),
        }
    };
}

/// The payloads of all systems.
pub static SYSTEMS: [System; 3] = [
    system!(
        "leadlex",
        "create-deal",
        &payloads::leadlex::create_deal::REQUEST
    ),
    system!(
        "slant",
        "create-opportunity",
        &payloads::slant::create_opportunity::REQUEST
    ),
    system!(
        "ruddr",
        "create-opportunity-stage",
        &payloads::ruddr::create_opportunity_stage::REQUEST
    ),
];

impl System {
    /// The payloads without a fault, by what they are called.
    #[must_use]
    pub fn valid(&self) -> [(&'static str, &'static str); 7] {
        [
            ("sample", self.sample),
            ("full", self.full),
            ("shuffled", self.shuffled),
            ("pretty", self.pretty),
            ("escapes", self.escapes),
            ("long", self.long),
            ("minimal", self.minimal),
        ]
    }
}

/// As of a day before every date in the payloads.
///
/// # Panics
///
/// Never: the text is an instant.
#[must_use]
pub fn options() -> Options {
    Options::at(
        "2026-01-15T12:00:00Z"
            .parse::<pipelint::Instant>()
            .expect("an instant"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipelint::{Checker, Severity};

    #[test]
    fn payloads_are_what_they_are_called() {
        let mut checker = Checker::new();
        for system in &SYSTEMS {
            for (kind, text) in system.valid() {
                let report = checker.check_str(system.contract, text, &options());
                // LeadLex's own sample names an amount and no currency.
                let worst = (system.name, kind) == ("leadlex", "sample");
                assert_eq!(
                    report.worst(),
                    worst.then_some(Severity::Info),
                    "{} {kind}",
                    system.name
                );
            }
            let report = checker.check_str(system.contract, system.invalid, &options());
            assert!(
                (6..=8).contains(&report.diagnostics().count()),
                "{}",
                system.name
            );
        }
    }

    /// A way that takes anything would be fast, and one that refuses everything faster.
    #[cfg(feature = "peers")]
    #[test]
    fn all_ways_agree() {
        for peer in peers::PEERS {
            for system in &SYSTEMS {
                let mut run = (peer.prepare)(system);
                for (kind, text) in system.valid() {
                    assert!(run(text), "{} refuses {} {kind}", peer.name, system.name);
                }
                let taken = run(system.invalid);
                assert_eq!(
                    taken, !peer.judges,
                    "{}: {} invalid",
                    peer.name, system.name
                );
            }
        }
        for speaker in peers::SPEAKERS {
            for system in &SYSTEMS {
                assert!(
                    (speaker.prepare)(system)(system.invalid) > 100,
                    "{}",
                    speaker.name
                );
            }
        }
    }
}
