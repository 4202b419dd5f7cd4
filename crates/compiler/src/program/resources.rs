//! The documents: their resources, `$id`s and anchors, and where references lead.

use fluent_uri::{Uri, UriRef};
use pipelint_contract::json_pointer::{escape, unescape};
use pipelint_contract::program::{ProgramSchema, SchemaId};

use super::{BASE, Reader, Resource, Source, Waiting};
use crate::dialect::Dialect;
use crate::json::Node;
use crate::names::did_you_mean;
use crate::parse::parse;

/// The documents of the dialects themselves, which schemas may refer to.
const META: &[&str] = &[
    include_str!("../../metaschemas/draft2020-12/schema.json"),
    include_str!("../../metaschemas/draft2020-12/meta/core.json"),
    include_str!("../../metaschemas/draft2020-12/meta/applicator.json"),
    include_str!("../../metaschemas/draft2020-12/meta/unevaluated.json"),
    include_str!("../../metaschemas/draft2020-12/meta/validation.json"),
    include_str!("../../metaschemas/draft2020-12/meta/meta-data.json"),
    include_str!("../../metaschemas/draft2020-12/meta/format-annotation.json"),
    include_str!("../../metaschemas/draft2020-12/meta/format-assertion.json"),
    include_str!("../../metaschemas/draft2020-12/meta/content.json"),
    include_str!("../../metaschemas/draft2019-09/schema.json"),
    include_str!("../../metaschemas/draft2019-09/meta/core.json"),
    include_str!("../../metaschemas/draft2019-09/meta/applicator.json"),
    include_str!("../../metaschemas/draft2019-09/meta/validation.json"),
    include_str!("../../metaschemas/draft2019-09/meta/meta-data.json"),
    include_str!("../../metaschemas/draft2019-09/meta/format.json"),
    include_str!("../../metaschemas/draft2019-09/meta/content.json"),
    include_str!("../../metaschemas/draft-07.json"),
];

fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

/// An absolute URI and its fragment, from a reference and its base.
fn resolve(base: &str, reference: &str) -> Option<(String, String)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = UriRef::parse(format!("#{fragment}"))
        .ok()
        .and_then(|uri| {
            let text = uri.fragment()?.decode().to_string().ok()?;
            Some(text.into_owned())
        })
        .unwrap_or_else(|| fragment.to_owned());
    if path.is_empty() {
        return Some((base.to_owned(), fragment));
    }
    let base = Uri::parse(base).ok()?;
    let resolved = UriRef::parse(path).ok()?.resolve_against(&base).ok()?;
    Some((resolved.as_str().to_owned(), fragment))
}

impl<'n> Reader<'n, '_> {
    /// Indexes a document; returns its resource.
    pub(super) fn document(&mut self, uri: &str, node: &'n Node) -> u32 {
        let (uri, _) = uri.split_once('#').unwrap_or((uri, ""));
        let file = if uri == BASE { "" } else { uri }.to_owned();
        let (dialect, validates) = self.dialect_of(node, (self.options.dialect, true));
        let resource = self.resource(uri, node, dialect, validates, file);
        self.index(node, resource, "");
        resource
    }

    /// Indexes the documents of the dialects, unless that was done. Those that were given stay.
    fn index_metaschemas(&mut self) {
        if self.metaschemas.get().is_some() {
            return;
        }
        let read = |text: &&str| parse(text, &mut Vec::new()).ok();
        for node in self
            .metaschemas
            .get_or_init(|| META.iter().filter_map(read).collect())
        {
            if let Some(uri) = node.get("$id").and_then(Node::as_str)
                && !self.by_uri.contains_key(uri.trim_end_matches('#'))
            {
                self.document(uri, node);
            }
        }
    }

    fn resource(
        &mut self,
        uri: &str,
        node: &'n Node,
        dialect: Dialect,
        validates: bool,
        file: String,
    ) -> u32 {
        let number = self.resources.len() as u32;
        self.resources.push(Resource {
            uri: uri.to_owned(),
            node,
            dialect,
            validates,
            file,
        });
        self.by_uri.insert(uri.to_owned(), number);
        number
    }

    /// The dialect of a resource, by its `$schema`.
    fn dialect_of(&self, node: &Node, inherited: (Dialect, bool)) -> (Dialect, bool) {
        let Some(uri) = node.get("$schema").and_then(Node::as_str) else {
            return inherited;
        };
        if let Some(dialect) = Dialect::of_uri(uri) {
            return (dialect, true);
        }
        // A custom dialect lists its vocabularies.
        let uri = uri.trim_end_matches('#');
        let known = self.by_uri.get(uri);
        let Some(meta) = known.and_then(|known| self.resources.get(*known as usize)) else {
            return inherited;
        };
        let vocabularies = meta.node.get("$vocabulary");
        let validates = match vocabularies {
            Some(Node::Object(members)) => members
                .iter()
                .any(|(uri, _)| uri.ends_with("/vocab/validation")),
            _ => true,
        };
        (meta.dialect, validates)
    }

    /// Notes the resource, `$id` and anchors of a schema and of all schemas below it.
    fn index(&mut self, node: &'n Node, mut resource: u32, pointer: &str) {
        let Node::Object(members) = node else {
            self.resource_of.insert(address(node), resource);
            return;
        };
        let mut pointer = pointer.to_owned();
        let own = self.resources.get(resource as usize).map(|own| {
            (
                own.dialect,
                own.validates,
                own.uri.clone(),
                own.file.clone(),
            )
        });
        let Some((mut dialect, validates, uri, file)) = own else {
            return;
        };
        let hides_id = dialect.ref_stands_alone() && node.get("$ref").is_some();
        if let Some(id) = node.get("$id").and_then(Node::as_str)
            && !hides_id
            && let Some((resolved, fragment)) = resolve(&uri, id)
        {
            if resolved == uri || id.starts_with('#') {
                // In draft-07 a fragment is an anchor.
                if !fragment.is_empty() && !fragment.starts_with('/') {
                    self.anchors
                        .insert((resource, fragment), (node, pointer.clone()));
                }
            } else if pointer.is_empty()
                && self
                    .resources
                    .get(resource as usize)
                    .is_some_and(|own| std::ptr::eq(own.node, node))
            {
                self.by_uri.insert(resolved.clone(), resource);
                if let Some(own) = self.resources.get_mut(resource as usize) {
                    own.uri = resolved;
                }
                if !fragment.is_empty() && !fragment.starts_with('/') {
                    self.anchors
                        .insert((resource, fragment), (node, pointer.clone()));
                }
            } else {
                let (own, own_validates) = self.dialect_of(node, (dialect, validates));
                dialect = own;
                let file = if file.is_empty() {
                    format!("#{pointer}")
                } else {
                    format!("{file}#{pointer}")
                };
                resource = self.resource(&resolved, node, own, own_validates, file);
                pointer = String::new();
            }
        }
        self.resource_of.insert(address(node), resource);
        for (keyword, is_dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            if let Some(name) = node.get(keyword).and_then(Node::as_str) {
                self.anchors
                    .insert((resource, name.to_owned()), (node, pointer.clone()));
                let _ = is_dynamic;
            }
        }
        for (key, value) in members {
            let at = format!("{pointer}/{}", escape(key));
            match (key.as_str(), value) {
                (
                    "not"
                    | "if"
                    | "then"
                    | "else"
                    | "additionalProperties"
                    | "propertyNames"
                    | "contains"
                    | "unevaluatedItems"
                    | "unevaluatedProperties"
                    | "additionalItems"
                    | "contentSchema",
                    _,
                )
                | ("items", Node::Object(_) | Node::Boolean(_)) => {
                    self.index(value, resource, &at);
                }
                ("allOf" | "anyOf" | "oneOf" | "prefixItems" | "items", Node::Array(schemas)) => {
                    for (index, schema) in schemas.iter().enumerate() {
                        self.index(schema, resource, &format!("{at}/{index}"));
                    }
                }
                (
                    "properties" | "patternProperties" | "$defs" | "definitions"
                    | "dependentSchemas" | "dependencies",
                    Node::Object(schemas),
                ) => {
                    for (name, schema) in schemas {
                        if !matches!(schema, Node::Array(_)) {
                            self.index(schema, resource, &format!("{at}/{}", escape(name)));
                        }
                    }
                }
                _ => {}
            }
        }
        let _ = dialect;
    }

    /// The number of a schema, which is read later.
    pub(super) fn id_of(&mut self, node: &'n Node, resource: u32, pointer: String) -> SchemaId {
        if let Some(id) = self.ids.get(&address(node)) {
            return *id;
        }
        let id = self.program.schemas.len() as SchemaId;
        self.program.schemas.push(ProgramSchema::default());
        self.sources.push(Source::default());
        self.ids.insert(address(node), id);
        let resource = self
            .resource_of
            .get(&address(node))
            .copied()
            .unwrap_or(resource);
        // A resource of its own begins a pointer of its own.
        let is_root = self
            .resources
            .get(resource as usize)
            .is_some_and(|own| std::ptr::eq(own.node, node));
        self.waiting.push(Waiting {
            id,
            node,
            resource,
            pointer: if is_root { String::new() } else { pointer },
        });
        id
    }

    /// The schema that a reference names.
    pub(super) fn target(
        &mut self,
        resource: u32,
        reference: &str,
    ) -> Result<(&'n Node, u32, String), String> {
        let base = self
            .resources
            .get(resource as usize)
            .map_or(BASE, |own| &own.uri);
        let (uri, fragment) =
            resolve(base, reference).ok_or_else(|| "is not a URI reference".to_owned())?;
        if !self.by_uri.contains_key(&uri) && uri.contains("://json-schema.org/") {
            self.index_metaschemas();
        }
        let Some(number) = self.by_uri.get(&uri).copied() else {
            return Err(format!(
                "refers to {uri}, which is not among the given documents; nothing is fetched"
            ));
        };
        let Some(root) = self.resources.get(number as usize).map(|own| own.node) else {
            return Err("cannot be resolved".to_owned());
        };
        if fragment.is_empty() {
            return Ok((root, number, String::new()));
        }
        if !fragment.starts_with('/') {
            return match self.anchors.get(&(number, fragment.clone())) {
                Some((node, pointer)) => Ok((node, number, pointer.clone())),
                None => Err(format!(
                    "names the anchor {fragment:?}, which does not exist"
                )),
            };
        }
        let (mut node, mut resource) = (root, number);
        let mut pointer = String::new();
        for token in fragment.split('/').skip(1) {
            let name = unescape(token);
            let next = match node {
                Node::Object(_) => node.get(&name),
                Node::Array(items) => name.parse().ok().and_then(|index: usize| items.get(index)),
                _ => None,
            };
            let Some(next) = next else {
                let names: Vec<&str> = match node {
                    Node::Object(members) => members.iter().map(|(key, _)| key.as_str()).collect(),
                    _ => Vec::new(),
                };
                return Err(format!(
                    "cannot be resolved: there is no {name:?} at {:?}{}",
                    pointer,
                    did_you_mean(&name, names.into_iter())
                ));
            };
            node = next;
            pointer.push('/');
            pointer.push_str(token);
            if let Some(own) = self.resource_of.get(&address(node)) {
                if *own != resource {
                    pointer.clear();
                }
                resource = *own;
            }
        }
        Ok((node, resource, pointer))
    }
}
