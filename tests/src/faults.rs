//! The valid corpus with known faults put in, and what becomes of it once they are fixed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::slice;

use super::corpus::{Case, cases};
use pipelint::contract::{Contract, Meaning, Part, Property, Scale, Schema, Types};
use pipelint::{Applicability, Kind, Severity, Value, fix};

/// A fault that can be put into a payload.
#[derive(Debug, Clone)]
struct Fault {
    /// What it is, for the reader of a failure, and so that each kind is known to have been tried.
    kind: &'static str,
    /// The bytes that it replaces.
    at: Range<usize>,
    /// Where no other fault may be for this one to be what it is.
    alone_in: Range<usize>,
    wrong: String,
    /// What becomes of it; where there is no safe fix, what is wrong.
    right: String,
}

/// All faults that a valid payload has room for.
struct Faults<'t> {
    text: &'t str,
    /// Whether the payload is a response.
    answer: bool,
    found: Vec<Fault>,
}

impl Faults<'_> {
    /// A fault that is taken out again.
    fn mends(&mut self, kind: &'static str, at: Range<usize>, wrong: impl Into<String>) {
        self.mends_alone(kind, at.clone(), at, wrong);
    }

    /// A fault that is taken out again, if no other is in that part of the text.
    fn mends_alone(
        &mut self,
        kind: &'static str,
        at: Range<usize>,
        alone_in: Range<usize>,
        wrong: impl Into<String>,
    ) {
        let right = self.text[at.clone()].to_owned();
        let wrong = wrong.into();
        assert_ne!(wrong, right, "{kind}");
        // A response is evidence: nothing edits it.
        let right = if self.answer { wrong.clone() } else { right };
        self.found.push(Fault {
            kind,
            at,
            alone_in,
            wrong,
            right,
        });
    }

    /// A fault that stays, since nobody can know what was meant.
    fn stays(&mut self, kind: &'static str, at: Range<usize>, wrong: impl Into<String>) {
        let wrong = wrong.into();
        self.found.push(Fault {
            kind,
            alone_in: at.clone(),
            at,
            right: wrong.clone(),
            wrong,
        });
    }

    fn value(&mut self, value: Value<'_>, schema: &'static Schema<'static>) {
        self.spelling(value);
        // An answer is the vendor's: its faults are reported and never fixed.
        if self.answer && !matches!(value.kind(), Kind::Object | Kind::Array) {
            return;
        }
        match value.kind() {
            Kind::Object => self.object(value, schema),
            Kind::Array => self.array(value, schema),
            Kind::String => self.string(value, schema),
            Kind::Number => self.number(value, schema),
            Kind::Boolean | Kind::Null => {}
        }
    }

    /// What keeps a text from being JSON.
    fn spelling(&mut self, value: Value<'_>) {
        let (span, source) = (value.span(), value.source());
        if let Some(key) = value.key_span() {
            let name = &self.text[key.start + 1..key.end - 1];
            if !name.contains('\\') {
                let plain = |c: char| c.is_ascii_alphabetic() || c == '_';
                if name.chars().all(plain) && !["true", "false", "null"].contains(&name) {
                    self.mends("bare key", key.clone(), name);
                }
                if !name.contains('\'') {
                    self.mends("key in single quotes", key, format!("'{name}'"));
                }
            }
        }
        match value.kind() {
            Kind::String if !source.contains(['\\', '\'']) => {
                let quoted = format!("'{}'", &source[1..source.len() - 1]);
                self.mends("text in single quotes", span.clone(), quoted);
            }
            Kind::Boolean => {
                let foreign = if source == "true" { "True" } else { "FALSE" };
                self.mends("Python's truth", span.clone(), foreign);
            }
            Kind::Null => self.mends("Python's nothing", span.clone(), "None"),
            Kind::Number if !source.starts_with('-') => {
                self.mends("plus sign", span.clone(), format!("+{source}"));
                if let Some(rest) = source.strip_prefix("0.") {
                    self.mends(
                        "no digit before the point",
                        span.clone(),
                        format!(".{rest}"),
                    );
                }
            }
            _ => {}
        }
        self.mends("comment before", span.start..span.start, "/* was 7 */");
        if self.text[span.end..].starts_with('\n') {
            self.mends("comment behind", span.end..span.end, "// for now, \"so\"");
        }
        if matches!(value.kind(), Kind::Object | Kind::Array)
            && let Some(last) = value.children().last()
        {
            let end = last.span().end;
            self.mends("trailing comma", end..end, ",");
        }
    }

    fn object(&mut self, object: Value<'_>, schema: &'static Schema<'static>) {
        let properties = schema.object.map_or(&[][..], |object| object.properties);
        let headers = matches!(schema.meaning, Meaning::Headers);
        for child in object.children() {
            let key = child.key().unwrap();
            let known = properties.iter().find(|property| {
                property.name == key || headers && property.name.eq_ignore_ascii_case(&key)
            });
            let inner = known.map_or(&Schema::ANY, |property| property.schema);
            self.value(child, inner);
            if let Some(known) = known {
                self.alias(object, child, known, properties);
            }
        }
        let (first, open) = (object.children().next(), object.span().start + 1);
        if let Some(first) = first
            && !headers
            && matches!(schema.meaning, Meaning::Record(_))
        {
            let before = &self.text[open..first.key_span().unwrap().start];
            let member = format!("{before}\"zzqx\": [],");
            self.stays("unknown property", open..open, member);
        }
    }

    /// The target beside its alias.
    fn alias(
        &mut self,
        object: Value<'_>,
        alias: Value<'_>,
        known: &Property,
        properties: &[Property],
    ) {
        let Some(target) = known.alias_of else { return };
        let target = &properties[usize::from(target)];
        if object.get(target.name).is_none() && alias.kind() == Kind::String {
            let end = alias.span().end;
            let member = format!(", \"{}\": {}", target.name, alias.source());
            self.mends("alias and target", end..end, member);
        }
    }

    fn array(&mut self, array: Value<'_>, schema: &'static Schema<'static>) {
        let limits = schema.array;
        let items = limits
            .and_then(|limits| limits.items)
            .unwrap_or(&Schema::ANY);
        let count = array.children().count();
        for item in array.children() {
            self.value(item, items);
        }
        let of_words = matches!(schema.meaning, Meaning::Tags | Meaning::ReferenceList(_));
        let Some(last) = array.children().last().filter(|_| of_words) else {
            return;
        };
        let (first, limits) = (array.children().next().unwrap(), limits.unwrap());
        let end = last.span().end;
        if count < limits.max as usize && last.kind() == Kind::String {
            if !limits.unique {
                let twice = format!(", {}", first.source());
                self.mends_alone("item twice", end..end, array.span(), twice);
            }
            if matches!(schema.meaning, Meaning::Tags)
                && items.text.is_none_or(|text| text.min == 0)
            {
                self.mends_alone("blank tag", end..end, array.span(), ", \"  \"");
            }
        }
    }

    fn string(&mut self, value: Value<'_>, schema: &'static Schema<'static>) {
        let (span, source) = (value.span(), value.source());
        let inner = &source[1..source.len() - 1];
        let length = value.string().unwrap().chars().count();
        let room = |more: usize| {
            let limits = schema.text;
            limits.is_none_or(|limits| length + more <= limits.max as usize)
        };
        match schema.meaning {
            Meaning::RecordName
            | Meaning::FreeText
            | Meaning::Label
            | Meaning::Stage
            | Meaning::Pipeline => {
                if room(3) && length > 0 {
                    self.mends("padded text", span.clone(), format!("\"  {inner}\\t\""));
                }
                if room(1) && length > 1 && inner.is_ascii() && !inner.contains('\\') {
                    let (head, tail) = inner.split_at(inner.len() / 2);
                    let text = format!("\"{head}\u{200b}{tail}\"");
                    self.mends("invisible character", span.clone(), text);
                    let text = format!("\"{head}\\u200B{tail}\"");
                    self.mends("escaped invisible character", span.clone(), text);
                }
            }
            Meaning::Reference(_) if schema.text.is_none_or(|text| text.format.is_none()) => {
                self.mends("padded ID", span.clone(), format!("\"{inner} \""));
            }
            Meaning::Status(_) => {
                self.mends(
                    "status in capitals",
                    span.clone(),
                    source.to_ascii_uppercase(),
                );
                self.stays("no status", span.clone(), "\"zzqx\"");
            }
            Meaning::CurrencyCode if schema.words.is_empty() => {
                self.mends(
                    "currency in small letters",
                    span.clone(),
                    source.to_ascii_lowercase(),
                );
                self.stays("no currency", span.clone(), "\"QZZ\"");
            }
            Meaning::Credential(known) if !known.scheme.is_empty() => {
                if let Some(key) = inner.strip_prefix(known.scheme) {
                    let small = known.scheme.to_ascii_lowercase();
                    self.mends(
                        "scheme in small letters",
                        span.clone(),
                        format!("\"{small}{key}\""),
                    );
                    self.mends("padded credential", span.clone(), format!("\"{inner} \""));
                }
            }
            Meaning::FollowUpDate(_) if inner.len() == 10 => {
                self.mends("date with slashes", span.clone(), source.replace('-', "/"));
                self.stays("no date", span.clone(), "\"soon\"");
            }
            _ => {}
        }
    }

    fn number(&mut self, value: Value<'_>, schema: &'static Schema<'static>) {
        let (span, source) = (value.span(), value.source());
        let number: f64 = source.parse().unwrap();
        // Of other spellings of a number the shortest becomes of it.
        if format!("{number}") != source {
            return;
        }
        match schema.meaning {
            Meaning::Probability(Scale::Percent) if number > 1.0 && number < 100.0 => {
                self.mends("percent in quotes", span.clone(), format!("\"{source}\""));
                self.mends(
                    "percent with its sign",
                    span.clone(),
                    format!("\"{source} %\""),
                );
                self.stays("beyond certain", span.clone(), "120");
            }
            Meaning::Probability(Scale::Fraction) if number > 0.0 && number < 1.0 => {
                self.mends("fraction in quotes", span.clone(), format!("\"{source}\""));
                self.stays("below impossible", span.clone(), "-0.5");
            }
            Meaning::Money(_)
                if number >= 1000.0
                    && !source.contains('.')
                    && !schema.types.meets(Types::STRING) =>
            {
                self.mends("money in quotes", span, format!("\"{source}\""));
            }
            _ => {}
        }
    }
}

/// Every fault that a case has room for.
fn faults(case: &Case, text: &str) -> Vec<Fault> {
    let report = case.report();
    let mut faults = Faults {
        text,
        answer: case.contract.part == Part::Response,
        found: Vec::new(),
    };
    faults.value(report.value().unwrap(), case.contract.root);
    faults.mends("byte-order mark", 0..0, "\u{feff}");
    faults.found
}

/// Whether two faults can be put in together and each still be what it is.
fn apart(one: &Fault, other: &Fault) -> bool {
    let (one, other) = (&one.alone_in, &other.alone_in);
    one.end + 1 < other.start || other.end + 1 < one.start
}

/// The text with each fault's `part` in its place.
fn with(text: &str, faults: &[Fault], part: impl Fn(&Fault) -> &str) -> String {
    let mut faults: Vec<&Fault> = faults.iter().collect();
    faults.sort_by_key(|fault| fault.at.start);
    let mut out = String::new();
    let mut at = 0;
    for fault in faults {
        out.push_str(&text[at..fault.at.start]);
        out.push_str(part(fault));
        at = fault.at.end;
    }
    out.push_str(&text[at..]);
    out
}

/// A sequence of numbers that looks like chance and is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// The cases in which there is nothing but advice, and nothing to be fixed.
fn valid() -> impl Iterator<Item = (Case, String)> {
    cases().into_iter().filter_map(|case| {
        let text = String::from_utf8(case.bytes.clone()).ok()?;
        let fixed = fix::apply_fixes(
            case.contract,
            &case.bytes,
            &case.options,
            Applicability::Safe,
        );
        let valid = case.report().worst() < Some(Severity::Warning);
        (valid && fixed.is_none()).then_some((case, text))
    })
}

/// A valid payload with faults put in.
#[derive(Debug)]
pub struct Mutant {
    /// The case that it was.
    pub case: String,
    pub contract: &'static Contract<'static>,
    /// What the faults are.
    pub kinds: Vec<&'static str>,
    pub faulty: String,
    /// What it is once every fault is fixed that has a safe fix.
    pub right: String,
}

/// Every valid case with each fault that it has room for; and then, so many times, with up to four
/// of them. The same in every run.
pub fn mutants(rounds: u32, mut found: impl FnMut(Mutant)) {
    for (case, text) in valid() {
        let all = faults(&case, &text);
        let mut mutant = |chosen: &[Fault]| {
            found(Mutant {
                case: case.name.clone(),
                contract: case.contract,
                kinds: chosen.iter().map(|fault| fault.kind).collect(),
                faulty: with(&text, chosen, |fault| &fault.wrong),
                right: with(&text, chosen, |fault| &fault.right),
            });
        };
        let mut kinds: BTreeMap<&str, Vec<&Fault>> = BTreeMap::new();
        for fault in &all {
            mutant(slice::from_ref(fault));
            kinds.entry(fault.kind).or_default().push(fault);
        }
        // By kind, since some have room everywhere.
        let kinds: Vec<_> = kinds.into_values().collect();
        let mut dice = Dice(all.len() as u64);
        for _ in 0..rounds {
            let mut chosen: Vec<Fault> = Vec::new();
            for _ in 0..=dice.below(4) {
                let faults = &kinds[dice.below(kinds.len())];
                let fault = faults[dice.below(faults.len())];
                if chosen.iter().all(|one| apart(one, fault)) {
                    chosen.push(fault.clone());
                }
            }
            mutant(&chosen);
        }
    }
}
