//! Converts a [`Program`] to the tables that the scanner uses.
//!
//! The tables have what one pass can decide, and what each value means. A schema with more than that
//! keeps its number in the program, which is run over the value afterwards.

use std::collections::{HashMap, HashSet};

use bumpalo::Bump;
use pipelint_contract::program::{
    Json, Limit, Members, Program, ProgramKeyword, ProgramSchema, SchemaId,
};
use pipelint_contract::{
    Additional, ArrayLimits, Bound, Contract, Credential, DateForm, Form, Format, KeyIndex,
    Literal, Meaning, Money, NumberLimits, Object, Part, ProgramTables, Property, Scale, Schema,
    StatusWords, TextLimits, Types, Unit,
};

use crate::error::Problem;
use crate::meaning::Meaning as Written;
use crate::model::Location;
use crate::program::{Compiled, Source};

/// The most properties of one object that the tables hold.
const MOST: usize = 128;

/// The most schemas that are looked at for what applies to one value.
const MOST_SEEN: usize = 500;

/// The name of a contract, and what it is a part of.
#[derive(Debug, Clone, Copy)]
pub struct Label<'a> {
    /// `<system>/<operation>/<part>`.
    pub id: &'a str,
    /// `<system>/<operation>`.
    pub operation: &'a str,
    /// The part.
    pub part: Part,
    /// The system's name for people.
    pub system: &'a str,
    /// What the operation does.
    pub title: &'a str,
}

/// How the values at a place are checked while they are scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Mode {
    /// By the tables, and by the program where that is needed.
    Full,
    /// By the tables; the program is run at a value around this one.
    Covered,
    /// By the program alone: the schema is one branch of several.
    Free,
}

/// The tables of a program, in `bump`. `ready` fills in what follows from a schema's other fields.
/// The problems are meanings that make no sense.
pub fn tables<'b>(
    bump: &'b Bump,
    compiled: &'b Compiled,
    label: Label<'b>,
    ready: for<'s> fn(Schema<'s>) -> Schema<'s>,
) -> (Contract<'b>, Vec<Problem>) {
    let mut builder = Builder {
        bump,
        program: &compiled.program,
        sources: &compiled.sources,
        ready,
        known: HashMap::new(),
        open: HashSet::new(),
        problems: Vec::new(),
        advises: compiled.sources.iter().any(|one| one.meaning.is_some()),
        is_dynamic: compiled.program.schemas.iter().any(|schema| {
            let keywords = schema.keywords.iter();
            keywords
                .into_iter()
                .any(|keyword| matches!(keyword, ProgramKeyword::DynamicRef(..)))
        }),
        around: Vec::new(),
    };
    let root = builder.position(compiled.program.root, Mode::Full);
    let contract = Contract {
        id: label.id,
        operation: label.operation,
        part: label.part,
        system: label.system,
        title: label.title,
        root,
        program: Some(ProgramTables {
            program: &compiled.program,
            schemas: message_tables(bump, compiled),
        }),
    };
    (contract, builder.problems)
}

/// For each schema of a program, a table of its own keywords, for messages.
fn message_tables<'b>(bump: &'b Bump, compiled: &'b Compiled) -> &'b [Schema<'b>] {
    let own = compiled.program.schemas.iter().map(|schema| {
        let mut gathered = Gathered::default();
        gathered.simple(bump, schema);
        gathered.table(bump)
    });
    bump.alloc_slice_fill_iter(own.collect::<Vec<_>>())
}

struct Builder<'b> {
    bump: &'b Bump,
    program: &'b Program,
    sources: &'b [Source],
    ready: for<'s> fn(Schema<'s>) -> Schema<'s>,
    known: HashMap<(SchemaId, Mode), &'b Schema<'b>>,
    /// The schemas that are being made: one that is met again contains itself.
    open: HashSet<(SchemaId, Mode)>,
    problems: Vec<Problem>,
    /// Whether unknown properties draw advice, as they do where meanings are given.
    advises: bool,
    /// Whether there is a dynamic reference.
    is_dynamic: bool,
    /// The names of the properties of the objects around, the innermost last.
    around: Vec<Vec<&'b str>>,
}

/// What the tables can say of a schema.
#[derive(Default)]
struct Gathered<'b> {
    types: Option<Types>,
    words: Option<&'b [Literal<'b>]>,
    min_length: Option<u32>,
    max_length: Option<u32>,
    format: Option<Format>,
    minimum: Option<Bound<'b>>,
    maximum: Option<Bound<'b>>,
    multiple_of: Option<Bound<'b>>,
    min_items: Option<u32>,
    max_items: Option<u32>,
    unique: bool,
    /// Whether there is more than that.
    is_complex: bool,
}

/// The properties of a value, from all schemas that apply to it.
#[derive(Default)]
struct Gathering<'b> {
    /// The name, the schema if one is given, and whether it holds for every value.
    rows: Vec<(&'b str, Option<SchemaId>, bool)>,
    /// Whether names that are not listed may have a schema, too.
    is_open: bool,
    /// The schemas that were gathered: a schema may be reached on very many ways.
    seen: HashSet<SchemaId>,
}

impl<'b> Gathering<'b> {
    /// Adds a property; the first schema counts.
    fn add(&mut self, name: &'b str, id: Option<SchemaId>, conjunctive: bool) {
        match self.rows.iter_mut().find(|(known, ..)| *known == name) {
            Some(row) if row.1.is_none() => {
                row.1 = id;
                row.2 = conjunctive;
            }
            Some(_) => {}
            None => self.rows.push((name, id, conjunctive)),
        }
    }
}

fn set<T>(slot: &mut Option<T>, value: T) -> bool {
    let is_first = slot.is_none();
    slot.get_or_insert(value);
    is_first
}

fn bound(limit: &Limit) -> Bound<'_> {
    limit.bound()
}

impl<'b> Gathered<'b> {
    /// Takes the keywords of a schema that one value decides by itself.
    fn simple(&mut self, bump: &'b Bump, schema: &'b ProgramSchema) {
        for keyword in &schema.keywords {
            let taken = match keyword {
                ProgramKeyword::Type(types) => set(&mut self.types, *types),
                ProgramKeyword::Enum(values) => match literals(bump, values) {
                    Some(words) => set(&mut self.words, words),
                    None => false,
                },
                ProgramKeyword::Const(value) => match literals(bump, std::slice::from_ref(value)) {
                    Some(words) => set(&mut self.words, words),
                    None => false,
                },
                ProgramKeyword::Minimum(limit) => set(&mut self.minimum, bound(limit)),
                ProgramKeyword::Maximum(limit) => set(&mut self.maximum, bound(limit)),
                ProgramKeyword::MultipleOf(limit) => set(&mut self.multiple_of, bound(limit)),
                ProgramKeyword::MinLength(count) => match u32::try_from(*count) {
                    Ok(count) if count < u32::MAX => set(&mut self.min_length, count),
                    _ => false,
                },
                ProgramKeyword::MaxLength(count) => match u32::try_from(*count) {
                    Ok(count) if count < u32::MAX => set(&mut self.max_length, count),
                    _ => false,
                },
                ProgramKeyword::Format(
                    format @ (Format::DateTime | Format::Date | Format::Uuid | Format::Email),
                ) => set(&mut self.format, *format),
                ProgramKeyword::MinItems(count) => match u32::try_from(*count) {
                    Ok(count) if count < u32::MAX => set(&mut self.min_items, count),
                    _ => false,
                },
                ProgramKeyword::MaxItems(count) => match u32::try_from(*count) {
                    Ok(count) if count < u32::MAX => set(&mut self.max_items, count),
                    _ => false,
                },
                ProgramKeyword::UniqueItems => {
                    self.unique = true;
                    true
                }
                // These are for whoever makes the table of an object or array.
                ProgramKeyword::Properties(_)
                | ProgramKeyword::Required(_)
                | ProgramKeyword::Items(0, _) => true,
                _ => false,
            };
            self.is_complex |= !taken;
        }
    }

    /// The table without properties and items.
    fn table(&self, bump: &'b Bump) -> Schema<'b> {
        let has_text =
            self.min_length.is_some() || self.max_length.is_some() || self.format.is_some();
        let has_number =
            self.minimum.is_some() || self.maximum.is_some() || self.multiple_of.is_some();
        let has_array = self.min_items.is_some() || self.max_items.is_some() || self.unique;
        Schema {
            types: self.types.unwrap_or(Types::ANY),
            words: self.words.unwrap_or(&[]),
            text: has_text.then(|| {
                &*bump.alloc(TextLimits {
                    min: self.min_length.unwrap_or(0),
                    max: self.max_length.unwrap_or(u32::MAX),
                    format: self.format,
                })
            }),
            number: has_number.then(|| {
                &*bump.alloc(NumberLimits {
                    minimum: self.minimum,
                    maximum: self.maximum,
                    multiple_of: self.multiple_of,
                })
            }),
            array: has_array.then(|| &*bump.alloc(self.limits(None))),
            ..Schema::ANY
        }
    }

    fn limits(&self, items: Option<&'b Schema<'b>>) -> ArrayLimits<'b> {
        ArrayLimits {
            min: self.min_items.unwrap_or(0),
            max: self.max_items.unwrap_or(u32::MAX),
            unique: self.unique,
            items,
        }
    }
}

/// Values that are all scalars, as the tables have them.
fn literals<'b>(bump: &'b Bump, values: &'b [Json]) -> Option<&'b [Literal<'b>]> {
    let literals: Option<Vec<Literal<'b>>> = values
        .iter()
        .map(|value| {
            Some(match value {
                Json::Null => Literal::Null,
                Json::Boolean(value) => Literal::Boolean(*value),
                Json::String(text) => Literal::String(text),
                Json::Number(text) => {
                    let number = crate::bound::Decimal::parse(text).ok()?;
                    Literal::Number(Bound {
                        text,
                        negative: number.negative,
                        coefficient: number.coefficient,
                        exponent: number.exponent,
                        exclusive: false,
                    })
                }
                Json::Array(_) | Json::Object(_) => return None,
            })
        })
        .collect();
    let literals = literals.filter(|literals| !literals.is_empty())?;
    Some(bump.alloc_slice_copy(&literals))
}

impl<'b> Builder<'b> {
    fn schema(&self, id: SchemaId) -> Option<&'b ProgramSchema> {
        self.program.schemas.get(id as usize)
    }

    fn source(&self, id: SchemaId) -> Option<&'b Source> {
        self.sources.get(id as usize)
    }

    /// The end of a chain of references that say nothing else.
    fn base(&self, mut id: SchemaId) -> SchemaId {
        for _ in 0..64 {
            match self.schema(id).map(|schema| schema.keywords.as_slice()) {
                Some([ProgramKeyword::Ref(target)]) => id = *target,
                _ => break,
            }
        }
        id
    }

    /// The table for the values at a place that a schema describes.
    fn position(&mut self, id: SchemaId, mode: Mode) -> &'b Schema<'b> {
        if let Some(known) = self.known.get(&(id, mode)) {
            return known;
        }
        if !self.open.insert((id, mode)) {
            // The schema contains itself: from here on the program decides alone.
            return self.bump.alloc(Schema {
                extra: (mode == Mode::Full).then_some(id),
                ..Schema::ANY
            });
        }
        let table = self.make(id, mode);
        self.open.remove(&(id, mode));
        // A meaning that names a sibling is of that object alone.
        let names_a_sibling = self
            .meaning(id, &mut HashSet::new())
            .is_some_and(|meaning| !meaning.siblings().is_empty());
        if !names_a_sibling {
            self.known.insert((id, mode), table);
        }
        table
    }

    fn make(&mut self, id: SchemaId, mode: Mode) -> &'b Schema<'b> {
        let base = self.base(id);
        let Some(schema) = self.schema(base) else {
            return self.bump.alloc(Schema::ANY);
        };
        let mut gathered = Gathered::default();
        gathered.simple(self.bump, schema);
        let (items, mut is_complex) = (self.items(base, &mut HashSet::new()), gathered.is_complex);
        let members = schema.keywords.iter().find_map(|keyword| match keyword {
            ProgramKeyword::Properties(members) => Some(members),
            _ => None,
        });
        let required = schema.keywords.iter().find_map(|keyword| match keyword {
            ProgramKeyword::Required(names) => Some(names.as_slice()),
            _ => None,
        });
        let mut gathering = Gathering::default();
        self.properties(base, true, 0, &mut gathering);
        let Gathering {
            rows: mut properties,
            is_open,
            ..
        } = gathering;
        is_complex |= properties.len() > MOST;
        let is_cut = properties.len() > MOST;
        properties.truncate(MOST);
        is_complex |= members.is_some_and(|members| !self.is_simple(members));
        // A name that is required alone is in the table, and additional for the schema.
        is_complex |= members.is_some_and(|members| {
            let mut names = required.unwrap_or_default().iter();
            members.additional.is_some() && names.any(|name| !members.known.contains_key(name))
        });
        // A dynamic reference depends on all that it was reached through.
        is_complex |= self.is_dynamic;
        let below = match mode {
            Mode::Full if is_complex => Mode::Covered,
            other => other,
        };
        let mut table = if mode == Mode::Free {
            Schema::ANY
        } else {
            gathered.table(self.bump)
        };
        table.title = self.text(id, base, |source| &source.title);
        table.source = self.text(id, base, |source| &source.cited);
        table.default = self.text(id, base, |source| &source.default);
        if let Some((items, conjunctive)) = items {
            let item = self.position(items, if conjunctive { below } else { Mode::Free });
            // The limits of one branch do not hold for every value.
            let limits = match mode {
                Mode::Free => Gathered::default().limits(Some(item)),
                Mode::Full | Mode::Covered => gathered.limits(Some(item)),
            };
            table.array = Some(self.bump.alloc(limits));
        }
        if !properties.is_empty() || members.is_some() {
            let additional = self.additional(members, is_complex, is_open || is_cut, mode);
            let required = required.filter(|_| mode != Mode::Free).unwrap_or_default();
            table.object = Some(self.object(&properties, required, additional, below));
        }
        if let Some(mut meaning) = self.meaning(id, &mut HashSet::new()) {
            self.place_siblings(id, &mut meaning);
            table.meaning = self.meant(&meaning);
        }
        if mode == Mode::Full && is_complex {
            table.extra = Some(id);
        }
        let mut table = (self.ready)(table);
        if table.extra.is_some() {
            // What the program has to see is never ordinary.
            table.fast_path = Schema::ANY.fast_path;
        }
        self.bump.alloc(table)
    }

    fn text(&self, id: SchemaId, base: SchemaId, field: fn(&Source) -> &String) -> &'b str {
        let own = |id| self.source(id).map(field).map_or("", String::as_str);
        if own(id).is_empty() {
            own(base)
        } else {
            own(id)
        }
    }

    /// Whether the tables can decide all of the keywords for members.
    fn is_simple(&self, members: &Members) -> bool {
        members.patterns.is_empty()
            && members.additional.is_none_or(|id| {
                self.schema(id).is_some_and(|schema| {
                    matches!(schema.keywords.as_slice(), [] | [ProgramKeyword::False])
                })
            })
    }

    fn additional(
        &self,
        members: Option<&Members>,
        is_complex: bool,
        is_open: bool,
        mode: Mode,
    ) -> Additional {
        let refuses = members
            .and_then(|members| members.additional.filter(|_| members.patterns.is_empty()))
            .and_then(|id| self.schema(id))
            .is_some_and(|schema| matches!(schema.keywords.as_slice(), [ProgramKeyword::False]));
        if refuses && !is_complex && mode != Mode::Free {
            Additional::Refused
        } else if self.advises && !is_open && mode != Mode::Free {
            Additional::Advised
        } else {
            Additional::Allowed
        }
    }

    /// The properties of a schema and of the schemas that apply to the same value; whether each
    /// holds for every value, or in some branch alone.
    fn properties(&self, id: SchemaId, conjunctive: bool, depth: u32, found: &mut Gathering<'b>) {
        let Some(schema) = self.schema(id).filter(|_| depth < 16) else {
            return;
        };
        if !found.seen.insert(id) {
            return;
        }
        for keyword in &schema.keywords {
            if let ProgramKeyword::Properties(members) = keyword {
                for (name, id) in &members.order {
                    found.add(name, Some(*id), conjunctive);
                }
                found.is_open |= !members.patterns.is_empty() || members.additional.is_some();
            }
        }
        for keyword in &schema.keywords {
            match keyword {
                ProgramKeyword::Ref(id) => self.properties(*id, conjunctive, depth + 1, found),
                ProgramKeyword::AllOf(ids) => {
                    for id in ids {
                        self.properties(*id, conjunctive, depth + 1, found);
                    }
                }
                ProgramKeyword::AnyOf(ids, _) | ProgramKeyword::OneOf(ids, _) => {
                    for id in ids {
                        self.properties(*id, false, depth + 1, found);
                    }
                }
                ProgramKeyword::If(_, then, otherwise) => {
                    for id in then.iter().chain(otherwise) {
                        self.properties(*id, false, depth + 1, found);
                    }
                }
                ProgramKeyword::UnevaluatedProperties(_) => found.is_open = true,
                _ => {}
            }
        }
        // What is required is a property, whether or not it is described.
        for keyword in &schema.keywords {
            match keyword {
                ProgramKeyword::Required(names) => {
                    for name in names {
                        found.add(name, None, conjunctive);
                    }
                }
                ProgramKeyword::DependentRequired(rows) => {
                    for name in rows.iter().flat_map(|(_, names)| names) {
                        found.add(name, None, false);
                    }
                }
                _ => {}
            }
        }
    }

    /// The schema of all items, and whether it holds for every value. `seen` holds the schemas that
    /// were looked at.
    fn items(&self, id: SchemaId, seen: &mut HashSet<SchemaId>) -> Option<(SchemaId, bool)> {
        if seen.len() >= MOST_SEEN || !seen.insert(id) {
            return None;
        }
        let schema = self.schema(id)?;
        let own = schema.keywords.iter().find_map(|keyword| match keyword {
            ProgramKeyword::Items(0, id) => Some((*id, true)),
            _ => None,
        });
        own.or_else(|| {
            schema.keywords.iter().find_map(|keyword| match keyword {
                ProgramKeyword::Ref(id) => self.items(*id, seen),
                ProgramKeyword::AllOf(ids) => ids.iter().find_map(|id| self.items(*id, seen)),
                ProgramKeyword::AnyOf(ids, _) | ProgramKeyword::OneOf(ids, _) => ids
                    .iter()
                    .find_map(|id| self.items(*id, seen))
                    .map(|(id, _)| (id, false)),
                _ => None,
            })
        })
    }

    fn object(
        &mut self,
        properties: &[(&'b str, Option<SchemaId>, bool)],
        required: &[Box<str>],
        additional: Additional,
        below: Mode,
    ) -> &'b Object<'b> {
        let names: Vec<&'b str> = properties.iter().map(|(name, ..)| *name).collect();
        self.around.push(names.clone());
        let mut rows = Vec::new();
        let mut bits = 0_u128;
        for (index, (name, id, conjunctive)) in properties.iter().enumerate() {
            let mode = if *conjunctive { below } else { Mode::Free };
            let schema = match id {
                Some(id) => self.position(*id, mode),
                None => self.bump.alloc(Schema::ANY),
            };
            let alias = id
                .and_then(|id| self.meaning(id, &mut HashSet::new()))
                .and_then(|meaning| meaning.alias_of)
                .and_then(|alias| properties.iter().position(|(name, ..)| **name == *alias))
                .map(|index| index as u8);
            rows.push(Property::new(name, schema, alias));
            if required.iter().any(|one| **one == **name) {
                bits |= 1 << index;
            }
        }
        self.around.pop();
        let index = KeyIndex::build(&names, |slots| self.bump.alloc_slice_copy(slots));
        let index = index.unwrap_or(KeyIndex::NONE);
        let properties = self.bump.alloc_slice_fill_iter(rows);
        self.bump.alloc(Object {
            properties,
            required: bits,
            index,
            additional,
            ignore_case: false,
        })
    }

    /// The meaning of a schema, its own or that of a schema that applies to the same value.
    fn meaning(&mut self, id: SchemaId, seen: &mut HashSet<SchemaId>) -> Option<Written> {
        if seen.len() >= MOST_SEEN || !seen.insert(id) {
            return None;
        }
        let source = self.source(id)?;
        if let Some(node) = &source.meaning {
            let read = Written::read(node, Location::Property)
                .or_else(|what| Written::read(node, Location::Root).map_err(|_| what));
            return match read {
                Ok(meaning) => Some(meaning),
                Err(what) => {
                    self.problem_of_meaning(id, &what);
                    None
                }
            };
        }
        let below: Vec<SchemaId> = self
            .schema(id)?
            .keywords
            .iter()
            .flat_map(|keyword| match keyword {
                ProgramKeyword::Ref(id) => vec![*id],
                ProgramKeyword::AllOf(ids)
                | ProgramKeyword::AnyOf(ids, _)
                | ProgramKeyword::OneOf(ids, _) => ids.clone(),
                _ => Vec::new(),
            })
            .collect();
        below
            .into_iter()
            .find_map(|below| self.meaning(below, seen))
    }

    /// Finds the siblings that a meaning names among the properties of the object around.
    fn place_siblings(&mut self, id: SchemaId, meaning: &mut Written) {
        for (key, name) in meaning.siblings() {
            let names = self.around.last().map_or(&[][..], Vec::as_slice);
            if let Some(index) = names.iter().position(|known| **known == *name) {
                meaning.place_sibling(key, index);
                continue;
            }
            let hint = crate::names::did_you_mean(&name, names.iter().copied());
            self.problem_of_meaning(
                id,
                &format!("names the sibling {name:?}, which is not a property beside it{hint}"),
            );
        }
    }

    /// Reports, once, a meaning that makes no sense.
    fn problem_of_meaning(&mut self, id: SchemaId, what: &str) {
        let location = self.schema(id).map(|schema| schema.location.to_string());
        let problem = Problem {
            file: String::new(),
            pointer: location.unwrap_or_default(),
            keyword: "meaning".to_owned(),
            what: format!("`meaning` {what}"),
        };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn meant(&self, written: &Written) -> Meaning<'b> {
        let bump = self.bump;
        let word = |key: &str| -> &'b str { bump.alloc_str(written.word(key)) };
        let form = || -> &'b DateForm {
            bump.alloc(DateForm {
                form: if written.word("form") == "date-time" {
                    Form::DateTime
                } else {
                    Form::DateOrDateTime
                },
                future: written.flag("future"),
            })
        };
        match written.kind.name {
            "record" => Meaning::Record(word("of")),
            "headers" => Meaning::Headers,
            "record-name" => Meaning::RecordName,
            "free-text" => Meaning::FreeText,
            "label" => Meaning::Label,
            "choice" => {
                let known: Vec<&'b str> = written
                    .words("known")
                    .iter()
                    .map(|word| &*bump.alloc_str(word))
                    .collect();
                Meaning::Choice(bump.alloc_slice_copy(&known))
            }
            "status" => Meaning::Status(bump.alloc(StatusWords {
                open: word("open"),
                won: word("won"),
                lost: word("lost"),
            })),
            "stage" => Meaning::Stage,
            "pipeline" => Meaning::Pipeline,
            "probability" => Meaning::Probability(if written.word("scale") == "fraction" {
                Scale::Fraction
            } else {
                Scale::Percent
            }),
            "money" => Meaning::Money(bump.alloc(Money {
                unit: if written.word("unit") == "minor" {
                    Unit::Minor
                } else {
                    Unit::Major
                },
                currency_in: written.sibling("currency-in").map(|index| index as u8),
                currency_is: word("currency-is"),
                disputed: written.flag("disputed"),
            })),
            "currency-code" => Meaning::CurrencyCode,
            "close-date" => Meaning::CloseDate(form()),
            "follow-up-date" => Meaning::FollowUpDate(form()),
            "timestamp" => Meaning::Timestamp(form()),
            "reference" => Meaning::Reference(word("to")),
            "reference-list" => Meaning::ReferenceList(word("to")),
            "tags" => Meaning::Tags,
            "flag" => Meaning::Flag,
            "credential" => Meaning::Credential(bump.alloc(Credential {
                scheme: word("scheme"),
                prefix: word("prefix"),
            })),
            "idempotency-key" => Meaning::IdempotencyKey,
            "content-type" => Meaning::ContentType(word("media-type")),
            "email" => Meaning::Email,
            _ => Meaning::None,
        }
    }
}
