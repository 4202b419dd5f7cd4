//! Which parts of a payload nobody may print.

use std::ops::Range;

use crate::contract::{Contract, Meaning, Schema};
use crate::document::STRANGER;
use crate::rules::place::member_schema;
use crate::values::{secret, texts};

use super::Report;

impl Report<'_> {
    /// The byte spans of the payload's credentials, and of what the options mask, in the order of
    /// the text. No renderer may print them.
    ///
    /// Of headers, every value counts that the contract does not know: a header's name can be
    /// misspelt, and others carry credentials too. Where a payload with credentials could not
    /// be read to its end, all that was not read counts.
    ///
    /// In every payload, what looks like a key or a token counts wherever it stands, whether or
    /// not a rule reports it. No span overlaps another.
    #[must_use]
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub fn secrets(&self) -> &[Range<usize>] {
        self.read().secrets.get_or_init(|| {
            let mut secrets = self.credentials();
            secrets.extend(secret::find(self.text()).map(|secret| secret.span));
            secrets.sort_unstable_by_key(|secret| secret.start);
            secrets.dedup_by(|next, before| {
                let overlaps = next.start < before.end;
                if overlaps {
                    before.end = before.end.max(next.end);
                }
                overlaps
            });
            secrets
        })
    }

    /// What is secret by its place, or by the options.
    fn credentials(&self) -> Vec<Range<usize>> {
        let mut secrets = Vec::new();
        if self.may_have_secrets() {
            let strangers = matches!(self.contract.root.meaning, Meaning::Headers);
            if let Some(root) = self.document().node(0)
                && !root.is_container()
            {
                secrets.push(root.start as usize..root.end as usize);
            }
            self.within(0, self.contract.root, strangers, &mut secrets);
            if self.document().stop.is_some() || self.document().nodes.is_empty() {
                let read = self.document().nodes.iter().map(|node| node.end).max();
                secrets.push(read.unwrap_or(0) as usize..self.bytes.len());
            }
        }
        secrets
    }

    /// Whether a part of the payload is, or touches, one that nobody may print.
    #[must_use]
    pub fn is_secret(&self, span: Range<usize>) -> bool {
        let secrets = self.secrets();
        let before = secrets.partition_point(|secret| secret.end <= span.start);
        secrets
            .get(before)
            .is_some_and(|secret| secret.start < span.end)
    }

    /// Whether a text repeats one of the secrets.
    pub(crate) fn repeats_a_secret(&self, text: &str) -> bool {
        self.secrets().iter().any(|span| {
            let secret = self.text().get(span.clone()).unwrap_or_default();
            let secret = secret.trim_matches('"');
            texts::last(text, secret).is_some()
        })
    }

    fn may_have_secrets(&self) -> bool {
        !self.mask().is_empty() || may_have(self.contract)
    }

    fn within(
        &self,
        at: u32,
        schema: &'static Schema,
        strangers: bool,
        secrets: &mut Vec<Range<usize>>,
    ) {
        for (child, node) in self.document().children(at) {
            let schema = member_schema(schema, node);
            let stranger = strangers && node.property == STRANGER;
            let masked = || {
                !self.mask().is_empty()
                    && self
                        .mask()
                        .hides(node.key(self.text()).as_deref(), &schema.meaning)
            };
            if matches!(schema.meaning, Meaning::Credential(_)) || stranger || masked() {
                let end = if node.end == 0 { node.start } else { node.end };
                secrets.push(node.start as usize..end as usize);
            } else {
                self.within(child, schema, strangers, secrets);
            }
        }
    }
}

fn may_have(contract: &Contract) -> bool {
    matches!(contract.root.meaning, Meaning::Headers) || holds(contract.root, &mut Vec::new())
}

/// Whether a schema, or one that it leads to, is a credential's. `seen` are those that were asked:
/// a schema can lead to itself.
fn holds(schema: &'static Schema, seen: &mut Vec<&'static Schema>) -> bool {
    if seen.iter().any(|known| std::ptr::eq(*known, schema)) {
        return false;
    }
    seen.push(schema);
    let properties = schema.object.map_or(&[][..], |object| object.properties);
    matches!(schema.meaning, Meaning::Credential(_))
        || properties
            .iter()
            .any(|property| holds(property.schema, seen))
        || schema
            .array
            .and_then(|array| array.items)
            .is_some_and(|items| holds(items, seen))
}
