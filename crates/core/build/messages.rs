//! Gathers the wording: English from the rules' pages and `messages/en.md`, every other language
//! from a file of its own, `messages/<tag>.md`, if the feature `locale-<tag>` asks for it.
//!
//! A template is on one line: `` - `key`: text ``. In a page it is under the heading
//! `## Words`, in a language's file under the name of its rule.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Parameters for programs that read diagnostics as data; no template names them.
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

/// A part of a template: words as they are, and the parameter after them.
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

/// The templates in one text: a control character stands for each parameter and after each
/// template, as `crate::messages` reads it. Tables of where each piece starts would be as big as
/// a third of the words, compressed.
fn table<'t>(
    tag: &str,
    texts: impl Iterator<Item = &'t str>,
    names: &[&str],
) -> Result<String, Box<dyn Error>> {
    let mut words = String::new();
    for text in texts {
        if text.contains(char::is_control) {
            return Err(format!("{tag}: a control character in a template: {text:?}").into());
        }
        for piece in pieces(text) {
            words.push_str(&piece.words);
            if let Some(name) = piece.name {
                let number = names.binary_search(&name).ok();
                words.push(
                    number
                        .and_then(mark)
                        .ok_or_else(|| format!("{tag}: English has no parameter {name}: {text}"))?,
                );
            }
        }
        words.push('\0');
    }
    if words.len() > usize::from(u16::MAX) {
        return Err(format!("{tag}: more words than {} bytes", u16::MAX).into());
    }
    let name = tag.replace('-', "_").to_uppercase();
    Ok(format!(
        "static {name}: OnceLock<Table> = OnceLock::new();
static {name}_WORDS: &str = {words:?};
"
    ))
}

/// The control character that stands for the parameter of that number.
fn mark(number: usize) -> Option<char> {
    let before = char::from(u8::try_from(number + 1).ok()?);
    let behind = char::from(u8::try_from(number + 1 + 0x60).ok()?);
    [before, behind].into_iter().find(|mark| mark.is_control())
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
            "Self::{variant} => {table}.get_or_init(|| Table::of({table}_WORDS)),"
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
    fn table(self) -> &'static Table {{
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
