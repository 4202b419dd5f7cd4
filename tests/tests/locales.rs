//! The languages: a text has the parameters of the English one, which takes the place of a
//! missing text, and every example of every page is explained.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use pipelint::{Locale, check, rules};
use pipelint_tests::{contract, here, options, page};

/// Templates by rule and key.
type Words = BTreeMap<(String, String), String>;

/// What is the same word in another language.
const SHARED: [&str; 1] = ["null"];

fn folder() -> PathBuf {
    here("../crates/core/messages")
}

/// The templates of a language's file.
fn file(tag: &str) -> Words {
    let text = fs::read_to_string(folder().join(format!("{tag}.md"))).unwrap();
    let mut words = Words::new();
    let mut rule = "";
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            rule = heading.trim_matches('`');
        } else if line.starts_with("- ") {
            let (key, text) = line
                .strip_prefix("- `")
                .and_then(|line| line.split_once("`: "))
                .unwrap_or_else(|| panic!("{tag}: no template: {line:?}"));
            let before = words.insert((rule.to_owned(), key.to_owned()), text.to_owned());
            assert_eq!(before, None, "{tag}: {rule}, {key} stands twice");
        }
    }
    words
}

/// All templates of English.
fn english() -> Words {
    let mut words = file("en");
    for rule in rules::all() {
        for (key, text) in page::words(rule.page) {
            words.insert((rule.name.to_owned(), key.to_owned()), text.to_owned());
        }
    }
    words
}

/// The tags of the languages that have a file, without English.
fn others() -> Vec<String> {
    let mut tags: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|tag| tag != "en")
        .collect();
    tags.sort();
    tags
}

#[test]
fn every_language_with_a_file_is_built_in() {
    let mut built: Vec<&str> = Locale::ALL.iter().map(|locale| locale.tag()).collect();
    assert_eq!(built.remove(0), "en");
    assert_eq!(built, others());
    for locale in Locale::ALL {
        assert_eq!(Locale::by_tag(locale.tag()), Some(*locale));
        assert!(!locale.name().is_empty());
    }
    assert_eq!(Locale::by_tag("DE-at"), Locale::by_tag("de"));
    for none in ["", "d", "deu", "english", "x", "é"] {
        assert_eq!(Locale::by_tag(none), None, "{none}");
    }
}

#[test]
fn no_language_has_a_text_that_english_does_not_have() {
    let english = english();
    for tag in others() {
        let words = file(&tag);
        // A text that is not translated yet is shown in English.
        let missing = english.keys().filter(|key| !words.contains_key(*key));
        let missing: Vec<_> = missing
            .map(|(rule, key)| format!("{rule}, {key}"))
            .collect();
        if !missing.is_empty() {
            println!("warning: {tag} has no text yet for: {}", missing.join("; "));
        }
        let extra: Vec<_> = words
            .keys()
            .filter(|key| !english.contains_key(key))
            .collect();
        assert!(
            extra.is_empty(),
            "{tag} has what English does not: {extra:#?}"
        );
    }
}

#[test]
fn every_text_has_the_parameters_of_the_english_one() {
    fn names(text: &str) -> BTreeSet<&str> {
        let behind = text.split('{').skip(1);
        behind
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }
    let english = english();
    let mut wrong = Vec::new();
    for tag in others() {
        for (key, text) in &file(&tag) {
            let Some(original) = english.get(key) else {
                continue;
            };
            if names(text) != names(original) {
                wrong.push(format!("{tag}: {key:?}: {text:?} for {original:?}"));
            }
            // A message is a sentence without a full stop, as is a fix's title; help is whole.
            if text.ends_with('.') != original.ends_with('.') {
                wrong.push(format!("{tag}: {key:?}: the end of {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_is_explained_in_every_language() {
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        for rule in rules::all() {
            for example in page::examples(rule) {
                let mut options = example.options.clone();
                options.locale = *locale;
                let report = check(example.contract, &example.bytes, &options);
                let english = check(example.contract, &example.bytes, &example.options);
                for (diagnostic, original) in report.diagnostics().zip(english.diagnostics()) {
                    let (said, original) = (diagnostic.explain(), original.explain());
                    let same = said.pointer == original.pointer
                        && said.source == original.source
                        && said.help.is_some() == original.help.is_some()
                        && said.fix.as_ref().map(|fix| &fix.edits)
                            == original.fix.as_ref().map(|fix| &fix.edits);
                    // Only the words may differ.
                    if !same || said.message.is_empty() {
                        wrong.push(format!("{}: {:?}", example.place, said.message));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_language_repeats_english() {
    let english = english();
    for tag in others() {
        let same: Vec<_> = file(&tag)
            .into_iter()
            .filter(|(key, text)| english.get(key) == Some(text) && !SHARED.contains(&&**text))
            .collect();
        assert!(same.is_empty(), "{tag}: {same:#?}");
    }
}

#[test]
fn german_reads_as_german() {
    let mut options = options(pipelint_tests::NOW);
    options.locale = Locale::by_tag("de").unwrap();
    let mut out = String::new();
    for (payload, text) in [
        (
            "leadlex/create-deal",
            r#"{"status": "Won", "estimated_value": "$50,000.00", "probability": 120, "tags": ["a", "a", 5], "currency": "usd", "follow_up_date": "15/03/2026", "folow": 1}"#,
        ),
        (
            "slant/create-opportunity",
            r#"{"name": " ", "value": 5000.50, "probability": 0.75, "target_close_date": "2025-06-01T00:00:00Z"}"#,
        ),
        ("ruddr/create-opportunity-stage", r#"["a"]"#),
        ("ruddr/create-opportunity-stage", "{name: 'x',}"),
        (
            "slant/create-opportunity/headers",
            r#"{"authorization": "wbk_4f9a1c7e2b8d4e6fa0c35b7d91e82f64", "content-type": "text/plain"}"#,
        ),
    ] {
        let report = check(contract(payload), text.as_bytes(), &options);
        for diagnostic in report.diagnostics() {
            let said = diagnostic.explain();
            let _ = writeln!(out, "{}: {}", diagnostic.rule().name, said.message);
            if let Some(help) = said.help {
                let _ = writeln!(out, "  {help}");
            }
            if let Some(fix) = said.fix {
                let _ = writeln!(out, "  [{}]", fix.title);
            }
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    let _guard = settings.bind_to_scope();
    insta::assert_snapshot!("german", out);
}
