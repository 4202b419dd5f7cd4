//! Rewrites the relative links of the repository's documents for the site.

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;

use super::DOCUMENTS;
use crate::generated;
use crate::run::{Outcome, root};

/// Where each file of the repository is on the site.
pub(super) struct Links {
    /// Paths in the repository, and the pages made of them.
    pages: HashMap<String, String>,
    /// The address of the repository.
    repository: String,
}

impl Links {
    pub(super) fn new() -> Outcome<Self> {
        let mut pages: HashMap<String, String> = DOCUMENTS
            .into_iter()
            .map(|(source, page)| (source.to_owned(), page_url(page)))
            .collect();
        for rule in pipelint::rules::all() {
            pages.insert(
                format!("crates/core/src/rules/{}.md", generated::file(rule.name)),
                format!("/rules/{}", rule.name),
            );
        }
        let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
        let repository = manifest
            .lines()
            .find_map(|line| line.strip_prefix("repository = \"")?.strip_suffix('"'))
            .ok_or("Cargo.toml has no line `repository = \"…\"`")?
            .to_owned();
        Ok(Self { pages, repository })
    }

    /// The document `source` with links that work on the site: to a page if the target is one, to
    /// the repository otherwise. Fenced code is not changed.
    pub(super) fn rewrite(&self, source: &str, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut in_fence = false;
        for line in text.split_inclusive('\n') {
            if line.starts_with("```") {
                in_fence = !in_fence;
            }
            if in_fence {
                out.push_str(line);
            } else {
                self.rewrite_line(source, line, &mut out);
            }
        }
        out
    }

    fn rewrite_line(&self, source: &str, line: &str, out: &mut String) {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("](") {
            out.push_str(before);
            out.push_str("](");
            rest = after;
            if let Some((target, after)) = after.split_once(')') {
                let _ = write!(out, "{})", self.target(source, target));
                rest = after;
            }
        }
        out.push_str(rest);
    }

    fn target(&self, source: &str, target: &str) -> String {
        if target.contains("://") || target.starts_with(['#', '/']) {
            return target.to_owned();
        }
        let (path, anchor) = match target.split_once('#') {
            Some((path, anchor)) => (path, format!("#{anchor}")),
            None => (target, String::new()),
        };
        let path = resolve(source, path);
        match self.pages.get(&path) {
            Some(page) => format!("{page}{anchor}"),
            None => format!("{}/blob/main/{path}{anchor}", self.repository),
        }
    }

    /// The address of a file in the repository.
    pub(super) fn source(&self, path: &str) -> String {
        format!("{}/blob/main/{path}", self.repository)
    }
}

/// The address of a page, without its extension.
fn page_url(page: &str) -> String {
    let page = page.strip_suffix(".md").unwrap_or(page);
    format!("/{}", page.strip_suffix("index").unwrap_or(page))
}

/// A relative path, seen from the file `source`, as a path from the root of the repository.
fn resolve(source: &str, path: &str) -> String {
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(source: &str, text: &str) -> String {
        Links::new().unwrap().rewrite(source, text)
    }

    #[test]
    fn a_link_to_a_document_becomes_a_link_to_its_page() {
        let text = rewrite(
            "docs/rules.md",
            "See [it](../crates/config/README.md#rules).",
        );
        assert_eq!(text, "See [it](/configuration#rules).");
        let text = rewrite("README.md", "[rules](docs/rules.md), [CI](docs/ci.md)");
        assert_eq!(text, "[rules](/rules/), [CI](/guides/ci)");
    }

    #[test]
    fn a_link_to_a_rule_becomes_a_link_to_its_page() {
        let text = rewrite(
            "docs/rules.md",
            "[t](../crates/core/src/rules/schema/type_.md)",
        );
        assert_eq!(text, "[t](/rules/schema/type)");
    }

    #[test]
    fn a_link_to_another_file_leads_to_the_repository() {
        let text = rewrite("pkg/README.md", "[deal](examples/deal.ts)");
        assert!(text.ends_with("/blob/main/pkg/examples/deal.ts)"), "{text}");
    }

    #[test]
    fn fenced_code_and_absolute_links_are_not_changed() {
        let text = "[a](https://example.com/b.md)\n```md\n[b](c.md)\n```\n[d](#e)\n";
        assert_eq!(rewrite("README.md", text), text);
    }
}
