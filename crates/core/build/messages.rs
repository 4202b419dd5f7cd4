//! Gathers the wording: English from the rules' pages and `messages/en.md`, every other language
//! from a file of its own, `messages/<tag>.md`, if the feature `locale-<tag>` asks for it.
//!
//! A template stands on one line: `` - `key`: text ``. In a page it stands under the heading
//! `## Words`, in a language's file under the name of its rule.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Parameters for who reads diagnostics as data, which no template names.
const UNSAID: [&str; 1] = ["format"];

/// A template with the name of its rule and its key.
struct Template {
    rule: String,
    key: String,
    text: String,
}

/// The Rust source of all tables, and of the type that names the languages.
pub(crate) fn source(rules: &Path, messages: &Path) -> Result<String, Box<dyn Error>> {
    let english = english(rules, &fs::read_to_string(messages.join("en.md"))?)?;
    let mut out = String::new();
    for (number, template) in english.iter().enumerate() {
        let Template { rule, key, text } = template;
        let constant = format!("{rule}_{key}")
            .replace(['/', '-'], "_")
            .to_uppercase();
        let text = text.replace('[', "\\[");
        writeln!(out, "/// `{rule}`, `{key}`: {text}")?;
        writeln!(out, "pub(crate) const {constant}: Text = Text({number});")?;
    }
    let said = english.iter().flat_map(|template| pieces(&template.text));
    let names: BTreeSet<_> = said.filter_map(|piece| piece.name).chain(UNSAID).collect();
    let names: Vec<_> = names.into_iter().collect();
    out.push_str(&parameters(&names)?);
    let mut languages = vec![("en".to_owned(), "English".to_owned())];
    out.push_str(&table(
        "en",
        english.iter().map(|template| &*template.text),
        &names,
    )?);
    for (tag, file) in others(messages)? {
        println!("cargo::rerun-if-env-changed={}", feature(&tag));
        if env::var_os(feature(&tag)).is_none() {
            continue;
        }
        let file = fs::read_to_string(file)?;
        let name = file.lines().next().unwrap_or_default();
        languages.push((tag.clone(), name.trim_start_matches("# ").to_owned()));
        let words: BTreeMap<_, _> = sections(&file)
            .map(|(rule, key, text)| ((rule, key), text))
            .collect();
        // What is not translated yet is said in English; a test tells what that is.
        let texts = english.iter().map(|template| {
            let own = words.get(&(&*template.rule, &*template.key));
            own.copied().unwrap_or(&template.text)
        });
        out.push_str(&table(&tag, texts, &names)?);
    }
    out.push_str(&locale(&languages)?);
    Ok(out)
}

fn english(rules: &Path, common: &str) -> Result<Vec<Template>, Box<dyn Error>> {
    let template = |rule: &str, key: &str, text: &str| Template {
        rule: rule.to_owned(),
        key: key.to_owned(),
        text: text.to_owned(),
    };
    let mut templates = Vec::new();
    for page in pages(rules)? {
        let text = fs::read_to_string(&page)?;
        let rule = name(&page).ok_or_else(|| format!("{}: not a rule's page", page.display()))?;
        templates.extend(words(&text).map(|(key, text)| template(&rule, key, text)));
    }
    templates.extend(sections(common).map(|(rule, key, text)| template(rule, key, text)));
    Ok(templates)
}

/// A part of a template: words as they are, and the parameter behind them.
struct Piece<'t> {
    words: String,
    name: Option<&'t str>,
}

/// A template in pieces: `{name}` stands for the parameter of that name, `{{` for a brace.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut words, mut rest) = (Vec::new(), String::new(), template);
    while let Some((before, behind)) = rest.split_once('{') {
        words.push_str(before);
        if let Some(behind) = behind.strip_prefix('{') {
            words.push('{');
            rest = behind;
            continue;
        }
        let Some((name, behind)) = behind.split_once('}') else {
            words.push('{');
            rest = behind;
            continue;
        };
        pieces.push(Piece {
            words: std::mem::take(&mut words),
            name: Some(name),
        });
        rest = behind;
    }
    words.push_str(rest);
    if !words.is_empty() || pieces.is_empty() {
        pieces.push(Piece { words, name: None });
    }
    pieces
}

/// The names of all parameters, with a constant for each.
fn parameters(names: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut constants = String::new();
    for (number, name) in names.iter().enumerate() {
        let constant = name.to_uppercase();
        writeln!(
            constants,
            "/// `{{{name}}}`.\npub(crate) const {constant}: Name = Name({number});"
        )?;
    }
    Ok(format!(
        "static NAMES: [&str; {}] = {names:?};

/// The parameters of all templates.
pub(crate) mod param {{
use super::Name;
{constants}}}
",
        names.len()
    ))
}

/// The words of all templates in one text, how long each piece of it is, which parameter follows
/// it, and where the pieces and the words of each template start: a table of texts would hold a
/// pointer for each.
fn table<'t>(
    tag: &str,
    texts: impl Iterator<Item = &'t str>,
    names: &[&str],
) -> Result<String, Box<dyn Error>> {
    let (mut words, mut lengths, mut behind) = (String::new(), Vec::new(), Vec::new());
    let mut templates = Vec::new();
    for text in texts {
        templates.push((u16::try_from(lengths.len())?, u16::try_from(words.len())?));
        for piece in pieces(text) {
            let mut rest = &*piece.words;
            while let Some(part) = rest.get(..rest.floor_char_boundary(usize::from(u8::MAX)))
                && part.len() < rest.len()
            {
                lengths.push(part.len());
                behind.push(u8::MAX);
                rest = &rest[part.len()..];
            }
            lengths.push(rest.len());
            words.push_str(&piece.words);
            behind.push(match piece.name {
                None => u8::MAX,
                Some(name) => names
                    .binary_search(&name)
                    .ok()
                    .and_then(|number| u8::try_from(number).ok())
                    .filter(|number| *number < u8::MAX)
                    .ok_or_else(|| format!("{tag}: English has no parameter {name}: {text}"))?,
            });
        }
    }
    templates.push((u16::try_from(lengths.len())?, u16::try_from(words.len())?));
    let (name, pieces, count) = (
        tag.replace('-', "_").to_uppercase(),
        lengths.len(),
        templates.len(),
    );
    Ok(format!(
        "static {name}: &str = {words:?};
static {name}_LENGTHS: [u8; {pieces}] = {lengths:?};
static {name}_BEHIND: [u8; {pieces}] = {behind:?};
static {name}_TEMPLATES: [(u16, u16); {count}] = {templates:?};
"
    ))
}

/// The type that names the languages which are built in.
fn locale(languages: &[(String, String)]) -> Result<String, Box<dyn Error>> {
    let (mut variants, mut all) = (String::new(), String::new());
    let (mut tags, mut names, mut tables) = (String::new(), String::new(), String::new());
    for (number, (tag, name)) in languages.iter().enumerate() {
        let variant: String = tag.split('-').map(capital).collect();
        let table = tag.replace('-', "_").to_uppercase();
        let default = if number == 0 { "#[default]\n" } else { "" };
        writeln!(variants, "/// {name}.\n{default}{variant},")?;
        write!(all, "Self::{variant}, ")?;
        writeln!(tags, "Self::{variant} => {tag:?},")?;
        writeln!(names, "Self::{variant} => {name:?},")?;
        writeln!(
            tables,
            "Self::{variant} => Table {{ words: {table}, lengths: &{table}_LENGTHS, behind: &{table}_BEHIND, templates: &{table}_TEMPLATES }},"
        )?;
    }
    Ok(format!(
        "/// A language of messages and help.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Locale {{
{variants}}}

impl Locale {{
    /// The languages that are built in.
    pub const ALL: &'static [Self] = &[{all}];

    /// The language's tag (RFC 5646).
    #[must_use]
    pub const fn tag(self) -> &'static str {{
        match self {{
            {tags}
        }}
    }}

    /// What those who speak it call it.
    #[must_use]
    pub const fn name(self) -> &'static str {{
        match self {{
            {names}
        }}
    }}

    /// All templates.
    const fn table(self) -> Table {{
        match self {{
            {tables}
        }}
    }}
}}
"
    ))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The variable by which Cargo says that a language is asked for.
fn feature(tag: &str) -> String {
    format!(
        "CARGO_FEATURE_LOCALE_{}",
        tag.replace('-', "_").to_uppercase()
    )
}

/// The files of languages other than English, by their tags.
fn others(messages: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    for file in fs::read_dir(messages)? {
        let file = file?.path();
        let tag = file.file_stem().and_then(|stem| stem.to_str());
        if let Some(tag) = tag.filter(|tag| *tag != "en") {
            files.insert(tag.to_owned(), file);
        }
    }
    Ok(files)
}

/// `(rule, key, template)` of each line of a language's file.
fn sections(file: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut rule = "";
    file.lines().filter_map(move |line| {
        if let Some(heading) = line.strip_prefix("## ") {
            rule = heading.trim_matches('`');
            return None;
        }
        let (key, text) = template(line)?;
        Some((rule, key, text))
    })
}

/// `(key, template)` of each line under `## Words`.
fn words(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.lines()
        .skip_while(|line| *line != "## Words")
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(template)
}

fn template(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("- `")?.split_once("`: ")
}

/// `src/rules/name/too_long.md` is the page of `name/too-long`.
fn name(page: &Path) -> Option<String> {
    let stem = page
        .file_stem()?
        .to_str()?
        .trim_end_matches('_')
        .replace('_', "-");
    let group = page.parent()?.file_name()?.to_str()?;
    Some(format!("{group}/{stem}"))
}

/// All pages, in a fixed order.
fn pages(rules: &Path) -> io::Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for group in fs::read_dir(rules)? {
        let group = group?.path();
        if group.is_dir() {
            for file in fs::read_dir(group)? {
                let file = file?.path();
                if file.extension().is_some_and(|extension| extension == "md") {
                    pages.push(file);
                }
            }
        }
    }
    pages.sort();
    Ok(pages)
}
