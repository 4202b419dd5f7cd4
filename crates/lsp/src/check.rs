//! Checks documents: whole payloads, or one a line.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;
use std::path::Path;
use std::time::Instant as Clock;

use pipelint::contract::{Contract, Meaning, Meanings};
use pipelint::fix::apply_fixes;
use pipelint::{Applicability, Checker, Diagnostic, Inference, Report, Rule, Severity, Value};
use pipelint_config::Terms;
use pipelint_overlay::Merged;
use similar::{Algorithm, DiffTag};

use crate::cursor::Step;
use crate::property::Spot;

/// The most findings that a document shows. Editors become slow with more.
pub(crate) const MOST_FINDINGS: usize = 1000;

/// The largest document that is checked, in bytes.
pub(crate) const LARGEST: usize = 64 << 20;

/// How a document is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// As one payload.
    Whole,
    /// As one payload a line.
    Lines,
}

impl Layout {
    /// The layout of a document, from the extension of its name, else from the language that the
    /// client names, else from its first lines.
    pub(crate) fn of(path: Option<&Path>, language: &str, text: &str) -> Self {
        let ending = path.and_then(Path::extension);
        let ending = ending.map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match (ending.as_deref(), language) {
            (Some("json"), _) => Self::Whole,
            (Some("ndjson" | "jsonl"), _) | (_, "ndjson" | "jsonl" | "jsonlines") => Self::Lines,
            (_, "json" | "jsonc" | "json5") => Self::Whole,
            _ => {
                let mut lines = text.lines().filter(|line| !line.trim().is_empty());
                let first = lines.next().unwrap_or_default();
                let is_json = serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok();
                let goes_on = lines
                    .next()
                    .is_some_and(|line| line.starts_with(['{', '[']));
                if is_json && goes_on {
                    Self::Lines
                } else {
                    Self::Whole
                }
            }
        }
    }
}

/// One finding in a document. Its offsets are those of the document.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) span: Range<usize>,
    pub(crate) rule: Cow<'static, str>,
    /// The rule itself; none of the keyword of a JSON Schema of the policy.
    pub(crate) known_rule: Option<&'static Rule>,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) fix: Option<Fix>,
    /// Other places that the fault concerns, each with a label.
    pub(crate) related: Vec<(Range<usize>, String)>,
}

/// A fix of a fault.
#[derive(Debug, Clone)]
pub(crate) struct Fix {
    pub(crate) title: String,
    pub(crate) is_safe: bool,
    pub(crate) edits: Vec<(Range<usize>, String)>,
}

/// The payloads that a text can be: the one that the configuration names, or those that fit its
/// keys.
pub(crate) fn contracts(terms: &Terms, payload: &str) -> Vec<&'static Contract<'static>> {
    if let Some(contract) = terms.payload {
        return vec![contract];
    }
    match terms.infer(payload.as_bytes()) {
        Inference::One(contract) => vec![contract],
        Inference::Several(contracts) => contracts,
        Inference::None => Vec::new(),
    }
}

/// A check in progress. It runs in slices, so that the server can answer requests in between.
pub(crate) struct Check {
    pub(crate) terms: Terms,
    layout: Layout,
    checker: Checker,
    /// The start of the part that is not checked yet.
    next: usize,
    /// The payload of the document, once it is known.
    pub(crate) contract: Option<&'static Contract<'static>>,
    /// The payloads that fit the keys, if there are several.
    pub(crate) ambiguous: Vec<&'static Contract<'static>>,
    pub(crate) found: Vec<Found>,
    /// Whether findings were left out.
    pub(crate) is_cut: bool,
}

impl Check {
    pub(crate) fn new(terms: Terms, layout: Layout) -> Self {
        Self {
            contract: terms.payload,
            terms,
            layout,
            checker: Checker::new(),
            next: 0,
            ambiguous: Vec::new(),
            found: Vec::new(),
            is_cut: false,
        }
    }

    /// Continues the check until that time or the end of the text. Returns whether it is done.
    pub(crate) fn go_on(&mut self, text: &str, until: Clock) -> bool {
        if self.layout == Layout::Whole {
            self.payload(text, 0..text.len());
            return true;
        }
        while self.next < text.len() {
            let line = line_at(text, self.next);
            // After the line break.
            self.next = text
                .get(line.end..)
                .and_then(|rest| rest.find('\n'))
                .map_or(text.len(), |at| line.end + at + 1);
            let is_blank = text
                .get(line.clone())
                .is_none_or(|line| line.trim().is_empty());
            if !is_blank && !self.payload(text, line) {
                return true;
            }
            if Clock::now() >= until {
                break;
            }
        }
        self.next >= text.len()
    }

    /// Checks one payload. Returns whether the check can continue.
    fn payload(&mut self, text: &str, span: Range<usize>) -> bool {
        let payload = text.get(span.clone()).unwrap_or_default();
        let Some(mut contract) = self.contract.or_else(|| self.recognise(payload)) else {
            return false;
        };
        let bytes = payload.as_bytes();
        let is_one_of_many = self.terms.payload.is_none() && self.layout == Layout::Lines;
        // A line of an export may be another payload. Its keys are compared only if it has findings.
        if is_one_of_many
            && !self
                .checker
                .check(contract, bytes, &self.terms.options)
                .is_empty()
            && let Inference::One(other) = self.terms.infer(bytes)
        {
            contract = other;
        }
        let report = self.checker.check(contract, bytes, &self.terms.options);
        findings(&report, &self.terms, span.start, &mut self.found);
        if self.found.len() > MOST_FINDINGS {
            self.found.truncate(MOST_FINDINGS);
            self.is_cut = true;
        }
        !self.is_cut
    }

    fn recognise(&mut self, payload: &str) -> Option<&'static Contract<'static>> {
        match contracts(&self.terms, payload).as_slice() {
            [contract] => {
                self.contract = Some(contract);
                Some(contract)
            }
            several => {
                self.ambiguous = several.to_vec();
                None
            }
        }
    }
}

/// The line around an offset, without its line break.
pub(crate) fn line_at(text: &str, offset: usize) -> Range<usize> {
    let offset = text.floor_char_boundary(offset);
    let (before, after) = text.split_at(offset);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| offset + at);
    let line = text.get(start..end).unwrap_or_default();
    start..start + line.strip_suffix('\r').unwrap_or(line).len()
}

/// The payloads that overlap a part of a document: the whole document, or at most `most` lines.
pub(crate) fn payloads(
    text: &str,
    layout: Layout,
    part: &Range<usize>,
    most: usize,
) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    if layout == Layout::Whole {
        lines.push(0..text.len());
        return lines;
    }
    let mut next = part.start;
    while lines.len() < most {
        let line = line_at(text, next);
        next = text
            .get(line.end..)
            .and_then(|rest| rest.find('\n'))
            .map_or(usize::MAX, |at| line.end + at + 1);
        lines.push(line);
        if next > part.end {
            break;
        }
    }
    lines
}

/// The findings of a report, whose payload begins at `base` in its document.
fn findings(report: &Report<'_>, terms: &Terms, base: usize, found: &mut Vec<Found>) {
    let diagnostics = terms.diagnostics(report).into_iter();
    found.extend(diagnostics.map(|one| match one {
        Merged::Own(diagnostic) => own(report, terms, &diagnostic, base),
        Merged::Overlay(refused) => Found {
            span: moved(&refused.span, base),
            rule: Cow::Owned(refused.rule),
            known_rule: None,
            severity: refused.severity,
            message: refused.message,
            help: refused.help,
            fix: None,
            related: Vec::new(),
        },
    }));
}

fn moved(span: &Range<usize>, base: usize) -> Range<usize> {
    span.start + base..span.end + base
}

/// A finding of one of pipelint's own rules.
fn own(report: &Report<'_>, terms: &Terms, diagnostic: &Diagnostic<'_>, base: usize) -> Found {
    let words = diagnostic.explain();
    let rule = diagnostic.rule();
    let related = related(report, terms, rule, &words.pointer, &diagnostic.span());
    Found {
        span: moved(&diagnostic.span(), base),
        rule: Cow::Borrowed(rule.name),
        known_rule: Some(rule),
        severity: diagnostic.severity(),
        message: words.message,
        help: words.help,
        fix: words.fix.map(|fix| Fix {
            title: fix.title,
            is_safe: fix.applicability == Applicability::Safe,
            edits: fix
                .edits
                .into_iter()
                .map(|edit| {
                    let span = edit.start as usize..edit.end as usize;
                    (moved(&span, base), edit.text.into())
                })
                .collect(),
        }),
        related: related
            .into_iter()
            .map(|(span, what)| (moved(&span, base), what))
            .collect(),
    }
}

/// The meanings of the other properties that a rule compares a value with.
fn compared_with(rule: &Rule) -> Meanings {
    match rule.name {
        "probability/decided-while-open"
        | "probability/lost-above-zero"
        | "probability/won-below-certain" => Meanings::STATUS
            .or(Meanings::STAGE)
            .or(Meanings::PROBABILITY),
        "status/stage-contradicts" => Meanings::STATUS.or(Meanings::STAGE),
        "date/close-before-follow-up" => Meanings::CLOSE_DATE.or(Meanings::FOLLOW_UP_DATE),
        _ if rule.group() == "currency" => Meanings::MONEY,
        _ if rule.group() == "money" => Meanings::CURRENCY_CODE,
        _ => Meanings::EMPTY,
    }
}

/// The other places in the payload that a fault concerns.
fn related(
    report: &Report<'_>,
    terms: &Terms,
    rule: &Rule,
    pointer: &str,
    own: &Range<usize>,
) -> Vec<(Range<usize>, String)> {
    const MOST: usize = 4;
    let Some((above, last)) = pointer.rsplit_once('/') else {
        return Vec::new();
    };
    let parent = report.value().and_then(|root| root.find(above));
    let Some(parent) = parent else {
        return Vec::new();
    };
    let at_key = |value: Value<'_>| value.key_span().unwrap_or_else(|| value.span());
    let mut found: VecDeque<(Range<usize>, String)> = VecDeque::new();
    let spot = spot(report, terms, above);
    match rule.name {
        "json/duplicate-key" => {
            let same = parent.children().filter(|child| is_called(*child, last));
            found.extend(same.map(|child| (at_key(child), "the same key".to_owned())));
        }
        "reference/alias-contradicts" | "reference/alias-repeated" => {
            let Some(object) = spot.as_ref().and_then(|spot| spot.schema.object) else {
                return Vec::new();
            };
            let names = object.properties.iter().filter_map(|property| {
                let target = object.properties.get(usize::from(property.alias_of?))?;
                Some([property.name, target.name])
            });
            for [alias, target] in names {
                let other = match last {
                    _ if last == alias => target,
                    _ if last == target => alias,
                    _ => continue,
                };
                let other = parent.get(other);
                found.extend(other.map(|other| (at_key(other), "the same field".to_owned())));
            }
        }
        "reference/repeated" | "tags/repeated" | "tags/differ-by-case" => {
            let items = || parent.children();
            let number = last.parse::<usize>().ok();
            let item = number.and_then(|number| items().nth(number));
            if let Some(text) = item.and_then(Value::string) {
                let text = text.trim().to_lowercase();
                let same = items().filter(|other| {
                    let other = other.string();
                    other.is_some_and(|other| other.trim().to_lowercase() == text)
                });
                let same = same.take(MOST + 1);
                found.extend(same.map(|other| (other.span(), "the same item".to_owned())));
            }
        }
        _ => {
            let meanings = compared_with(rule);
            for member in spot.iter().flat_map(Spot::members) {
                let Some(property) = member.property else {
                    continue;
                };
                if property.name == last || !meanings.contains(&member.schema.meaning) {
                    continue;
                }
                // An amount says which property names its currency.
                if let Meaning::Money(money) = &member.schema.meaning
                    && !is_currency_of(spot.as_ref(), money.currency_in, last)
                {
                    continue;
                }
                let value = parent.get(property.name);
                found.extend(value.map(|value| (at_key(value), format!("`{}`", property.name))));
            }
        }
    }
    found.retain(|(span, _)| span.end <= own.start || own.end <= span.start);
    found.truncate(MOST);
    found.into()
}

fn is_called(value: Value<'_>, token: &str) -> bool {
    let name = token.replace("~1", "/").replace("~0", "~");
    value.key().is_some_and(|key| *key == *name)
}

/// Whether the property of that name names the currency of an amount.
fn is_currency_of(spot: Option<&Spot>, currency_in: Option<u8>, name: &str) -> bool {
    let object = spot.and_then(|spot| spot.schema.object);
    let currency = object
        .zip(currency_in)
        .and_then(|(object, at)| object.properties.get(usize::from(at)));
    currency.is_some_and(|currency| currency.name == name)
}

/// The part of the contract that describes a value.
fn spot(report: &Report<'_>, terms: &Terms, pointer: &str) -> Option<Spot> {
    let contract = terms.contract(report.contract().id)?;
    let mut here = report.value()?;
    let mut path = Vec::new();
    for token in pointer.split('/').skip(1) {
        here = here.find(&["/", token].concat())?;
        path.push(
            here.key()
                .map_or(Step::Item, |key| Step::Key(key.into_owned())),
        );
    }
    Spot::find(contract, &path)
}

/// The findings in the payloads that overlap a part of a document.
pub(crate) fn findings_in(
    text: &str,
    terms: &Terms,
    layout: Layout,
    contract: Option<&'static Contract<'static>>,
    part: &Range<usize>,
) -> Vec<Found> {
    /// The most lines that are checked; a larger selection is cut.
    const LINES: usize = 200;
    let mut found = Vec::new();
    let mut checker = Checker::new();
    for span in payloads(text, layout, part, LINES) {
        let payload = text.get(span.clone()).unwrap_or_default();
        if layout == Layout::Lines && payload.trim().is_empty() {
            continue;
        }
        let Some(contract) = only(terms, contract, layout, payload) else {
            continue;
        };
        let report = checker.check(contract, payload.as_bytes(), &terms.options);
        findings(&report, terms, span.start, &mut found);
    }
    found.retain(|found| found.span.start <= part.end && part.start <= found.span.end);
    found
}

/// The payload of a text. `known` is the payload of its document.
pub(crate) fn only(
    terms: &Terms,
    known: Option<&'static Contract<'static>>,
    layout: Layout,
    payload: &str,
) -> Option<&'static Contract<'static>> {
    if terms.payload.is_some() {
        return terms.payload;
    }
    match contracts(terms, payload).as_slice() {
        [contract] => Some(contract),
        _ if layout == Layout::Lines => known,
        _ => None,
    }
}

/// The edits that apply all safe fixes; an error if that takes too long.
pub(crate) fn fix_all(
    text: &str,
    terms: &Terms,
    layout: Layout,
    known: Option<&'static Contract<'static>>,
    until: Clock,
) -> Result<Vec<(Range<usize>, String)>, TooLong> {
    let mut edits = Vec::new();
    let mut checker = Checker::new();
    let mut next = Some(0);
    while let Some(start) = next {
        let span = match layout {
            Layout::Whole => 0..text.len(),
            Layout::Lines => line_at(text, start),
        };
        let rest = text.get(span.end..).and_then(|rest| rest.find('\n'));
        next = rest
            .filter(|_| layout == Layout::Lines)
            .map(|at| span.end + at + 1)
            .filter(|next| *next < text.len());
        if Clock::now() >= until {
            return Err(TooLong);
        }
        let payload = text.get(span.clone()).unwrap_or_default();
        if payload.trim().is_empty() {
            continue;
        }
        let Some(contract) = only(terms, known, layout, payload) else {
            continue;
        };
        let bytes = payload.as_bytes();
        if checker.check(contract, bytes, &terms.options).is_empty() {
            continue;
        }
        let fixed = apply_fixes(contract, bytes, &terms.options, Applicability::Safe);
        if let Some(fixed) = fixed {
            edits.extend(changes(payload, &fixed.text, span.start, until));
        }
    }
    Ok(edits)
}

/// The time limit was reached.
#[derive(Debug)]
pub(crate) struct TooLong;

/// The edits that turn one text into another, line by line.
fn changes(old: &str, new: &str, base: usize, until: Clock) -> Vec<(Range<usize>, String)> {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    let diff = similar::capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(until));
    let (mut at, mut edits) = (base, Vec::new());
    for op in diff {
        let part = |lines: &[&str], range| {
            lines
                .get::<Range<usize>>(range)
                .unwrap_or_default()
                .concat()
        };
        let end = at + part(&old, op.old_range()).len();
        if op.tag() != DiffTag::Equal {
            edits.push((at..end, part(&new, op.new_range())));
        }
        at = end;
    }
    edits
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pipelint::Options;
    use pipelint_config::SchemaLevels;

    use super::*;

    fn terms() -> Terms {
        Terms {
            payload: None,
            own: std::sync::Arc::default(),
            options: Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap()),
            overlays: None,
            schema_levels: SchemaLevels::default(),
        }
    }

    fn soon() -> Clock {
        Clock::now() + Duration::from_mins(1)
    }

    fn checked(text: &str, layout: Layout) -> Check {
        let mut check = Check::new(terms(), layout);
        while !check.go_on(text, Clock::now()) {}
        check
    }

    /// The rule of each finding, and its related places.
    fn spoken(text: &str) -> Vec<(String, Vec<String>)> {
        let found = checked(text, Layout::Whole).found.into_iter();
        found
            .map(|found| {
                let related = found.related.into_iter();
                let related = related.map(|(span, what)| format!("{what}: {}", &text[span]));
                (found.rule.into_owned(), related.collect())
            })
            .collect()
    }

    #[test]
    fn lines_are_checked_one_by_one_with_places_in_the_document() {
        let text = "\n{ \"estimated_value\": 1, \"name\": \"A\", \"currency\": \"EUR\", \"probability\": 1200 }\r\n\n{ \"name\": \"ß\", \"probability\": 120, \"currency\": \"EUR\" }";
        let check = checked(text, Layout::Lines);
        let spans: Vec<_> = check
            .found
            .iter()
            .map(|found| &text[found.span.clone()])
            .collect();
        assert_eq!(spans, ["1200", "120", "\"EUR\""]);
    }

    #[test]
    fn another_payload_on_a_line_is_checked_as_that() {
        let text = "{ \"name\": \"A\", \"estimated_value\": 5, \"currency\": \"EUR\" }\n{ \"name\": \"A\", \"value\": -5, \"owner_id\": \"\" }\n";
        let check = checked(text, Layout::Lines);
        assert!(!check.found.is_empty());
        assert!(
            check
                .found
                .iter()
                .all(|found| found.rule != "schema/unknown-property")
        );
    }

    #[test]
    fn the_findings_of_a_document_are_bounded() {
        let text = "{ \"name\": \"A\", \"probability\": 1200, \"stage\": \"\" }\n".repeat(3000);
        let check = checked(&text, Layout::Lines);
        assert!(check.is_cut);
        assert_eq!(check.found.len(), MOST_FINDINGS);
    }

    #[test]
    fn a_document_that_is_no_payload_has_no_findings() {
        for text in ["", "{", "{ \"compilerOptions\": {} }", "[1, 2]", "no JSON"] {
            let check = checked(text, Layout::Whole);
            assert!(
                check.found.is_empty() && check.ambiguous.is_empty(),
                "{text}"
            );
        }
        assert_eq!(
            checked("{ \"name\": \"A\" }", Layout::Whole)
                .ambiguous
                .len(),
            2
        );
    }

    #[test]
    fn a_finding_names_the_places_that_it_compares() {
        let related = |rule: &str, text: &str| {
            let spoken = spoken(text);
            let found = spoken.iter().find(|(name, _)| name == rule);
            found.unwrap_or_else(|| panic!("{spoken:?}")).1.clone()
        };
        assert_eq!(
            related(
                "json/duplicate-key",
                r#"{ "name": "A", "stage": "x", "name": "B" }"#
            ),
            [r#"the same key: "name""#]
        );
        assert_eq!(
            related(
                "reference/alias-repeated",
                r#"{ "name": "A", "owner_id": "u1", "owner_user_id": "u1" }"#
            ),
            [r#"the same field: "owner_user_id""#]
        );
        assert_eq!(
            related(
                "probability/won-below-certain",
                r#"{ "name": "A", "status": "won", "probability": 50 }"#
            ),
            [r#"`status`: "status""#]
        );
        assert_eq!(
            related(
                "tags/repeated",
                r#"{ "name": "A", "stage": "x", "tags": ["a", "b", "a"] }"#
            ),
            [r#"the same item: "a""#]
        );
        assert_eq!(
            related(
                "currency/unknown",
                r#"{ "name": "A", "estimated_value": 5, "currency": "XQX" }"#
            ),
            [r#"`estimated_value`: "estimated_value""#]
        );
    }

    #[test]
    fn all_safe_fixes_change_only_the_lines_that_they_must() {
        let text = "{\n  \"name\": \" Acme \",\n  \"stage\": \"x\",\n  \"currency\": \"eur\",\n  \"estimated_value\": 5\n}\n";
        let edits = fix_all(text, &terms(), Layout::Whole, None, soon()).unwrap();
        let lines: Vec<_> = edits.iter().map(|(span, _)| &text[span.clone()]).collect();
        assert!(
            !lines.is_empty() && lines.iter().all(|line| !line.contains("stage")),
            "{lines:?}"
        );
        let mut fixed = text.to_owned();
        for (span, new) in edits.iter().rev() {
            fixed.replace_range(span.clone(), new);
        }
        let all = apply_fixes(
            pipelint::payloads::by_id("leadlex/create-deal").unwrap(),
            text.as_bytes(),
            &terms().options,
            Applicability::Safe,
        );
        assert_eq!(fixed, all.unwrap().text);
        let lines = "{ \"name\": \"Acme\", \"stage\": \"x\" }\n{ \"name\": \"Acme\", \"currency\": \"eur\", \"estimated_value\": 5 }";
        let edits = fix_all(lines, &terms(), Layout::Lines, None, soon()).unwrap();
        assert_eq!(edits.len(), 1);
        assert!(edits[0].1.contains("EUR"), "{edits:?}");
        assert_eq!(edits[0].0.end, lines.len());
        assert!(fix_all(lines, &terms(), Layout::Lines, None, Clock::now()).is_err());
    }

    #[test]
    fn the_layout_is_told_by_ending_language_or_text() {
        let of = |path: &str, language, text| Layout::of(Some(Path::new(path)), language, text);
        assert_eq!(of("a.json", "ndjson", ""), Layout::Whole);
        assert_eq!(of("a.JSONL", "json", ""), Layout::Lines);
        assert_eq!(of("a.export", "jsonlines", ""), Layout::Lines);
        assert_eq!(
            of("a.export", "plaintext", "{\"a\":1}\n\n{\"b\":2}"),
            Layout::Lines
        );
        assert_eq!(of("a.export", "plaintext", "{\n\"a\":1}\n"), Layout::Whole);
        assert_eq!(Layout::of(None, "json", ""), Layout::Whole);
    }
}
