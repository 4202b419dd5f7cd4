//! Findings in words, before their turn has come to be written.

use serde::Serialize;

use crate::findings::Findings;

use super::sarif::Descriptor;
use super::{At, json_escape};

/// Puts findings into words, wherever they were found.
pub(crate) trait Emitter: Send {
    /// Adds the findings in one payload; there is at least one.
    fn report(&self, part: &mut Part, at: At<'_>, found: &Findings<'_>);
}

/// What was found in some payloads of one input, in the words of one format.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub(super) text: Vec<u8>,
    /// What the text lacks: what depends on all that was found before. By the places where it
    /// belongs, in their order.
    pub(super) gaps: Vec<(usize, Placeholder)>,
    /// How many findings there are.
    pub(super) findings: u64,
    /// How many of them fail the check.
    pub(super) failures: u64,
}

/// What only the renderer knows.
#[derive(Debug)]
pub(super) enum Placeholder {
    /// What the finding with these marks is called.
    Name(u64),
    /// The place of the rule among those that are written.
    Rule(Descriptor),
}

impl Part {
    pub(crate) fn is_empty(&self) -> bool {
        self.findings == 0
    }

    /// How much memory the text takes.
    pub(crate) fn size(&self) -> usize {
        self.text.len()
    }

    /// Forgets everything, but keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.gaps.clear();
        (self.findings, self.failures) = (0, 0);
    }

    /// Gives memory back that only extraordinary findings needed.
    pub(crate) fn shrink(&mut self, most: usize) {
        self.text.shrink_to(most);
    }

    /// Adds a value as JSON.
    pub(super) fn json(&mut self, value: &impl Serialize) {
        // Memory takes everything, and no value here refuses to be written.
        let _ = json_escape::write(&mut self.text, value);
    }

    /// Adds the properties of an object, without its braces.
    pub(super) fn properties(&mut self, value: &serde_json::Value) {
        let mut text = Vec::new();
        // Memory takes everything.
        let _ = json_escape::write(&mut text, value);
        let inner = text.get(1..text.len() - 1).unwrap_or_default();
        self.text.extend_from_slice(inner);
    }

    /// Leaves something out that belongs here.
    pub(super) fn gap(&mut self, gap: Placeholder) {
        self.gaps.push((self.text.len(), gap));
    }

    /// The text between the gaps, each piece with the gap after it.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&[u8], Option<&Placeholder>)> {
        let mut start = 0;
        let gaps = self.gaps.iter().map(|(at, gap)| (*at, Some(gap)));
        gaps.chain([(self.text.len(), None)]).map(move |(at, gap)| {
            let from = std::mem::replace(&mut start, at);
            (self.text.get(from..at).unwrap_or_default(), gap)
        })
    }
}
