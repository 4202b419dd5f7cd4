//! The table of all keys: what the configuration may hold. The reader checks by it, and the JSON
//! Schema is written from it.

use pipelint::contract::{Meaning, Meanings, Part, Schema};
use pipelint::values::currency;
use pipelint::{Locale, payloads, rules};

/// What a value must be.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A table with these keys and no others.
    Table(&'static [Key]),
    /// A table whose keys are words of the one kind and whose values have the one shape.
    Map(Word, &'static Shape),
    /// A list of at least so many.
    List(usize, &'static Shape),
    /// A string.
    Text(Word),
    /// A whole number within limits.
    Whole(u32, u32),
    /// An exact amount.
    Amount,
}

/// A key of a table.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What it is for, in a sentence.
    pub(crate) about: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
}

/// What a string stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// Words of the policy's own.
    Any,
    Glob,
    /// A built-in payload.
    Payload,
    /// The name of a payload of the configuration's own: `<system>/<operation>`, and perhaps a part.
    OwnPayload,
    /// A built-in payload, or one of the configuration's own.
    AnyPayload,
    RuleOrGroup,
    Level,
    Severity,
    Instant,
    /// The tag of a language.
    Locale,
    /// A property with a choice or a label.
    Choice,
    Meaning,
    Currency,
}

const fn key(name: &'static str, about: &'static str, shape: Shape) -> Key {
    Key {
        name,
        about,
        shape,
        required: false,
    }
}

/// The whole configuration.
pub(crate) static CONFIG: Shape = Shape::Table(&[
    key(
        "fail-on",
        "The lowest severity that makes a check fail.",
        Shape::Text(Word::Severity),
    ),
    key(
        "now",
        "The current time for date rules, as RFC 3339; by default the clock's.",
        Shape::Text(Word::Instant),
    ),
    key(
        "locale",
        "The language of messages and help; by default English.",
        Shape::Text(Word::Locale),
    ),
    key(
        "files",
        "Which files are which payload: globs and names of payloads. The last match applies.",
        Shape::Map(Word::Glob, &Shape::Text(Word::AnyPayload)),
    ),
    key(
        "payloads",
        "Payloads of your own: names such as acme/create-deal, and their JSON Schemas.",
        Shape::Map(
            Word::OwnPayload,
            &Shape::Table(&[
                Key {
                    required: true,
                    ..key(
                        "schema",
                        "The file of the JSON Schema, as a path from the configuration's folder.",
                        Shape::Text(Word::Any),
                    )
                },
                key(
                    "meanings",
                    "A file of JSON pointers into the schema and the meanings there, as `pipelint annotate --meanings` writes it.",
                    Shape::Text(Word::Any),
                ),
                key(
                    "title",
                    "What the operation does, such as Create a deal.",
                    Shape::Text(Word::Any),
                ),
                key(
                    "system",
                    "The name of the system in messages, such as Acme.",
                    Shape::Text(Word::Any),
                ),
            ]),
        ),
    ),
    key(
        "rules",
        "Levels of rules and groups. A rule overrides its group.",
        LEVELS,
    ),
    key(
        "overrides",
        "Levels for some files. Later ones override earlier ones.",
        Shape::List(
            0,
            &Shape::Table(&[
                Key {
                    required: true,
                    ..key(
                        "files",
                        "Globs of the files.",
                        Shape::List(1, &Shape::Text(Word::Glob)),
                    )
                },
                key(
                    "rules",
                    "Levels of rules and groups in these files.",
                    LEVELS,
                ),
            ]),
        ),
    ),
    key(
        "policy",
        "The words, users, currencies and amounts that your team allows. Omitted keys disable the check.",
        Shape::Table(&[
            key("stages", "The names of the stages.", WORDS),
            key("pipelines", "The names of the pipelines.", WORDS),
            key(
                "owners",
                "The IDs of the users who may own or work on a record.",
                WORDS,
            ),
            key(
                "currencies",
                "The ISO 4217 codes of the currencies.",
                Shape::List(0, &Shape::Text(Word::Currency)),
            ),
            key(
                "choices",
                "The allowed words of a property such as priority or fee_model.",
                Shape::Map(Word::Choice, &WORDS),
            ),
            key(
                "schemas",
                "For a payload, the file of a JSON Schema that applies in addition to its contract; the path is relative to the configuration.",
                Shape::Map(Word::Payload, &Shape::Text(Word::Any)),
            ),
            key(
                "least-value",
                "The lowest value of a deal, in whole units of its currency.",
                Shape::Amount,
            ),
            key(
                "greatest-value",
                "The highest value of a deal, in whole units of its currency.",
                Shape::Amount,
            ),
        ]),
    ),
    key(
        "mask",
        "Values that are never shown. Credentials are never shown.",
        Shape::Table(&[
            key(
                "properties",
                "The names of the properties, as in the payload.",
                WORDS,
            ),
            key(
                "meanings",
                "The meanings of the values, such as money or free-text.",
                Shape::List(0, &Shape::Text(Word::Meaning)),
            ),
        ]),
    ),
    key(
        "limits",
        "Limits of each payload.",
        Shape::Table(&[
            key(
                "depth",
                "The highest nesting depth of arrays and objects.",
                Shape::Whole(1, 128),
            ),
            key(
                "size",
                "The highest number of bytes of a payload.",
                Shape::Whole(1, 1 << 31),
            ),
            key(
                "diagnostics",
                "The highest number of diagnostics for a payload.",
                Shape::Whole(1, u32::MAX),
            ),
        ]),
    ),
]);

const WORDS: Shape = Shape::List(0, &Shape::Text(Word::Any));
const LEVELS: Shape = Shape::Map(Word::RuleOrGroup, &Shape::Text(Word::Level));

/// The form of an amount: at most 15 digits before the point and 4 after it, so that every
/// amount is exact.
pub(crate) const WHOLE_DIGITS: usize = 15;
pub(crate) const DECIMALS: usize = 4;

impl Word {
    /// What such a word is called.
    pub(crate) const fn called(self) -> &'static str {
        match self {
            Self::Any => "word",
            Self::Glob => "glob",
            Self::Payload | Self::OwnPayload | Self::AnyPayload => "payload",
            Self::RuleOrGroup => "rule or group",
            Self::Level => "level",
            Self::Severity => "severity",
            Self::Instant => "time",
            Self::Locale => "language",
            Self::Choice => "property with choices",
            Self::Meaning => "meaning",
            Self::Currency => "currency",
        }
    }

    /// All such words, if their list is closed.
    pub(crate) fn list(self) -> Option<Vec<String>> {
        let owned = |words: &[&str]| Some(words.iter().map(|&word| word.to_owned()).collect());
        match self {
            Self::Any | Self::Glob | Self::Instant | Self::OwnPayload => None,
            Self::Payload | Self::AnyPayload => Some(payload_names()),
            Self::RuleOrGroup => {
                let groups = rules::GROUPS.iter().filter_map(|group| group.first());
                let groups = groups.map(|rule| rule.group().to_owned());
                let rules = rules::all().map(|rule| rule.name.to_owned());
                let schemas = KEYWORDS.iter().map(|&rule| rule.to_owned());
                Some(groups.chain(rules).chain(schemas).collect())
            }
            Self::Level => owned(&["off", "info", "warning", "error"]),
            Self::Severity => owned(&["info", "warning", "error"]),
            Self::Locale => Some(Locale::ALL.iter().map(|it| it.tag().to_owned()).collect()),
            Self::Choice => Some(choices()),
            Self::Meaning => Some(Meanings::names().collect()),
            Self::Currency => Some(currency::codes().map(str::to_owned).collect()),
        }
    }
}

/// The rules under which the crate jsonschema reports what a JSON Schema of the policy refuses.
const KEYWORDS: &[&str] = &[
    "policy/additional-items",
    "policy/additional-properties",
    "policy/any-of",
    "policy/const",
    "policy/contains",
    "policy/content-encoding",
    "policy/content-media-type",
    "policy/enum",
    "policy/exclusive-maximum",
    "policy/exclusive-minimum",
    "policy/false-schema",
    "policy/format",
    "policy/max-items",
    "policy/max-length",
    "policy/max-properties",
    "policy/maximum",
    "policy/min-items",
    "policy/min-length",
    "policy/min-properties",
    "policy/minimum",
    "policy/multiple-of",
    "policy/not",
    "policy/one-of",
    "policy/pattern",
    "policy/property-names",
    "policy/ref",
    "policy/required",
    "policy/type",
    "policy/unevaluated-items",
    "policy/unevaluated-properties",
    "policy/unique-items",
];

fn payload_names() -> Vec<String> {
    let requests = payloads::ALL
        .iter()
        .filter(|contract| contract.part == Part::Request)
        .map(|contract| contract.operation);
    let all = payloads::ALL.iter().map(|contract| contract.id);
    requests.chain(all).map(str::to_owned).collect()
}

/// The names of all properties whose meaning is a choice or a label.
fn choices() -> Vec<String> {
    let mut names = Vec::new();
    for contract in payloads::ALL {
        gather(contract.root, &mut names);
    }
    names.sort();
    names.dedup();
    names
}

fn gather(schema: &Schema, names: &mut Vec<String>) {
    for property in schema.object.map_or(&[][..], |object| object.properties) {
        if matches!(property.schema.meaning, Meaning::Choice(_) | Meaning::Label) {
            names.push(property.name.to_owned());
        }
        gather(property.schema, names);
    }
    if let Some(items) = schema.array.and_then(|array| array.items) {
        gather(items, names);
    }
}
