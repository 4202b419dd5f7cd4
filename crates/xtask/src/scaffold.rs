//! `cargo xtask new-rule` and `new-payload`: the files of a new rule or payload.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::run::{Outcome, root};

/// Writes the two files of a rule, and adds it to the lists of its group.
pub(crate) fn new_rule(name: &str) -> Outcome {
    let words = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let Some((group, rule)) = name
        .split_once('/')
        .filter(|(group, rule)| words(group) && words(rule))
    else {
        return Err(
            format!("`{name}` is not a rule's name; write `group/name-of-the-fault`").into(),
        );
    };
    let rules = root().join("crates/core/src/rules");
    let list = rules.join(format!("{group}.rs"));
    let text = fs::read_to_string(&list)
        .map_err(|error| format!("there is no group `{group}` ({}): {error}", list.display()))?;
    let module = rule.replace('-', "_");
    let text = with_module(&text, &module)
        .and_then(|text| with_rule(&text, &module))
        .ok_or_else(|| format!("{} has no list of rules", list.display()))?;
    let file = |ending: &str| rules.join(group).join(format!("{module}.{ending}"));
    let constant = name.replace(['/', '-'], "_").to_uppercase();
    let filled = |template: &str| {
        template
            .replace("GROUP/RULE", name)
            .replace("MODULE", &module)
            .replace("CONSTANT", &constant)
    };
    create(&file("rs"), &filled(RULE))?;
    create(&file("md"), &filled(PAGE))?;
    fs::write(&list, text)?;
    println!(
        "{0}: what the rule checks\n{1}: its page, examples and words\n{2}: lists it\n\
         Then: cargo xtask generate && cargo test -p pipelint-tests --test pages",
        file("rs").display(),
        file("md").display(),
        list.display(),
    );
    Ok(())
}

/// The list of a group with the `mod` line of a module, in the order of the names.
fn with_module(text: &str, module: &str) -> Option<String> {
    let line = format!("pub(crate) mod {module};");
    let mut lines: Vec<&str> = text.lines().collect();
    let is_module = |line: &&str| line.starts_with("pub(crate) mod ");
    let first = lines.iter().position(is_module)?;
    let after = lines
        .iter()
        .skip(first)
        .take_while(|own| is_module(own) && **own < line.as_str());
    let at = first + after.count();
    lines.insert(at, &line);
    Some(lines.join("\n") + "\n")
}

/// The list of a group with a rule at its end.
fn with_rule(text: &str, module: &str) -> Option<String> {
    let start = text.find("static RULES: &[&Rule] = &[")?;
    let end = start + text.get(start..)?.find("];")?;
    let (before, after) = text.split_at_checked(end)?;
    Some(format!("{before}    &{module}::RULE,\n{after}"))
}

/// Writes the files of a payload, and adds it to the catalogue.
pub(crate) fn new_payload(name: &str) -> Outcome {
    let Some((system, operation)) = name.split_once('/') else {
        return Err(format!("`{name}` is not a payload's name; write `system/operation`").into());
    };
    let schemas = root().join("schemas");
    let catalogue = schemas.join("catalogue.json");
    let text = fs::read_to_string(&catalogue)?;
    if text.contains(&format!("\"{name}\"")) {
        return Err(format!("`{name}` is in the catalogue already").into());
    }
    let rows = text
        .trim_end()
        .strip_suffix("\n]")
        .ok_or("the catalogue is not a list of rows")?;
    let folder = schemas.join(system).join(operation);
    let filled = |template: &str| {
        template
            .replace("SYSTEM", system)
            .replace("OPERATION", operation)
    };
    create(&folder.join("request.schema.json"), &filled(SCHEMA))?;
    create(&folder.join("NOTES.md"), &filled(NOTES))?;
    let case = root()
        .join("tests/corpus")
        .join(name)
        .join("request/minimal.json");
    create(&case, "{}\n")?;
    fs::write(&catalogue, format!("{rows},\n{}\n]\n", filled(ROW)))?;
    println!(
        "{0}: complete the schema and the notes\n{1}: correct the row\n\
         {2}: a first case; add others beside it\n\
         Then: write the operation's row in schemas/COVERAGE.md, and run\n\
         UPDATE=1 cargo test -p pipelint-tests --test corpus && cargo xtask generate",
        folder.display(),
        catalogue.display(),
        case.display(),
    );
    Ok(())
}

/// Writes a file that must not exist yet.
fn create(file: &Path, text: &str) -> Outcome {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(new.write_all(text.as_bytes())?)
}

const RULE: &str = r#"//! `GROUP/RULE`: see `MODULE.md`.

use crate::contract::Meanings;
use crate::messages::{CONSTANT_HELP, CONSTANT_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// TODO: the fault, in one sentence.
pub(crate) static RULE: Rule = Rule {
    name: "GROUP/RULE",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::FREE_TEXT,
        when: Facts::PRESENT,
        check,
        advises: false,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("MODULE.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if place.inner() == "TODO" {
        sink.report(place);
    }
}

fn explain(_: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(CONSTANT_MESSAGE).help(CONSTANT_HELP);
}
"#;

const PAGE: &str = r#"# `GROUP/RULE`

TODO: the fault, in one sentence.

## Why

TODO: what happens if nobody notices.

## What to do

TODO: what to send instead.

## Source

No vendor statement; inferred from the field's meaning.

## Examples

```json,fires payload=leadlex/create-deal
{ "name": "Acme", "notes": "TODO" }
```

```json,passes payload=leadlex/create-deal
{ "name": "Acme", "notes": "Call them." }
```

## Words

- `message`: {field} is {value}
- `help`: Send something else.
"#;

const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:pipelint:SYSTEM:OPERATION:request",
  "title": "SYSTEM: OPERATION, request body",
  "description": "The JSON object that the request sends.",
  "type": "object",
  "meaning": { "is": "record", "of": "deal" },
  "source": "request",
  "required": [],
  "properties": {
    "name": {
      "title": "Name",
      "type": "string",
      "meaning": { "is": "record-name" },
      "source": "request"
    }
  },
  "additionalProperties": true
}
"#;

const NOTES: &str = r"# SYSTEM: OPERATION

Each heading of the third level is the id of one statement of the vendor; a schema's `source` names
one. Pages are given by their path in the vendor's documentation.

## The call

### request

TODO: what the page says of the body.

Page `/TODO`. Read YYYY-MM-DD.
";

const ROW: &str = r#"  { "operation": "SYSTEM/OPERATION", "system": "SYSTEM", "title": "TODO", "record": "deal", "method": "POST", "path": "/TODO", "parts": ["request"] }"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_added_to_both_lists_of_its_group() {
        let text = "//! Faults.\n\nuse super::Rule;\n\npub(crate) mod a;\npub(crate) mod c;\n\n\
                    pub(crate) static RULES: &[&Rule] = &[\n    &c::RULE,\n    &a::RULE,\n];\n";
        let text = with_module(text, "b")
            .and_then(|text| with_rule(&text, "b"))
            .unwrap();
        assert!(
            text.contains("mod a;\npub(crate) mod b;\npub(crate) mod c;\n"),
            "{text}"
        );
        assert!(
            text.ends_with("    &a::RULE,\n    &b::RULE,\n];\n"),
            "{text}"
        );
    }
}
