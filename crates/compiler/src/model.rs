//! One schema file while it is being compiled.

use pipelint_contract::json_pointer::escape;

use crate::bound::Bound;
use crate::error::Problem;
use crate::json::{Fault, Node};
use crate::meaning::Meaning;
use crate::types::{Type, TypeSet};

/// Where a schema is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Root,
    Property,
    Items,
    Definition,
}

/// Where a schema is, with its JSON pointer and the words of its static's name.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) place: Location,
    pub(crate) pointer: String,
    pub(crate) name: String,
}

impl At {
    /// The root of a file; `name` begins the names of all its statics.
    pub(crate) fn root(name: &str) -> Self {
        Self {
            place: Location::Root,
            pointer: String::new(),
            name: name.to_owned(),
        }
    }

    /// A schema below this one.
    pub(crate) fn below(&self, place: Location, keyword: &str, key: Option<&str>) -> Self {
        let mut pointer = format!("{}/{keyword}", self.pointer);
        if let Some(key) = key {
            pointer.push('/');
            pointer.push_str(&escape(key));
        }
        let piece = crate::names::constant(key.unwrap_or("item"));
        let name = match place {
            Location::Definition => format!("{}_DEFS_{piece}", self.name),
            _ => format!("{}_{piece}", self.name),
        };
        Self {
            place,
            pointer,
            name,
        }
    }
}

/// A schema's number in its file.
pub(crate) type Id = usize;

/// A property of an object.
#[derive(Debug, Clone)]
pub(crate) struct PropertyDraft {
    pub(crate) name: String,
    pub(crate) schema: Id,
    /// The sibling that it is another name for; found when the file is linked.
    pub(crate) alias_of: Option<usize>,
}

/// What the keywords of one schema said.
#[derive(Debug, Clone)]
pub(crate) struct SchemaIr {
    pub(crate) at: At,
    /// The schema that its tables were written in: itself, or the end of its `$ref`s.
    pub(crate) base: Id,
    pub(crate) reference: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) default: Option<Node>,
    pub(crate) source: Option<String>,
    pub(crate) meaning: Option<Meaning>,
    /// Empty: any.
    pub(crate) types: Vec<&'static Type>,
    pub(crate) words: Vec<Node>,
    pub(crate) min_length: Option<u32>,
    pub(crate) max_length: Option<u32>,
    /// The variant of `Format`.
    pub(crate) format: Option<&'static str>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<Bound>,
    pub(crate) min_items: Option<u32>,
    pub(crate) max_items: Option<u32>,
    pub(crate) unique: bool,
    pub(crate) items: Option<Id>,
    pub(crate) properties: Option<Vec<PropertyDraft>>,
    pub(crate) required: Vec<String>,
    pub(crate) additional: Option<bool>,
}

impl SchemaIr {
    pub(crate) fn new(at: At, base: Id) -> Self {
        Self {
            at,
            base,
            reference: None,
            title: None,
            default: None,
            source: None,
            meaning: None,
            types: Vec::new(),
            words: Vec::new(),
            min_length: None,
            max_length: None,
            format: None,
            minimum: None,
            maximum: None,
            multiple_of: None,
            min_items: None,
            max_items: None,
            unique: false,
            items: None,
            properties: None,
            required: Vec::new(),
            additional: None,
        }
    }

    /// The types as a set; a schema without `type` has all.
    pub(crate) fn type_set(&self) -> TypeSet {
        let sets = self.types.iter().map(|one| one.set);
        sets.reduce(TypeSet::or).unwrap_or(TypeSet::ANY)
    }

    /// Whether it says something of its own beside its `$ref`.
    pub(crate) fn overlays(&self) -> bool {
        self.title.is_some()
            || self.default.is_some()
            || self.source.is_some()
            || self.meaning.is_some()
    }

    /// Whether it has an object table.
    pub(crate) fn has_object(&self) -> bool {
        self.properties.is_some() || self.additional == Some(false)
    }
}

/// One schema file: all its schemas, the root first, and what is wrong with them.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) file: String,
    pub(crate) drafts: Vec<SchemaIr>,
    pub(crate) definitions: Vec<(String, Id)>,
    /// For each schema the one whose static stands for it; found when the file is linked.
    pub(crate) canonical: Vec<Id>,
    pub(crate) problems: Vec<Problem>,
}

impl Unit {
    /// Reads one file: every keyword of every schema, then what ties them together.
    pub(crate) fn read(file: &str, text: &str, name: &str, is_headers: bool) -> Self {
        let mut unit = Self {
            file: file.to_owned(),
            drafts: Vec::new(),
            definitions: Vec::new(),
            canonical: Vec::new(),
            problems: Vec::new(),
        };
        let mut faults = Vec::new();
        let node = Node::parse(text, &mut faults);
        for Fault { pointer, key, what } in faults {
            unit.problem(&pointer, &key, what);
        }
        if let Some(node) = node {
            crate::keywords::read(&mut unit, &node, At::root(name));
            crate::resolve::link(&mut unit, is_headers);
        }
        unit
    }

    /// Notes a fault.
    pub(crate) fn problem(&mut self, pointer: &str, keyword: &str, what: impl Into<String>) {
        self.problems.push(Problem {
            file: self.file.clone(),
            pointer: pointer.to_owned(),
            keyword: keyword.to_owned(),
            what: what.into(),
        });
    }

    /// The schema whose static stands for this one.
    pub(crate) fn canonical(&self, id: Id) -> Id {
        self.canonical.get(id).copied().unwrap_or(id)
    }
}
