//! Violations of the [`Policy`].

use crate::contract::{Contract, Meaning, Schema, Unit};
use crate::document::{Document, Kind};
use crate::lint::Findings;
use crate::lint::Level;
use crate::lint::Policy;
use crate::messages::Text;
use crate::messages::param;
use crate::options::Options;
use crate::values::currency::minor_units;
use crate::values::nearest::nearest;
use crate::values::str_ext;

use super::{Applicability, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, replacement};
use crate::lint::member_schema;

pub(crate) mod currency;
pub(crate) mod unknown_choice;
pub(crate) mod unknown_owner;
pub(crate) mod unknown_pipeline;
pub(crate) mod unknown_stage;
pub(crate) mod value_out_of_range;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &unknown_stage::RULE,
    &unknown_pipeline::RULE,
    &unknown_choice::RULE,
    &unknown_owner::RULE,
    &currency::RULE,
    &value_out_of_range::RULE,
];

/// Asks the rules of this group about every value, after all others. A value that has an error
/// already is left alone: one fault, one diagnostic.
///
/// Only what is sent is judged; what a system answers is not the sender's to choose.
#[cold]
pub(crate) fn judge(
    document: &Document,
    text: crate::document::Text<'_>,
    contract: &Contract<'_>,
    options: &Options,
    policy: &Policy,
    findings: &mut Findings,
) {
    if !contract.part.is_sent() {
        return;
    }
    let mut settled: Vec<u32> = findings
        .iter()
        .filter(|finding| {
            let own = Level::At(finding.severity);
            options.levels.of(finding.rule).unwrap_or(own) == Level::At(Severity::Error)
        })
        .map(|finding| finding.node)
        .collect();
    settled.sort_unstable();
    let walk = Walk {
        place: RuleContext::of_root(document, text, contract, options.now, policy),
        settled: &settled,
    };
    walk.within(0, contract.root, findings);
}

struct Walk<'a> {
    /// What all places have in common.
    place: RuleContext<'a>,
    /// The values that have an error, in order.
    settled: &'a [u32],
}

impl<'a> Walk<'a> {
    fn within(&self, at: u32, schema: &'a Schema<'a>, findings: &mut Findings) {
        for (child, node) in self.place.document.children(at) {
            let within = member_schema(schema, node);
            let place = RuleContext {
                node: child,
                schema: within,
                parent: Some((at, schema)),
                ..self.place
            };
            if self.settled.binary_search(&child).is_err() {
                ask(&place, findings);
            }
            if matches!(node.kind, Kind::Array | Kind::Object) {
                self.within(child, within, findings);
            }
        }
    }
}

/// Asks the rules of this group about one value.
pub(crate) fn ask(place: &RuleContext<'_>, findings: &mut Findings) {
    for rule in RULES {
        if let Role::Policy { meanings, check } = rule.role
            && meanings.contains(&place.schema.meaning)
        {
            let facts = super::Facts::NONE;
            check(
                place,
                &mut Sink {
                    findings,
                    rule,
                    facts,
                },
            );
        }
    }
}

/// Whether a string is one of the policy's words. A policy without words has nothing to say; space
/// around a word is another rule's matter; and what is not a string is the contract's.
pub(crate) fn is_ours(place: &RuleContext<'_>, words: &[String]) -> bool {
    words.is_empty() || place.node().kind != Kind::String || {
        let value = place.value();
        words.iter().any(|word| word == value.trim())
    }
}

/// The texts of a rule about a word that is none of the policy's.
pub(crate) struct Texts {
    pub(crate) message: Text,
    /// With {allowed}: nothing is near.
    pub(crate) help: Text,
    /// With {nearest}.
    pub(crate) nearest: Text,
    pub(crate) fix: Text,
}

/// Words listed in a help text.
const LISTED: usize = 10;

/// Writes the first words of a list, for a help text.
pub(crate) fn listed(words: &[String], out: &mut String) {
    str_ext::list(words.iter().take(LISTED), out, |word, out| {
        out.push_str(word);
    });
    if words.len() > LISTED {
        out.push_str(", …");
    }
}

/// Names the word that was meant, and offers it where only the case differs.
pub(crate) fn explain(
    place: &RuleContext<'_>,
    words: &[String],
    texts: &Texts,
    applicability: Applicability,
    said: &mut MessageBuilder<'_>,
) {
    said.message(texts.message);
    let value = place.value();
    let value = value.trim();
    let mut twins = words.iter().filter(|word| word.eq_ignore_ascii_case(value));
    let twin = twins.next();
    let near = || nearest(value, words.iter().map(String::as_str));
    let Some(word) = twin.map(String::as_str).or_else(near) else {
        said.help(texts.help)
            .written(param::ALLOWED, |out| listed(words, out));
        return;
    };
    said.help(texts.nearest).copy(param::NEAREST, word);
    // Two words that differ by case only leave it open which is meant.
    if twin.is_some() && twins.next().is_none() {
        said.fix(
            texts.fix,
            applicability,
            replacement::replace(place, replacement::quoted(word)),
        );
    }
}

/// The power of ten between a whole unit of a currency and the unit of the amount there.
pub(crate) fn power(place: &RuleContext<'_>) -> i16 {
    let Meaning::Money(money) = place.schema.meaning else {
        return 0;
    };
    if money.unit == Unit::Major {
        return 0;
    }
    let written = money
        .currency_in
        .and_then(|property| place.sibling(property))
        .filter(|code| code.node().kind == Kind::String);
    let units = match &written {
        Some(code) => minor_units(&code.value()),
        None => minor_units(money.currency_is),
    };
    i16::from(units.unwrap_or(2))
}
