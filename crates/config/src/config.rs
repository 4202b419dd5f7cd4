//! The configuration as data.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};
use std::path::{Path, PathBuf};

use pipelint::{Level, Severity};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::check::check;
use crate::node::Node;
use crate::problem::{Fault, Problem, Problems, position};

/// A configuration: what `pipelint.toml` says, as plain data. Each field is a key of the file, in
/// kebab case.
///
/// [`Config::parse`] gives one that makes sense. One that was put together by hand or read by
/// other means is checked when it is made into [`Settings`](crate::Settings).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Config {
    /// The least severity that makes a check fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<SeverityName>,
    /// The time that counts as now, as RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// The language of messages and help, as a tag such as `de`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Globs, and the names of the payloads that the files are. Of several that match, the last
    /// counts.
    #[serde(with = "pairs", skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<(String, String)>,
    /// Payloads of your own, by their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub payloads: BTreeMap<String, PayloadFiles>,
    /// Levels of rules and groups.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, LevelName>,
    /// Other levels for some files; later ones count more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// What the policy says of its own records.
    #[serde(skip_serializing_if = "is_default")]
    pub policy: PolicyLists,
    /// Values that are never shown.
    #[serde(skip_serializing_if = "is_default")]
    pub mask: MaskLists,
    /// Limits of each payload.
    #[serde(skip_serializing_if = "is_default")]
    pub limits: LimitNumbers,
}

/// A payload of your own. This crate reads none of its files: see
/// [`Settings::own_payloads`](crate::Settings::own_payloads).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PayloadFiles {
    /// The file of its JSON Schema, from the configuration's folder.
    pub schema: String,
    /// A file of JSON pointers into the schema and the meanings there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meanings: Option<String>,
    /// What the operation does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The name of the system in messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
}

/// Levels for some files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Globs of the files.
    pub files: Vec<String>,
    /// Levels of rules and groups in these files.
    #[serde(default)]
    pub rules: BTreeMap<String, LevelName>,
}

/// What the policy says; see [`pipelint::Policy`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PolicyLists {
    /// The names of the stages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<String>,
    /// The names of the pipelines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pipelines: Vec<String>,
    /// The IDs of the users.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<String>,
    /// The codes of the currencies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub currencies: Vec<String>,
    /// For a property, the words that it may have.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, Vec<String>>,
    /// For a payload, the file of a JSON Schema that is laid over it, from the configuration's
    /// folder. This crate does not read it: see [`Settings::schemas`](crate::Settings::schemas).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub schemas: BTreeMap<String, String>,
    /// The least value of a deal, in whole units of its currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_value: Option<Decimal>,
    /// The greatest value of a deal, in whole units of its currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greatest_value: Option<Decimal>,
}

/// What is never shown; see [`pipelint::Mask`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct MaskLists {
    /// The names of properties, as they stand in the payload.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<String>,
    /// What the values mean, such as `money` or `free-text`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meanings: Vec<String>,
}

/// Limits of each payload; see [`pipelint::Limits`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct LimitNumbers {
    /// How deep arrays and objects may nest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<u32>,
    /// How many bytes a payload may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// How many diagnostics are given for a payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<u32>,
}

/// The word for a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelName {
    /// Not reported.
    Off,
    /// Advice.
    Info,
    /// Hardly meant.
    Warning,
    /// Refused.
    Error,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::Off => Self::Off,
            LevelName::Info => Self::At(Severity::Info),
            LevelName::Warning => Self::At(Severity::Warning),
            LevelName::Error => Self::At(Severity::Error),
        }
    }
}

/// The word for a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityName {
    /// Advice.
    Info,
    /// Hardly meant.
    Warning,
    /// Refused.
    Error,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Info => Self::Info,
            SeverityName::Warning => Self::Warning,
            SeverityName::Error => Self::Error,
        }
    }
}

/// An amount in decimal digits, kept as it was written. Reads from a string or a number, and
/// writes a string, so that no digit is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Decimal(pub String);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Decimal;

            fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
                out.write_str("an amount")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
                Ok(Decimal(text.to_owned()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Decimal, E> {
                Ok(Decimal(number.to_string()))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Decimal, E> {
                Ok(Decimal(number.to_string()))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Decimal, E> {
                Ok(Decimal(number.to_string()))
            }
        }
        from.deserialize_any(Digits)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Config {
    /// The name of the file.
    pub const FILE_NAME: &'static str = "pipelint.toml";

    /// The most bytes that a configuration may have. One that was found above an untrusted file is
    /// untrusted as well.
    pub const MAX_SIZE: usize = 1 << 20;

    /// Reads TOML. `file` is named in the errors.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, with its line and column: no TOML; unknown keys, rules, groups,
    /// payloads, levels, meanings, currencies and properties, each with the nearest known word;
    /// globs that cannot be read; a time or an amount that is none; limits out of range.
    pub fn parse(text: &str, file: Option<&Path>) -> Result<Self, Problems> {
        let wrong = |problems| Problems::of(file, problems);
        if text.len() > Self::MAX_SIZE {
            let message = "the configuration has more than 1 MiB";
            return Err(wrong(vec![whole(None, message)]));
        }
        let node = Node::from_toml(text).map_err(|error| {
            let at = error.span().map(|span| position(text, &span));
            wrong(vec![whole(at, error.message().trim())])
        })?;
        let problems = check(&node, Some(text));
        if problems.is_empty() {
            serde_json::from_value(node.to_json())
                .map_err(|error| wrong(vec![whole(None, &error.to_string())]))
        } else {
            Err(wrong(problems))
        }
    }

    /// All that is wrong with data that was not read from text.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        match serde_json::to_value(self) {
            Ok(json) => check(&Node::from_json(&json), None),
            Err(error) => vec![whole(None, &error.to_string())],
        }
    }

    /// The configuration that is found from a file or folder upward.
    #[must_use]
    pub fn find(start: &Path) -> Option<PathBuf> {
        let start = std::path::absolute(start).ok()?;
        start
            .ancestors()
            .map(|folder| folder.join(Self::FILE_NAME))
            .find(|file| file.is_file())
    }

    /// What a new configuration says: nothing yet, with every key explained.
    #[must_use]
    pub const fn default_text() -> &'static str {
        include_str!("default.toml")
    }
}

/// A problem of the whole configuration.
fn whole(at: Option<(usize, usize)>, message: &str) -> Problem {
    Problem {
        at,
        key: String::new(),
        fault: Fault::Syntax(message.to_owned()),
        nearest: None,
    }
}

/// A table whose order counts.
mod pairs {
    use super::{Deserializer, Formatter, MapAccess, Serializer, Visitor, fmt};

    type Pairs = Vec<(String, String)>;

    pub(super) fn serialize<S: Serializer>(pairs: &Pairs, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(pairs.iter().map(|(key, value)| (key, value)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Pairs, D::Error> {
        struct Table;
        impl<'de> Visitor<'de> for Table {
            type Value = Pairs;

            fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
                out.write_str("a table of strings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }
        from.deserialize_map(Table)
    }
}
