//! Compiles contracts from any JSON Schema at run time.

use std::fmt;
use std::sync::Arc;

use bumpalo::Bump;
use pipelint_compiler::{Compiled, Label, ProgramOptions, tables};
use self_cell::self_cell;

use crate::contract::program::Matcher;
use crate::contract::{Contract, Part, Schema, ready};

pub use pipelint_compiler::{Dialect, Problem};

/// How a schema is to be compiled.
#[derive(Debug, Clone)]
pub struct CompileOptions<'a> {
    /// The name of the schema's file, for errors.
    pub file: &'a str,
    /// The contract's name, `<system>/<operation>/<part>`.
    pub id: &'a str,
    /// The system's name for people, as messages have it.
    pub system: &'a str,
    /// What the operation does.
    pub title: &'a str,
    /// The dialect of a schema whose `$schema` names none.
    pub dialect: Dialect,
    /// Whether `format` is checked, as most people expect; otherwise it is a comment.
    pub formats: bool,
    /// Further documents that the schema refers to, each with its URI. Nothing is fetched.
    pub documents: Vec<(&'a str, &'a str)>,
}

impl Default for CompileOptions<'_> {
    fn default() -> Self {
        Self {
            file: "schema.json",
            id: "own/payload/request",
            system: "The schema",
            title: "Your own payload",
            dialect: Dialect::Draft202012,
            formats: true,
            documents: Vec::new(),
        }
    }
}

/// Why a schema cannot be compiled: all its faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileErrors(pub Vec<Problem>);

impl fmt::Display for CompileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for CompileErrors {}

/// A contract that was compiled at run time. It is cheap to clone and can be shared between threads;
/// its memory is freed with the last clone.
///
/// ```
/// use pipelint::compile::{CompileOptions, compile};
/// use pipelint::{Checker, Options};
///
/// let schema = r#"{
///     "type": "object",
///     "required": ["name"],
///     "properties": {
///         "name": { "type": "string", "meaning": { "is": "record-name" } },
///         "chance": { "type": "number", "meaning": { "is": "probability", "scale": "percent" } }
///     }
/// }"#;
/// let contract = compile(schema, &CompileOptions::default())?;
/// let tables = contract.tables(); // one for each thread
/// let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
/// let mut checker = Checker::new();
/// let report = checker.check(tables.contract(), br#"{ "name": " ", "chance": 0.75 }"#, &options);
/// let rules: Vec<_> = report.diagnostics().map(|one| one.rule().name).collect();
/// assert_eq!(rules, ["name/blank", "probability/fraction-for-percent"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct CompiledContract(Arc<Inner>);

struct Inner {
    compiled: Compiled,
    id: String,
    operation: String,
    part: Part,
    system: String,
    title: String,
}

struct Owner {
    bump: Bump,
    inner: Arc<Inner>,
}

self_cell!(
    struct Cell {
        owner: Owner,
        #[covariant]
        dependent: Contract,
    }
);

/// The tables of a compiled contract, for one thread.
pub struct ContractTables(Cell);

/// Compiles a JSON Schema.
///
/// # Errors
///
/// All faults of the schema at once, each with its place.
pub fn compile(
    schema: &str,
    options: &CompileOptions<'_>,
) -> Result<CompiledContract, CompileErrors> {
    let compiled = pipelint_compiler::compile(
        schema,
        &ProgramOptions {
            file: options.file,
            dialect: options.dialect,
            documents: options.documents.clone(),
            formats: options.formats,
            pattern,
        },
    )
    .map_err(CompileErrors)?;
    let (operation, part) = match options.id.rsplit_once('/') {
        Some((operation, name)) if operation.contains('/') => {
            let parts = [
                Part::Request,
                Part::Response,
                Part::Headers,
                Part::Path,
                Part::Error,
            ];
            let part = parts.into_iter().find(|part| part.name() == name);
            (operation, part.unwrap_or(Part::Request))
        }
        _ => (options.id, Part::Request),
    };
    let contract = CompiledContract(Arc::new(Inner {
        compiled,
        id: options.id.to_owned(),
        operation: operation.to_owned(),
        part,
        system: options.system.to_owned(),
        title: options.title.to_owned(),
    }));
    let (_, mut problems) = contract.build();
    if problems.is_empty() {
        return Ok(contract);
    }
    for problem in &mut problems {
        options.file.clone_into(&mut problem.file);
    }
    Err(CompileErrors(problems))
}

impl CompiledContract {
    /// The contract's name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// What is not wrong with the schema, but probably not meant: keywords that do not exist.
    #[must_use]
    pub fn notes(&self) -> &[Problem] {
        &self.0.compiled.notes
    }

    /// The tables of the contract. Making them takes about as long as checking a few payloads, so
    /// keep them: one for each thread.
    #[must_use]
    pub fn tables(&self) -> ContractTables {
        self.build().0
    }

    fn build(&self) -> (ContractTables, Vec<Problem>) {
        let owner = Owner {
            bump: Bump::new(),
            inner: Arc::clone(&self.0),
        };
        let mut problems = Vec::new();
        let cell = Cell::new(owner, |owner| {
            let inner = &owner.inner;
            let label = Label {
                id: &inner.id,
                operation: &inner.operation,
                part: inner.part,
                system: &inner.system,
                title: &inner.title,
            };
            let fill: for<'s> fn(Schema<'s>) -> Schema<'s> = ready;
            let (contract, found) = tables(&owner.bump, &inner.compiled, label, fill);
            problems = found;
            contract
        });
        (ContractTables(cell), problems)
    }
}

impl ContractTables {
    /// The contract, for [`Checker::check`](crate::Checker::check).
    #[must_use]
    pub fn contract(&self) -> &Contract<'_> {
        self.0.borrow_dependent()
    }
}

impl fmt::Debug for CompiledContract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CompiledContract({})", self.0.id)
    }
}

impl fmt::Debug for ContractTables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContractTables({})", self.contract().id)
    }
}

/// A regular expression of ECMA-262 in the syntax of this engine. Most run in linear time; those
/// with look-around or back-references stop after a number of steps, and then do not match.
#[derive(Debug)]
struct Regex(fancy_regex::Regex);

impl Matcher for Regex {
    fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text).unwrap_or(false)
    }
}

/// The steps after which a pattern that backtracks gives up.
const STEPS: usize = 100_000;

fn pattern(source: &str) -> Result<Box<dyn Matcher>, String> {
    let translated = jsonschema_regex::to_rust_regex(source)
        .map_err(|()| "its syntax is not ECMA-262".to_owned())?;
    let regex = fancy_regex::RegexBuilder::new(&translated)
        .backtrack_limit(STEPS)
        .build()
        .map_err(|error| {
            let text = error.to_string();
            text.lines().last().unwrap_or_default().to_owned()
        })?;
    Ok(Box::new(Regex(regex)))
}
