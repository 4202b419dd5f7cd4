//! The parts of a payload that must not be printed.

use std::ops::Range;

use crate::contract::{Contract, Meaning, Schema};
use crate::document::{Kind, Node, Text, UNKNOWN_PROPERTY};
use crate::lint::member_schema;
use crate::rules::RuleContext;
use crate::rules::classify::{LONG, has_long_run};
use crate::values::{secret, str_ext};

use super::Report;

/// A value that is not searched for credentials again at each diagnostic about it.
const LONG_VALUE: usize = 1 << 10;

impl Report<'_> {
    /// The byte spans of the payload's credentials, and of what the options mask, in the order of
    /// the text. No renderer may print them.
    ///
    /// Of headers, every value counts that the contract does not know: a header's name can be
    /// misspelt, and others carry credentials too. Where a payload with credentials could not
    /// be read to its end, all that was not read counts.
    ///
    /// In every payload, what looks like a key or a token counts, in values and in keys, however
    /// it is escaped and whether or not a rule reports it; and so does the value of a property
    /// whose name says that it holds a credential, such as `password` or `api_key`. No span
    /// overlaps another.
    #[must_use]
    #[cfg_attr(pipelint_module, optimize(speed))]
    pub fn secrets(&self) -> &[Range<usize>] {
        self.secrets.get_or_init(|| self.find())
    }

    fn find(&self) -> Vec<Range<usize>> {
        let (document, mut secrets) = (self.document(), Vec::new());
        let strangers = matches!(self.contract.root.meaning, Meaning::Headers);
        let whole_text = document.stop.is_some() || document.nodes.is_empty();
        let scalar = document.node(0).filter(|root| !root.is_container());
        // What holds no other value, or was not read to its end, is not gone through below.
        if (scalar.is_some() || whole_text) && self.may_have_secrets() {
            if let Some(root) = scalar {
                secrets.push(root.start as usize..root.end as usize);
            }
            if whole_text {
                let read = document.nodes.iter().map(|node| node.end).max();
                secrets.push(read.unwrap_or(0) as usize..self.bytes.len());
            }
        }
        let text = self.text();
        self.within(text, 0, self.contract.root, strangers, &mut secrets);
        if whole_text {
            tokens(text, 0, &mut secrets);
            for span in secret::named(text) {
                add(&mut secrets, span);
            }
        } else if let Some(root) = document.node(0) {
            strings(root, text.into(), &mut secrets);
        }
        merge(&mut secrets, 0);
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

    /// Whether a part of the value at a place, or of its key, is or touches a secret; what its
    /// schema's meaning makes of it is left to who asks.
    pub(crate) fn is_secret_at(&self, place: &RuleContext<'_>, span: Range<usize>) -> bool {
        let node = place.node();
        let length = node.end.saturating_sub(node.start) as usize;
        // The quotes count in the value alone.
        let is_short = length.saturating_sub(2).max(node.key_length as usize) < LONG;
        let is_by_itself = !node.is_container()
            && self.mask().is_empty()
            && !matches!(self.contract.root.meaning, Meaning::Headers)
            && self.document().stop.is_none();
        if is_by_itself && is_short {
            return false;
        }
        // A member of the payload itself is in nothing that may be a secret as a whole.
        // What is long is searched once for all diagnostics about it.
        let is_long = length > LONG_VALUE;
        if !is_by_itself || is_long || !matches!(place.parent, Some((0, _))) {
            return self.is_secret(span);
        }
        let mut own = Vec::new();
        strings(node, place.text, &mut own);
        own.iter()
            .any(|secret| secret.start < span.end && secret.end > span.start)
    }

    /// Whether the value under a key, or in a list, must not be shown: the options mask it, or the
    /// key is a name for credentials.
    pub(crate) fn hides(&self, key: Option<&str>, meaning: &Meaning) -> bool {
        // What is said of a credential in its own header repeats none of it.
        let is_credential = matches!(meaning, Meaning::Credential(_));
        !is_credential && key.is_some_and(secret::is_name) || self.mask().hides(key, meaning)
    }

    /// Whether a text repeats one of the secrets.
    pub(crate) fn repeats_a_secret(&self, text: &str) -> bool {
        self.secrets().iter().any(|span| {
            let secret = self.text().get(span.clone()).unwrap_or_default();
            let secret = secret.trim_matches('"');
            str_ext::last(text, secret).is_some()
        })
    }

    fn may_have_secrets(&self) -> bool {
        !self.mask().is_empty() || may_have(self.contract)
    }

    fn within(
        &self,
        text: &str,
        at: u32,
        schema: &Schema<'_>,
        strangers: bool,
        secrets: &mut Vec<Range<usize>>,
    ) {
        for (child, node) in self.document().children(at) {
            let schema = member_schema(schema, node);
            let stranger = strangers && node.property == UNKNOWN_PROPERTY;
            let hidden = || self.hides(node.key(text).as_deref(), &schema.meaning);
            if matches!(schema.meaning, Meaning::Credential(_)) || stranger || hidden() {
                let end = if node.end == 0 { node.start } else { node.end };
                add(secrets, node.start as usize..end as usize);
            } else if node.is_container() {
                self.within(text, child, schema, strangers, secrets);
            }
            if node.key_length.max(node.end.saturating_sub(node.start)) as usize >= LONG {
                strings(node, text.into(), secrets);
            }
        }
    }
}

/// More spans than this are not kept: neighbours are joined, and what is between them is hidden
/// with them.
const MOST: usize = 1 << 15;

/// Adds a span, in about constant memory.
fn add(secrets: &mut Vec<Range<usize>>, span: Range<usize>) {
    if secrets.len() >= MOST {
        merge(secrets, 0);
        let mut apart = 16;
        while secrets.len() > MOST / 2 {
            merge(secrets, apart);
            apart *= 2;
        }
    }
    secrets.push(span);
}

/// Puts spans in the order of the text, and joins those that overlap or are less than that apart.
fn merge(secrets: &mut Vec<Range<usize>>, apart: usize) {
    secrets.sort_unstable_by_key(|secret| secret.start);
    secrets.dedup_by(|next, before| {
        let joined = next.start < before.end + apart;
        if joined {
            before.end = before.end.max(next.end);
        }
        joined
    });
}

/// The keys and tokens in a string, and in the value's own key.
fn strings(node: &Node, text: Text<'_>, secrets: &mut Vec<Range<usize>>) {
    let at = |start: u32, part: &str, secrets: &mut _| {
        if part.len() >= LONG && has_long_run(part.as_bytes()) {
            tokens(part, start as usize + 1, secrets);
        }
    };
    // A key that the contract knows holds none.
    if node.property == UNKNOWN_PROPERTY
        && let Some(key) = node.raw_key(text)
    {
        at(node.key, key, secrets);
    }
    if node.kind == Kind::String {
        at(node.start, node.inner(text), secrets);
    }
}

/// What looks like a key or a token; `start` is where the part starts in the payload.
fn tokens(part: &str, start: usize, secrets: &mut Vec<Range<usize>>) {
    for secret in secret::find(part) {
        add(secrets, start + secret.span.start..start + secret.span.end);
    }
}

fn may_have<'c>(contract: &'c Contract<'c>) -> bool {
    matches!(contract.root.meaning, Meaning::Headers) || holds(contract.root, &mut Vec::new())
}

/// Whether a schema, or one that it leads to, is a credential's. `seen` are those that were asked:
/// a schema can lead to itself.
fn holds<'c>(schema: &'c Schema<'c>, seen: &mut Vec<&'c Schema<'c>>) -> bool {
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
