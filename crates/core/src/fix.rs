//! Fixes a payload: applies fixes until none is left.
//!
//! Each round applies, in the order of the text, every fix that touches nothing that an earlier
//! one touches, and checks again: one fix can uncover another fault. Nothing outside the edits
//! changes, so a file keeps its own formatting.

use std::fmt;
use std::ops::Range;

use crate::contract::Contract;
use crate::lint::{Applicability, Edit, Rule};
use crate::{Checker, Options, RenderedDiagnostic};

/// No payload that is JSON needs more rounds; two fixes that undo each other would need endlessly
/// many.
const ROUNDS: u32 = 10;
/// Reading stops at the first mistake, so a text that is not JSON takes a round for each.
const UNREADABLE_ROUNDS: u32 = 1000;

/// What came of fixing a payload.
#[derive(Clone)]
pub struct FixedPayload {
    /// The payload with the fixes applied.
    pub text: String,
    /// The fixes that were applied, round by round, each round in the order of the text.
    pub applied: Vec<Applied>,
}

/// Leaves the text out: a payload can hold credentials.
impl fmt::Debug for FixedPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FixedPayload")
            .field("applied", &self.applied)
            .finish_non_exhaustive()
    }
}

/// A fix that was applied.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The rule that had found the fault.
    pub rule: &'static Rule,
    /// What the fix did.
    pub title: String,
    /// The JSON pointer of the value concerned, in the text before its round.
    pub pointer: String,
}

/// Applies every fix that is at least as applicable as `least`, until nothing changes. `None` if
/// there is nothing to apply, or the bytes are not UTF-8.
#[must_use]
pub fn apply_fixes(
    contract: &Contract<'_>,
    payload: &[u8],
    options: &Options,
    least: Applicability,
) -> Option<FixedPayload> {
    let mut applied = Vec::new();
    let text = apply_fixes_with(contract, payload, options, least, |rule, words| {
        applied.push(Applied {
            rule,
            title: words.fix_title().to_owned(),
            pointer: words.pointer().to_owned(),
        });
    })?;
    Some(FixedPayload { text, applied })
}

/// Does the same as [`apply_fixes`], but returns the text alone, and calls `each` for every fix that
/// it applies, with the rule that found the fault and the rendered diagnostic.
pub fn apply_fixes_with(
    contract: &Contract<'_>,
    payload: &[u8],
    options: &Options,
    least: Applicability,
    mut each: impl FnMut(&'static Rule, &RenderedDiagnostic),
) -> Option<String> {
    let mut text = std::str::from_utf8(payload).ok()?.to_owned();
    let mut is_mended = false;
    let mut checker = Checker::new();
    let mut words = RenderedDiagnostic::default();
    let (mut rounds, mut unreadable) = (0, 0);
    // The values that fixes have written: none is converted twice.
    let mut written: Vec<Range<u32>> = Vec::new();
    while rounds < ROUNDS && unreadable < UNREADABLE_ROUNDS {
        let report = checker.check(contract, text.as_bytes(), options);
        let stopped = report.document().stop.is_some();
        *(if stopped {
            &mut unreadable
        } else {
            &mut rounds
        }) += 1;
        let mut edits: Vec<Edit> = Vec::new();
        let mut values: Vec<Range<u32>> = Vec::new();
        for diagnostic in report.diagnostics() {
            diagnostic.render_into(&mut words);
            let Some(fix) = words.fix() else { continue };
            let may_apply = |edit: &Edit| {
                stands_apart(edit, &edits) && !written.iter().any(|value| touches(edit, value))
            };
            if fix.applicability >= least && fix.edits().iter().all(may_apply) {
                // What makes a text readable converts nothing.
                if diagnostic.rule().group() != "json" {
                    let new = fix.edits().iter().filter(|edit| !edit.text.is_empty());
                    values.extend(new.map(|edit| edit.start..edit.end));
                }
                edits.extend_from_slice(fix.edits());
                each(diagnostic.rule(), &words);
            }
        }
        if edits.is_empty() {
            break;
        }
        is_mended = true;
        edits.sort_by_key(|edit| edit.start);
        written.append(&mut values);
        for value in &mut written {
            *value = moved(value, &edits);
        }
        text = apply(&text, edits);
    }
    is_mended.then_some(text)
}

/// Whether an edit neither overlaps nor touches those that are to be applied already.
fn stands_apart(edit: &Edit, others: &[Edit]) -> bool {
    others
        .iter()
        .all(|other| edit.end < other.start || other.end < edit.start)
}

/// Whether an edit overlaps a value.
fn touches(edit: &Edit, value: &Range<u32>) -> bool {
    edit.start < value.end && value.start < edit.end
}

/// Where a part of a text is after those edits, which are in order; an edit of the part itself
/// counts with its new text.
fn moved(part: &Range<u32>, edits: &[Edit]) -> Range<u32> {
    let (mut start, mut end) = (i64::from(part.start), i64::from(part.end));
    for edit in edits {
        let change = i64::from(u32::try_from(edit.text.len()).unwrap_or(u32::MAX))
            - i64::from(edit.end.saturating_sub(edit.start));
        if edit.end <= part.start && edit.start < part.start {
            start += change;
        }
        if edit.end <= part.end && edit.start < part.end || edit.start == part.start {
            end += change;
        }
    }
    let bounded = |at: i64| u32::try_from(at).unwrap_or(0);
    bounded(start)..bounded(end)
}

/// Applies edits, in any order, that stand apart. An edit that does not lie within the text, or
/// overlaps one before it, is left out.
#[must_use]
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.start);
    let mut mended = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.start as usize, edit.end as usize);
        if let (Some(before), Some(_)) = (text.get(done..start), text.get(start..end)) {
            mended.push_str(before);
            mended.push_str(&edit.text);
            done = end;
        }
    }
    mended.push_str(text.get(done..).unwrap_or_default());
    mended
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payloads::leadlex::create_deal::REQUEST;

    fn mended(text: &str) -> Option<String> {
        let options = Options::at("2026-01-15T12:00:00Z".parse::<crate::Instant>().unwrap());
        apply_fixes(&REQUEST, text.as_bytes(), &options, Applicability::Safe)
            .map(|mended| mended.text)
    }

    #[test]
    fn fixes_are_applied_until_the_text_is_json() {
        let text = "{\n  name: 'Acme', // the customer\n  \"tags\": [\"a\",],\n}";
        assert_eq!(
            mended(text).as_deref(),
            Some("{\n  \"name\": \"Acme\", \n  \"tags\": [\"a\"]\n}")
        );
    }

    #[test]
    fn every_mistake_of_a_long_text_is_mended() {
        let text = format!(
            "{{ name: \"Acme\", \"tags\": [{}] }}",
            "'a', ".repeat(40) + "'b'"
        );
        let mended = mended(&text).unwrap();
        assert_eq!(mended.matches('\'').count(), 0, "{mended}");
    }

    #[test]
    fn nothing_is_touched_where_nothing_can_be_mended() {
        assert_eq!(mended("{ \"name\": \"Acme\" }"), None);
        assert_eq!(mended("{ \"name\": "), None);
        assert_eq!(mended(""), None);
    }

    #[test]
    fn edits_that_overlap_or_reach_beyond_the_text_are_left_out() {
        let edit = |start, end, text: &str| Edit {
            start,
            end,
            text: text.to_owned().into(),
        };
        assert_eq!(
            apply(
                "abcdef",
                vec![edit(4, 5, "E"), edit(0, 2, ""), edit(1, 3, "x")]
            ),
            "cdEf"
        );
        assert_eq!(apply("abc", vec![edit(2, 9, "x")]), "abc");
        assert_eq!(apply("aöc", vec![edit(2, 3, "x")]), "aöc");
    }
}
