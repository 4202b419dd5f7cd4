//! Dispatch: finds the rules for a set of facts.
//!
//! The tables are worked out from the roles of all rules when the crate is compiled, so that a
//! fact costs the rules that it calls, and no others.

use crate::contract::{Facts, Meaning, Meanings, Schema};
use crate::lint::{Role, Rule};
use crate::rules::GROUPS;

/// For each meaning, the facts that call some rule.
static GATES: [Facts; Meanings::COUNT] = gates();
#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn gates() -> [Facts; Meanings::COUNT] {
    let mut gates = [Facts::NONE; Meanings::COUNT];
    let mut group = 0;
    while group < GROUPS.len() {
        let mut rule = 0;
        while rule < GROUPS[group].len() {
            if let Role::Value { meanings, when, .. } = GROUPS[group][rule].role {
                let mut meaning = 0;
                while meaning < Meanings::COUNT {
                    if meanings.has(meaning) {
                        gates[meaning] = gates[meaning].or(when);
                    }
                    meaning += 1;
                }
            }
            rule += 1;
        }
        group += 1;
    }
    gates
}

/// The facts that call some rule when a value has them, for values with that meaning.
#[allow(
    clippy::indexing_slicing,
    reason = "every meaning has a number below the table's size"
)]
pub(crate) const fn gate(meaning: &Meaning<'_>) -> Facts {
    GATES[meaning.number()]
}

/// The same of a meaning's number.
#[inline(always)]
pub(crate) fn gate_of(meaning: usize) -> Facts {
    GATES.get(meaning).copied().unwrap_or(Facts::NONE)
}

/// Whether these facts about one value call some rule.
#[inline(always)]
pub(crate) fn calls_a_rule(facts: Facts, schema: &Schema<'_>) -> bool {
    facts.meets(gate_of(schema.meaning.number()))
}

/// The number of rules.
const COUNT: usize = count();
/// Every rule, in the order of [`GROUPS`].
static RULES: [&Rule; COUNT] = rules();
/// For each fact, the rules about one value that it calls.
static BY_FACT: [Set; 64] = by_fact();
/// For each meaning, the rules that know of it.
static BY_MEANING: [Set; Meanings::COUNT] = by_meaning();
/// For each meaning, the rules that may add help to other rules' diagnostics, by their places in
/// [`RULES`]; what occurs nowhere fills the rest.
static ADVISERS: [[u8; ADVISERS_MOST]; Meanings::COUNT] = advisers_by_meaning();
const ADVISERS_MOST: usize = 6;
/// The rules about the values of an object together.
static TOGETHER: [Together; TOGETHER_COUNT] = together();
const TOGETHER_COUNT: usize = together_count();

/// What calls a rule about the values of an object together.
#[derive(Clone, Copy)]
struct Together {
    /// The facts that must be there.
    when: Facts,
    /// The facts that must not.
    unless: Facts,
    /// The rule's place in [`RULES`].
    rule: u16,
}

/// A set of rules, by their places in [`RULES`].
#[derive(Clone, Copy)]
struct Set([u64; WORDS]);

const WORDS: usize = COUNT.div_ceil(64);

impl Set {
    const EMPTY: Self = Self([0; WORDS]);

    #[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
    const fn with(mut self, rule: usize) -> Self {
        self.0[rule / 64] |= 1 << (rule % 64);
        self
    }

    fn add(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// The rules, in the order of [`GROUPS`].
    fn rules(mut self) -> impl Iterator<Item = &'static Rule> {
        std::iter::from_fn(move || {
            for (place, word) in self.0.iter_mut().enumerate() {
                if *word != 0 {
                    let bit = word.trailing_zeros() as usize;
                    *word &= *word - 1;
                    return RULES.get(place * 64 + bit).copied();
                }
            }
            None
        })
    }
}

/// The places of the bits of a word.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

/// The rules that these facts about one value with that meaning call, in the order of [`GROUPS`].
pub(crate) fn about_value(facts: Facts, meaning: usize) -> impl Iterator<Item = &'static Rule> {
    let mut called = Set::EMPTY;
    for fact in Bits(facts.bits() & gate_of(meaning).bits()) {
        if let Some(rules) = BY_FACT.get(fact) {
            called.add(rules);
        }
    }
    called.keep(BY_MEANING.get(meaning).unwrap_or(&Set::EMPTY));
    called.rules()
}

/// The rules that may add help to another rule's diagnostic of a value with that meaning, in the
/// order of [`GROUPS`].
pub(crate) fn advisers(meaning: &Meaning<'_>) -> impl Iterator<Item = &'static Rule> {
    let rules = ADVISERS.get(meaning.number()).into_iter().flatten();
    rules.map_while(|rule| RULES.get(usize::from(*rule)).copied())
}

/// The rules that these facts about the values of an object together call, in the order of
/// [`GROUPS`].
pub(crate) fn about_object(facts: Facts) -> impl Iterator<Item = &'static Rule> {
    TOGETHER
        .iter()
        .filter(move |call| facts.holds(call.when) && !facts.meets(call.unless))
        .filter_map(|call| RULES.get(usize::from(call.rule)).copied())
}

/// For each rule about the values of an object together, the facts that must be there for it to
/// be called, and those that must not.
pub(crate) fn together_when() -> impl Iterator<Item = (Facts, Facts)> {
    TOGETHER.iter().map(|call| (call.when, call.unless))
}

/// Whether these facts about the values of an object together call some rule.
#[inline]
pub(crate) fn calls_an_object_rule(facts: Facts) -> bool {
    facts.meets(RAREST)
        && TOGETHER
            .iter()
            .any(|call| facts.holds(call.when) && !facts.meets(call.unless))
}

/// For each rule about the values of an object together, the first fact that it needs: without
/// one of them, no rule is called.
#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const RAREST: Facts = {
    let (mut rarest, mut call) = (Facts::NONE, 0);
    while call < TOGETHER_COUNT {
        let first = TOGETHER[call].when.first();
        assert!(
            first.bits() != 0,
            "a rule that needs no fact would never be called"
        );
        rarest = rarest.or(first);
        call += 1;
    }
    rarest
};

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn count() -> usize {
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        count += GROUPS[group].len();
        group += 1;
    }
    count
}

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn rules() -> [&'static Rule; COUNT] {
    let mut rules = [GROUPS[0][0]; COUNT];
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut rule = 0;
        while rule < GROUPS[group].len() {
            rules[count] = GROUPS[group][rule];
            count += 1;
            rule += 1;
        }
        group += 1;
    }
    rules
}

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn by_fact() -> [Set; 64] {
    let mut table = [Set::EMPTY; 64];
    let mut rule = 0;
    while rule < COUNT {
        if let Role::Value { when, .. } = RULES[rule].role {
            let mut fact = 0;
            while fact < 64 {
                if when.bits() >> fact & 1 != 0 {
                    table[fact] = table[fact].with(rule);
                }
                fact += 1;
            }
        }
        rule += 1;
    }
    table
}

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn by_meaning() -> [Set; Meanings::COUNT] {
    let mut table = [Set::EMPTY; Meanings::COUNT];
    let mut rule = 0;
    while rule < COUNT {
        if let Role::Value { meanings, .. } = RULES[rule].role {
            table = add(table, rule, meanings);
        }
        rule += 1;
    }
    table
}

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn advisers_by_meaning() -> [[u8; ADVISERS_MOST]; Meanings::COUNT] {
    assert!(
        COUNT <= u8::MAX as usize,
        "no place may stand for a rule and for none"
    );
    let mut table = [[u8::MAX; ADVISERS_MOST]; Meanings::COUNT];
    let mut meaning = 0;
    while meaning < Meanings::COUNT {
        let (mut known, mut rule) = (0, 0);
        while rule < COUNT {
            if RULES[rule].advised().has(meaning) {
                table[meaning][known] = rule as u8;
                known += 1;
            }
            rule += 1;
        }
        meaning += 1;
    }
    table
}

/// The table with a rule added to each of these meanings.
#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn add(
    mut table: [Set; Meanings::COUNT],
    rule: usize,
    meanings: Meanings,
) -> [Set; Meanings::COUNT] {
    let mut meaning = 0;
    while meaning < Meanings::COUNT {
        if meanings.has(meaning) {
            table[meaning] = table[meaning].with(rule);
        }
        meaning += 1;
    }
    table
}

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn together_count() -> usize {
    let (mut count, mut rule) = (0, 0);
    while rule < COUNT {
        count += matches!(RULES[rule].role, Role::Object { .. }) as usize;
        rule += 1;
    }
    count
}

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn together() -> [Together; TOGETHER_COUNT] {
    let mut calls = [Together {
        when: Facts::NONE,
        unless: Facts::NONE,
        rule: 0,
    }; TOGETHER_COUNT];
    let (mut count, mut rule) = (0, 0);
    while rule < COUNT {
        if let Role::Object { when, unless, .. } = RULES[rule].role {
            calls[count] = Together {
                when,
                unless,
                rule: rule as u16,
            };
            count += 1;
        }
        rule += 1;
    }
    calls
}

/// The facts that a rule about an object's values together wants to hear of.
#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
pub(crate) const WANTED_TOGETHER: Facts = {
    let (mut wanted, mut call) = (Facts::NONE, 0);
    while call < TOGETHER_COUNT {
        wanted = wanted.or(TOGETHER[call].when).or(TOGETHER[call].unless);
        call += 1;
    }
    wanted
};
