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
    /// The name of the next finding with these marks, which no other finding of this run has. Of
    /// findings with the same marks, it counts which one this is.
    pub(super) fn name(&mut self, marks: u64) -> u64 {
        let times = self.given.entry(marks).or_default();
        *times += 1;
        if *times > 1 {
            hash(marks, &times.to_le_bytes())
        } else {
            marks
        }
    }
}

/// What tells a finding from most others: the file, the rule, the pointer and what the baseline
/// knows a value by.
pub(super) fn marks(file: &str, finding: &Finding<'_>, report: &Report<'_>) -> u64 {
    let parts = [
        file,
        finding.rule(),
        &finding.pointer(),
        &fingerprint(report, finding.span()),
    ];
    parts
        .iter()
        .fold(FNV, |name, part| hash(hash(name, part.as_bytes()), &[0]))
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits: the same on every system and in every version.
fn hash(before: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(before, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
