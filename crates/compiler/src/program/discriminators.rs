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
        })
    }

    /// Finds, for unions without a discriminator, a property that has another constant in each
    /// branch.
    pub(super) fn infer_discriminators(&mut self) {
        let mut found = Vec::new();
        for (schema, own) in self.program.schemas.iter().enumerate() {
            for (place, keyword) in own.keywords.iter().enumerate() {
                if let ProgramKeyword::AnyOf(branches, None) | ProgramKeyword::OneOf(branches, None) =
                    keyword
                    && let Some(discriminator) = self.constants_apart(branches)
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

    fn constants_apart(&self, branches: &[SchemaId]) -> Option<Discriminator> {
        let (first, _) = branches.split_first()?;
        let names: Vec<Box<str>> = self
            .constants(*first, 0)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        names.into_iter().find_map(|name| {
            let mut values: Vec<(Box<str>, u32)> = Vec::new();
            for (index, branch) in branches.iter().enumerate() {
                let constants = self.constants(*branch, 0);
                let own: Vec<_> = constants
                    .into_iter()
                    .filter(|(own, _)| *own == name)
                    .collect();
                if own.is_empty() {
                    return None;
                }
                for (_, value) in own {
                    if values.iter().any(|(known, _)| *known == value) {
                        return None;
                    }
                    values.push((value, index as u32));
                }
            }
            (branches.len() > 1).then_some(Discriminator {
                property: name,
                values,
            })
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
