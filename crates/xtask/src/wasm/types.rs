//! The generated TypeScript: a type for every payload, the names of payloads and rules, and one
//! object an operation.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use pipelint::contract::{Additional, Contract, Literal, Part, Schema, Types};
use pipelint::{payloads, rules};

use crate::run::{Outcome, root};

const HEAD: &str =
    "// Written by `cargo xtask wasm` from the schemas and the rules. Not to be edited.\n\n";

/// Writes the generated sources of the package.
pub(super) fn write(folder: &Path) -> Outcome {
    fs::write(folder.join("names.ts"), names())?;
    fs::write(folder.join("types.ts"), types())?;
    fs::write(folder.join("payloads.ts"), objects())?;
    let schemas = folder.join("schemas");
    for contract in payloads::ALL {
        let file = format!("{}.schema.json", contract.id);
        let to = schemas.join(&file);
        fs::create_dir_all(to.parent().ok_or("a schema's path has a folder")?)?;
        fs::copy(root().join("schemas").join(&file), to)?;
    }
    Ok(())
}

fn names() -> String {
    let mut out = HEAD.to_owned();
    union(
        &mut out,
        "PayloadName",
        "The payloads, by name.",
        payloads::ALL.iter().map(|payload| payload.id),
    );
    let operations = payloads::ALL
        .iter()
        .filter(|payload| payload.part == Part::Request);
    union(
        &mut out,
        "OperationName",
        "The operations; each name stands for the payload that is its request.",
        operations.map(|payload| payload.operation),
    );
    union(
        &mut out,
        "RuleName",
        "The rules, by name.",
        rules::all().map(|rule| rule.name),
    );
    out
}

fn union<'n>(out: &mut String, name: &str, doc: &str, members: impl Iterator<Item = &'n str>) {
    let _ = write!(out, "/** {doc} */\nexport type {name} =");
    for member in members {
        let _ = write!(out, "\n  | {member:?}");
    }
    out.push_str(";\n\n");
}

fn types() -> String {
    let mut out = HEAD.to_owned();
    for contract in payloads::ALL {
        let _ = write!(
            out,
            "/** {}: {}, {}. */\nexport interface {} ",
            contract.system,
            contract.title.to_lowercase(),
            contract.part.name(),
            interface(contract)
        );
        object(&mut out, contract.root, 0);
        out.push_str("\n\n");
    }
    out.push_str("/** The type of every payload, by the payload's name. */\nexport interface PayloadTypes {\n");
    for contract in payloads::ALL {
        let _ = writeln!(out, "  {:?}: {};", contract.id, interface(contract));
        if contract.part == Part::Request {
            let _ = writeln!(out, "  {:?}: {};", contract.operation, interface(contract));
        }
    }
    out.push_str("}\n");
    out
}

/// The TypeScript type of a value, on one line or as an indented object.
fn value(out: &mut String, schema: &Schema, depth: usize) {
    if !schema.words.is_empty() {
        let words: Vec<String> = schema.words.iter().map(literal).collect();
        out.push_str(&words.join(" | "));
        return;
    }
    if schema.types == Types::ANY {
        out.push_str("unknown");
        return;
    }
    for (place, name) in schema
        .types
        .names()
        .filter(|name| !is_covered(schema, name))
        .enumerate()
    {
        if place > 0 {
            out.push_str(" | ");
        }
        match name {
            "integer" => out.push_str("number"),
            "array" => {
                out.push_str("readonly ");
                match schema.array.and_then(|array| array.items) {
                    Some(items) if is_simple(items) => {
                        value(out, items, depth);
                        out.push_str("[]");
                    }
                    Some(items) => {
                        out.truncate(out.len() - "readonly ".len());
                        out.push_str("ReadonlyArray<");
                        value(out, items, depth);
                        out.push('>');
                    }
                    None => out.push_str("unknown[]"),
                }
            }
            "object" => object(out, schema, depth),
            other => out.push_str(other),
        }
    }
}

/// An integer is a number to TypeScript.
fn is_covered(schema: &Schema, name: &str) -> bool {
    name == "integer" && schema.types.meets(Types::NUMBER)
}

/// Whether the type is one word.
fn is_simple(schema: &Schema) -> bool {
    schema.words.is_empty()
        && schema.object.is_none()
        && schema.types.names().count() == 1
        && schema.array.is_none()
}

fn object(out: &mut String, schema: &Schema, depth: usize) {
    let Some(object) = schema.object else {
        out.push_str("{ readonly [key: string]: unknown }");
        return;
    };
    out.push_str("{\n");
    let indent = "  ".repeat(depth + 1);
    for (index, property) in object.properties.iter().enumerate() {
        if !property.schema.title.is_empty() {
            let _ = writeln!(out, "{indent}/** {}. */", property.schema.title);
        }
        let optional = if object.required >> index & 1 == 1 {
            ""
        } else {
            "?"
        };
        let _ = write!(out, "{indent}readonly {}{optional}: ", key(property.name));
        value(out, property.schema, depth + 1);
        if !optional.is_empty() {
            out.push_str(" | undefined");
        }
        out.push_str(";\n");
    }
    if object.additional == Additional::Allowed {
        let _ = writeln!(out, "{indent}readonly [key: string]: unknown;");
    }
    out.push_str(&"  ".repeat(depth));
    out.push('}');
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".into(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(bound) => bound.text.into(),
        Literal::String(text) => format!("{text:?}"),
    }
}

fn key(name: &str) -> String {
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        name.into()
    } else {
        format!("{name:?}")
    }
}

/// One object a system, with one member an operation.
fn objects() -> String {
    let mut out = HEAD.to_owned();
    let mut systems: BTreeMap<&str, Vec<&Contract>> = BTreeMap::new();
    for contract in payloads::ALL
        .iter()
        .filter(|contract| contract.part == Part::Request)
    {
        let system = contract.id.split('/').next().unwrap_or_default();
        systems.entry(system).or_default().push(contract);
    }
    out.push_str("import { payload, type Payload } from '../payload.js';\n");
    for contract in systems.values().flatten() {
        let _ = writeln!(
            out,
            "import type {{ {} }} from './types.js';",
            interface(contract)
        );
        let _ = writeln!(
            out,
            "import {}Schema from './schemas/{}.schema.json';",
            camel(contract.operation),
            contract.id
        );
    }
    for (system, contracts) in &systems {
        let first = contracts.first().map_or("", |contract| contract.system);
        let _ = write!(
            out,
            "\n/** The payloads that {first} takes. */\nexport const {}: {{\n",
            camel(system)
        );
        for contract in contracts {
            let _ = writeln!(
                out,
                "  /** {}. */\n  readonly {}: Payload<{}>;",
                contract.title,
                member(contract),
                interface(contract)
            );
        }
        out.push_str("} = {\n");
        for contract in contracts {
            let _ = writeln!(
                out,
                "  {}: /* @__PURE__ */ payload<{}>({:?}, {}Schema),",
                member(contract),
                interface(contract),
                contract.id,
                camel(contract.operation)
            );
        }
        out.push_str("};\n");
    }
    out
}

/// `leadlex/create-deal/request` is `LeadlexCreateDealRequest`.
fn interface(contract: &Contract) -> String {
    let camel = camel(contract.id);
    let mut characters = camel.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// `leadlex/create-deal` is the member `createDeal`.
fn member(contract: &Contract) -> String {
    let operation = contract.operation.split_once('/');
    camel(operation.map_or(contract.operation, |(_, operation)| operation))
}

/// `create-deal` is `createDeal`.
fn camel(name: &str) -> String {
    let mut camel = String::new();
    for (place, word) in name.split(['-', '/', '_']).enumerate() {
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            if place == 0 {
                camel.push(first);
            } else {
                camel.extend(first.to_uppercase());
            }
            camel.extend(characters);
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        let contract = payloads::by_id("ruddr/create-opportunity-stage").unwrap();
        assert_eq!(interface(contract), "RuddrCreateOpportunityStageRequest");
        assert_eq!(member(contract), "createOpportunityStage");
        assert_eq!(key("content-type"), "\"content-type\"");
    }

    #[test]
    fn a_payload_has_its_type() {
        let types = types();
        assert!(types.contains("export interface LeadlexCreateDealRequest {"));
        assert!(types.contains("  readonly status?: \"active\" | \"won\" | \"lost\" | undefined;"));
        assert!(types.contains("  readonly tags?: readonly string[] | undefined;"));
        assert!(types.contains("  readonly description?: string | null | undefined;"));
    }
}
