//! A rule's page, cut into its parts.

use std::sync::Arc;

use pipelint::compile::{CompileOptions, ContractTables, compile};
use pipelint::contract::Contract;
use pipelint::{Options, Policy, Rule};

/// The headings of a page, in their order.
pub const HEADINGS: [&str; 5] = ["Why", "What to do", "Source", "Examples", "Words"];

/// An example of a page.
#[derive(Debug)]
pub struct Example {
    /// The rule's name and the line on which the example starts.
    pub place: String,
    /// Whether the rule must fire, or must not.
    pub fires: bool,
    pub contract: &'static Contract<'static>,
    pub options: Options,
    pub bytes: Vec<u8>,
}

/// The text under a heading.
pub fn section<'p>(page: &'p str, heading: &str) -> Option<&'p str> {
    let start = page.find(&format!("\n## {heading}\n"))? + heading.len() + 5;
    let rest = &page[start..];
    Some(rest.find("\n## ").map_or(rest, |end| &rest[..end]).trim())
}

/// The headings of the second level, in order.
pub fn headings(page: &str) -> Vec<&str> {
    let mut fenced = false;
    page.lines()
        .filter(|line| {
            if line.starts_with("```") {
                fenced = !fenced;
            }
            !fenced
        })
        .filter_map(|line| line.strip_prefix("## "))
        .collect()
}

/// The templates, by their keys.
pub fn words(page: &str) -> Vec<(&str, &str)> {
    section(page, "Words")
        .unwrap_or_default()
        .lines()
        .map(|line| {
            line.strip_prefix("- `")
                .and_then(|line| line.split_once("`: "))
                .unwrap_or_else(|| panic!("no template: {line:?}"))
        })
        .collect()
}

/// The examples of a rule's page.
pub fn examples(rule: &Rule) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = rule.page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let place = format!("{}, line {} of its page", rule.name, number + 1);
        let body: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != "```")
            .collect();
        examples.push(example(place, info, &body.join("\n")));
    }
    examples
}

fn example(place: String, info: &str, body: &str) -> Example {
    let mut settings = info.split(' ');
    let fires = match settings.next() {
        Some("json,fires") => true,
        Some("json,passes") => false,
        _ => panic!("{place}: fence {info:?}"),
    };
    let mut contract = None;
    let mut options = super::options(super::NOW);
    let mut bytes = body.as_bytes().to_vec();
    for setting in settings {
        let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
        let number = || {
            value
                .parse()
                .unwrap_or_else(|_| panic!("{place}: {setting}"))
        };
        match key {
            "payload" => contract = Some(super::contract(value)),
            "schema" => contract = Some(compiled(&place, value)),
            "now" => options.now = super::options(value).now,
            "escapes" => bytes = unescaped(body),
            "policy" => options.policy = Some(Arc::new(policy())),
            "depth" => options.limits.depth = number(),
            "size" => options.limits.size = number(),
            "diagnostics" => options.limits.diagnostics = number(),
            _ => panic!("{place}: setting {setting:?}"),
        }
    }
    Example {
        fires,
        contract: contract.unwrap_or_else(|| panic!("{place}: no payload")),
        options,
        bytes,
        place,
    }
}

/// A contract for a schema of a page, which lives as long as the tests.
fn compiled(place: &str, schema: &str) -> &'static Contract<'static> {
    let compiled = compile(schema, &CompileOptions::default())
        .unwrap_or_else(|errors| panic!("{place}: {errors}"));
    let tables: &'static ContractTables = Box::leak(Box::new(compiled.tables()));
    tables.contract()
}

/// The policy of the pages of the group `policy`, which describe it.
fn policy() -> Policy {
    let words = |words: &str| words.split(", ").map(str::to_owned).collect();
    Policy {
        stages: words("Lead, Proposal, Closed Won"),
        pipelines: words("Sales, Renewals"),
        owners: words("user-001, user-002"),
        currencies: words("EUR, USD"),
        choices: vec![
            ("priority".to_owned(), words("low, high")),
            ("fee_model".to_owned(), words("hourly, fixed")),
        ],
        least_value: "100".parse().ok(),
        greatest_value: "250000".parse().ok(),
    }
}

/// `\xNN` as the byte that it names.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("\\x") {
        bytes.extend(before.as_bytes());
        bytes.push(u8::from_str_radix(&behind[..2], 16).expect("two hexadecimal digits"));
        rest = &behind[2..];
    }
    bytes.extend(rest.as_bytes());
    bytes
}
