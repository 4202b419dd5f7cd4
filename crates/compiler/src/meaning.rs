//! What a property means: the kinds, their keys and how each is written into the tables. A new
//! kind is one row here (and one variant of `Meaning` at run time).

use crate::json::Node;
use crate::keywords::{boolean, list, object, word};
use crate::model::Location;
use crate::names::{did_you_mean, quoted_list};
use crate::types::TypeSet;

/// What the value of a key must be.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// A string that says something.
    Word,
    /// A list of different words.
    Words,
    Flag,
    OneOf(&'static [&'static str]),
    /// Three upper-case letters.
    Currency,
    /// The name of a property of the same object.
    Sibling,
}

#[derive(Debug)]
struct Key {
    name: &'static str,
    needed: bool,
    form: Form,
}

/// One kind of meaning.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// The types that such a value can have; the schema's `type` must allow one.
    pub(crate) on: TypeSet,
    /// Whether it is said of a file's root, and of nothing else; the others are said below it.
    root: bool,
    keys: &'static [Key],
    /// The expression of type `Meaning`.
    emit: fn(&Meaning) -> String,
}

const STRING: TypeSet = TypeSet::STRING;
const NUMERIC: TypeSet = TypeSet::NUMERIC;
const ARRAY: TypeSet = TypeSet::ARRAY;

const TO: &[Key] = &[needed("to", Form::Word)];
const FORM: Key = needed("form", Form::OneOf(&["date-time", "date-or-date-time"]));

static KINDS: &[Kind] = &[
    root("record", &[needed("of", Form::Word)], |m| {
        format!("Meaning::Record({:?})", m.word("of"))
    }),
    root("headers", &[], |_| "Meaning::Headers".into()),
    plain("record-name", STRING, |_| "Meaning::RecordName".into()),
    plain("free-text", STRING, |_| "Meaning::FreeText".into()),
    plain("label", STRING, |_| "Meaning::Label".into()),
    kind("choice", STRING, &[optional("known", Form::Words)], |m| {
        let words: Vec<String> = m
            .words("known")
            .iter()
            .map(|word| format!("{word:?}"))
            .collect();
        format!("Meaning::Choice(&{})", crate::codegen::list(&words))
    }),
    kind(
        "status",
        STRING,
        &[
            needed("open", Form::Word),
            needed("won", Form::Word),
            needed("lost", Form::Word),
        ],
        |m| {
            let (open, won, lost) = (m.word("open"), m.word("won"), m.word("lost"));
            format!(
                "Meaning::Status(&StatusWords {{ open: {open:?}, won: {won:?}, lost: {lost:?} }})"
            )
        },
    ),
    plain("stage", STRING, |_| "Meaning::Stage".into()),
    plain("pipeline", STRING, |_| "Meaning::Pipeline".into()),
    kind(
        "probability",
        NUMERIC,
        &[needed("scale", Form::OneOf(&["percent", "fraction"]))],
        |m| format!("Meaning::Probability(Scale::{})", variant(m.word("scale"))),
    ),
    kind(
        "money",
        NUMERIC,
        &[
            needed("unit", Form::OneOf(&["major", "minor"])),
            optional("currency-in", Form::Sibling),
            optional("currency-is", Form::Currency),
            optional("disputed", Form::Flag),
        ],
        |m| {
            format!(
                "Meaning::Money(&Money {{\n    unit: Unit::{},\n    currency_in: {:?},\n    \
                 currency_is: {:?},\n    disputed: {},\n}})",
                variant(m.word("unit")),
                m.sibling("currency-in"),
                m.word("currency-is"),
                m.flag("disputed")
            )
        },
    ),
    plain("currency-code", STRING, |_| "Meaning::CurrencyCode".into()),
    kind(
        "close-date",
        STRING,
        &[FORM, optional("future", Form::Flag)],
        |m| date("CloseDate", m),
    ),
    kind("follow-up-date", STRING, &[FORM], |m| {
        date("FollowUpDate", m)
    }),
    kind("timestamp", STRING, &[FORM], |m| date("Timestamp", m)),
    kind("reference", STRING, TO, |m| {
        format!("Meaning::Reference({:?})", m.word("to"))
    }),
    kind("reference-list", ARRAY, TO, |m| {
        format!("Meaning::ReferenceList({:?})", m.word("to"))
    }),
    plain("tags", ARRAY, |_| "Meaning::Tags".into()),
    plain("flag", TypeSet::BOOLEAN, |_| "Meaning::Flag".into()),
    kind(
        "credential",
        STRING,
        &[needed("scheme", Form::Word), optional("prefix", Form::Word)],
        |m| {
            format!(
                "Meaning::Credential(&Credential {{ scheme: {:?}, prefix: {:?} }})",
                m.word("scheme"),
                m.word("prefix")
            )
        },
    ),
    plain("idempotency-key", STRING, |_| {
        "Meaning::IdempotencyKey".into()
    }),
    kind(
        "content-type",
        STRING,
        &[needed("media-type", Form::Word)],
        |m| format!("Meaning::ContentType({:?})", m.word("media-type")),
    ),
    plain("email", STRING, |_| "Meaning::Email".into()),
];

const fn kind(
    name: &'static str,
    on: TypeSet,
    keys: &'static [Key],
    emit: fn(&Meaning) -> String,
) -> Kind {
    Kind {
        name,
        on,
        root: false,
        keys,
        emit,
    }
}

const fn root(name: &'static str, keys: &'static [Key], emit: fn(&Meaning) -> String) -> Kind {
    Kind {
        name,
        on: TypeSet::OBJECT,
        root: true,
        keys,
        emit,
    }
}

const fn plain(name: &'static str, on: TypeSet, emit: fn(&Meaning) -> String) -> Kind {
    kind(name, on, &[], emit)
}

const fn needed(name: &'static str, form: Form) -> Key {
    Key {
        name,
        needed: true,
        form,
    }
}

const fn optional(name: &'static str, form: Form) -> Key {
    Key {
        name,
        needed: false,
        form,
    }
}

fn date(name: &str, meaning: &Meaning) -> String {
    format!(
        "Meaning::{name}(&DateForm {{ form: Form::{}, future: {} }})",
        variant(meaning.word("form")),
        meaning.flag("future")
    )
}

/// `date-or-date-time` is `DateOrDateTime`.
fn variant(word: &str) -> String {
    let pieces = word.split('-').map(|piece| {
        let mut letters = piece.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    pieces.collect()
}

#[derive(Debug, Clone)]
enum Value {
    Word(String),
    Words(Vec<String>),
    Flag(bool),
    /// The property's name, and its place once the file is linked.
    Sibling(String, Option<usize>),
}

/// One property's meaning.
#[derive(Debug, Clone)]
pub(crate) struct Meaning {
    pub(crate) kind: &'static Kind,
    pub(crate) alias_of: Option<String>,
    values: Vec<(&'static str, Value)>,
}

impl Meaning {
    /// Reads the value of the keyword `meaning`.
    pub(crate) fn read(node: &Node, place: Location) -> Result<Self, String> {
        let members = object(node)?;
        let names = || KINDS.iter().map(|kind| kind.name);
        let Some(is) = node.get("is") else {
            return Err(format!(
                "the key \"is\" is missing; write {{ \"is\": KIND }}, KIND one of {}",
                quoted_list(names())
            ));
        };
        let Some(kind) = KINDS.iter().find(|kind| is.as_str() == Some(kind.name)) else {
            return Err(format!(
                "{is} is no kind of meaning{}; kinds are {}",
                did_you_mean(is.as_str().unwrap_or_default(), names()),
                quoted_list(names())
            ));
        };
        let name = kind.name;
        match (kind.root, place == Location::Root) {
            (true, false) => return Err(format!("{name:?} is the meaning of a file's root only")),
            (false, true) => {
                let roots = KINDS.iter().filter(|kind| kind.root);
                let roots = quoted_list(roots.map(|kind| kind.name));
                return Err(format!(
                    "{name:?} is no meaning of a file's root; the root's are {roots}"
                ));
            }
            _ => {}
        }
        let mut meaning = Self {
            kind,
            alias_of: None,
            values: Vec::new(),
        };
        for (key, value) in members.iter().filter(|(key, _)| key != "is") {
            if key == "alias-of" {
                meaning.alias_of = Some(sibling(key, value, place)?);
                continue;
            }
            let Some(known) = kind.keys.iter().find(|known| known.name == key) else {
                let keys = kind.keys.iter().map(|known| known.name);
                let keys = ["is", "alias-of"].into_iter().chain(keys);
                return Err(format!(
                    "the key {key:?} is not supported for {name:?}{}; supported are {}",
                    did_you_mean(key, keys.clone()),
                    quoted_list(keys)
                ));
            };
            let value = known
                .form
                .read(key, value, place)
                .map_err(|what| format!("the key {key:?} {what}"))?;
            meaning.values.push((known.name, value));
        }
        for key in kind.keys.iter().filter(|key| key.needed) {
            if meaning.get(key.name).is_none() {
                let form = key.form.describe();
                let key = key.name;
                return Err(format!(
                    "the key {key:?} of {name:?} is missing; add {form}"
                ));
            }
        }
        if meaning.get("currency-in").is_some() && meaning.get("currency-is").is_some() {
            return Err(
                "\"currency-in\" and \"currency-is\" stand side by side; keep one of them"
                    .to_owned(),
            );
        }
        Ok(meaning)
    }

    /// What the items of a list with this meaning mean.
    pub(crate) fn of_items(&self) -> Option<Self> {
        let item = match self.kind.name {
            "reference-list" => "reference",
            "tags" => "label",
            _ => return None,
        };
        Some(Self {
            kind: KINDS.iter().find(|kind| kind.name == item)?,
            alias_of: None,
            values: self.values.clone(),
        })
    }

    /// The expression of type `Meaning`, as generated code has it.
    pub(crate) fn emit(&self) -> String {
        (self.kind.emit)(self)
    }

    /// The keys that name a sibling, with the name.
    pub(crate) fn siblings(&self) -> Vec<(&'static str, String)> {
        let named = self.values.iter().filter_map(|(key, value)| match value {
            Value::Sibling(name, _) => Some((*key, name.clone())),
            _ => None,
        });
        named.collect()
    }

    /// Notes the place of the sibling that a key names.
    pub(crate) fn place_sibling(&mut self, key: &str, place: usize) {
        for (name, value) in &mut self.values {
            if let Value::Sibling(_, slot) = value
                && *name == key
            {
                *slot = Some(place);
            }
        }
    }

    /// The words of a status, none for other kinds.
    pub(crate) fn status_words(&self) -> Vec<&str> {
        let keys = ["open", "won", "lost"].into_iter();
        let words = keys.filter(|_| self.kind.name == "status");
        words.map(|key| self.word(key)).collect()
    }

    fn get(&self, key: &str) -> Option<&Value> {
        let found = self.values.iter().find(|(name, _)| *name == key);
        found.map(|(_, value)| value)
    }

    pub(crate) fn word(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Value::Word(word)) => word,
            _ => "",
        }
    }

    pub(crate) fn words(&self, key: &str) -> &[String] {
        match self.get(key) {
            Some(Value::Words(words)) => words,
            _ => &[],
        }
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Value::Flag(true)))
    }

    pub(crate) fn sibling(&self, key: &str) -> Option<usize> {
        match self.get(key) {
            Some(Value::Sibling(_, place)) => *place,
            _ => None,
        }
    }
}

impl Form {
    fn read(self, key: &str, value: &Node, place: Location) -> Result<Value, String> {
        match self {
            Self::Word => word(value).map(Value::Word),
            Self::Words => {
                let mut words = Vec::new();
                let given = list(value)?;
                if given.is_empty() {
                    return Err("must have at least one word".to_owned());
                }
                for one in given {
                    let one = word(one)?;
                    if words.contains(&one) {
                        return Err(format!("lists {one:?} twice; keep one"));
                    }
                    words.push(one);
                }
                Ok(Value::Words(words))
            }
            Self::Flag => boolean(value).map(Value::Flag),
            Self::OneOf(words) => match words.iter().find(|word| value.as_str() == Some(word)) {
                Some(word) => Ok(Value::Word((*word).to_owned())),
                None => Err(format!("must be {}, not {value}", self.describe())),
            },
            Self::Currency => {
                let code = word(value)?;
                if code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase()) {
                    Ok(Value::Word(code))
                } else {
                    Err(format!("must be {}, not {value}", self.describe()))
                }
            }
            Self::Sibling => Ok(Value::Sibling(sibling(key, value, place)?, None)),
        }
    }

    fn describe(self) -> String {
        match self {
            Self::Word => "a word".to_owned(),
            Self::Words => "a list of words".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::OneOf(words) => format!("one of {}", quoted_list(words.iter().copied())),
            Self::Currency => "a currency's three upper-case letters".to_owned(),
            Self::Sibling => "the name of a property of the same object".to_owned(),
        }
    }
}

/// A sibling's name; only a property has siblings.
fn sibling(key: &str, value: &Node, place: Location) -> Result<String, String> {
    if place == Location::Property {
        word(value)
    } else {
        Err(format!(
            "the key {key:?} names a sibling, and only a property has siblings; \
             write this meaning at the property (beside its \"$ref\")"
        ))
    }
}
