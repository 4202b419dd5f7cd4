//! Every rule's page: its form, its examples, its wording and its fixes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pipelint::rules::{self, Fixes, Param, Role, Source};
use pipelint::{Applicability, Diagnostic, OwnedDiagnostic, Report, Rule, check};
use pipelint_tests::page::{self, Example};
use pipelint_tests::promise;
use pipelint_tests::{edited, findings, here, sound};

/// What the rule reports in that report, or advises on.
fn fired<'r>(
    rule: &'static Rule,
    report: &'r Report<'r>,
) -> Vec<(Diagnostic<'r>, OwnedDiagnostic)> {
    report
        .diagnostics()
        .map(|diagnostic| (diagnostic, diagnostic.explain()))
        .filter(|(diagnostic, explained)| {
            std::ptr::eq(diagnostic.rule(), rule)
                || explained
                    .adviser
                    .is_some_and(|adviser| std::ptr::eq(adviser, rule))
        })
        .collect()
}

fn run(example: &Example) -> Report<'_> {
    check(example.contract, &example.bytes, &example.options)
}

fn examples() -> impl Iterator<Item = (&'static Rule, Example)> {
    rules::all().flat_map(|rule| {
        page::examples(rule)
            .into_iter()
            .map(move |example| (rule, example))
    })
}

#[test]
fn every_page_has_its_parts() {
    for rule in rules::all() {
        let page = rule.page;
        assert!(
            page.starts_with(&format!("# `{}`\n\n", rule.name)),
            "{}: title",
            rule.name
        );
        assert_eq!(page::headings(page), page::HEADINGS, "{}", rule.name);
        let summary = page.lines().nth(2).unwrap_or_default();
        assert!(
            summary.ends_with('.') && !summary.starts_with('#'),
            "{}: summary {summary:?}",
            rule.name
        );
        for heading in page::HEADINGS {
            let text = page::section(page, heading);
            assert!(
                text.is_some_and(|text| !text.is_empty()),
                "{}: {heading} is empty",
                rule.name
            );
        }
        assert!(!page.contains('\u{2014}'), "{}: a long dash", rule.name);
    }
}

#[test]
fn every_page_has_an_example_that_fires_and_one_that_passes() {
    let mut bare = Vec::new();
    for rule in rules::all() {
        let examples = page::examples(rule);
        for fires in [true, false] {
            if !examples.iter().any(|example| example.fires == fires) {
                bare.push((rule.name, if fires { "fires" } else { "passes" }));
            }
        }
    }
    assert!(bare.is_empty(), "pages without an example: {bare:#?}");
}

#[test]
fn examples_do_what_they_say() {
    let mut wrong = Vec::new();
    for (rule, example) in examples() {
        let report = run(&example);
        sound(&report);
        if fired(rule, &report).is_empty() == example.fires {
            wrong.push(format!(
                "{}: {} is marked {}; found: {:?}",
                example.place,
                String::from_utf8_lossy(&example.bytes),
                if example.fires { "fires" } else { "passes" },
                findings(&report)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_stands_in_its_file_and_every_file_is_listed() {
    let listed: BTreeSet<String> = rules::all().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(listed.len(), rules::all().count(), "a rule is listed twice");
    let mut filed = BTreeSet::new();
    for group in fs::read_dir(here("../crates/core/src/rules")).unwrap() {
        let group = group.unwrap().path();
        if !group.is_dir() {
            continue;
        }
        for file in fs::read_dir(&group).unwrap() {
            let file = file.unwrap().path();
            let twin = match file.extension().and_then(|extension| extension.to_str()) {
                Some("rs") => "md",
                Some("md") => "rs",
                _ => panic!("{} is no rule's file", file.display()),
            };
            assert!(
                file.with_extension(twin).exists(),
                "{} has no .{twin} beside it",
                file.display()
            );
            filed.insert(name(&group, &file));
        }
    }
    assert_eq!(listed, filed);
    for group in rules::GROUPS {
        let first = group.first().expect("a group has rules").group();
        for rule in *group {
            assert_eq!(rule.group(), first);
        }
    }
}

/// `name/too_long.rs` is the file of `name/too-long`.
fn name(group: &Path, file: &Path) -> String {
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let group = group.file_name().unwrap().to_str().unwrap();
    format!("{group}/{}", stem.trim_end_matches('_').replace('_', "-"))
}

#[test]
fn every_source_names_something() {
    let mut wrong = BTreeSet::new();
    for rule in rules::all() {
        if let Source::Standard(name) = rule.source
            && !name.contains(|character: char| character.is_ascii_digit())
        {
            wrong.insert(format!("{}: {name:?} names no standard", rule.name));
        }
    }
    for (rule, example) in examples() {
        let report = run(&example);
        for (_, explained) in fired(rule, &report) {
            let source = explained.source.as_str();
            let known = match source.split_once('#') {
                // A schema of the user's own has no notes.
                None if source == "own/payload" => true,
                None => !source.is_empty() && !source.contains('/'),
                Some((operation, _)) if operation.starts_with("acme/") => true,
                Some((operation, id)) => {
                    let heading = format!("### {id}");
                    pipelint_schemas::file(&format!("{operation}/NOTES.md"))
                        .is_some_and(|notes| notes.text.lines().any(|line| line == heading))
                }
            };
            if !known {
                wrong.insert(format!("{}: {source:?} leads nowhere", example.place));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A parameter in words.
fn shown(param: &Param<'_>) -> String {
    match param {
        Param::Text(text) => text.to_string(),
        Param::Count(count) => count.to_string(),
    }
}

/// A template filled in with those parameters, if all are there.
fn filled(template: &str, explained: &OwnedDiagnostic) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        if let Some(literal) = behind.strip_prefix('{') {
            out.push('{');
            rest = literal;
            continue;
        }
        let (name, behind) = behind.split_once('}')?;
        let (_, value) = explained.params.iter().find(|(known, _)| *known == name)?;
        // A message quotes the name of a field.
        let text = shown(value);
        let is_name = name == "field" && !text.contains([' ', '`']);
        let quote = if is_name { "`" } else { "" };
        out.extend([quote, &text, quote]);
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}

#[test]
fn every_rule_says_which_fixes_it_offers() {
    let mut seen: BTreeMap<&str, BTreeSet<Applicability>> = BTreeMap::new();
    for (_, example) in examples() {
        let report = run(&example);
        for diagnostic in report.diagnostics() {
            let explained = diagnostic.explain();
            let Some(fix) = &explained.fix else {
                continue;
            };
            // Of the rule that reports and the one that advises, the fix is of the one whose page
            // has its title.
            let speakers = [Some(diagnostic.rule()), explained.adviser];
            for rule in speakers.into_iter().flatten() {
                let is_title = |(key, template): (&str, &str)| {
                    key.starts_with("fix")
                        && filled(template, &explained).as_deref() == Some(&fix.title)
                };
                if page::words(rule.page).into_iter().any(is_title) {
                    seen.entry(rule.name).or_default().insert(fix.applicability);
                }
            }
        }
    }
    let wrong: Vec<_> = rules::all()
        .filter_map(|rule| {
            let seen = seen.get(rule.name);
            let has = |kind| seen.is_some_and(|seen| seen.contains(&kind));
            let offers = match (has(Applicability::Safe), has(Applicability::Unsafe)) {
                (false, false) => Fixes::None,
                (true, false) => Fixes::Safe,
                (false, true) => Fixes::Unsafe,
                (true, true) => Fixes::Either,
            };
            (offers != rule.fixes).then_some((rule.name, offers))
        })
        .collect();
    assert!(wrong.is_empty(), "its examples show otherwise: {wrong:#?}");
}

/// Texts that no example can show: some take hundreds of thousands of values (see `hostile.rs`), and
/// each built-in payload has a property that it requires, so that `schema/required` reports a
/// wrapper.
const UNSHOWN: [(&str, &str); 7] = [
    ("json/too-large", "message-values"),
    ("json/too-large", "help-values"),
    ("schema/unknown-property", "message-wrapped"),
    ("schema/unknown-property", "help-wrapped"),
    ("schema/unknown-property", "fix-wrapped"),
    ("schema/type", "message-unfit"),
    ("schema/type", "help-unfit"),
];

#[test]
fn every_text_is_a_template_with_all_its_parameters_and_every_template_is_shown() {
    let mut used = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    for (_, example) in examples() {
        let report = run(&example);
        for diagnostic in report.diagnostics() {
            let explained = diagnostic.explain();
            let speakers = [Some(diagnostic.rule()), explained.adviser];
            let templates: Vec<(&str, &str, &str)> = speakers
                .into_iter()
                .flatten()
                .flat_map(|rule| {
                    page::words(rule.page)
                        .into_iter()
                        .map(|(key, text)| (rule.name, key, text))
                })
                .collect();
            let title = explained.fix.as_ref().map(|fix| fix.title.as_str());
            let texts = [
                Some(("message", explained.message.as_str())),
                explained.help.as_deref().map(|help| ("help", help)),
                title.map(|title| ("fix", title)),
            ];
            for (kind, text) in texts.into_iter().flatten() {
                let before = used.len();
                let mut known = false;
                for (rule, key, template) in &templates {
                    if key.starts_with(kind)
                        && filled(template, &explained).as_deref() == Some(text)
                    {
                        known = true;
                        used.insert((*rule, *key));
                    }
                }
                if !known && before == used.len() {
                    wrong.insert(format!(
                        "{}: {kind} {text:?} is no template of its rule's page with all its parameters; there are {:?}",
                        example.place, explained.params
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let idle: Vec<_> = rules::all()
        .flat_map(|rule| {
            let words = page::words(rule.page).into_iter();
            words.map(move |(key, _)| (rule.name, key))
        })
        .filter(|text| !used.contains(text) && !UNSHOWN.contains(text))
        .collect();
    assert!(
        idle.is_empty(),
        "texts that no example of any page shows: {idle:#?}"
    );
}

#[test]
fn texts_keep_to_the_policy_style() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        for (key, text) in page::words(rule.page) {
            let kind = key.split('-').next().unwrap_or_default();
            let first = text.chars().next().unwrap_or(' ');
            let good = match kind {
                "message" => {
                    !text.ends_with('.') && (!first.is_uppercase() || text.starts_with("JSON"))
                }
                "help" => text.ends_with(['.', '?']) && !first.is_lowercase(),
                "fix" => !text.ends_with('.') && !first.is_lowercase(),
                _ => false,
            };
            if !good || text.contains('\u{2014}') || text.contains("  ") {
                wrong.push(format!("{}: `{key}`: {text}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn advisers_only_advise() {
    for (_, example) in examples() {
        for diagnostic in run(&example).diagnostics() {
            assert!(
                !matches!(diagnostic.rule().role, Role::Advises(_)),
                "{}",
                example.place
            );
        }
    }
}

#[test]
fn fixes_mend_what_they_are_offered_for() {
    let mut wrong = BTreeSet::new();
    for (_, example) in examples() {
        let report = run(&example);
        let Ok(text) = std::str::from_utf8(&example.bytes) else {
            continue;
        };
        for diagnostic in report.diagnostics() {
            let Some(fix) = diagnostic.explain().fix else {
                continue;
            };
            let mended = edited(text, &fix.edits);
            let place = format!(
                "{}: {} by {fix:?} gives {mended}",
                example.place,
                diagnostic.rule().name
            );
            if mended == text {
                wrong.insert(format!("{place}, which changes nothing"));
            }
            if fix.applicability != Applicability::Safe {
                continue;
            }
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&mended) {
                wrong.insert(format!("{place}: {error}"));
            }
        }
        if let Some(broken) = promise::broken(example.contract, text, &example.options) {
            wrong.insert(format!("{}: {broken}", example.place));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
