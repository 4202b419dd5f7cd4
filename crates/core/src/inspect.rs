//! The glance: what is told of a value in passing, while the scanner has it in hand.
//!
//! A glance holds a value against its contract and gathers the facts about it. Where nothing has to
//! be said, which is nearly always, nothing is kept of it. Where something may, a
//! [doubt](crate::document::Candidate) is kept, and [`verdict`](crate::run_rules) asks the rules.

use crate::contract::{Format, Object, Property, Schema, check};
use crate::document::{Token, flag};
use crate::rules::{Facts, Rule, classify, dispatch, schema as rules};
use crate::values::bytes;
use crate::values::datetime::Instant;

/// What a glance at a value has told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inspection {
    /// The facts, some of which count for the object around the value.
    pub(crate) facts: Facts,
    /// The rule of the contract that the value breaks, and that lets others be asked.
    pub(crate) broken: Option<&'static Rule>,
    /// Whether something may have to be said of the value.
    pub(crate) doubt: bool,
}

/// Glances at one value. The error is the rule of the contract that the value breaks so that
/// nothing else can be told of it.
#[cfg_attr(not(pipelint_module), inline(always))]
#[cfg_attr(pipelint_module, inline(never))]
pub(crate) fn inspect(
    token: Token<'_>,
    schema: &'static Schema,
    now: &Instant,
) -> Result<Inspection, &'static Rule> {
    let broken = check::value(token, schema);
    if let Some(rule) = broken
        && !rules::leaves_the_value_to_be_judged(rule)
    {
        return Err(rule);
    }
    let wrong_form = Err(broken.unwrap_or(&rules::format::RULE));
    let format = check::format(token, schema);
    let look_reads_it =
        format == Some(Format::DateTime) && classify::reads_date_times(&schema.meaning);
    if let Some(format) = format
        && !look_reads_it
        && !check::has_form(token, format)
    {
        return wrong_form;
    }
    let facts = classify::classify(token, schema, now);
    if look_reads_it {
        // It has read something only if that is no blank and has no escapes.
        let form_is_kept = if facts.meets(Facts::BLANK.or(Facts::ESCAPED)) {
            check::has_form(token, Format::DateTime)
        } else {
            !facts.meets(Facts::NOT_A_DATE)
        };
        if !form_is_kept {
            return wrong_form;
        }
    }
    Ok(Inspection {
        facts,
        broken,
        doubt: broken.is_some() || classify::calls_a_rule(facts, schema),
    })
}

/// Whether two strings of a list may be the same but for the case of ASCII letters. Each string
/// takes one of 64 places; the same string takes the same place.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DuplicateFilter {
    places: u64,
    pub(crate) found: bool,
}

impl DuplicateFilter {
    /// Adds a string, by its text between the quotes and its flags.
    #[inline]
    pub(crate) fn add(&mut self, inner: &[u8], flags: u8) {
        const LOWER: u64 = u64::from_le_bytes([0x20; 8]);
        let word = match bytes::word(inner) {
            Some(word) => word | LOWER,
            None => (bytes::lead(inner) | LOWER) ^ (bytes::tail(inner) | LOWER).rotate_left(23),
        };
        let mixed = (word ^ inner.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = 1 << (mixed >> 58);
        self.found |= self.places & place != 0 || flags & flag::ESCAPED != 0;
        self.places |= place;
    }
}

/// A set of properties of one object.
#[derive(Debug, Clone, Copy, Default)]
struct Set {
    /// The properties 0 to 63.
    low: u64,
    /// The properties 64 to 127.
    high: u64,
}

impl Set {
    /// Adds a property; says whether it was there before.
    #[inline(always)]
    fn add(&mut self, index: u8) -> bool {
        if index >= 64 {
            return Self::put(&mut self.high, index);
        }
        let bit = 1u64 << index;
        let again = self.low & bit != 0;
        self.low |= bit;
        again
    }

    /// Few objects have so many properties.
    #[cold]
    #[inline(never)]
    fn put(word: &mut u64, index: u8) -> bool {
        let before = *word;
        *word |= 1u64 << (index & 63);
        before == *word
    }
}

/// What the values of one object tell together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Together {
    /// The properties that are there.
    seen: Set,
    /// The properties for which another name is there.
    aliased: Set,
    facts: Facts,
}

impl Together {
    /// Adds a value; says whether its property was there before.
    #[inline(always)]
    pub(crate) fn add(&mut self, index: u8, property: &Property, facts: Facts) -> bool {
        self.facts = self.facts | facts;
        if let Some(target) = property.alias_of {
            self.aliased.add(target);
        }
        self.seen.add(index)
    }

    /// The facts about the object's values together.
    #[inline]
    pub(crate) fn facts(&self) -> Facts {
        let both = (self.aliased.low & self.seen.low) | (self.aliased.high & self.seen.high);
        self.facts | Facts::ALIAS.when(both != 0)
    }

    /// The properties that the contract requires and that are not there, as the low and the high
    /// half of a bit set.
    #[inline]
    pub(crate) fn missing(&self, known: &Object) -> [u64; 2] {
        let required = known.required;
        [
            required as u64 & !self.seen.low,
            (required >> 64) as u64 & !self.seen.high,
        ]
    }

    /// Whether something may have to be said of the object as a whole.
    #[inline]
    pub(crate) fn is_doubtful(&self, known: &Object) -> bool {
        self.missing(known) != [0; 2] || dispatch::calls_an_object_rule(self.facts())
    }
}
