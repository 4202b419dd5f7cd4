//! Compiles JSON Schema documents to a [`Program`].
//!
//! The documents are indexed first: every schema with its resource, its `$id`, its anchors. Then the
//! root is read, and every schema that it leads to, each once; references become numbers.

mod discriminators;
mod keywords;
mod refusals;
mod resources;
mod shortcuts;

use std::cell::OnceCell;
use std::collections::HashMap;

use pipelint_contract::program::{Matcher, Program, SchemaId};

use crate::dialect::Dialect;
use crate::error::Problem;
use crate::json::Node;
use crate::parse::parse;

/// The base of a document that has no `$id`.
const BASE: &str = "json-schema:///root";

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

impl Source {
    /// Whether it says nothing that messages or rules use.
    fn is_empty(&self) -> bool {
        self.title.is_empty()
            && self.cited.is_empty()
            && self.default.is_empty()
            && self.meaning.is_none()
    }
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
        near_keywords: HashMap::new(),
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
    shortcuts::take(&mut reader.program, &reader.sources);
    reader.infer_discriminators();
    refusals::find(&mut reader.program);
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
    /// Hints at the keyword that is meant, by the unknown one.
    near_keywords: HashMap<&'n str, String>,
}

impl<'n> Reader<'n, '_> {
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
}
