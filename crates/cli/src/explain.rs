//! `pipelint explain`: a rule's page, or the rules of a group.

use std::io::{IsTerminal, Write, stdout};

use pipelint::{Rule, rules};
use pipelint_overlay::{KEYWORDS, Keyword};

use crate::args::{self, Color};
use crate::error::CliError;
use crate::{CLEAN, list, page};

/// Prints the page of the rule of that name, or lists the rules of the group of that name.
///
/// A terminal gets the page laid out; what reads from a pipe gets its Markdown.
pub(crate) fn explain(name: &str, color: Color, out: &mut dyn Write) -> Result<u8, CliError> {
    let name = name.trim_end_matches('/');
    if rules::all().any(|rule| rule.group() == name) {
        let rules = rules::all().filter(|rule| rule.group() == name);
        let schemas = KEYWORDS.iter().filter(|_| name == "policy");
        list::rule_table(rules, schemas, out).map_err(CliError::Write)?;
        return Ok(CLEAN);
    }
    let own = rules::by_name(name).map(page);
    let page = own
        .or_else(|| Keyword::by_rule(name).map(Keyword::page))
        .ok_or_else(|| CliError::no_such_rule(name))?;
    let paint = color.paint();
    let text = if paint || stdout().is_terminal() {
        page::layout(&page, args::width(), paint)
    } else {
        page
    };
    out.write_all(text.as_bytes()).map_err(CliError::Write)?;
    Ok(CLEAN)
}

/// A rule's page as people read it, without the table of its wording.
pub(crate) fn page(rule: &Rule) -> String {
    let page = rule.page.split("\n## Words").next().unwrap_or_default();
    format!("{}\n", page.trim_end())
}

/// The text under a heading of a rule's page; without a heading, its introduction.
pub(crate) fn section(rule: &Rule, heading: &str) -> &'static str {
    let mut sections = rule.page.split("\n## ");
    if heading.is_empty() {
        let whole = sections.next().and_then(|title| title.split_once("\n\n"));
        return whole.map_or("", |(_, text)| text.trim());
    }
    sections
        .filter_map(|section| section.split_once('\n'))
        .find(|(known, _)| *known == heading)
        .map_or("", |(_, text)| text.trim())
}

/// The first sentence of a page.
pub(crate) fn summary(page: &str) -> String {
    let paragraph = page
        .split("\n\n")
        .nth(1)
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let end = paragraph.find(". ").unwrap_or(paragraph.len());
    paragraph
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned()
}
