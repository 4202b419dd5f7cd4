//! The part of a contract at a cursor, and its description.

use std::fmt::Write;
use std::sync::Arc;

use pipelint::contract::{Contract, Form, Literal, Meaning, Object, Property, Scale, Schema, Unit};
use pipelint::values::currency;
use pipelint::{Options, Policy};
use pipelint_config::Terms;
use serde_json::Value;

use crate::cursor::Step;

/// The part of the contract that describes a place in a payload.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) schema: &'static Schema<'static>,
    /// The property of the value; the root and items have none.
    pub(crate) property: Option<&'static Property<'static>>,
    /// The object that the property is in.
    pub(crate) object: Option<&'static Object<'static>>,
    /// The place of its schema in the payload's JSON Schema, as a JSON pointer.
    pointer: String,
}

impl Spot {
    /// The place at the end of a path.
    pub(crate) fn find(contract: &'static Contract<'static>, path: &[Step]) -> Option<Self> {
        let mut spot = Self {
            schema: contract.root,
            property: None,
            object: None,
            pointer: String::new(),
        };
        for step in path {
            spot = match step {
                Step::Key(key) => spot.member(key)?,
                Step::Item => Self {
                    schema: spot.schema.array?.items?,
                    property: None,
                    object: None,
                    pointer: spot.pointer + "/items",
                },
            };
        }
        Some(spot)
    }

    fn member(&self, key: &str) -> Option<Self> {
        let object = self.schema.object?;
        let property = object.properties.iter().find(|property| {
            property.name == key || object.ignore_case && property.name.eq_ignore_ascii_case(key)
        })?;
        Some(self.of(object, property))
    }

    fn of(&self, object: &'static Object<'static>, property: &'static Property<'static>) -> Self {
        let name = property.name.replace('~', "~0").replace('/', "~1");
        Self {
            schema: property.schema,
            property: Some(property),
            object: Some(object),
            pointer: format!("{}/properties/{name}", self.pointer),
        }
    }

    /// The places of the properties of the object at this place.
    pub(crate) fn members(&self) -> impl Iterator<Item = Self> {
        let object = self.schema.object;
        let properties = object.map_or(&[][..], |object| object.properties);
        properties
            .iter()
            .filter_map(move |property| Some(self.of(object?, property)))
    }

    /// Whether the property is required.
    pub(crate) fn is_required(&self) -> bool {
        let (Some(object), Some(property)) = (self.object, self.property) else {
            return false;
        };
        let mut properties = object.properties.iter();
        let at = properties.position(|other| std::ptr::eq(other, property));
        at.is_some_and(|at| object.required >> at & 1 != 0)
    }

    /// The property that this is another name for.
    pub(crate) fn alias_of(&self) -> Option<&'static str> {
        let target = self.property?.alias_of?;
        let target = self.object?.properties.get(usize::from(target))?;
        Some(target.name)
    }

    /// The description of the property, in Markdown. `schema` is the payload's JSON Schema.
    pub(crate) fn describe(&self, schema: &Value, options: &Options) -> String {
        let mut text = String::new();
        let name = self.property.map(|property| property.name);
        let types: Vec<_> = self.schema.types.names().collect();
        let types = if types.len() == 7 {
            "anything".to_owned()
        } else {
            types.join(" or ")
        };
        // Memory takes everything.
        let _ = match (self.schema.title, name) {
            ("", None) => write!(text, "{types}"),
            ("", Some(name)) => write!(text, "`{name}`: {types}"),
            (title, None) => write!(text, "**{title}**: {types}"),
            (title, Some(name)) => write!(text, "**{title}** (`{name}`): {types}"),
        };
        let own = schema.pointer(&self.pointer);
        let said = |keyword: &str| own.and_then(|own| own.get(keyword)?.as_str());
        if let Some(description) = said("description") {
            let _ = write!(text, "\n\n{description}");
        }
        let mut facts = Vec::new();
        if self.is_required() {
            facts.push("required".to_owned());
        }
        facts.extend(self.meaning());
        facts.extend(self.limits());
        if let Some(words) = self.words(options) {
            const FEW: usize = 12;
            let few = words.known.iter().take(FEW).map(|word| format!("`{word}`"));
            let few = few.collect::<Vec<_>>().join(", ");
            let more = if words.known.len() > FEW { ", …" } else { "" };
            let known = if words.are_all {
                "one of"
            } else {
                "for example"
            };
            facts.push(format!("{known} {few}{more}"));
        }
        if !self.schema.default.is_empty() {
            facts.push(format!(
                "assumed if it is missing: `{}`",
                self.schema.default
            ));
        }
        if let Some(target) = self.alias_of() {
            facts.push(format!("another name for `{target}`"));
        }
        for (at, fact) in facts.iter().enumerate() {
            text.push_str(if at == 0 { "\n\n- " } else { "\n- " });
            text.push_str(fact);
        }
        text
    }

    /// The meaning in a few words.
    fn meaning(&self) -> Option<String> {
        let text = match &self.schema.meaning {
            Meaning::Record(of) => format!("a {of}"),
            Meaning::Headers => "HTTP headers".to_owned(),
            Meaning::RecordName => "the name of a record".to_owned(),
            Meaning::FreeText => "free text".to_owned(),
            Meaning::Label => "a label".to_owned(),
            Meaning::Choice(_) => "a choice".to_owned(),
            Meaning::Status(_) => "a status: open, won or lost".to_owned(),
            Meaning::Stage => "a stage, by its name".to_owned(),
            Meaning::Pipeline => "a pipeline, by its name".to_owned(),
            Meaning::Probability(Scale::Percent) => "a probability, from 0 to 100".to_owned(),
            Meaning::Probability(Scale::Fraction) => "a probability, from 0 to 1".to_owned(),
            Meaning::Money(money) => {
                let unit = match money.unit {
                    Unit::Major => "whole units",
                    Unit::Minor => "the smallest unit, such as cents,",
                };
                let properties = self.object.map_or(&[][..], |object| object.properties);
                let sibling = money.currency_in.map(usize::from);
                match sibling.and_then(|at| properties.get(at)) {
                    Some(currency) => {
                        format!(
                            "an amount of money in {unit} of the currency in `{}`",
                            currency.name
                        )
                    }
                    None if money.currency_is.is_empty() => {
                        format!("an amount of money in {unit} of its currency")
                    }
                    None => format!("an amount of money in {unit} of {}", money.currency_is),
                }
            }
            Meaning::CurrencyCode => "a currency, by its ISO 4217 code".to_owned(),
            Meaning::CloseDate(date) => {
                format!(
                    "the day on which the deal is expected to close, {}",
                    form(date.form)
                )
            }
            Meaning::FollowUpDate(date) => {
                format!("the day of the next contact, {}", form(date.form))
            }
            Meaning::Timestamp(date) => format!("a time, {}", form(date.form)),
            Meaning::Reference(to) => format!("the ID of a {to}"),
            Meaning::ReferenceList(to) => format!("IDs, each of a {to}"),
            Meaning::Tags => "tags".to_owned(),
            Meaning::Flag => "a yes or no".to_owned(),
            Meaning::Credential(credential) if credential.scheme.is_empty() => {
                "a credential".to_owned()
            }
            Meaning::Credential(credential) => {
                format!("a credential, after the word `{}`", credential.scheme)
            }
            Meaning::IdempotencyKey => "a key that makes a repeated request harmless".to_owned(),
            Meaning::ContentType(kind) => format!("the media type `{kind}`"),
            Meaning::Email => "an e-mail address".to_owned(),
            _ => return None,
        };
        Some(text)
    }

    fn limits(&self) -> Vec<String> {
        let mut limits = Vec::new();
        if let Some(text) = self.schema.text {
            match (text.min, text.max) {
                (0, u32::MAX) => {}
                (0, most) => limits.push(format!("at most {most} characters")),
                (least, u32::MAX) => limits.push(format!("at least {least} characters")),
                (least, most) => limits.push(format!("from {least} to {most} characters")),
            }
            if let Some(format) = text.format {
                let example = format.example();
                limits.push(format!("format `{}`, such as `{example}`", format.name()));
            }
        }
        if let Some(number) = self.schema.number {
            if let Some(least) = number.minimum {
                let word = if least.exclusive {
                    "more than"
                } else {
                    "at least"
                };
                limits.push(format!("{word} {}", least.text));
            }
            if let Some(most) = number.maximum {
                let word = if most.exclusive {
                    "less than"
                } else {
                    "at most"
                };
                limits.push(format!("{word} {}", most.text));
            }
            if let Some(step) = number.multiple_of {
                limits.push(format!("a multiple of {}", step.text));
            }
        }
        if let Some(array) = self.schema.array {
            if array.min > 0 {
                limits.push(format!("at least {} items", array.min));
            }
            if array.max < u32::MAX {
                limits.push(format!("at most {} items", array.max));
            }
            if array.unique {
                limits.push("no two items are equal".to_owned());
            }
        }
        limits
    }

    /// The words that the value can be, if any are known.
    pub(crate) fn words(&self, options: &Options) -> Option<Words> {
        let empty = Policy::default();
        let policy = options.policy.as_deref().unwrap_or(&empty);
        let name = self.property.map_or("", |property| property.name);
        let strings = |words: &[&str]| words.iter().map(|word| Value::from(*word)).collect();
        let policy_words = |words: &[String]| -> Option<Words> {
            (!words.is_empty()).then(|| Words {
                known: words
                    .iter()
                    .map(|word| Value::from(word.as_str()))
                    .collect(),
                are_all: true,
            })
        };
        let of_policy = match &self.schema.meaning {
            Meaning::Stage => policy_words(&policy.stages),
            Meaning::Pipeline => policy_words(&policy.pipelines),
            Meaning::Reference("user") => policy_words(&policy.owners),
            Meaning::CurrencyCode => policy_words(&policy.currencies),
            Meaning::Choice(_) | Meaning::Label => policy_words(policy.choice(name)),
            _ => None,
        };
        let of_schema = || {
            let known: Vec<_> = self.schema.words.iter().map(literal).collect();
            (!known.is_empty()).then_some(Words {
                known,
                are_all: true,
            })
        };
        let of_meaning = || match &self.schema.meaning {
            Meaning::Status(words) => Some(Words {
                known: strings(&[words.open, words.won, words.lost]),
                are_all: true,
            }),
            Meaning::Choice(known) if !known.is_empty() => Some(Words {
                known: strings(known),
                are_all: false,
            }),
            Meaning::CurrencyCode => Some(Words {
                known: currency::codes()
                    .filter(|code| currency::is_circulating(code))
                    .map(Value::from)
                    .collect(),
                are_all: true,
            }),
            Meaning::Flag => Some(Words {
                known: vec![Value::Bool(true), Value::Bool(false)],
                are_all: true,
            }),
            Meaning::ContentType(kind) => Some(Words {
                known: strings(&[kind]),
                are_all: false,
            }),
            _ => None,
        };
        of_policy.or_else(of_schema).or_else(of_meaning)
    }
}

/// The words that a value can be.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    pub(crate) known: Vec<Value>,
    /// Whether no other word is allowed.
    pub(crate) are_all: bool,
}

fn literal(literal: &Literal<'_>) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(truth) => Value::Bool(*truth),
        Literal::Number(number) => {
            serde_json::from_str(number.text).unwrap_or_else(|_| Value::from(number.text))
        }
        Literal::String(text) => Value::from(*text),
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::DateTime => "as a date and time with its zone, such as `2026-06-01T00:00:00Z`",
        Form::DateOrDateTime => "such as `2026-06-01` or `2026-06-01T00:00:00Z`",
    }
}

/// The JSON Schema of a payload; nothing if there is none.
pub(crate) fn json_schema(contract: &Contract<'_>, terms: &Terms) -> Arc<Value> {
    let own = terms.own.iter().find(|own| own.contract.id == contract.id);
    if let Some(own) = own {
        return Arc::clone(&own.schema);
    }
    let text = pipelint_schemas::schema(contract.id).unwrap_or_default();
    Arc::new(serde_json::from_str(text).unwrap_or_default())
}
