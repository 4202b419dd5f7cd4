//! Proposals for the meanings of a schema's properties.

use std::fmt;

use pipelint_contract::json_pointer::escape;
use serde_json::{Map, Value, json};

use crate::walk::{resolve, schemas};
use crate::words::words;

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// One weak hint; read it before you accept it.
    Low,
    /// The name says so.
    Medium,
    /// The name and the schema agree.
    High,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}

/// What a property probably means.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Proposal {
    /// The JSON pointer to the schema that the meaning belongs to.
    pub pointer: String,
    /// The value of the keyword `meaning`.
    pub meaning: Value,
    /// Why.
    pub reason: String,
    /// How sure it is.
    pub confidence: Confidence,
}

use Confidence::{High, Low, Medium};

type Guess = Option<(Value, String, Confidence)>;

/// Records of a CRM: the words that name them, and the kind that a meaning names.
const RECORDS: &[(&str, &str)] = &[
    ("deal", "deal"),
    ("opportunity", "opportunity"),
    ("lead", "lead"),
    ("contact", "contact"),
    ("person", "contact"),
    ("company", "company"),
    ("organization", "company"),
    ("organisation", "company"),
    ("org", "company"),
    ("account", "company"),
    ("user", "user"),
    ("owner", "user"),
    ("assignee", "user"),
    ("creator", "user"),
    ("stage", "stage"),
    ("pipeline", "pipeline"),
];

/// Proposes meanings, in document order. Properties that have a `meaning` or `x-meaning` are left
/// alone, and so are those of which nothing is known.
#[must_use]
pub fn propose(root: &Value) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    proposals.extend(root_record(root));
    for pointer in schemas(root) {
        let Some(Value::Object(properties)) = root
            .pointer(&pointer)
            .and_then(|schema| schema.get("properties"))
        else {
            continue;
        };
        let currency = currency_in(root, properties);
        for (name, schema) in properties {
            if has_meaning(schema) {
                continue;
            }
            let target = resolve(root, schema);
            if has_meaning(target) {
                continue;
            }
            let field = Field::new(name, schema, target, currency, root);
            if let Some((meaning, reason, confidence)) = field.guess() {
                proposals.push(Proposal {
                    pointer: format!("{pointer}/properties/{}", escape(name)),
                    meaning,
                    reason,
                    confidence,
                });
            }
        }
    }
    proposals
}

/// Writes proposals into a schema, under the keyword `meaning`, or `x-meaning` for OpenAPI.
/// Proposals whose place does not exist are ignored, existing meanings are kept.
pub fn apply(root: &mut Value, proposals: &[Proposal], keyword: &str) {
    for proposal in proposals {
        if let Some(Value::Object(schema)) = root.pointer_mut(&proposal.pointer)
            && !schema.contains_key("meaning")
            && !schema.contains_key("x-meaning")
        {
            schema.insert(keyword.to_owned(), proposal.meaning.clone());
        }
    }
}

/// The proposals as a file of JSON pointers to meanings, for schemas that must not be changed.
#[must_use]
pub fn to_file(proposals: &[Proposal]) -> Value {
    let entries = proposals
        .iter()
        .map(|one| (one.pointer.clone(), one.meaning.clone()));
    Value::Object(entries.collect())
}

/// Lays a file of JSON pointers to meanings over a schema; the file's meanings replace those of
/// the schema.
///
/// # Errors
///
/// All pointers that lead to no schema.
pub fn apply_file(root: &mut Value, file: &Map<String, Value>) -> Result<(), Vec<String>> {
    let mut faults = Vec::new();
    for (pointer, meaning) in file {
        match root.pointer_mut(pointer) {
            Some(Value::Object(schema)) => {
                schema.remove("x-meaning");
                schema.insert("meaning".to_owned(), meaning.clone());
            }
            _ => faults.push(format!("{pointer:?} leads to no schema object")),
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

fn has_meaning(schema: &Value) -> bool {
    schema.get("meaning").is_some() || schema.get("x-meaning").is_some()
}

/// The first property that holds a currency code, by its meaning or by its name.
fn currency_in<'v>(root: &'v Value, properties: &'v Map<String, Value>) -> Option<&'v str> {
    let holds_currency = |(name, schema): &(&'v String, &'v Value)| {
        let target = resolve(root, schema);
        let field = Field::new(name, schema, target, None, root);
        match field.get("meaning").or_else(|| field.get("x-meaning")) {
            Some(meaning) => meaning.get("is") == Some(&json!("currency-code")),
            None => field.currency_code().is_some(),
        }
    };
    properties
        .iter()
        .find(holds_currency)
        .map(|(name, _)| name.as_str())
}

fn root_record(root: &Value) -> Option<Proposal> {
    if has_meaning(root) || !types(root).contains(&"object") || root.get("properties").is_none() {
        return None;
    }
    let title = root.get("title").and_then(Value::as_str)?;
    let of = words(title).iter().find_map(|word| record(word))?;
    Some(Proposal {
        pointer: String::new(),
        meaning: json!({ "is": "record", "of": of }),
        reason: format!("the title is {title:?}"),
        confidence: Medium,
    })
}

fn record(word: &str) -> Option<&'static str> {
    let singular = match word {
        "opportunities" => "opportunity",
        "companies" => "company",
        "people" | "persons" => "person",
        _ => word.strip_suffix('s').unwrap_or(word),
    };
    RECORDS
        .iter()
        .find(|(name, _)| *name == word || *name == singular)
        .map(|(_, of)| *of)
}

fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// One property, and what is known of it.
struct Field<'v> {
    words: Vec<String>,
    types: Vec<&'v str>,
    schema: &'v Value,
    target: &'v Value,
    /// The property beside it that holds a currency code.
    currency: Option<&'v str>,
    root: &'v Value,
    description: String,
}

impl<'v> Field<'v> {
    fn new(
        name: &str,
        schema: &'v Value,
        target: &'v Value,
        currency: Option<&'v str>,
        root: &'v Value,
    ) -> Self {
        let text = |key: &str| {
            let text = schema.get(key).or_else(|| target.get(key));
            text.and_then(Value::as_str).unwrap_or_default()
        };
        Self {
            words: words(name),
            types: types(target),
            schema,
            target,
            currency,
            root,
            description: format!("{} {}", text("title"), text("description")).to_lowercase(),
        }
    }

    fn guess(&self) -> Guess {
        if self.types.contains(&"boolean") {
            return Some((json!({ "is": "flag" }), "is a boolean".to_owned(), High));
        }
        if self.is_numeric() {
            return self.probability().or_else(|| self.money());
        }
        if self.types.contains(&"array") {
            return self.list();
        }
        if !self.types.contains(&"string") {
            return None;
        }
        self.email()
            .or_else(|| self.currency_code())
            .or_else(|| self.reference())
            .or_else(|| self.date())
            .or_else(|| self.status())
            .or_else(|| self.text())
    }

    fn is_numeric(&self) -> bool {
        self.types
            .iter()
            .any(|one| matches!(*one, "number" | "integer"))
    }

    fn has(&self, any: &[&str]) -> bool {
        self.words.iter().any(|word| any.contains(&word.as_str()))
    }

    fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    fn named(&self) -> String {
        format!("the name says `{}`", self.words.join(" "))
    }

    fn get(&self, key: &str) -> Option<&'v Value> {
        self.schema.get(key).or_else(|| self.target.get(key))
    }

    fn examples(&self) -> impl Iterator<Item = &'v Value> {
        let list = self.get("examples").and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .chain(self.get("example"))
            .chain(self.get("default"))
    }

    fn describes(&self, any: &[&str]) -> bool {
        any.iter().any(|word| self.description.contains(word))
    }

    fn probability(&self) -> Guess {
        let is_win_rate = self.has(&["win"]) && self.has(&["rate", "percent", "percentage", "pct"]);
        if !is_win_rate && !self.has(&["probability", "likelihood", "chance", "confidence"]) {
            return None;
        }
        let with = |scale: &str, why: &str, confidence| {
            let meaning = json!({ "is": "probability", "scale": scale });
            Some((meaning, format!("{}; {why}", self.named()), confidence))
        };
        let maximum = self.get("maximum").and_then(Value::as_f64);
        match maximum {
            Some(1.0) => return with("fraction", "the maximum is 1", High),
            Some(100.0) => return with("percent", "the maximum is 100", High),
            _ => {}
        }
        let examples: Vec<f64> = self.examples().filter_map(Value::as_f64).collect();
        if examples.iter().any(|one| *one > 1.0) {
            return with("percent", "an example is above 1", High);
        }
        if examples.iter().any(|one| *one > 0.0 && *one < 1.0) {
            return with("fraction", "an example is between 0 and 1", High);
        }
        if self.has(&["percent", "percentage", "pct"])
            || self.describes(&["percent", "%", "0 to 100", "0-100"])
        {
            return with("percent", "it is described in percent", Medium);
        }
        if self.describes(&["fraction", "0 to 1", "0-1", "between 0 and 1"]) {
            return with("fraction", "it is described as a fraction", Medium);
        }
        if !self.types.contains(&"number") {
            return with("percent", "it is an integer", Medium);
        }
        with("percent", "the scale is a guess", Low)
    }

    fn money(&self) -> Guess {
        const NOT: &[&str] = &[
            "id",
            "count",
            "quantity",
            "qty",
            "percent",
            "percentage",
            "pct",
            "rate",
            "number",
            "index",
            "order",
            "days",
            "score",
        ];
        if self.has(NOT) || self.describes(&["percent"]) {
            return None;
        }
        let strong = self.has(&[
            "amount", "price", "revenue", "budget", "cost", "fee", "mrr", "arr", "acv", "tcv",
            "money", "cents",
        ]);
        let value = matches!(self.last(), "value" | "worth" | "total");
        if !strong && !value {
            return None;
        }
        let is_minor = self.has(&["cents", "cent", "minor"])
            || self.describes(&[
                "in cents",
                "minor unit",
                "smallest unit",
                "smallest currency",
            ]);
        let unit = if is_minor { "minor" } else { "major" };
        let mut meaning = json!({ "is": "money", "unit": unit });
        let mut reason = self.named();
        if is_minor {
            reason.push_str("; it is counted in minor units");
        }
        let confidence = match (self.currency, strong || self.words.len() > 1) {
            (Some(_), _) => High,
            (None, true) => Medium,
            (None, false) => Low,
        };
        if let (Some(name), Value::Object(keys)) = (self.currency, &mut meaning) {
            keys.insert("currency-in".to_owned(), json!(name));
            reason = format!("{reason}; `{name}` holds its currency");
        }
        Some((meaning, reason, confidence))
    }

    fn list(&self) -> Guess {
        let items = self.target.get("items")?;
        if !types(resolve(self.root, items)).contains(&"string") {
            return None;
        }
        if matches!(self.last(), "tags" | "labels") {
            return Some((json!({ "is": "tags" }), self.named(), High));
        }
        if !matches!(self.last(), "ids" | "uuids") {
            return None;
        }
        let (to, confidence) = self.kind_of_reference()?;
        let meaning = json!({ "is": "reference-list", "to": to });
        Some((meaning, self.named(), confidence))
    }

    /// The record that a name such as `account_owner_id` leads to.
    fn kind_of_reference(&self) -> Option<(String, Confidence)> {
        const NOT: &[&str] = &[
            "external",
            "request",
            "trace",
            "correlation",
            "session",
            "client",
            "tax",
            "vat",
            "transaction",
            "idempotency",
            "message",
        ];
        let before = self.words.split_last()?.1;
        let holder = before.last()?;
        if before.iter().any(|word| NOT.contains(&word.as_str())) {
            return None;
        }
        match record(holder) {
            Some(of) => Some((of.to_owned(), High)),
            None if holder.chars().all(|one| one.is_ascii_lowercase()) => {
                Some((holder.clone(), Medium))
            }
            None => None,
        }
    }

    fn email(&self) -> Guess {
        let meaning = json!({ "is": "email" });
        match self.get("format").and_then(Value::as_str) {
            Some("email" | "idn-email") => Some((meaning, "the format is an e-mail".into(), High)),
            None if self.last() == "email" => Some((meaning, self.named(), Medium)),
            _ => None,
        }
    }

    fn currency_code(&self) -> Guess {
        if !self.types.contains(&"string") {
            return None;
        }
        let is_code = |one: &Value| {
            one.as_str()
                .is_some_and(|text| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()))
        };
        let ends = self.last() == "currency"
            || self.has(&["currency"]) && matches!(self.last(), "code" | "iso" | "id");
        if !ends {
            return None;
        }
        let values = self.get("enum").and_then(Value::as_array);
        let mut known = values
            .into_iter()
            .flatten()
            .chain(self.examples())
            .peekable();
        let meaning = json!({ "is": "currency-code" });
        if known.peek().is_none() {
            let confidence = if self.describes(&["iso", "4217"]) {
                High
            } else {
                Medium
            };
            return Some((meaning, self.named(), confidence));
        }
        // Lower-case codes and ids are something else.
        known.filter(|one| !one.is_null()).all(is_code).then(|| {
            (
                meaning,
                format!("{}; its values are codes", self.named()),
                High,
            )
        })
    }

    fn reference(&self) -> Guess {
        if self.words == ["idempotency", "key"] {
            return Some((json!({ "is": "idempotency-key" }), self.named(), High));
        }
        if !matches!(self.last(), "id" | "uuid" | "guid") {
            return None;
        }
        let (to, confidence) = self.kind_of_reference()?;
        let meaning = json!({ "is": "reference", "to": to });
        Some((meaning, self.named(), confidence))
    }

    fn date(&self) -> Guess {
        let format = self.get("format").and_then(Value::as_str);
        let form = match format {
            Some("date-time") => "date-time",
            Some("date") | None => "date-or-date-time",
            Some(_) => return None,
        };
        let is_date = format.is_some();
        let says = matches!(
            self.last(),
            "date" | "at" | "on" | "time" | "timestamp" | "datetime" | "deadline"
        );
        if !is_date && !says {
            return None;
        }
        let confidence = if is_date { High } else { Medium };
        let past = self.has(&[
            "closed", "won", "lost", "created", "create", "updated", "update", "modified", "added",
            "add", "changed", "deleted", "archived",
        ]);
        let is = if past {
            "timestamp"
        } else if self.has(&["close", "closing", "closes"]) {
            "close-date"
        } else if self.has(&["followup", "reminder"])
            || self.has(&["follow"]) && self.has(&["up"])
            || self.has(&["next"]) && self.has(&["step", "activity", "contact", "action"])
        {
            "follow-up-date"
        } else {
            return None;
        };
        Some((json!({ "is": is, "form": form }), self.named(), confidence))
    }

    fn status(&self) -> Guess {
        if !matches!(self.last(), "status" | "state" | "outcome") {
            return None;
        }
        let values = self.get("enum").and_then(Value::as_array)?;
        let find = |among: &[&str]| {
            values.iter().filter_map(Value::as_str).find(|value| {
                let parts = words(value);
                parts.iter().any(|word| among.contains(&word.as_str()))
            })
        };
        let open = find(&["open", "active", "ongoing", "progress"])?;
        let won = find(&["won", "closedwon", "win"])?;
        let lost = find(&["lost", "closedlost", "loss"])?;
        let meaning = json!({ "is": "status", "open": open, "won": won, "lost": lost });
        let reason = format!(
            "{}; its values name an open, a won and a lost one",
            self.named()
        );
        Some((meaning, reason, High))
    }

    fn text(&self) -> Guess {
        if self.get("enum").is_some() || self.get("const").is_some() {
            return None;
        }
        // A format other than text would contradict all of these.
        if self.get("format").is_some() {
            return None;
        }
        let first = match self.words.as_slice() {
            [_] => "",
            [first, _] => first.as_str(),
            _ => return None,
        };
        let plain = first.is_empty();
        let meaning = |is: &str| json!({ "is": is });
        let (is, confidence) = match (self.last(), first) {
            ("stage", _) | ("name", "stage") => ("stage", Medium),
            ("pipeline", _) | ("name", "pipeline") => ("pipeline", Medium),
            ("name" | "title", "deal" | "opportunity" | "lead" | "record") => ("record-name", High),
            ("name" | "title", "") => ("record-name", Medium),
            (
                "description" | "notes" | "note" | "comment" | "comments" | "summary" | "details",
                _,
            ) => ("free-text", if plain { High } else { Medium }),
            ("source" | "category" | "industry" | "type" | "priority", _) => ("label", Low),
            _ => return None,
        };
        Some((meaning(is), self.named(), confidence))
    }
}
