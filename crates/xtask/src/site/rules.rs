//! The pages of the rules.

use std::collections::BTreeMap;
use std::fmt::Write;

use pipelint::rules::{Fixes, Role, Rule};

use super::payloads::playground;
use crate::generated;

/// A page for each rule and for each group of rules: the paths and the texts.
pub(super) fn pages() -> Vec<(String, String)> {
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    let mut pages = Vec::new();
    for rule in pipelint::rules::all() {
        let name = rule.name;
        let group = name.split('/').next().unwrap_or(name);
        let list = groups
            .entry(group)
            .or_insert_with(|| format!("# Rules of the group `{group}`\n\n"));
        let _ = writeln!(
            list,
            "- [`{name}`](/rules/{name}): {}",
            generated::summary(rule)
        );
        pages.push((format!("rules/{name}.md"), page(rule)));
    }
    let groups = groups
        .into_iter()
        .map(|(group, list)| (format!("rules/{group}/index.md"), list));
    pages.extend(groups);
    pages
}

/// A rule's page for readers: without the messages, and with a link to the playground for each
/// example that can be tried there.
fn page(rule: &Rule) -> String {
    let mut out = String::new();
    let mut example: Option<Example> = None;
    for line in rule.page.lines() {
        if line == "## Words" {
            break;
        }
        if let Some(fence) = line.strip_prefix("```json,") {
            let next = Example::new(fence);
            let verdict = if next.fires { "Reported:" } else { "Accepted:" };
            let _ = writeln!(out, "{verdict}\n\n```json");
            example = Some(next);
            continue;
        }
        let _ = writeln!(out, "{line}");
        if let Some(open) = &mut example {
            if line == "```" {
                if let Some(link) = open.link() {
                    let _ = writeln!(out, "\n[Open in the playground]({link})");
                }
                example = None;
            } else {
                open.text.push_str(line);
                open.text.push('\n');
            }
        } else if line.starts_with("# ") {
            let _ = writeln!(out, "\n{}", badge(rule));
        }
    }
    out
}

/// The severity and the fix in one line.
fn badge(rule: &Rule) -> String {
    let severity = match rule.role {
        Role::Advises(_) => "Advice on another rule's diagnostic".to_owned(),
        _ => format!("Severity: **{}**", rule.severity.name()),
    };
    let fix = match rule.fixes {
        Fixes::None => "no fix",
        Fixes::Safe => "safe fix",
        Fixes::Unsafe => "unsafe fix",
        Fixes::Either => "safe or unsafe fix",
    };
    format!("{severity} · {fix}")
}

/// One example of a page while it is read.
struct Example {
    fires: bool,
    payload: Option<String>,
    /// Whether the example needs settings that the link does not carry.
    is_plain: bool,
    text: String,
}

impl Example {
    fn new(fence: &str) -> Self {
        let mut words = fence.split_whitespace();
        let fires = words.next() == Some("fires");
        let mut example = Self {
            fires,
            payload: None,
            is_plain: true,
            text: String::new(),
        };
        for word in words {
            match word.strip_prefix("payload=") {
                Some(payload) => example.payload = Some(payload.to_owned()),
                None => example.is_plain = false,
            }
        }
        example
    }

    fn link(&self) -> Option<String> {
        let payload = self.payload.as_deref().filter(|_| self.is_plain)?;
        Some(playground(payload, self.text.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_examples_but_not_its_messages() {
        let rule = pipelint::rules::all().find(|rule| rule.name == "currency/wrong-case");
        let text = page(rule.unwrap());
        assert!(
            text.starts_with("# `currency/wrong-case`\n\nSeverity: **error** · "),
            "{text}"
        );
        assert!(text.contains("Reported:\n\n```json\n{"), "{text}");
        assert!(
            text.contains("(/playground#payload=leadlex%2Fcreate-deal&text="),
            "{text}"
        );
        assert!(
            !text.contains("json,") && !text.contains("## Words"),
            "{text}"
        );
    }
}
