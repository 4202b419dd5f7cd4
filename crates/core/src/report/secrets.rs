//! Which parts of a payload nobody may print.

use std::ops::Range;

use crate::contract::{Contract, Meaning, Schema};
use crate::document::{Document, STRANGER};
use crate::rules::place::member_schema;

use super::Report;

impl Report<'_> {
    /// The byte spans of the payload's credentials, in the order of the text. No renderer may
    /// print them.
    ///
    /// Of headers, every value counts that the contract does not know: a header's name can be
    /// misspelt, and others carry credentials too. Where a payload with credentials could not
    /// be read to its end, all that was not read counts.
    #[must_use]
    pub fn secrets(&self) -> Vec<Range<usize>> {
        let mut secrets = Vec::new();
        if may_have(self.contract) {
            let strangers = matches!(self.contract.root.meaning, Meaning::Headers);
            if let Some(root) = self.document.node(0)
                && !root.is_container()
            {
                secrets.push(root.start as usize..root.end as usize);
            }
            within(
                &self.document,
                0,
                self.contract.root,
                strangers,
                &mut secrets,
            );
            if self.document.stop.is_some() || self.document.nodes.is_empty() {
                let read = self.document.nodes.iter().map(|node| node.end).max();
                secrets.push(read.unwrap_or(0) as usize..self.bytes.len());
            }
        }
        secrets
    }

    /// Whether a part of the payload is, or touches, one that nobody may print.
    pub(crate) fn is_secret(&self, span: Range<usize>) -> bool {
        may_have(self.contract)
            && self
                .secrets()
                .iter()
                .any(|secret| secret.start < span.end && span.start < secret.end)
    }
}

fn may_have(contract: &Contract) -> bool {
    matches!(contract.root.meaning, Meaning::Headers) || holds(contract.root)
}

fn holds(schema: &'static Schema) -> bool {
    let properties = schema.object.map_or(&[][..], |object| object.properties);
    matches!(schema.meaning, Meaning::Credential(_))
        || properties.iter().any(|property| holds(property.schema))
        || schema
            .array
            .and_then(|array| array.items)
            .is_some_and(holds)
}

fn within(
    document: &Document,
    at: u32,
    schema: &'static Schema,
    strangers: bool,
    secrets: &mut Vec<Range<usize>>,
) {
    for (child, node) in document.children(at) {
        let schema = member_schema(schema, node);
        let stranger = strangers && node.property == STRANGER;
        if matches!(schema.meaning, Meaning::Credential(_)) || stranger {
            let end = if node.end == 0 { node.start } else { node.end };
            secrets.push(node.start as usize..end as usize);
        } else {
            within(document, child, schema, strangers, secrets);
        }
    }
}
