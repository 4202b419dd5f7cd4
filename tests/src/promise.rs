//! The promise of safe fixes, checked against one payload at a time.

use std::ops::Range;

use pipelint::contract::{Contract, json_pointer};
use pipelint::{Applicability, Edit, Kind, Options, OwnedFix, Report, Value, check, fix};

use super::edited;

/// How a payload's fixes break their promise; `None` if they keep it. Texts that are not JSON have
/// faults that no diagnostic shows yet, so of them only the result is judged.
///
/// A safe fix keeps every value that its diagnostic does not name; it removes its own diagnostic
/// and no other; and what it writes is what remains once all fixes are applied.
#[must_use]
pub fn broken(
    contract: &'static Contract<'static>,
    text: &str,
    options: &Options,
) -> Option<String> {
    let report = check(contract, text.as_bytes(), options);
    let is_read = report.value().is_some();
    let mut before: Vec<(Applicability, Edit)> = Vec::new();
    for (number, diagnostic) in report.diagnostics().enumerate() {
        let explained = diagnostic.explain();
        let Some(fix) = explained.fix else { continue };
        let about = |what: &str| {
            let fixed = edited(text, &fix.edits);
            let rule = diagnostic.rule().name;
            Some(format!(
                "{}: {text}\n{rule} at {}: {fix:?}\n{fixed}\n{what}",
                contract.id, explained.pointer
            ))
        };
        if !contract.part.is_sent() {
            return about("edits what a system has sent");
        }
        // Of two fixes of one value, a run applies the first.
        let is_first = !before.iter().any(|(known, edit)| {
            let touches = |own: &Edit| own.start <= edit.end && edit.start <= own.end;
            *known >= fix.applicability && fix.edits.iter().any(touches)
        });
        if is_read
            && is_first
            && let Some(wrong) = twice(contract, text, options, &fix)
        {
            return about(&wrong);
        }
        before.extend(
            fix.edits
                .iter()
                .map(|edit| (fix.applicability, edit.clone())),
        );
        if fix.applicability != Applicability::Safe || !is_read {
            continue;
        }
        if let Some(wrong) = alone(&report, number, &fix, options) {
            return about(&wrong);
        }
    }
    None
}

/// What is wrong with one safe fix of a payload that is JSON.
fn alone(report: &Report<'_>, number: usize, fix: &OwnedFix, options: &Options) -> Option<String> {
    let text = std::str::from_utf8(report.bytes()).ok()?;
    let own = report.diagnostics().nth(number)?;
    let value = report.value()?;
    let named = own.span();
    if let Some(wrong) = reaches(value, &named, &fix.edits) {
        return Some(wrong);
    }
    let fixed = edited(text, &fix.edits);
    let after = check(report.contract(), fixed.as_bytes(), options);
    if after.value().is_none() {
        return Some("the result is not JSON".to_owned());
    }
    let mut left: Vec<(&str, usize)> = after
        .diagnostics()
        .map(|one| (one.rule().name, one.span().start))
        .collect();
    let others = report.diagnostics().enumerate();
    let mut others: Vec<_> = others
        .filter(|(other, _)| *other != number)
        .map(|(_, one)| one)
        .collect();
    // Those that stay where they were first, so that none is taken for another.
    others.retain(|one| {
        let there = (one.rule().name, moved(one.span().start, &fix.edits));
        match left.iter().position(|found| *found == there) {
            Some(place) => {
                left.swap_remove(place);
                false
            }
            None => true,
        }
    });
    for one in others {
        let (rule, span) = (one.rule().name, one.span());
        let at = moved(span.start, &fix.edits);
        let is_it = |(name, start): &(&str, usize)| *name == rule && near(*start, at, &span);
        match left.iter().position(is_it) {
            Some(place) if touched(&span, &fix.edits) => drop(left.swap_remove(place)),
            _ => return Some(format!("takes away {rule} at {:?}", one.pointer())),
        }
    }
    let own = (own.rule().name, moved(named.start, &fix.edits));
    left.contains(&own).then(|| "does not help".to_owned())
}

/// Whether a diagnostic within an edited value may have moved so far.
fn near(start: usize, at: usize, span: &Range<usize>) -> bool {
    start.abs_diff(at) <= span.len() + 2
}

/// Whether an edit overlaps or touches a part of the text.
fn touched(span: &Range<usize>, edits: &[Edit]) -> bool {
    edits
        .iter()
        .any(|edit| edit.start as usize <= span.end && span.start <= edit.end as usize)
}

/// Where an offset is after those edits.
fn moved(at: usize, edits: &[Edit]) -> usize {
    let mut new = at;
    for edit in edits {
        let (start, end) = (edit.start as usize, edit.end as usize);
        if end <= at && (start, end) != (at, at) {
            new = new + edit.text.len() - (end - start);
        } else if start < at {
            new -= at - start;
        }
    }
    new
}

/// Whether edits reach beyond the value that a diagnostic names, its key, and one comma.
fn reaches(root: Value<'_>, named: &Range<usize>, edits: &[Edit]) -> Option<String> {
    let outside = |whole: &Range<usize>| {
        edits
            .iter()
            .any(|edit| (edit.start as usize) < whole.start || edit.end as usize > whole.end)
    };
    let mut value = root;
    let mut whole = 0..usize::MAX;
    loop {
        let children: Vec<Value<'_>> = value.children().collect();
        let start = |child: &Value<'_>| child.key_span().unwrap_or(child.span()).start;
        let holds =
            |child: &&Value<'_>| start(child) <= named.start && named.end <= child.span().end;
        let Some(child) = children.iter().find(holds) else {
            break;
        };
        let before = children.iter().take_while(|one| start(one) < start(child));
        let after = children.iter().find(|one| start(one) > start(child));
        whole = before
            .last()
            .map_or(value.span().start + 1, |one| one.span().end)
            ..after.map_or(value.span().end - 1, start);
        if !matches!(child.kind(), Kind::Array | Kind::Object) {
            break;
        }
        value = *child;
    }
    // The same value under the other of its two names goes.
    let is_alias = || {
        root.children()
            .any(|child| child.key_span().as_ref() == Some(named))
    };
    (outside(&whole) && !is_alias()).then(|| format!("reaches beyond {whole:?}"))
}

/// Whether a later fix of the same run converts what a fix has written.
fn twice(
    contract: &'static Contract<'static>,
    text: &str,
    options: &Options,
    fix: &OwnedFix,
) -> Option<String> {
    let [edit] = &*fix.edits else { return None };
    let written = &*edit.text;
    let is_value = serde_json::from_str::<serde_json::Value>(written).is_ok();
    if !is_value || edit.start == edit.end {
        return None;
    }
    // The fix alone, and then all others.
    let first = edited(text, &fix.edits);
    let report = check(contract, text.as_bytes(), options);
    let whole = report.value()?;
    let pointer = pointer_to(whole, edit.start as usize)?;
    let run = fix::apply_fixes(contract, text.as_bytes(), options, fix.applicability)?;
    let value: serde_json::Value = serde_json::from_str(&run.text).ok()?;
    let alone: serde_json::Value = serde_json::from_str(&first).ok()?;
    let (last, alone) = (value.pointer(&pointer)?, alone.pointer(&pointer)?);
    (last != alone).then(|| format!("is converted again, to {last}: {}", run.text))
}

/// The JSON pointer of the value that starts there, unless a list is on the way: its items move.
fn pointer_to(value: Value<'_>, start: usize) -> Option<String> {
    let mut pointer = String::new();
    let mut value = value;
    while value.span().start != start {
        if value.kind() != Kind::Object {
            return None;
        }
        let child = value.children().find(|child| {
            let span = child.span();
            span.start <= start && start < span.end
        })?;
        let key = json_pointer::escape(&child.key()?);
        pointer = [&*pointer, "/", &key].concat();
        value = child;
    }
    Some(pointer)
}
