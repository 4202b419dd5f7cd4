//! Finds the property that discriminates the branches of a union.

use pipelint_contract::program::{Discriminator, Json, ProgramKeyword, SchemaId};

use super::keywords::node_str;
use super::{Reader, Waiting};
use crate::json::Node;

impl<'n> Reader<'n, '_> {
    /// OpenAPI's `discriminator` beside a union.
    pub(super) fn discriminator(at: &Waiting<'n>, branches: &Node) -> Option<Discriminator> {
        let own = at.node.get("discriminator")?;
        let property = node_str(own, "propertyName")?;
        let Node::Array(branches) = branches else {
            return None;
        };
        let mut values = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let Some(reference) = node_str(branch, "$ref") else {
                continue;
            };
            // Without a mapping, the last part of the reference is the value.
            if let Some(name) = reference.rsplit('/').next() {
                values.push((name.into(), index as u32));
            }
            if let Some(Node::Object(mapping)) = own.get("mapping") {
                for (value, target) in mapping {
                    let target = target.as_str().unwrap_or_default();
                    if target == reference || reference.rsplit('/').next() == Some(target) {
                        values.push((value.as_str().into(), index as u32));
                    }
                }
            }
        }
        Some(Discriminator {
            property: property.into(),
            values,
            others: u128::MAX,
        })
    }

    /// Finds, for unions without a discriminator, the property that has constants in most branches.
    pub(super) fn infer_discriminators(&mut self) {
        let mut found = Vec::new();
        for (schema, own) in self.program.schemas.iter().enumerate() {
            for (place, keyword) in own.keywords.iter().enumerate() {
                if let ProgramKeyword::AnyOf(branches, None) | ProgramKeyword::OneOf(branches, None) =
                    keyword
                    && let Some(discriminator) = self.by_constants(branches)
                {
                    found.push((schema, place, discriminator));
                }
            }
        }
        for (schema, place, discriminator) in found {
            let own = self.program.schemas.get_mut(schema);
            if let Some(ProgramKeyword::AnyOf(_, slot) | ProgramKeyword::OneOf(_, slot)) =
                own.and_then(|own| own.keywords.get_mut(place))
            {
                *slot = Some(discriminator);
            }
        }
    }

    fn by_constants(&self, branches: &[SchemaId]) -> Option<Discriminator> {
        if branches.len() < 2 || branches.len() > 128 {
            return None;
        }
        let constants: Vec<_> = branches
            .iter()
            .map(|branch| self.constants(*branch, 0))
            .collect();
        let has = |name: &str| {
            let with = |own: &&Vec<(Box<str>, Box<str>)>| own.iter().any(|(own, _)| **own == *name);
            constants.iter().filter(with).count()
        };
        let mut names: Vec<&str> = Vec::new();
        let mut best: Option<(usize, &str)> = None;
        for (name, _) in constants.iter().flatten() {
            if names.contains(&&**name) {
                continue;
            }
            names.push(name);
            let count = has(name);
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, name));
            }
        }
        let (_, property) = best?;
        let mut values = Vec::new();
        let mut others = 0;
        for (index, own) in constants.iter().enumerate() {
            let before = values.len();
            let own = own.iter().filter(|(name, _)| **name == *property);
            values.extend(own.map(|(_, value)| (value.clone(), index as u32)));
            if values.len() == before {
                others |= 1 << index;
            }
        }
        Some(Discriminator {
            property: property.into(),
            values,
            others,
        })
    }

    /// The properties of a schema that have a constant or a list of words, with each word.
    fn constants(&self, id: SchemaId, depth: u32) -> Vec<(Box<str>, Box<str>)> {
        let mut found = Vec::new();
        let Some(schema) = self.program.schemas.get(id as usize).filter(|_| depth < 4) else {
            return found;
        };
        for keyword in &schema.keywords {
            match keyword {
                ProgramKeyword::Ref(target) => found.extend(self.constants(*target, depth + 1)),
                ProgramKeyword::AllOf(parts) => {
                    for part in parts {
                        found.extend(self.constants(*part, depth + 1));
                    }
                }
                ProgramKeyword::Properties(members) => {
                    for (name, id) in &members.order {
                        let own = self.program.schemas.get(*id as usize);
                        for keyword in own.into_iter().flat_map(|own| &own.keywords) {
                            match keyword {
                                ProgramKeyword::Const(Json::String(value)) => {
                                    found.push((name.clone(), value.clone()));
                                }
                                ProgramKeyword::Enum(values) => {
                                    for value in values {
                                        if let Json::String(value) = value {
                                            found.push((name.clone(), value.clone()));
                                        }
                                    }
                                }
                                _ => {}
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        found
    }
}
