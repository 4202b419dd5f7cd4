//! What tells one finding from another, from one run to the next.

use std::collections::HashMap;

use pipelint::Report;
use pipelint_config::fingerprint;

use crate::findings::Finding;

/// Names findings so that they keep their names when lines move.
#[derive(Debug, Default)]
pub(super) struct Identities {
    /// How often a name was given.
    given: HashMap<u64, u64>,
}

impl Identities {
    /// The name of a finding: sixteen hexadecimal digits that no other finding of this run has.
    /// It is made of the file, the rule, the pointer and what the baseline knows a value by; of
    /// findings in which all of these are the same, it counts which one this is.
    pub(super) fn name(
        &mut self,
        file: &str,
        finding: &Finding<'_>,
        report: &Report<'_>,
    ) -> String {
        let parts = [
            file,
            finding.rule(),
            &finding.pointer(),
            &fingerprint(report, finding.span()),
        ];
        let mut name = FNV;
        for part in parts {
            name = hash(name, part.as_bytes());
            name = hash(name, &[0]);
        }
        let times = self.given.entry(name).or_default();
        *times += 1;
        if *times > 1 {
            name = hash(name, &times.to_le_bytes());
        }
        format!("{name:016x}")
    }
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits: the same on every system and in every version.
fn hash(before: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(before, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
