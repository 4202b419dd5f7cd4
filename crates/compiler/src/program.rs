//! From JSON Schema documents to a [`Program`].
//!
//! The documents are indexed first: every schema with its resource, its `$id`, its anchors. Then the
//! root is read, and every schema that it leads to, each once; references become numbers.

use std::cell::OnceCell;
use std::collections::HashMap;

use fluent_uri::{Uri, UriRef};
use pipelint_contract::Types;
use pipelint_contract::json_pointer::{escape, unescape};
use pipelint_contract::program::{
    Discriminator, FormatName, Json, Limit, Matcher, Members, Pattern, Program, ProgramKeyword,
    ProgramSchema, SchemaId,
};

use crate::bound::Decimal;
use crate::dialect::Dialect;
use crate::error::Problem;
use crate::json::Node;
use crate::names::did_you_mean;
use crate::parse::parse;

/// The base of a document that has no `$id`.
const BASE: &str = "json-schema:///root";

/// The documents of the dialects themselves, which schemas may refer to.
const META: &[&str] = &[
    include_str!("../metaschemas/draft2020-12/schema.json"),
    include_str!("../metaschemas/draft2020-12/meta/core.json"),
    include_str!("../metaschemas/draft2020-12/meta/applicator.json"),
    include_str!("../metaschemas/draft2020-12/meta/unevaluated.json"),
    include_str!("../metaschemas/draft2020-12/meta/validation.json"),
    include_str!("../metaschemas/draft2020-12/meta/meta-data.json"),
    include_str!("../metaschemas/draft2020-12/meta/format-annotation.json"),
    include_str!("../metaschemas/draft2020-12/meta/format-assertion.json"),
    include_str!("../metaschemas/draft2020-12/meta/content.json"),
    include_str!("../metaschemas/draft2019-09/schema.json"),
    include_str!("../metaschemas/draft2019-09/meta/core.json"),
    include_str!("../metaschemas/draft2019-09/meta/applicator.json"),
    include_str!("../metaschemas/draft2019-09/meta/validation.json"),
    include_str!("../metaschemas/draft2019-09/meta/meta-data.json"),
    include_str!("../metaschemas/draft2019-09/meta/format.json"),
    include_str!("../metaschemas/draft2019-09/meta/content.json"),
    include_str!("../metaschemas/draft-07.json"),
];

/// How a schema is to be read.
#[derive(Debug)]
pub struct ProgramOptions<'a> {
    /// The name of the document in errors.
    pub file: &'a str,
    /// The dialect of documents without a `$schema` that names one.
    pub dialect: Dialect,
    /// Further documents that the schema may refer to: the URI of each, and its text.
    pub documents: Vec<(&'a str, &'a str)>,
    /// Whether `format` is checked; otherwise it is an annotation.
    pub formats: bool,
    /// Compiles a regular expression of ECMA-262, or says why not.
    pub pattern: fn(&str) -> Result<Box<dyn Matcher>, String>,
}

/// A document that was read, and what is known of each schema in it beyond its keywords.
#[derive(Debug)]
pub struct Compiled {
    /// The program.
    pub program: Program,
    /// For each schema of the program, what [`crate::tables`] needs of its source.
    pub(crate) sources: Vec<Source>,
    /// What is not wrong, but probably not meant: keywords that do not exist.
    pub notes: Vec<Problem>,
}

/// The keywords of a schema that are not for the validator.
#[derive(Debug, Default, Clone)]
pub(crate) struct Source {
    pub(crate) meaning: Option<Node>,
    pub(crate) cited: String,
    pub(crate) title: String,
    pub(crate) default: String,
}

/// Reads a JSON Schema and all that it refers to.
///
/// # Errors
///
/// All faults of the schema at once.
pub fn compile(text: &str, options: &ProgramOptions<'_>) -> Result<Compiled, Vec<Problem>> {
    let mut faults = Vec::new();
    let problem = |file: &str, pointer: &str, what: String| Problem {
        file: file.to_owned(),
        pointer: pointer.to_owned(),
        keyword: String::new(),
        what,
    };
    let parsed = |file: &str, text: &str, problems: &mut Vec<Problem>| {
        let mut faults = Vec::new();
        let node = parse(text, &mut faults);
        problems.extend(
            faults
                .into_iter()
                .map(|fault| problem(file, &fault.pointer, fault.what)),
        );
        node.map_err(|(at, what)| {
            let before = text.get(..at).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .chars()
                .count()
                + 1;
            problems.push(problem(
                &format!("{file}:{line}:{column}"),
                "",
                format!("this is not JSON: {what}"),
            ));
        })
    };
    let root = parsed(options.file, text, &mut faults);
    let mut documents = Vec::new();
    for (uri, text) in &options.documents {
        if let Ok(node) = parsed(uri, text, &mut faults) {
            documents.push(((*uri).to_owned(), node));
        }
    }
    let Ok(root) = root else { return Err(faults) };
    if !faults.is_empty() {
        return Err(faults);
    }
    let metaschemas = OnceCell::new();
    let mut reader = Reader {
        options,
        metaschemas: &metaschemas,
        resources: Vec::new(),
        by_uri: HashMap::new(),
        anchors: HashMap::new(),
        resource_of: HashMap::new(),
        ids: HashMap::new(),
        waiting: Vec::new(),
        program: Program::default(),
        sources: Vec::new(),
        patterns: HashMap::new(),
        problems: Vec::new(),
        notes: Vec::new(),
    };
    for (uri, node) in &documents {
        reader.document(uri, node);
    }
    let own = reader.document(BASE, &root);
    let id = reader.id_of(&root, own, String::new());
    reader.program.root = id;
    while let Some(next) = reader.waiting.pop() {
        reader.schema(&next);
    }
    reader.infer_discriminators();
    if reader.problems.is_empty() {
        Ok(Compiled {
            program: reader.program,
            sources: reader.sources,
            notes: reader.notes,
        })
    } else {
        Err(reader.problems)
    }
}

/// A schema resource: a document, or a part of one with an `$id` of its own.
struct Resource<'n> {
    uri: String,
    node: &'n Node,
    dialect: Dialect,
    /// Whether the keywords of the validation vocabulary apply.
    validates: bool,
    /// The document as errors name it; empty for the root's.
    file: String,
}

/// A schema that has a number and is not read yet.
struct Waiting<'n> {
    id: SchemaId,
    node: &'n Node,
    resource: u32,
    pointer: String,
}

struct Reader<'n, 'o> {
    options: &'o ProgramOptions<'o>,
    /// The documents of [`META`], once a schema refers to one of them.
    metaschemas: &'n OnceCell<Vec<Node>>,
    resources: Vec<Resource<'n>>,
    by_uri: HashMap<String, u32>,
    /// Anchors, dynamic ones too, by resource and name.
    anchors: HashMap<(u32, String), (&'n Node, String)>,
    /// The resource of each indexed schema, by its address.
    resource_of: HashMap<usize, u32>,
    ids: HashMap<usize, SchemaId>,
    waiting: Vec<Waiting<'n>>,
    program: Program,
    sources: Vec<Source>,
    patterns: HashMap<String, u32>,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
}

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
    fn document(&mut self, uri: &str, node: &'n Node) -> u32 {
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
    fn id_of(&mut self, node: &'n Node, resource: u32, pointer: String) -> SchemaId {
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
    fn target(
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

    fn problem(&mut self, at: &Waiting<'n>, keyword: &str, what: impl Into<String>) {
        let problem = self.place(at, keyword, what.into());
        self.problems.push(problem);
    }

    fn place(&self, at: &Waiting<'n>, keyword: &str, what: String) -> Problem {
        let file = self.resources.get(at.resource as usize);
        let file = file.map_or("", |own| own.file.as_str());
        let (document, prefix) = file.split_once('#').unwrap_or((file, ""));
        Problem {
            file: if document.is_empty() {
                self.options.file.to_owned()
            } else {
                document.to_owned()
            },
            pointer: format!("{prefix}{}", at.pointer),
            keyword: keyword.to_owned(),
            what: if keyword.is_empty() {
                what
            } else {
                format!("`{keyword}` {what}")
            },
        }
    }

    /// Reads the keywords of a schema.
    fn schema(&mut self, at: &Waiting<'n>) {
        let Some((dialect, validates, file)) = self
            .resources
            .get(at.resource as usize)
            .map(|own| (own.dialect, own.validates, own.file.clone()))
        else {
            return;
        };
        let mut schema = ProgramSchema {
            location: format!("{file}{}", at.pointer).into(),
            resource: at.resource,
            ..ProgramSchema::default()
        };
        match at.node {
            Node::Boolean(true) => {}
            Node::Boolean(false) => schema.keywords.push(ProgramKeyword::False),
            Node::Object(members) => {
                let mut source = Source::default();
                self.notes(at, members, dialect);
                let reference = node_str(at.node, "$ref");
                if let Some(reference) = reference
                    && dialect.ref_stands_alone()
                {
                    Self::meta(at, &mut source, &mut schema);
                    self.reference(at, "$ref", reference, &mut schema.keywords);
                } else {
                    Self::meta(at, &mut source, &mut schema);
                    self.keywords(at, dialect, validates, &mut schema);
                }
                if let Some(slot) = self.sources.get_mut(at.id as usize) {
                    *slot = source;
                }
            }
            other => self.problem(
                at,
                "",
                format!("a schema is an object, true or false, not {other}"),
            ),
        }
        schema.tracks = schema.keywords.iter().any(|keyword| {
            matches!(
                keyword,
                ProgramKeyword::UnevaluatedItems(_) | ProgramKeyword::UnevaluatedProperties(_)
            )
        });
        // What is decided from the value alone comes first, what needs all others last.
        schema.keywords.sort_by_key(order);
        if let Some(slot) = self.program.schemas.get_mut(at.id as usize) {
            *slot = schema;
        }
    }

    /// Notes keywords that do not exist.
    fn notes(&mut self, at: &Waiting<'n>, members: &'n [(String, Node)], dialect: Dialect) {
        for (key, _) in members {
            if dialect.knows(key) || key.starts_with("x-") {
                continue;
            }
            let near = did_you_mean(key, dialect.keywords());
            if near.is_empty() {
                continue;
            }
            let note = self.place(
                at,
                key,
                format!("is not a keyword, so it checks nothing{near}"),
            );
            self.notes.push(note);
        }
    }

    fn meta(at: &Waiting<'n>, source: &mut Source, schema: &mut ProgramSchema) {
        let text = |name: &str| node_str(at.node, name).unwrap_or_default().to_owned();
        source.title = text("title");
        source.cited = text("source");
        source.meaning = at
            .node
            .get("meaning")
            .or_else(|| at.node.get("x-meaning"))
            .cloned();
        source.default = at
            .node
            .get("default")
            .map(ToString::to_string)
            .unwrap_or_default();
        schema.title = text("title").into();
        schema.description = text("description").into();
    }

    fn reference(
        &mut self,
        at: &Waiting<'n>,
        keyword: &str,
        reference: &str,
        keywords: &mut Vec<ProgramKeyword>,
    ) {
        match self.target(at.resource, reference) {
            Ok((node, resource, pointer)) => {
                let id = self.id_of(node, resource, pointer);
                keywords.push(ProgramKeyword::Ref(id));
            }
            Err(what) => self.problem(at, keyword, format!("{reference:?} {what}")),
        }
    }

    #[allow(clippy::too_many_lines, reason = "one row a keyword")]
    fn keywords(
        &mut self,
        at: &Waiting<'n>,
        dialect: Dialect,
        validates: bool,
        schema: &mut ProgramSchema,
    ) {
        let node = at.node;
        let Node::Object(members) = node else { return };
        let keywords = &mut schema.keywords;
        let below = |keyword: &str| format!("{}/{}", at.pointer, escape(keyword));
        let mut members_of = Members::default();
        let mut has_members = false;
        let nullable = dialect == Dialect::OpenApi30
            && matches!(node.get("nullable"), Some(Node::Boolean(true)));
        if let Some(name) = node_str(node, "$dynamicAnchor") {
            self.program
                .dynamic_anchors
                .insert((at.resource, name.into()), at.id);
        }
        if matches!(node.get("$recursiveAnchor"), Some(Node::Boolean(true))) {
            self.program
                .dynamic_anchors
                .insert((at.resource, "".into()), at.id);
        }
        for (key, value) in members {
            if !dialect.knows(key) && key != "dependencies" && key != "nullable" {
                continue;
            }
            let outcome: Result<(), String> = match key.as_str() {
                "$ref" => match value.as_str() {
                    Some(reference) => {
                        self.reference(at, key, reference, keywords);
                        Ok(())
                    }
                    None => Err(expected("a string", value)),
                },
                "$dynamicRef" => match value.as_str() {
                    Some(reference) => self.dynamic(at, reference, keywords),
                    None => Err(expected("a string", value)),
                },
                "$recursiveRef" => {
                    self.target(at.resource, "#")
                        .map(|(node, resource, pointer)| {
                            let is_recursive =
                                matches!(node.get("$recursiveAnchor"), Some(Node::Boolean(true)));
                            let id = self.id_of(node, resource, pointer);
                            keywords.push(if is_recursive {
                                ProgramKeyword::DynamicRef(id, "".into())
                            } else {
                                ProgramKeyword::Ref(id)
                            });
                        })
                }
                // The validation vocabulary.
                "type" if validates => types(value).map(|types| {
                    let types = if nullable {
                        types.or(Types::NULL)
                    } else {
                        types
                    };
                    keywords.push(ProgramKeyword::Type(types));
                }),
                "enum" if validates => match value {
                    Node::Array(values) => {
                        let mut values: Vec<Json> = values.iter().map(json).collect();
                        if nullable && !values.contains(&Json::Null) {
                            values.push(Json::Null);
                        }
                        keywords.push(ProgramKeyword::Enum(values));
                        Ok(())
                    }
                    _ => Err(expected("an array", value)),
                },
                "const" if validates => {
                    keywords.push(ProgramKeyword::Const(json(value)));
                    Ok(())
                }
                "minimum" | "maximum" if validates => {
                    let other = if key == "minimum" {
                        "exclusiveMinimum"
                    } else {
                        "exclusiveMaximum"
                    };
                    let exclusive = dialect == Dialect::OpenApi30
                        && matches!(node.get(other), Some(Node::Boolean(true)));
                    limit(value, exclusive).map(|limit| {
                        keywords.push(if key == "minimum" {
                            ProgramKeyword::Minimum(limit)
                        } else {
                            ProgramKeyword::Maximum(limit)
                        });
                    })
                }
                "exclusiveMinimum" | "exclusiveMaximum" if validates => {
                    if dialect == Dialect::OpenApi30 && matches!(value, Node::Boolean(_)) {
                        Ok(())
                    } else {
                        limit(value, true).map(|limit| {
                            keywords.push(if key == "exclusiveMinimum" {
                                ProgramKeyword::Minimum(limit)
                            } else {
                                ProgramKeyword::Maximum(limit)
                            });
                        })
                    }
                }
                "multipleOf" if validates => limit(value, false).and_then(|limit| {
                    if limit.negative || limit.coefficient == 0 {
                        return Err("must be above zero".to_owned());
                    }
                    keywords.push(ProgramKeyword::MultipleOf(limit));
                    Ok(())
                }),
                "minLength" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MinLength(count)))
                }
                "maxLength" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MaxLength(count)))
                }
                "pattern" if validates => match value.as_str() {
                    Some(source) => self.pattern(source).map(|pattern| {
                        keywords.push(ProgramKeyword::Pattern(pattern));
                    }),
                    None => Err(expected("a string", value)),
                },
                "format" => match value.as_str() {
                    Some(name) => {
                        if self.options.formats
                            && let Some(format) = FormatName::by_name(name)
                        {
                            keywords.push(ProgramKeyword::Format(format));
                        }
                        Ok(())
                    }
                    None => Err(expected("a string", value)),
                },
                "minItems" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MinItems(count)))
                }
                "maxItems" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MaxItems(count)))
                }
                "uniqueItems" if validates => match value {
                    Node::Boolean(unique) => {
                        if *unique {
                            keywords.push(ProgramKeyword::UniqueItems);
                        }
                        Ok(())
                    }
                    _ => Err(expected("true or false", value)),
                },
                "minProperties" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MinProperties(count)))
                }
                "maxProperties" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MaxProperties(count)))
                }
                "required" if validates => {
                    names(value).map(|names| keywords.push(ProgramKeyword::Required(names)))
                }
                "dependentRequired" if validates => match value {
                    Node::Object(rows) => rows
                        .iter()
                        .map(|(name, needs)| Ok((name.as_str().into(), names(needs)?)))
                        .collect::<Result<Vec<_>, String>>()
                        .map(|rows| keywords.push(ProgramKeyword::DependentRequired(rows))),
                    _ => Err(expected("an object", value)),
                },
                // Applicators.
                "prefixItems" => self.list(at, key, value).map(|schemas| {
                    keywords.push(ProgramKeyword::PrefixItems(schemas));
                }),
                "items" => match value {
                    Node::Array(_) if dialect.has_item_lists() => {
                        self.list(at, key, value).map(|schemas| {
                            let from = schemas.len() as u32;
                            keywords.push(ProgramKeyword::PrefixItems(schemas));
                            if let Some(rest) = node.get("additionalItems") {
                                let id = self.id_of(rest, at.resource, below("additionalItems"));
                                keywords.push(ProgramKeyword::Items(from, id));
                            }
                        })
                    }
                    Node::Array(_) => {
                        Err("must be one schema; `prefixItems` takes a list".to_owned())
                    }
                    _ => {
                        let from = match node.get("prefixItems") {
                            Some(Node::Array(prefix)) if dialect == Dialect::Draft202012 => {
                                prefix.len() as u32
                            }
                            _ => 0,
                        };
                        let id = self.id_of(value, at.resource, below(key));
                        keywords.push(ProgramKeyword::Items(from, id));
                        Ok(())
                    }
                },
                "contains" => {
                    let schema = self.id_of(value, at.resource, below(key));
                    let newer = dialect != Dialect::Draft07;
                    let number = |name: &str, default: u64| match node.get(name) {
                        Some(value) if newer && validates => count(value),
                        _ => Ok(default),
                    };
                    number("minContains", 1).and_then(|min| {
                        let max = number("maxContains", u64::MAX)?;
                        keywords.push(ProgramKeyword::Contains {
                            schema,
                            min,
                            max,
                            evaluates: dialect == Dialect::Draft202012,
                        });
                        Ok(())
                    })
                }
                "unevaluatedItems" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::UnevaluatedItems(id));
                    Ok(())
                }
                "unevaluatedProperties" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::UnevaluatedProperties(id));
                    Ok(())
                }
                "properties" => self.map(at, key, value).map(|schemas| {
                    has_members = true;
                    for (name, id) in schemas {
                        members_of.known.insert(name.clone(), id);
                        members_of.order.push((name, id));
                    }
                }),
                "patternProperties" => self.map(at, key, value).and_then(|schemas| {
                    has_members = true;
                    for (source, id) in schemas {
                        let pattern = self.pattern(&source)?;
                        members_of.patterns.push((pattern, id));
                    }
                    Ok(())
                }),
                "additionalProperties" => {
                    has_members = true;
                    members_of.additional = Some(self.id_of(value, at.resource, below(key)));
                    Ok(())
                }
                "propertyNames" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::PropertyNames(id));
                    Ok(())
                }
                "dependentSchemas" => self.map(at, key, value).map(|schemas| {
                    keywords.push(ProgramKeyword::DependentSchemas(schemas));
                }),
                "dependencies" if matches!(dialect, Dialect::Draft07 | Dialect::Draft201909) => {
                    self.dependencies(at, value, keywords)
                }
                "allOf" => self.list(at, key, value).map(|schemas| {
                    keywords.push(ProgramKeyword::AllOf(schemas));
                }),
                "anyOf" | "oneOf" => self.list(at, key, value).map(|schemas| {
                    let discriminator = Self::discriminator(at, value);
                    keywords.push(if key == "anyOf" {
                        ProgramKeyword::AnyOf(schemas, discriminator)
                    } else {
                        ProgramKeyword::OneOf(schemas, discriminator)
                    });
                }),
                "not" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::Not(id));
                    Ok(())
                }
                "if" => {
                    let condition = self.id_of(value, at.resource, below(key));
                    let mut branch = |name: &str| {
                        let value = node.get(name)?;
                        Some(self.id_of(value, at.resource, below(name)))
                    };
                    let (then, otherwise) = (branch("then"), branch("else"));
                    keywords.push(ProgramKeyword::If(condition, then, otherwise));
                    Ok(())
                }
                _ => Ok(()),
            };
            if let Err(what) = outcome {
                self.problem(at, key, what);
            }
        }
        if has_members {
            keywords.push(ProgramKeyword::Properties(members_of));
        }
    }

    fn dynamic(
        &mut self,
        at: &Waiting<'n>,
        reference: &str,
        keywords: &mut Vec<ProgramKeyword>,
    ) -> Result<(), String> {
        let (node, resource, pointer) = self.target(at.resource, reference)?;
        let anchor = reference.split_once('#').map_or("", |(_, name)| name);
        let is_dynamic = node_str(node, "$dynamicAnchor") == Some(anchor);
        let id = self.id_of(node, resource, pointer);
        keywords.push(if is_dynamic && !anchor.is_empty() {
            // The anchors of every resource may be reached, so each is given a number.
            let others: Vec<_> = self
                .anchors
                .iter()
                .filter(|((_, name), (node, _))| {
                    name == anchor && node_str(node, "$dynamicAnchor") == Some(anchor)
                })
                .map(|((resource, _), (node, pointer))| (*resource, *node, pointer.clone()))
                .collect();
            for (resource, node, pointer) in others {
                self.id_of(node, resource, pointer);
            }
            ProgramKeyword::DynamicRef(id, anchor.into())
        } else {
            ProgramKeyword::Ref(id)
        });
        Ok(())
    }

    fn dependencies(
        &mut self,
        at: &Waiting<'n>,
        value: &'n Node,
        keywords: &mut Vec<ProgramKeyword>,
    ) -> Result<(), String> {
        let Node::Object(rows) = value else {
            return Err(expected("an object", value));
        };
        let (mut required, mut schemas) = (Vec::new(), Vec::new());
        for (name, needs) in rows {
            if matches!(needs, Node::Array(_)) {
                required.push((name.as_str().into(), names(needs)?));
            } else {
                let pointer = format!("{}/dependencies/{}", at.pointer, escape(name));
                schemas.push((
                    name.as_str().into(),
                    self.id_of(needs, at.resource, pointer),
                ));
            }
        }
        if !required.is_empty() {
            keywords.push(ProgramKeyword::DependentRequired(required));
        }
        if !schemas.is_empty() {
            keywords.push(ProgramKeyword::DependentSchemas(schemas));
        }
        Ok(())
    }

    fn list(
        &mut self,
        at: &Waiting<'n>,
        keyword: &str,
        value: &'n Node,
    ) -> Result<Vec<SchemaId>, String> {
        let Node::Array(schemas) = value else {
            return Err(expected("an array of schemas", value));
        };
        let ids = schemas.iter().enumerate().map(|(index, schema)| {
            let pointer = format!("{}/{keyword}/{index}", at.pointer);
            self.id_of(schema, at.resource, pointer)
        });
        Ok(ids.collect())
    }

    fn map(
        &mut self,
        at: &Waiting<'n>,
        keyword: &str,
        value: &'n Node,
    ) -> Result<Vec<(Box<str>, SchemaId)>, String> {
        let Node::Object(schemas) = value else {
            return Err(expected("an object of schemas", value));
        };
        let ids = schemas.iter().map(|(name, schema)| {
            let pointer = format!("{}/{keyword}/{}", at.pointer, escape(name));
            (
                name.as_str().into(),
                self.id_of(schema, at.resource, pointer),
            )
        });
        Ok(ids.collect())
    }

    fn pattern(&mut self, source: &str) -> Result<u32, String> {
        if let Some(known) = self.patterns.get(source) {
            return Ok(*known);
        }
        let matcher = (self.options.pattern)(source)
            .map_err(|what| format!("{source:?} is not a regular expression: {what}"))?;
        let number = self.program.patterns.len() as u32;
        self.program.patterns.push(Pattern {
            source: source.into(),
            matcher,
        });
        self.patterns.insert(source.to_owned(), number);
        Ok(number)
    }

    /// OpenAPI's `discriminator` beside a union.
    fn discriminator(at: &Waiting<'n>, branches: &Node) -> Option<Discriminator> {
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
    fn infer_discriminators(&mut self) {
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

/// Cheap keywords first; what needs the evaluation of others last.
fn order(keyword: &ProgramKeyword) -> u8 {
    match keyword {
        ProgramKeyword::False | ProgramKeyword::Type(_) => 0,
        ProgramKeyword::Const(_) | ProgramKeyword::Enum(_) => 1,
        ProgramKeyword::Required(_)
        | ProgramKeyword::Minimum(_)
        | ProgramKeyword::Maximum(_)
        | ProgramKeyword::MultipleOf(_)
        | ProgramKeyword::MinLength(_)
        | ProgramKeyword::MaxLength(_)
        | ProgramKeyword::MinItems(_)
        | ProgramKeyword::MaxItems(_)
        | ProgramKeyword::MinProperties(_)
        | ProgramKeyword::MaxProperties(_)
        | ProgramKeyword::DependentRequired(_) => 2,
        ProgramKeyword::Format(_) | ProgramKeyword::Pattern(_) => 3,
        ProgramKeyword::UnevaluatedItems(_) | ProgramKeyword::UnevaluatedProperties(_) => 9,
        _ => 5,
    }
}

fn node_str<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.get(name).and_then(Node::as_str)
}

fn expected(what: &str, value: &Node) -> String {
    let text = value.to_string();
    let shown: String = text.chars().take(40).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("must be {what}, not {shown}{more}")
}

fn types(value: &Node) -> Result<Types, String> {
    let one = |value: &Node| {
        let name = value
            .as_str()
            .ok_or_else(|| expected("a type name or a list of them", value))?;
        Types::by_name(name).ok_or_else(|| {
            format!(
                "names {name:?}, which is not a type{}",
                did_you_mean(name, Types::ANY.names())
            )
        })
    };
    match value {
        Node::Array(names) => names
            .iter()
            .try_fold(Types::NONE, |types, name| Ok(types.or(one(name)?))),
        name => one(name),
    }
}

fn limit(value: &Node, exclusive: bool) -> Result<Limit, String> {
    let Node::Number(text) = value else {
        return Err(expected("a number", value));
    };
    let Decimal {
        negative,
        coefficient,
        exponent,
    } = Decimal::parse(text)?;
    Ok(Limit {
        text: text.as_str().into(),
        negative,
        coefficient,
        exponent,
        exclusive,
    })
}

fn count(value: &Node) -> Result<u64, String> {
    let wrong = || expected("a whole number, zero or above", value);
    let Node::Number(text) = value else {
        return Err(wrong());
    };
    let decimal = Decimal::parse(text).map_err(|_| wrong())?;
    if decimal.negative || decimal.exponent < 0 {
        return Err(wrong());
    }
    let scale = u32::try_from(decimal.exponent)
        .ok()
        .and_then(|exponent| 10_u64.checked_pow(exponent));
    Ok(scale
        .and_then(|scale| decimal.coefficient.checked_mul(scale))
        .unwrap_or(u64::MAX))
}

fn names(value: &Node) -> Result<Vec<Box<str>>, String> {
    let wrong = || expected("a list of property names", value);
    let Node::Array(names) = value else {
        return Err(wrong());
    };
    names
        .iter()
        .map(|name| name.as_str().map(Into::into).ok_or_else(wrong))
        .collect()
}

fn json(node: &Node) -> Json {
    match node {
        Node::Null => Json::Null,
        Node::Boolean(value) => Json::Boolean(*value),
        Node::Number(text) => Json::Number(text.as_str().into()),
        Node::String(text) => Json::String(text.as_str().into()),
        Node::Array(items) => Json::Array(items.iter().map(json).collect()),
        Node::Object(members) => Json::Object(
            members
                .iter()
                .map(|(key, value)| (key.as_str().into(), json(value)))
                .collect(),
        ),
    }
}
