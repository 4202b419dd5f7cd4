//! Holds a configuration against the table.

use std::ops::Range;

use pipelint::contract::Part;
use pipelint::values::nearest::nearest;
use pipelint::{Amount, Instant, payloads};

use crate::glob::Glob;
use crate::node::{Entry, Node, Value};
use crate::problem::{Fault, Problem, position};
use crate::table::{CONFIG, DECIMALS, Key, Shape, WHOLE_DIGITS, Word};

/// The most problems that are collected. Each has its line and column, so that a file of a million
/// unknown keys would take its size a million times.
const MOST: usize = 100;

/// The most words that a problem lists.
const FEW: usize = 5;

/// All that is wrong.
pub(crate) fn check(node: &Node, text: Option<&str>) -> Vec<Problem> {
    let mut check = Check {
        text,
        path: Vec::new(),
        problems: Vec::new(),
        own_payloads: own_payloads(node),
    };
    check.value(node, &CONFIG);
    check.crossed(node);
    check.problems.sort_by_key(|problem| problem.at);
    check.problems
}

struct Check<'t> {
    text: Option<&'t str>,
    path: Vec<String>,
    problems: Vec<Problem>,
    /// The names of the configuration's own payloads.
    own_payloads: Vec<String>,
}

impl Check<'_> {
    fn problem(&mut self, span: Option<&Range<usize>>, fault: Fault, nearest: Option<String>) {
        if self.problems.len() >= MOST {
            return;
        }
        self.problems.push(Problem {
            at: self.text.zip(span).map(|(text, span)| position(text, span)),
            key: self.key(),
            fault,
            nearest,
        });
    }

    /// The keys that lead to the current value, as TOML writes them: `files."*.json"`.
    fn key(&self) -> String {
        let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let keys = self.path.iter().map(|key| {
            if !key.is_empty() && key.bytes().all(is_bare) {
                key.clone()
            } else {
                format!("{key:?}")
            }
        });
        keys.collect::<Vec<_>>().join(".")
    }

    fn value(&mut self, node: &Node, shape: &Shape) {
        let span = node.span.as_ref();
        match (shape, &node.value) {
            (Shape::Table(keys), Value::Table(entries)) => self.table(node, keys, entries),
            (Shape::Map(word, shape), Value::Table(entries)) => {
                for entry in entries {
                    self.path.push(entry.key.clone());
                    self.word(*word, &entry.key, entry.key_span.as_ref());
                    self.value(&entry.node, shape);
                    self.path.pop();
                }
            }
            (Shape::List(least, shape), Value::List(items)) => {
                if items.len() < *least {
                    self.problem(span, Fault::EmptyList, None);
                }
                for (number, item) in items.iter().enumerate() {
                    self.path.push(number.to_string());
                    self.value(item, shape);
                    self.path.pop();
                }
            }
            (Shape::Text(word), Value::Text(text)) => self.word(*word, text, span),
            (Shape::Whole(least, most), Value::Number(text)) => {
                let (least, most) = (*least, *most);
                let number = text.parse::<i64>().ok();
                if !number.is_some_and(|number| (least.into()..=most.into()).contains(&number)) {
                    self.problem(span, Fault::OutOfRange { least, most }, None);
                }
            }
            (Shape::Amount, Value::Number(text) | Value::Text(text)) => {
                if !is_amount(text) {
                    self.problem(span, Fault::Amount, None);
                }
            }
            (shape, _) => self.problem(span, Fault::WrongType(expected(shape)), None),
        }
    }

    fn table(&mut self, node: &Node, keys: &[Key], entries: &[Entry]) {
        for entry in entries {
            self.path.push(entry.key.clone());
            if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                self.value(&entry.node, &key.shape);
            } else {
                let near = nearest(&entry.key, keys.iter().map(|key| key.name));
                let fault = Fault::UnknownKey(entry.key.clone());
                self.problem(entry.key_span.as_ref(), fault, near.map(str::to_owned));
            }
            self.path.pop();
        }
        for key in keys.iter().filter(|key| key.required) {
            if !entries.iter().any(|entry| entry.key == key.name) {
                self.problem(node.span.as_ref(), Fault::MissingKey(key.name), None);
            }
        }
    }

    fn word(&mut self, word: Word, text: &str, span: Option<&Range<usize>>) {
        let fault = match word {
            Word::Any => text.trim().is_empty().then_some(Fault::Blank),
            Word::Glob => Glob::new(text).err(),
            Word::OwnPayload if payloads::by_id(text).is_some() => Some(Fault::BuiltInPayload),
            Word::OwnPayload => (!is_payload_name(text)).then_some(Fault::PayloadName),
            Word::Instant => text.parse::<Instant>().err().map(Fault::Instant),
            _ => {
                let mut known = word.list().unwrap_or_default();
                if word == Word::AnyPayload {
                    known.extend(self.own_payloads.iter().cloned());
                }
                if known.iter().any(|known| known == text) {
                    return;
                }
                let near = nearest(text, known.iter().map(String::as_str)).map(str::to_owned);
                let what = word.called();
                let word = text.to_owned();
                let few = known.len() <= FEW;
                let known = if few { known } else { Vec::new() };
                return self.problem(span, Fault::UnknownWord { what, word, known }, near);
            }
        };
        if let Some(fault) = fault {
            self.problem(span, fault, None);
        }
    }

    /// Looks whether the least value is above the greatest.
    fn crossed(&mut self, root: &Node) {
        let Some(policy) = member(root, "policy") else {
            return;
        };
        let limit = |name| {
            let node = member(policy, name)?;
            let (Value::Number(text) | Value::Text(text)) = &node.value else {
                return None;
            };
            Some((node, text.parse::<Amount>().ok()?))
        };
        if let (Some((node, least)), Some((_, most))) =
            (limit("least-value"), limit("greatest-value"))
            && least.compare(&most).is_gt()
        {
            self.path = vec!["policy".to_owned(), "least-value".to_owned()];
            self.problem(node.span.as_ref(), Fault::CrossedLimits, None);
        }
    }
}

/// The names of the configuration's own payloads; of a request, with and without its part.
fn own_payloads(root: &Node) -> Vec<String> {
    let Some(Value::Table(entries)) = member(root, "payloads").map(|node| &node.value) else {
        return Vec::new();
    };
    let names = entries.iter().flat_map(|entry| {
        let name = entry.key.as_str();
        let short = name.strip_suffix("/request").map(str::to_owned);
        let long = (name.split('/').count() == 2).then(|| format!("{name}/request"));
        [Some(name.to_owned()), short, long]
    });
    names.flatten().collect()
}

/// Whether a text names a payload: `<system>/<operation>`, and perhaps a part.
pub(crate) fn is_payload_name(text: &str) -> bool {
    let mut words = text.split('/');
    let is_word = |word: &str| {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !word.is_empty() && word.bytes().all(fits)
    };
    let (Some(system), Some(operation)) = (words.next(), words.next()) else {
        return false;
    };
    let is_part = |part: &str| Part::ALL.iter().any(|known| known.name() == part);
    is_word(system)
        && is_word(operation)
        && words.next().is_none_or(is_part)
        && words.next().is_none()
}

fn member<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Table(entries) = &node.value else {
        return None;
    };
    let entry = entries.iter().find(|entry| entry.key == name)?;
    Some(&entry.node)
}

fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(whole, WHOLE_DIGITS) && digits(fraction, DECIMALS)
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Table(_) | Shape::Map(..) => "a table",
        Shape::List(..) => "a list",
        Shape::Text(_) => "a string",
        Shape::Whole(..) => "a whole number",
        Shape::Amount => "an amount, as a number or a string",
    }
}
